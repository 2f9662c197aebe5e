//! One message as it is written for the wire: plain text in UTF-8, with the headers that keep it from being answered by
//! machines. The same letter gives the same bytes, so that one that is sent twice can be told from another.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use lettre::{
    Address, Message,
    message::{
        Mailbox, SinglePart,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};

use super::MailFailure;
use crate::Cause;

/// A message to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The recipient's address.
    pub to: String,
    /// The recipient's name; may be empty.
    pub to_name: String,
    /// The subject line.
    pub subject: String,
    /// The text, with line feeds.
    pub text: String,
    /// Without angle brackets; the same whenever this letter is sent.
    pub message_id: String,
    /// The id of the thread that it belongs to, without angle brackets.
    pub thread: Option<String>,
    /// What list it is of, such as `press.example.org`: for the recipient's filters.
    pub list: String,
    /// The date that it bears.
    pub date: DateTime<Utc>,
}

impl Letter {
    /// The recipient and the bytes.
    pub(super) fn write(
        &self,
        from: &Mailbox,
        reply_to: Option<&Mailbox>,
    ) -> Result<(Address, Vec<u8>), MailFailure> {
        let refused = |code: &str, detail: &str| MailFailure::Refused(Cause::new(code, detail));
        let to: Address = self.to.parse().map_err(|_no_address| {
            refused("ADDRESS", "the recipient's address is not one that mail can go to")
        })?;
        let name = Some(line(&self.to_name)).filter(|name| !name.is_empty());
        let mut builder = Message::builder()
            .from(from.clone())
            .to(Mailbox::new(name, to.clone()))
            .subject(line(&self.subject))
            .date(SystemTime::from(self.date))
            .message_id(Some(format!("<{}>", self.message_id)))
            .raw_header(header("List-Id", &format!("<{}>", self.list)))
            .raw_header(header("Auto-Submitted", "auto-generated"));
        if let Some(reply_to) = reply_to {
            builder = builder.reply_to(reply_to.clone());
        }
        if let Some(thread) = &self.thread {
            builder = builder.in_reply_to(format!("<{thread}>")).references(format!("<{thread}>"));
        }
        let part = SinglePart::builder()
            .header(ContentType::TEXT_PLAIN)
            // Readable on the wire whatever the words are, and never a line that is too long.
            .header(ContentTransferEncoding::QuotedPrintable)
            .body(self.text.clone());
        let message = builder
            .singlepart(part)
            .map_err(|_unwritable| refused("UNWRITABLE", "the message cannot be written"))?;
        Ok((to, message.formatted()))
    }
}

/// What is one line in a header: a control character in it could begin another header.
pub(super) fn line(text: &str) -> String {
    text.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A header of our own; its value is plain ASCII.
fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            to: "cora@example.org".to_owned(),
            to_name: "Cora Ford\r\nBcc: eve@example.org".to_owned(),
            subject: "Élan vital\r\nBcc: eve@example.org".to_owned(),
            text: "Guten Tag, ça va?\n.\nBye\n".to_owned(),
            message_id: "1@example.org".to_owned(),
            thread: Some("t@example.org".to_owned()),
            list: "press.example.org".to_owned(),
            date: DateTime::from_timestamp(1_790_000_000, 0).unwrap(),
        }
    }

    #[test]
    fn the_same_letter_gives_the_same_bytes_and_nothing_slips_into_its_headers() {
        let from: Mailbox = "Masthead <desk@example.org>".parse().unwrap();
        let (to, bytes) = letter().write(&from, None).unwrap();
        assert_eq!(to.to_string(), "cora@example.org");
        assert_eq!(letter().write(&from, None).unwrap().1, bytes);
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.is_ascii(), "{text}");
        let (headers, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(!headers.lines().any(|line| line.to_lowercase().starts_with("bcc")), "{headers}");
        for wanted in [
            "Message-ID: <1@example.org>",
            "In-Reply-To: <t@example.org>",
            "References: <t@example.org>",
            "List-Id: <press.example.org>",
            "Auto-Submitted: auto-generated",
            "Date: Mon, 21 Sep 2026 14:13:20 +0000",
        ] {
            assert!(headers.lines().any(|line| line == wanted), "{wanted}: {headers}");
        }
        assert!(body.contains("=C3=A7a va?"), "{body}");
    }

    #[test]
    fn an_address_that_is_none_is_refused_for_good() {
        let from: Mailbox = "desk@example.org".parse().unwrap();
        let odd = Letter { to: "nobody at all".to_owned(), ..letter() };
        assert!(
            matches!(odd.write(&from, None), Err(MailFailure::Refused(cause)) if cause.code == "ADDRESS")
        );
    }
}
