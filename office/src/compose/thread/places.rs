//! Where a text may be cut: the ends of sentences, the gaps between words, and the places within what is written without
//! spaces. Pure. Knows links, brackets and abbreviations; not how long anything may be.

use unicode_segmentation::UnicodeSegmentation as _;

/// Where the next part may begin, in bytes, each list in order. White space before a cut belongs to no part.
pub(super) struct Places {
    sentences: Vec<usize>,
    words: Vec<usize>,
    within: Vec<usize>,
}

/// Never the last of a part: what they open or mark comes after them.
const OPENS: &str = "([{<¿¡«‹“‘„‚「『（【〔〈《［｛@＠#＃&$£€";
/// Never the first of a part: they end what came before, or lean on it.
const CLOSES: &str = ".,;:!?)]}>%…»›”’、。，．：；！？）」』】〕〉》］｝・ー々〻゛゜ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ،؛؟।॥";
/// Short pauses of scripts that put no space after them.
const PAUSES: &str = "、，；：";
/// Written with a full stop in the middle of sentences.
const ABBREVIATIONS: &[&str] =
    &["dr", "mr", "mrs", "ms", "prof", "st", "no", "nr", "vs", "ca", "bzw", "mme", "mlle", "sra", "tel"];

impl Places {
    pub(super) fn of(text: &str) -> Self {
        let mut places = Self { sentences: Vec::new(), words: Vec::new(), within: Vec::new() };
        let end = text.trim_end().len();
        let starts = text.split_sentence_bound_indices().map(|(at, _)| at);
        places.sentences.extend(starts.filter(|at| *at < end && ends_a_sentence(text, *at)));
        let links = links(text);
        let mut before = None;
        for (at, segment) in text.split_word_bound_indices() {
            if at >= end {
                break;
            }
            let next = segment.chars().next();
            if let (Some(before), Some(next)) = (before, next.filter(|next| !next.is_whitespace())) {
                places.look(text, at, (before, next), &links);
            }
            before = segment.chars().next_back();
        }
        places
    }

    /// Looks at the place between two characters.
    fn look(
        &mut self,
        text: &str,
        at: usize,
        (before, next): (char, char),
        links: &[std::ops::Range<usize>],
    ) {
        let leans = CLOSES.contains(next);
        if before.is_whitespace() {
            self.within.push(at);
            let said = text.get(..at).and_then(|text| text.trim_end().chars().next_back());
            if !leans && said.is_some_and(|said| !OPENS.contains(said)) {
                self.words.push(at);
            }
        } else if !leans
            && !OPENS.contains(before)
            && !links.iter().any(|link| link.start < at && at < link.end)
        {
            if PAUSES.contains(before) {
                self.words.push(at);
            }
            // What is written in ASCII has spaces: an address without a scheme, a long number, a path.
            if !before.is_ascii() || !next.is_ascii() {
                self.within.push(at);
            }
        }
    }

    /// The lists, the best first.
    pub(super) fn by_preference(&self) -> [&[usize]; 3] {
        [&self.sentences, &self.words, &self.within]
    }

    /// What stands from here to the next place where anything could be cut.
    pub(super) fn word_at<'t>(&self, text: &'t str, start: usize) -> &'t str {
        let next = self.within.get(self.within.partition_point(|at| *at <= start)).copied();
        text.get(start..next.unwrap_or(text.len())).unwrap_or_default().trim()
    }
}

/// Whether a boundary of sentences is one at which readers would pause. Where no space follows the mark, only scripts that
/// write none end a sentence so; an address with a question mark does not.
fn ends_a_sentence(text: &str, at: usize) -> bool {
    let Some(before) = text.get(..at) else { return false };
    let spaced = before.ends_with(char::is_whitespace);
    let said = before.trim_end();
    let last = said.chars().next_back();
    let Some(last) = last.filter(|last| spaced || !last.is_ascii()) else { return false };
    let new_line = before.get(said.len()..).is_some_and(|gap| gap.contains('\n'));
    new_line || last != '.' || !is_abbreviated(said)
}

/// Whether a text ends with what is rather an abbreviation than the end of a sentence: `Dr.`, `J.`, `e.g.`
fn is_abbreviated(said: &str) -> bool {
    let word = said.rsplit(char::is_whitespace).next().unwrap_or_default();
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_end_matches('.');
    let letters = |word: &str| !word.is_empty() && word.chars().all(char::is_alphabetic);
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let dotted = word.contains('.') && word.split('.').all(|part| letters(part) && part.chars().count() <= 2);
    initial || dotted || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// Where the text has web addresses: from a scheme or `www.` up to white space or a mark that no address has.
fn links(text: &str) -> Vec<std::ops::Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for begin in ["https://", "http://", "www."] {
        for (start, _) in lower.match_indices(begin) {
            let rest = text.get(start..).unwrap_or_default();
            let goes_on = |c: char| c.is_alphanumeric() || (c.is_ascii_graphic() && !"<>\"".contains(c));
            let length = rest.find(|c| !goes_on(c)).unwrap_or(rest.len());
            found.push(start..start + length);
        }
    }
    found
}
