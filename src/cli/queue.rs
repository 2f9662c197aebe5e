//! `masthead queue`: looking at the queue from the command line, and stopping what it holds.

use clap::{Subcommand, ValueEnum};

use super::OfOffice;

/// `masthead queue`
#[derive(Debug, Subcommand)]
pub(crate) enum QueueCommand {
    /// List posts by due time; without --state, those that are not over
    List {
        /// In these states; several are separated by commas
        #[arg(long, value_enum, value_delimiter = ',', ignore_case = true)]
        state: Vec<StateName>,
        /// On this channel: its handle, PLATFORM/HANDLE or its id
        #[arg(long)]
        channel: Option<String>,
        /// Of this initiative: its name or its id
        #[arg(long)]
        initiative: Option<String>,
        /// Due at this time or later: 2027-03-01T09:00 in the office's zone, or with an offset such as Z
        #[arg(long, value_name = "TIME")]
        due_from: Option<String>,
        /// Due before this time
        #[arg(long, value_name = "TIME")]
        due_before: Option<String>,
        /// Posts at most
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..=1_000))]
        limit: u64,
        #[command(flatten)]
        office: OfOffice,
    },
    /// Show a post: every try, what became of it and by what evidence, and the only safe next act
    Show(OnePost),
    /// Say whether a post may leave now, gate by gate; ends with 1 when a gate is shut
    Explain(OnePost),
    /// Hold one waiting post until it is released; nothing else lets it go
    Hold {
        #[command(flatten)]
        post: OnePost,
        /// Why: everyone who asks why it does not leave reads it
        #[arg(long)]
        reason: String,
    },
    /// Release what was held from the command line; ends with 1 when another gate keeps it
    Release(OnePost),
    /// Try a RETRYING post now, through the gate
    Retry(OnePost),
    /// Ask the platform now whether an UNCONFIRMED post is out; nothing is sent
    LookUp(OnePost),
    /// Give a post up before it leaves
    Cancel(OnePost),
    /// Take back a post that is out: a worker deletes it on its platform
    Withdraw {
        #[command(flatten)]
        post: OnePost,
        /// Why: it stays in the record
        #[arg(long)]
        reason: String,
    },
    /// Stop publishing within a scope
    Pause {
        /// How far it reaches
        #[arg(long, value_enum)]
        scope: ScopeOf,
        /// Which channel (handle, PLATFORM/HANDLE or id) or initiative (name or id)
        #[arg(required_if_eq_any = [("scope", "channel"), ("scope", "initiative")])]
        which: Option<String>,
        /// Why: everyone whose post is held reads it
        #[arg(long)]
        reason: String,
        /// From when; now when left out
        #[arg(long, value_name = "TIME")]
        from: Option<String>,
        /// Until when; until resumed when left out
        #[arg(long, value_name = "TIME")]
        until: Option<String>,
        /// A post that may leave all the same, by id; may be repeated
        #[arg(long, value_name = "ID")]
        exempt: Vec<uuid::Uuid>,
        #[command(flatten)]
        office: OfOffice,
    },
    /// Lift a pause that was begun from the command line; what became too late meanwhile does not go out, and asks
    Resume {
        /// The pause, by id
        pause: uuid::Uuid,
        /// Only say what it would let go and what is too late
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        office: OfOffice,
    },
    /// List the pauses that stand or are to come
    Pauses {
        #[command(flatten)]
        office: OfOffice,
    },
    /// Say what something would do to the queue; nothing is written
    Simulate(SimulateCommand),
    /// Say how much waits in each state, how late the oldest is, and which workers look at it
    Status {
        #[command(flatten)]
        office: OfOffice,
    },
}

/// `masthead queue simulate`
#[derive(Debug, clap::Args)]
pub(crate) struct SimulateCommand {
    #[command(subcommand)]
    pub(crate) suppose: SupposeCommand,
    /// Look at what is due at this time or later
    #[arg(long, value_name = "TIME")]
    pub(crate) due_from: Option<String>,
    /// Look at what is due before this time
    #[arg(long, value_name = "TIME")]
    pub(crate) due_before: Option<String>,
    /// Posts that are looked at, at most
    #[arg(long)]
    pub(crate) limit: Option<u64>,
    #[command(flatten)]
    pub(crate) office: OfOffice,
}

/// What is supposed.
#[derive(Debug, Subcommand)]
pub(crate) enum SupposeCommand {
    /// Publishing is paused
    Pause {
        /// How far it reaches
        #[arg(long, value_enum)]
        scope: ScopeOf,
        /// Which channel (handle, PLATFORM/HANDLE or id) or initiative (name or id)
        #[arg(required_if_eq_any = [("scope", "channel"), ("scope", "initiative")])]
        which: Option<String>,
        /// From when; now when left out
        #[arg(long, value_name = "TIME")]
        from: Option<String>,
        /// Until when; until resumed when left out
        #[arg(long, value_name = "TIME")]
        until: Option<String>,
        /// A post that may leave all the same, by id; may be repeated
        #[arg(long, value_name = "ID")]
        exempt: Vec<uuid::Uuid>,
    },
    /// A post is given another time
    Move {
        /// The post, by id
        id: uuid::Uuid,
        /// The local time in the office's zone, such as 2027-03-01T09:00
        to: String,
    },
    /// A version of the handbook comes into force
    Handbook {
        /// The version, by id
        id: uuid::Uuid,
    },
    /// A steward is away
    StewardAbsent {
        /// Who, by e-mail address
        email: String,
        /// From when; now when left out
        #[arg(long, value_name = "TIME")]
        from: Option<String>,
        /// Until when; for good when left out
        #[arg(long, value_name = "TIME")]
        until: Option<String>,
    },
    /// An initiative closes
    InitiativeCloses {
        /// Its name or its id
        which: String,
    },
    /// A channel rests
    ChannelRests {
        /// Its handle, PLATFORM/HANDLE or its id
        which: String,
    },
    /// The platform refuses a channel's credential
    CredentialLost {
        /// Its handle, PLATFORM/HANDLE or its id
        which: String,
    },
}

/// Which post.
#[derive(Debug, clap::Args)]
pub(crate) struct OnePost {
    /// The post, by id
    pub(crate) id: uuid::Uuid,
    #[command(flatten)]
    pub(crate) office: OfOffice,
}

/// How far a pause reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ScopeOf {
    /// Everything of the office
    Office,
    /// One channel
    Channel,
    /// One initiative
    Initiative,
}

/// A state of a post.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum StateName {
    /// Waits for its time
    Scheduled,
    /// A worker holds it
    Sending,
    /// Known not sent; waits for the next try
    Retrying,
    /// Not known whether it was sent
    Unconfirmed,
    /// A gate is shut
    Held,
    /// Too late to be wanted without asking
    Missed,
    /// The platform refused it
    Rejected,
    /// Out
    Published,
    /// Given up
    Cancelled,
    /// Out, and corrected since
    Corrected,
    /// Was out; taken back
    Withdrawn,
    /// Changed or gone on the platform
    Drifted,
}
