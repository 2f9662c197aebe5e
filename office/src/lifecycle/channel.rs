//! The life of a channel.

use entity::channel::ChannelState;

super::lifecycle! {
    ChannelState, ChannelEvent, "channel", start Requested,
    /// The coordinator sees the need.
    Approve "approved": Requested => Approved;
    /// The coordinator gave a reason against it.
    Decline "declined": Requested => Declined;
    /// It has stewards and a credential: posts may go out.
    Activate "activated": Approved | Dormant => Active;
    /// Rests: nothing goes out.
    Rest "made dormant": Active => Dormant;
    /// Closed for good.
    Retire "retired": Approved | Active | Dormant => Retired;
}
