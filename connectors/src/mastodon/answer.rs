//! Answering a status of somebody else. It knows that whoever wrote it is told only by being named, and what the server says of
//! what is not there any more; it does not know what is said.

use super::{server::Server, standing, wire::Status};
use crate::{
    http::failure::Failure,
    message::{ANSWERED_GONE, Message},
};

/// The words of a new status, with the name of whom it answers.
pub(super) async fn words(server: &Server, message: &Message) -> Result<String, Failure> {
    let words = message.text_with_link();
    let Some(id) = &message.answers else { return Ok(words) };
    match standing::find(server, id).await? {
        Some(status) => Ok(naming(author(&status)?, words)),
        None => Err(Message::answered_gone().with_status(404)),
    }
}

/// The same of a status that is changed: where what it answers is gone since, nobody is there to be told.
pub(super) async fn other_words(server: &Server, message: &Message) -> Result<String, Failure> {
    match words(server, message).await {
        Err(failure) if failure.cause.code == ANSWERED_GONE => Ok(message.text_with_link()),
        found => found,
    }
}

/// A name that a server takes for a mention.
fn author(status: &Status) -> Result<&str, Failure> {
    let is_name = |acct: &&str| {
        acct.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
            && acct.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '@'))
    };
    status.account.as_ref().map(|author| author.acct.as_str()).filter(is_name).ok_or_else(|| {
        let detail = "the server does not say who wrote it, and whoever is not named is not told of an answer: answer it on \
                      the platform";
        Failure::refused("ANSWERED_UNNAMED", detail)
    })
}

fn naming(acct: &str, words: String) -> String {
    if names(&words, acct) { words } else { format!("@{acct} {words}") }
}

/// Whether the words name somebody.
fn names(words: &str, acct: &str) -> bool {
    let around = |c: char| !c.is_alphanumeric() && !matches!(c, '@' | '_');
    words
        .split_whitespace()
        .map(|word| word.trim_matches(around))
        .any(|word| word.strip_prefix('@').is_some_and(|name| name.eq_ignore_ascii_case(acct)))
}

/// Whether a status has these words: those of an answer come after the name that was put before them. Both with single spaces.
pub(super) fn says(there: &str, wanted: &str, message: &Message) -> bool {
    let unnamed = || there.strip_prefix('@')?.split_once(' ').map(|(_, said)| said);
    there == wanted || message.answers.is_some() && unnamed() == Some(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_answered_is_named_once() {
        let rows = [
            ("On Monday.", "@ana@else.example On Monday."),
            ("On Monday, @Ana@Else.example!", "On Monday, @Ana@Else.example!"),
            ("@ana On Monday.", "@ana@else.example @ana On Monday."),
            ("(@ana@else.example) On Monday.", "(@ana@else.example) On Monday."),
            ("ana@else.example", "@ana@else.example ana@else.example"),
        ];
        for (words, expected) in rows {
            assert_eq!(naming("ana@else.example", words.to_owned()), expected);
        }
    }
}
