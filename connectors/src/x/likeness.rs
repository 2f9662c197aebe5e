//! How a post that is there compares with a message: by its words, the number of its media, and what it quotes. Pure; it does
//! not know how posts are found.

use url::Url;

use super::{
    post::{Post, id_in},
    words,
};
use crate::message::Message;

/// How one post compares with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    Same,
    Other,
    Unsure,
}

impl Post {
    /// Whether it says what the message says. A post that follows another may begin with the name that it answers.
    pub(super) fn says(&self, message: &Message) -> bool {
        let (there, wanted) = self.both(message);
        there == wanted
    }

    /// Whether it quotes the post that the message does; none where that quotes nothing: X makes a quote of a link by itself.
    pub(super) fn quotes_what(&self, message: &Message) -> Option<bool> {
        let wanted = message.quotes.as_ref()?;
        Some(self.other("quoted").is_some_and(|there| id_in(wanted) == Some(there.id.as_str())))
    }

    /// By words, pictures and what is quoted. What differs only where X may have changed it, and what was changed since, may be ours.
    pub(super) fn compare(&self, message: &Message) -> Likeness {
        let (there, wanted) = self.both(message);
        let whole = there == wanted && !wanted.is_empty();
        if self.quotes_what(message) == Some(false) {
            // One that quotes another post is not ours; one that quotes none any more may be.
            return if self.other("quoted").is_none() && whole { Likeness::Unsure } else { Likeness::Other };
        }
        if whole && self.media_keys().len() == message.media.len() {
            return Likeness::Same;
        }
        let alike = words::without_links(&there) == words::without_links(&wanted);
        if alike || self.versions().len() > 1 { Likeness::Unsure } else { Likeness::Other }
    }

    fn both(&self, message: &Message) -> (String, String) {
        let wanted = words::comparable(&message.text_with_link());
        let mut there = words::comparable(&self.words());
        if message.quotes.is_some() && there != wanted {
            there = without_quoted(there);
        }
        let answers = message.parent().is_some() && there != wanted;
        let rest = there.split_once(' ').filter(|(name, _)| answers && name.starts_with('@'));
        let rest = rest.map(|(_, rest)| rest.to_owned());
        (rest.unwrap_or(there), wanted)
    }
}

/// X shows the address of what is quoted at the end of the words, where nobody wrote it.
fn without_quoted(comparable: String) -> String {
    let is_post = |word: &str| {
        let address = format!("https://{word}").parse::<Url>();
        address.is_ok_and(|address| id_in(&address).is_some())
    };
    match comparable.rsplit_once(' ') {
        Some((words, last)) if is_post(last) => words.to_owned(),
        _ => comparable,
    }
}
