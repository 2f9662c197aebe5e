//! A text as the parts of a thread. Pure. Knows where a text may be cut and how parts are counted; how long a part may be
//! is told to it.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::append;

mod places;

use places::Places;

/// What a part must fit.
pub(crate) struct Form<'a> {
    /// Whether words can go out as one part, everything on them counted.
    pub(crate) fits: &'a dyn Fn(&str) -> bool,
    /// Graphemes that no part exceeds, whatever `fits` says: how far ahead a cut is looked for.
    pub(crate) longest: usize,
    /// Put at the end of the last part: the channel's signature.
    pub(crate) signature: Option<&'a str>,
    /// What the platform shows below the first part, and counts with it: a link that is not among the words.
    pub(crate) below: Option<&'a str>,
    /// The most parts that there may be.
    pub(crate) most: usize,
}

/// Why a text cannot be a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unsplit {
    /// No part holds this word, with what belongs to its part.
    WordTooLong(String),
    /// There would be more parts than allowed.
    TooManyParts,
}

/// The parts, each exactly as it goes out, with its counter and the last with the signature. None where the text fits whole:
/// then it is no thread.
pub(crate) fn split(text: &str, form: &Form<'_>) -> Result<Vec<String>, Unsplit> {
    let whole = signed(text, form);
    if (form.fits)(&below(whole, form)) {
        return Ok(Vec::new());
    }
    let places = Places::of(text);
    let mut digits = 1;
    loop {
        // The counter's room depends on how many parts there will be, and that on the counter's room.
        let most = form.most.min(10_usize.saturating_pow(digits) - 1);
        match cut(text, &places, form, digits, most) {
            Ok(words) => return Ok(numbered(&words, form)),
            Err(Unsplit::TooManyParts) if most < form.most => digits += 1,
            Err(why) => return Err(why),
        }
    }
}

/// The mark that tells which part of how many this is. Every part has it: readers who meet one part alone see that there are
/// others, and no two parts of a thread are ever the same words, which platforms refuse and look-ups mistake.
fn counter(number: impl std::fmt::Display, of: impl std::fmt::Display) -> String {
    format!("{number}/{of}")
}

fn numbered(words: &[String], form: &Form<'_>) -> Vec<String> {
    let of = words.len();
    let one = |(i, words): (usize, &String)| {
        let words = if i + 1 == of { signed(words, form) } else { words.clone() };
        append(words, &counter(i + 1, of))
    };
    words.iter().enumerate().map(one).collect()
}

fn signed(words: &str, form: &Form<'_>) -> String {
    match form.signature {
        Some(signature) => append(words.to_owned(), signature),
        None => words.to_owned(),
    }
}

fn below(words: String, form: &Form<'_>) -> String {
    match form.below {
        Some(link) => format!("{words}\n\n{link}"),
        None => words,
    }
}

/// The words of each part, as long as they may be with a counter of so many digits.
fn cut(
    text: &str,
    places: &Places,
    form: &Form<'_>,
    digits: u32,
    most: usize,
) -> Result<Vec<String>, Unsplit> {
    let nines = 10_usize.saturating_pow(digits) - 1;
    let counter = counter(nines, nines);
    let mut parts: Vec<String> = Vec::new();
    let mut start = 0;
    while parts.len() < most {
        let rest = text.get(start..).unwrap_or_default().trim();
        if !parts.is_empty() && (form.fits)(&append(signed(rest, form), &counter)) {
            parts.push(rest.to_owned());
            return Ok(parts);
        }
        let fits = |words: &str| {
            let part = append(words.trim().to_owned(), &counter);
            (form.fits)(&if parts.is_empty() { below(part, form) } else { part })
        };
        let window = start..window_end(text, start, form.longest);
        let Some(at) = furthest(text, places, window, &fits) else {
            return Err(Unsplit::WordTooLong(places.word_at(text, start).to_owned()));
        };
        parts.push(text.get(start..at).unwrap_or_default().trim().to_owned());
        start = at;
    }
    Err(Unsplit::TooManyParts)
}

/// Where a part that begins at `start` must have ended.
fn window_end(text: &str, start: usize, longest: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let blank = rest.len() - rest.trim_start().len();
    let words = rest.get(blank..).unwrap_or_default();
    // The cut is where the next part begins, beyond the white space that neither part has.
    let end = words.grapheme_indices(true).nth(longest).map_or(words.len(), |(at, _)| at);
    let gap = words.get(end..).unwrap_or_default();
    start + blank + end + (gap.len() - gap.trim_start().len())
}

/// The best cut within the window: at the end of a sentence, or else between words, or else within what is written without
/// spaces; of those the last one before which everything fits.
fn furthest(text: &str, places: &Places, window: Range<usize>, fits: &dyn Fn(&str) -> bool) -> Option<usize> {
    let part = |at: usize| text.get(window.start..at).unwrap_or_default();
    places.by_preference().into_iter().find_map(|cuts| {
        let from = cuts.partition_point(|at| *at <= window.start);
        let to = cuts.partition_point(|at| *at <= window.end);
        let cuts = cuts.get(from..to).unwrap_or_default();
        let fitting = cuts.partition_point(|at| fits(part(*at)));
        // A platform may count a longer text as a shorter one: what halving found is looked at again.
        cuts.get(..fitting)?.iter().rev().copied().find(|at| !part(*at).trim().is_empty() && fits(part(*at)))
    })
}

#[cfg(test)]
mod tests;
