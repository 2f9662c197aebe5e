//! A target that may be a thread: whether its channel shows threads, and its parts. Where a text is cut is `compose`'s.

use entity::{channel, revision, revision_target::Parts};

use crate::{
    Limits,
    checks::length,
    compose::thread::{Form, Unsplit, split},
    error::{RefusalCode, Result, refuse},
};

/// The parts of a text on a channel that shows threads; none of them where it fits whole.
pub(super) fn parts(
    limits: &Limits,
    field: &str,
    channel: &channel::Model,
    revision: &revision::Model,
    text: &str,
) -> Result<Parts> {
    shows_threads(field, channel)?;
    let Some(rule) = length::of_account(channel) else { return Ok(Parts::default()) };
    let link = revision.link.as_deref().filter(|link| !text.contains(link));
    let fits = |words: &str| length::fits(words, &rule);
    let form = Form {
        fits: &fits,
        longest: usize::try_from(rule.limit).unwrap_or(usize::MAX),
        signature: channel.signature.as_deref(),
        below: link,
        most: limits.thread_parts,
    };
    match split(text, &form) {
        Ok(parts) => Ok(Parts(parts)),
        Err(Unsplit::WordTooLong(word)) => {
            let begins: String = word.chars().take(40).collect();
            let message = format!(
                "no part of a thread there holds this word with what belongs to its part ({} characters fit): shorten it: {begins}",
                rule.limit
            );
            refuse(RefusalCode::TooLong, field, message)
        }
        Err(Unsplit::TooManyParts) => {
            let message = format!(
                "this would be a thread of more than {} parts: shorten the text for this channel, or publish it where it fits \
                 whole and link to it",
                limits.thread_parts
            );
            refuse(RefusalCode::TooLong, field, message)
        }
    }
}

fn shows_threads(field: &str, channel: &channel::Model) -> Result<()> {
    match length::abilities(channel).map(|can| can.follow.as_str()) {
        Some("THREAD") => Ok(()),
        Some(_) => refuse(
            RefusalCode::Invalid,
            field,
            "this platform shows no threads: write a shorter text for this channel",
        ),
        None => refuse(
            RefusalCode::IllegalState,
            field,
            "it is not known yet whether this account shows threads, and how long a part may be: have it tested first \
             (testChannel)",
        ),
    }
}
