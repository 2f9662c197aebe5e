//! The life of a recurrence.

use entity::recurrence::RecurrenceState;

super::lifecycle! {
    RecurrenceState, RecurrenceEvent, "recurrence", start Proposed,
    /// Another person agrees that these words go out at these times.
    Approve "approved": Proposed => Active;
    /// Its words changed, or it is to end later: it asks again.
    Void "asking again": Active => Proposed;
    /// Its last time has passed.
    RunOut "run out": Active => Ended;
    /// Somebody ended it.
    End "ended": Proposed | Active => Ended;
}
