//! The queue, measured on the real program: approved posts of a furnished office, seeded in bulk, drained by real
//! `masthead worker` processes through the webhook connector to a sink that counts what it gets.
//!
//! `make bench` runs everything and writes `docs/benchmarks-queue.md`; `make bench-queue` drains so many posts to any sink;
//! `benches/queue_adapter.sh` makes the same posts for a harness that measures other engines beside ours. Figures are of
//! one machine at one time: compare within a run.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::as_conversions,
    reason = "a measurement that meets what it does not expect must end, and its output is its purpose"
)]

mod arguments;
mod everything;
mod figures;
mod measure;
mod place;
mod processes;
mod receipts;
mod report;
mod seed;
mod sink;
mod verbs;

use arguments::{Arguments, Verb};

fn main() {
    // `cargo test` builds and runs benches in test mode; measuring there would prove nothing.
    let Some(arguments) = Arguments::read() else { return };
    let mut runtime = match arguments.verb {
        // The sink is one thread, as a receiver that never is the bottleneck's neighbour.
        Verb::Sink { .. } => tokio::runtime::Builder::new_current_thread(),
        _ => tokio::runtime::Builder::new_multi_thread(),
    };
    runtime.enable_all().build().unwrap().block_on(verbs::run(arguments.verb));
}
