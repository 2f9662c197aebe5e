//! What the bench is told on its command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// The command line.
#[derive(Debug, Parser)]
#[command(about = "Measures Masthead's queue")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Measure everything against one sink; write docs/benchmarks-queue.md
    Everything(Everything),
    /// Drain posts to a sink and print one JSON object
    Drain(Drain),
    /// Be the sink
    Sink {
        /// Port of 127.0.0.1
        port: u16,
    },
    /// Adapter: make the database and furnish the office anew
    Setup {
        #[command(flatten)]
        at: At,
        /// Where the webhooks lead
        #[arg(long)]
        sink: String,
        /// How many webhooks
        #[arg(long, default_value_t = 250)]
        channels: usize,
        /// Say of the sink that it honours idempotency keys
        #[arg(long)]
        honours_keys: bool,
    },
    /// Adapter: so many posts due from tomorrow
    Preload {
        #[command(flatten)]
        at: At,
        n: usize,
    },
    /// Adapter: so many posts due from START on (milliseconds since 1970; 0: now), spread over SPREAD milliseconds
    Batch {
        #[command(flatten)]
        at: At,
        n: usize,
        start_ms: f64,
        spread_ms: f64,
        prefix: String,
    },
    /// Adapter: so many calls of the scheduling operation, so many at a time
    Single {
        #[command(flatten)]
        at: At,
        n: usize,
        concurrency: usize,
        prefix: String,
    },
    /// Adapter: run a worker until it is stopped
    Work {
        #[command(flatten)]
        at: At,
        /// Posts in flight
        #[arg(long, default_value_t = 50)]
        concurrency: usize,
        /// Rescue what a dead worker held as soon as the limits allow
        #[arg(long)]
        fast_rescue: bool,
    },
}

/// A deployment that outlives one call.
#[derive(Debug, Clone, Args)]
pub(crate) struct At {
    /// Its data folder
    #[arg(long)]
    pub(crate) data: PathBuf,
    /// postgres://… of a database that is the bench's own; without it: SQLite in the data folder
    #[arg(long, env = "BENCH_DATABASE_URL", hide_env_values = true)]
    pub(crate) database: Option<String>,
}

/// `make bench-queue`
#[derive(Debug, Clone, Args)]
pub(crate) struct Drain {
    /// Where the webhooks lead; empty: a sink of our own
    #[arg(long, default_value = "")]
    pub(crate) sink: String,
    /// postgres://… beside which a database is made for the run; empty: SQLite
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, default_value = "")]
    pub(crate) database: String,
    /// Posts to drain
    #[arg(long, default_value_t = 10_000)]
    pub(crate) n: usize,
    #[command(flatten)]
    pub(crate) knobs: Knobs,
}

/// `make bench`
#[derive(Debug, Clone, Args)]
pub(crate) struct Everything {
    /// Where the webhooks lead; empty: a sink of our own
    #[arg(long, default_value = "")]
    pub(crate) sink: String,
    /// postgres://… beside which databases are made; empty: SQLite alone
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, default_value = "")]
    pub(crate) database: String,
    /// Posts of one drain
    #[arg(long, default_value_t = 5_000)]
    pub(crate) n: usize,
    /// Posts that wait while others are drained
    #[arg(long, value_delimiter = ',', default_value = "1000,100000,1000000")]
    pub(crate) sizes: Vec<usize>,
    /// Worker processes on PostgreSQL
    #[arg(long, value_delimiter = ',', default_value = "1,2,4")]
    pub(crate) processes: Vec<usize>,
    /// Only these parts: raw, drain, lag, growth, kill, idle
    #[arg(long, value_delimiter = ',', default_value = "raw,drain,lag,growth,kill,idle")]
    pub(crate) parts: Vec<String>,
    #[command(flatten)]
    pub(crate) knobs: Knobs,
}

/// What every measurement can be told.
#[derive(Debug, Clone, Args)]
pub(crate) struct Knobs {
    /// Webhook channels; one post of each is in flight at a time
    #[arg(long, default_value_t = 250)]
    pub(crate) channels: usize,
    /// Posts in flight of one worker process
    #[arg(long, default_value_t = 50)]
    pub(crate) concurrency: usize,
    /// Worker processes
    #[arg(long, default_value_t = 1)]
    pub(crate) workers: usize,
    /// Posts due at spread times whose lag is measured
    #[arg(long, default_value_t = 2_000)]
    pub(crate) lag_posts: usize,
    /// Milliseconds over which they are spread
    #[arg(long, default_value_t = 20_000)]
    pub(crate) lag_spread_ms: u64,
    /// Seconds after which a drain is given up
    #[arg(long, default_value_t = 600)]
    pub(crate) limit_seconds: u64,
}

impl Arguments {
    /// None where nothing is to be measured.
    pub(crate) fn read() -> Option<Self> {
        let given: Vec<String> = std::env::args().collect();
        if given.len() < 2 || given.iter().any(|argument| argument == "--test") {
            return None;
        }
        let mut given: Vec<String> = given.into_iter().filter(|argument| argument != "--bench").collect();
        if given.len() == 1 {
            given.push("everything".to_owned());
        }
        Some(Self::parse_from(given))
    }
}
