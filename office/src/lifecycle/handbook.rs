//! The life of a handbook version. What came into force once never does again: an old one is proposed anew, and so
//! tested anew.

use entity::handbook::HandbookState;

super::lifecycle! {
    HandbookState, HandbookEvent, "handbook version", start Proposed,
    /// It comes into force; the one before is superseded in the same moment.
    Activate "activated": Proposed => Active;
    /// Another version came into force.
    Supersede "superseded": Active => Superseded;
    /// Given up.
    Discard "discarded": Proposed => Discarded;
}
