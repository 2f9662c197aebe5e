//! The life of a mail.

use entity::mail::MailState;

super::lifecycle! {
    MailState, MailEvent, "mail", start Waiting,
    /// A worker took it. One that may have been taken by the server is tried once more, under the same Message-ID.
    Claim "claimed": Waiting | Unconfirmed => Sending;
    /// The server said that it has it.
    Accept "sent": Sending => Sent;
    /// The server certainly has not taken it; it is tried again later.
    Defer "put off": Sending => Waiting;
    /// The server's answer to the message was lost.
    Lose "lost sight of": Sending => Unconfirmed;
    /// The server refused it for good.
    Refuse "refused": Sending => Refused;
    /// A person has it tried again.
    Retry "tried again": Unconfirmed | Refused | GivenUp => Waiting;
    /// A person gave it up, or it is too old, or its recipient has left.
    GiveUp "given up": Waiting | Sending | Unconfirmed | Refused => GivenUp;
}
