//! The words of a post: what is sent, and what counts as the same when it comes back. Pure; it does not know the API.

use crate::message::Message;

/// A link has a place of its own in a post, which pictures take; a comment has none.
pub(super) fn of(message: &Message) -> String {
    let has_card = message.media.is_empty() && message.parent().is_none();
    if has_card { message.text.clone() } else { message.text_with_link() }
}

/// The platform ends lines in one way and trims the ends; it changes nothing else that we know of.
pub(super) fn comparable(words: &str) -> String {
    words.replace("\r\n", "\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_ends_and_the_ends_of_lines_may_differ() {
        assert_eq!(comparable(" a\r\nb \n"), comparable("a\nb"));
        assert_ne!(comparable("a  b"), comparable("a b"));
        assert_ne!(comparable("A"), comparable("a"));
    }
}
