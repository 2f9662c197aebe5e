//! What a quoted message looks like. It does not know whether it may be quoted.

use std::ops::Range;

use regex::Regex;

use crate::{pattern, text::Shadow};

/// What shows that something is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A block of mail headers.
    Headers,
    /// "On ... wrote:".
    Wrote,
    /// Lines that begin with >.
    Quoted,
    /// FW:, or RE: before another.
    Forwarded,
    /// RE: by itself.
    Reply,
    /// Lines of a chat.
    Chat,
    /// A sentence in quotation marks from a colleague's message.
    Sentence,
}

impl Kind {
    pub(super) const fn describe(self) -> &'static str {
        match self {
            Self::Headers => "the head of an e-mail, pasted",
            Self::Wrote => "a reply that quotes an e-mail",
            Self::Quoted => "lines quoted from an e-mail",
            Self::Forwarded => "a forwarded e-mail",
            Self::Reply => "the subject of an e-mail",
            Self::Chat => "lines pasted from a chat",
            Self::Sentence => "a sentence quoted from an internal message",
        }
    }
}

/// A quotation.
#[derive(Clone, Debug)]
pub(super) struct Quote {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

const HEADERS: &str = r"(?im)(?:^[^\n]{0,30}(?:-{2,}\s?(?:original message|message d'origine|forwarded message|message transféré)\s?-{2,}|begin forwarded message:)[^\n]*\n\s*(?:>?[ *]{0,3}[\p{L}\-]{2,12}\*?\s?:[^\n]*\n?)*)|(?:(?:^|[^\n\p{L}])>?[ *]{0,3}(?:from|de|expéditeur)\*?\s?:[^\n]{2,}\n(?:\s*>?[ *]{0,3}(?:sent|date|to|cc|bcc|subject|reply-to|envoyé(?: le)?|à|objet|cci|destinataire)\*?\s?:[^\n]*(?:\n|\z)){1,8})";
const INLINE: &str = r"(?i)\b(?:from|de)\s?:\s?[^\n]{2,80}?\b(?:(?:sent|date|to|envoyé|à)\s?:\s?[^\n]{2,80}?){1,3}\b(?:subject|objet)\s?:\s?[^\n]{2,120}";
const WROTE: &str = r"(?im)\b(?:on|le)\s(?:\p{L}{2,9}\.?,?\s|\d)[^\n]{0,140}?(?:(?:\d[:h]\d{2}|@)[^\n]{0,100}(?:\n[^\n]{0,80})?\b(?:wrote|a écrit)\s?:|(?:\n[^\n]{0,80})?\b(?:wrote|a écrit)\s?:[ ]*\n)";
const QUOTED: &str = r"(?m)(?:^\s?>+\s?[^\n]*\p{L}[^\n]*(?:\n|\z)){2,}";
const FORWARDED: &str = r"(?m)(?:^|\s)(?:(?:FW|FWD|Fwd|Fw|TR)\s?:\s?\S[^\n]*|(?:RE|Re)\s?:\s?(?:(?:RE|Re|FW|FWD|Fwd|Fw|TR)\s?:\s?)+\S[^\n]*)";
const REPLY: &str = r"(?m)^\s*(?:\[[^\]\n]{1,12}\]\s)?RE\s?:\s\S[^\n]*";
const CHAT: &str = r"(?m)(?:^\s?\[\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?\]\s?[^\n:]{2,40}:\s[^\n]*(?:\n|\z)){2,}|(?:^\p{Lu}[^\n:]{2,40}\s\[?\d{1,2}:\d{2}(?:\s?[AaPp][Mm])?\]?\n[^\n]+(?:\n|\z)){2,}";
/// A private message, then how it is quoted, then the quotation.
const SENTENCE: &str = r#"(?i)(?:\b(?:from|in|per|via|out of)\s(?:an?|the|our|my|his|her|their|this|that|yesterday's|today's|last night's|[\p{L}.]{1,20}\s?[\p{L}.]{0,20}'s)\s(?:[\p{L}'\-]+\s){0,4}?(?:e-?mail|memo|memorandum|text message|message|slack|teams|chat|thread|dm|inbox|whatsapp)s?\b[^\n"]{0,60}|\b(?:wrote|writes|said|says|told (?:us|me|staff|the team)|replied|emailed|e-mailed|messaged|texted)\b[^\n"]{0,30}\b(?:in|by|over|via|on)\s(?:an?\s|our\s|the\s|her\s|his\s|their\s)?(?:internal\s|staff\s|team\s|private\s)?(?:e-?mail|memo|slack|teams|chat|thread|message|dm)s?\b[^\n"]{0,40}|\b(?:staff|internal|team|private|director's|dean's|manager's|boss's|board)\s(?:e-?mail|memo|message|slack|chat|thread)s?\b[^\n"]{0,50}|\b(?:our|the|my)\s(?:director|dean|manager|boss|supervisor|ceo|chair|pi)\s(?:just\s)?(?:e-?mailed|messaged|texted|wrote)\b[^\n"]{0,50}|\b(?:dans|d'|extrait d'|selon)\s?(?:un|le|son|notre|ce)\s(?:courriel|message|mémo|clavardage)\b[^\n"]{0,60})(?P<q>"[^"\n]{12,400}")"#;

/// The compiled shapes, surest first.
#[derive(Debug)]
pub(super) struct Shapes {
    blocks: Vec<(Kind, Regex)>,
    sentence: Regex,
    not_internal: Regex,
}

impl Shapes {
    pub(super) fn compile() -> Result<Self, String> {
        let kinds = [
            (Kind::Headers, HEADERS),
            (Kind::Headers, INLINE),
            (Kind::Wrote, WROTE),
            (Kind::Quoted, QUOTED),
            (Kind::Chat, CHAT),
            (Kind::Forwarded, FORWARDED),
            (Kind::Reply, REPLY),
        ];
        let compiled =
            kinds.into_iter().map(|(kind, source)| pattern::exact_case(source).map(|regex| (kind, regex)));
        Ok(Self {
            blocks: compiled.collect::<Result<_, _>>()?,
            sentence: pattern::exact_case(SENTENCE)?,
            not_internal: pattern::any_case(
                r"\b(?:newsletter|subject line|thank[- ]you|patients?|participants?|readers?|followers?|public|press release|infolettre)\b[^\n]*$",
            )?,
        })
    }

