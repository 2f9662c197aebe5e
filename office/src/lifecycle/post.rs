//! The life of a post. `UNCONFIRMED` never leads to `SENDING` directly: only a look-up that found nothing, or a person,
//! leads back to `RETRYING` (invariant 2).

use entity::post::PostState;

super::lifecycle! {
    PostState, PostEvent, "post", start Scheduled,
    /// A worker took it.
    Claim "claimed": Scheduled | Retrying => Sending;
    /// The worker gave it back before any call.
    Release "given back": Sending => Scheduled;
    /// A gate is shut.
    Hold "held": Scheduled | Retrying | Sending => Held;
    /// Every gate is open again.
    Reopen "gates open": Held => Scheduled;
    /// The platform has it.
    Deliver "delivered": Sending => Published;
    /// Known not sent, or still being prepared by the platform; will be tried again.
    Retry "known not sent": Sending => Retrying;
    /// Refused for good. What was surely not sent is never called refused: it is tried until it is too late.
    Reject "refused": Sending => Rejected;
    /// May have been sent.
    LoseSight "outcome unknown": Sending => Unconfirmed;
    /// A look-up or a person found it.
    Confirm "found": Unconfirmed => Published;
    /// A look-up or a person made sure that it is not there.
    FindAbsent "surely absent": Unconfirmed => Retrying;
    /// A person mended what the platform refused it for, and wants the same words to be tried.
    TryAgain "tried again": Rejected => Scheduled;
    /// Later than it is wanted.
    Miss "too late": Scheduled | Retrying | Held | Sending => Missed;
    /// A person gave it another time.
    Reschedule "re-timed": Scheduled | Retrying | Held | Missed => Scheduled;
    /// A person gave it up.
    Cancel "cancelled": Scheduled | Retrying | Held | Missed => Cancelled;
    /// A correction was published.
    Correct "corrected": Published | Corrected | Drifted => Corrected;
    /// Taken back.
    Withdraw "withdrawn": Published | Corrected | Drifted => Withdrawn;
    /// Found again as it was sent.
    Restore "as sent again": Drifted => Published;
    /// Found changed or gone on the platform.
    Drift "drifted": Published | Corrected => Drifted;
}
