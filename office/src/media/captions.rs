//! Captions of films: WebVTT and SubRip read strictly and written again as plain WebVTT, so that all that a file says is what
//! its cues say. Comments, style sheets, regions, titles and the names of cues stay behind: no viewer needs them, and nobody
//! checks them. Pure; it does not know films, nor whose words these are.

use std::collections::BTreeSet;

use entity::media::MetadataKind;
use thiserror::Error;

mod cue;
mod words;

use cue::{Times, settings};
use words::{Dialect, Words};

/// Characters by which captions are told from other files.
const FIRST: usize = 512;

/// Captions as they are kept.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Captions {
    /// WebVTT.
    pub(super) file: String,
    /// What the cues say: a sentence that ends with a cue ends its line, and what runs on over several cues is one line.
    pub(super) words: String,
    /// What was found and left out.
    pub(super) found: BTreeSet<MetadataKind>,
}

/// Why a file of captions is not taken. Lines are counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(super) enum Malformed {
    /// Its letters cannot be read.
    #[error("line {0} of the captions is not UTF-8: save the file as UTF-8 and upload it again")]
    NotUtf8(usize),
    /// It has control characters.
    #[error("line {0} of the captions has control characters: take them out")]
    Control(usize),
    /// A line stands in no cue.
    #[error(
        "line {0} of the captions belongs to no cue: a cue begins with its times and has no empty line within its text"
    )]
    Stray(usize),
    /// Times cannot be read.
    #[error("line {0} of the captions has no times such as 00:01:02.500 --> 00:01:05.000")]
    Times(usize),
    /// A cue ends before it begins.
    #[error("line {0} of the captions: the cue does not end after it begins")]
    Ends(usize),
    /// A cue begins before the one that stands before it.
    #[error("line {0} of the captions: the cue begins before the one above it")]
    Order(usize),
    /// It has times and nothing to read.
    #[error("the captions have no cue with a text")]
    Empty,
}

/// Reads captions; none where the bytes are something else.
pub(super) fn read(bytes: &[u8]) -> Option<Result<Captions, Malformed>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let dialect = dialect(bytes)?;
    Some(text(bytes).and_then(|text| captions(&text, dialect)))
}

/// By the beginning of the file: `WEBVTT`, or a cue.
fn dialect(bytes: &[u8]) -> Option<Dialect> {
    let begins = String::from_utf8_lossy(bytes.get(..FIRST).unwrap_or(bytes));
    if let Some(rest) = begins.strip_prefix("WEBVTT") {
        return rest.chars().next().is_none_or(char::is_whitespace).then_some(Dialect::WebVtt);
    }
    let mut lines = begins.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next()?;
    let is_number = first.bytes().all(|byte| byte.is_ascii_digit());
    let times = if is_number { lines.next()? } else { first };
    let begins_so = times.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    (begins_so && times.contains("-->")).then_some(Dialect::SubRip)
}

/// Its letters, with one kind of line end.
fn text(bytes: &[u8]) -> Result<String, Malformed> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        Malformed::NotUtf8(before.split(|byte| *byte == b'\n').count())
    })?;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let stray = |c: char| c.is_control() && c != '\n' && c != '\t';
    match text.split('\n').position(|line| line.contains(stray)) {
        Some(index) => Err(Malformed::Control(index + 1)),
        None => Ok(text),
    }
}

/// A line with its number.
type Line<'t> = (usize, &'t str);

fn captions(text: &str, dialect: Dialect) -> Result<Captions, Malformed> {
    let lines: Vec<Line<'_>> = text.split('\n').enumerate().map(|(index, line)| (index + 1, line)).collect();
    let mut blocks = lines.split(|(_, line)| line.trim().is_empty()).filter(|block| !block.is_empty());
    let mut written = Written::default();
    if dialect == Dialect::WebVtt {
        written.skip_header(blocks.next().unwrap_or_default());
    }
    for block in blocks {
        written.add(block, dialect)?;
    }
    if written.words.is_empty() {
        return Err(Malformed::Empty);
    }
    Ok(Captions { file: format!("WEBVTT\n{}", written.cues), words: written.words, found: written.found })
}

#[derive(Default)]
struct Written {
    cues: String,
    words: String,
    found: BTreeSet<MetadataKind>,
    begins: u64,
}

impl Written {
    /// What stands beside and below the signature is a title, or what some program notes.
    fn skip_header(&mut self, block: &[Line<'_>]) {
        let title = block.first().and_then(|(_, line)| line.strip_prefix("WEBVTT"));
        if block.len() > 1 || title.is_some_and(|title| !title.trim().is_empty()) {
            self.found.insert(MetadataKind::Description);
        }
    }

    fn add(&mut self, block: &[Line<'_>], dialect: Dialect) -> Result<(), Malformed> {
        let Some((first, rest)) = block.split_first() else { return Ok(()) };
        let (times, said) = match rest.split_first() {
            _ if first.1.contains("-->") => (*first, rest),
            _ if dialect == Dialect::WebVtt && self.is_no_cue(first.1) => return Ok(()),
            Some((times, said)) if times.1.contains("-->") => {
                if dialect == Dialect::WebVtt {
                    self.found.insert(MetadataKind::Other);
                }
                (*times, said)
            }
            _ => return Err(Malformed::Stray(first.0)),
        };
        if let Some((line, _)) = said.iter().find(|(_, line)| line.contains("-->")) {
            return Err(Malformed::Stray(*line));
        }
        let (line, times) = times;
        let (times, rest) = Times::read(times, dialect).ok_or(Malformed::Times(line))?;
        if times.end <= times.begin {
            return Err(Malformed::Ends(line));
        }
        if times.begin < self.begins {
            return Err(Malformed::Order(line));
        }
        self.begins = times.begin;
        let said: Vec<&str> = said.iter().map(|(_, line)| *line).collect();
        let said = Words::read(&said.join("\n"), dialect);
        if said.plain.is_empty() {
            return Ok(());
        }
        let settings = if dialect == Dialect::WebVtt { settings(rest) } else { String::new() };
        self.cues.push_str(&format!("\n{times}{settings}\n{}\n", said.marked));
        self.say(&said.plain);
        Ok(())
    }

    /// Whether a block of WebVTT is something else than a cue.
    fn is_no_cue(&mut self, first: &str) -> bool {
        let is = |name: &str| {
            first.strip_prefix(name).is_some_and(|rest| rest.trim_start() != rest || rest.is_empty())
        };
        let kind = if is("NOTE") {
            MetadataKind::Description
        } else if is("STYLE") || is("REGION") {
            MetadataKind::Other
        } else {
            return false;
        };
        self.found.insert(kind);
        true
    }

    fn say(&mut self, cue: &str) {
        let ended = self.words.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']);
        let ended = ended.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।']);
        if !self.words.is_empty() {
            self.words.push(if ended { '\n' } else { ' ' });
        }
        self.words.push_str(cue);
    }
}

#[cfg(test)]
mod tests;