    /// The quotations in a text, in order, none overlapping another.
    pub(super) fn quotes(&self, shadow: &Shadow<'_>) -> Vec<Quote> {
        let text = shadow.folded();
        let mut found: Vec<Quote> = Vec::new();
        for (kind, shape) in &self.blocks {
            for matched in shape.find_iter(text) {
                let range = with_body(*kind, text, trimmed(text, matched.range()));
                add(&mut found, *kind, range);
            }
        }
        for captures in self.sentence.captures_iter(text) {
            let Some((whole, quote)) = captures.get(0).zip(captures.name("q")) else { continue };
            let head = text.get(..whole.start()).and_then(|head| head.rfind('\n')).map_or(0, |at| at + 1);
            let lead = text
                .get(head.max(shadow.sentence_around(&whole.range()).start)..quote.start())
                .unwrap_or_default();
            let words = quote.as_str().split_whitespace().count();
            if words > 3 && !self.not_internal.is_match(lead) {
                add(&mut found, Kind::Sentence, quote.range());
            }
        }
        found.sort_by_key(|quote| quote.range.start);
        found
    }
}

/// Adds a quotation unless it lies in one that is there; one that reaches further is widened.
fn add(found: &mut Vec<Quote>, kind: Kind, range: Range<usize>) {
    match found.iter_mut().find(|other| other.range.start < range.end && range.start < other.range.end) {
        Some(other) => other.range = other.range.start.min(range.start)..other.range.end.max(range.end),
        None => found.push(Quote { kind, range }),
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (part.len() - part.trim_start().len());
    start..(range.start + part.trim_end().len()).max(start)
}

/// A head or an introduction together with the paragraph that it introduces.
fn with_body(kind: Kind, text: &str, range: Range<usize>) -> Range<usize> {
    if !matches!(kind, Kind::Headers | Kind::Wrote | Kind::Forwarded) {
        return range;
    }
    let after = text.get(range.end..).unwrap_or_default();
    let body = after.trim_start();
    let skipped = after.len() - body.len();
    let length = body.find("\n\n").unwrap_or(body.len());
    let body = body.get(..length).unwrap_or_default();
    let quoted = body
        .lines()
        .take_while(|line| line.trim_start().starts_with('>'))
        .map(|line| line.len() + 1)
        .sum::<usize>();
    let taken = if quoted > 0 { quoted.min(body.len()) } else { body.len() };
    trimmed(text, range.start..range.end + skipped + taken)
}
