//! The life of an initiative.

use entity::initiative::InitiativeState;

super::lifecycle! {
    InitiativeState, InitiativeEvent, "initiative", start Proposed,
    /// The coordinator took note and agrees.
    Acknowledge "acknowledged": Proposed => Active;
    /// The coordinator gave a reason against it.
    Decline "declined": Proposed => Declined;
    /// Its end began: its channels are to be settled.
    Close "closing begun": Active => Closing;
    /// Each of its channels is settled.
    Complete "closed": Closing => Closed;
}
