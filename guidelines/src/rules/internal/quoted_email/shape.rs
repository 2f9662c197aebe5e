//! What a quoted message looks like. It does not know whether it may be quoted.

use std::ops::Range;

use crate::pattern::Regex;

use super::super::gate::Gate;
use crate::{Field, pattern};

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
/// A head of a memo or mail in any order, or with nothing but a subject and a greeting.
const MEMO: &str = r"(?im)^[^\n\p{L}]{0,6}(?:(?:to|date|cc|à|objet|subject|sent|envoyé(?: le)?)\*?\s?:[^\n]{2,}\n){1,3}[^\n\p{L}]{0,3}(?:from|de|expéditeur)\*?\s?:[^\n]{2,}(?:\n[^\n\p{L}]{0,3}(?:subject|objet|re|cc|date|sent)\*?\s?:[^\n]*){0,3}|(?:^|[^\n\p{L}])(?:subject|objet)\s?:[^\n]{2,}\n\s*(?:hi|hello|dear|good (?:morning|afternoon)|team|all|colleagues|bonjour|chère?s?|salut|from)\b[^\n]*";
const INLINE: &str = r"(?i)\b(?:from|de)\s?:\s?[^\n]{2,80}?\b(?:(?:sent|date|to|envoyé|à|cc)\s?:\s?[^\n]{2,80}?){0,4}\b(?:subject|objet)\s?:\s?[^\n]{2,400}";
const WROTE: &str = r"(?im)\b(?:on|le)\s(?:\p{L}{2,9}\.?,?\s|\d)[^\n]{0,140}?(?:(?:\d[:h]\d{2}|@|\d{4})[^\n]{0,100}(?:\n[^\n]{0,80})?\b(?:wrote|a écrit)\s?:|(?:\n[^\n]{0,80})?\b(?:wrote|a écrit)\s?:[ ]*\n)|[\p{L}.'\-]+(?: [\p{L}.'\-]+){0,3} <[^>\s]+@[^>\s]+>(?: on [^\n]{4,40})?\s?(?:wrote|a écrit)\s?:|^[^\n\p{L}]{0,6}[\p{L}.'\-]+(?: [\p{L}.'\-]+){0,3} (?:wrote|a écrit)\s?:\s?\n\s?>[^\n]*";
const QUOTED: &str = r"(?m)(?:^\s?>+\s?[^\n]*\p{L}[^\n]*(?:\n|\z)){2,}|^[^\n]*\b(?i:e-?mail|memo|wrote|says?|said|slack|teams|chat|thread|message|inbox|courriel|écrit)\b[^\n]*:?[ ]*\n(?P<q>(?:\s?>+\s?[^\n]*\p{L}[^\n]*(?:\n|\z))+)";
const FORWARDED: &str = r"(?m)(?:^|[\s:])(?:(?:FW|FWD|Fwd|Fw|TR|Tr)\s?:\s?[^\n\d\s][^\n]*|(?:RE|Re|RÉ|Ré)\s?:\s?(?:(?:RE|Re|FW|FWD|Fwd|Fw|TR|RÉ)\s?:\s?)+\S[^\n]*)";
/// The subject of an answer, with a greeting or a thread behind it.
const REPLY: &str = r"(?m)^[^\n\p{L}]{0,4}(?:\[[^\]\n]{1,12}\]\s)?(?:RE|Re|RÉ)\s?:\s\S[^\n]*\n\s*(?i:hi|hello|dear|thanks|team|all|bonjour|merci|salut)\b[^\n]*,[^\n]*";
/// Lines of a chat: a time in brackets, then who.
const STAMPED: &str = r"(?m)(?:^[^\n\p{L}\[]{0,4}\[(?:\p{L}{2,9},?\s)?(?:\d[\d/.\-]{3,9},?\s(?:at\s|à\s)?)?\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?\]\s?[^\n:]{2,40}:\s[^\n]*(?:\n|\z)){2,}|^[^\n\p{L}\[]{0,4}\[(?:\p{L}{2,9},?\s)?(?:\d[\d/.\-]{3,9},?\s)?\d{1,2}:\d{2}(?::\d{2})?\s?(?:[AaPp]\.?[Mm]\.?)\]\s?\p{Lu}[\p{L}'\-]+ \p{Lu}[\p{L}'\-]+:\s[^\n]*";
/// Who and when on a line, then the words.
const HEADED: &str = r"(?m)(?:^[^\n\p{L}]{0,4}\p{Lu}[^\n:]{2,40}\s[\[(]?\d{1,2}[:h]\d{2}(?:\s?[AaPp]\.?[Mm]\.?)?[\])]?:?\s?\n[^\n]+(?:\n|\z)){2,}";
/// As a telephone exports it.
const EXPORTED: &str = r"(?m)(?:^\s?\d[\d/.\-]{4,9},?\s\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?\s-\s[^\n:]{2,40}:\s[^\n]*(?:\n|\z))+";
/// Who in brackets, or when in brackets behind who.
const NAMED: &str = r"(?m)(?:^\s?<[\w.\- ]{2,24}>\s[^\n]+(?:\n|\z)){2,}|(?:^\p{Lu}[\p{L}.'\-]+(?: \p{Lu}[\p{L}.'\-]*)?\s?[\[(]\d{1,2}[:h]\d{2}(?:\s?[AaPp]\.?[Mm]\.?)?[\])]\s?:\s[^\n]*(?:\n|\z)){2,}";
/// One line of a chat, where the text says that it is one.
const ONE_LINE: &str = r"(?m)(?i:\b(?:slack|teams|chat|whatsapp|dm|thread|channel|messages?|clavardage|fil)\b)[^\n]{0,60}[\s:](?P<q>\[(?:\d[\d/.\-]{3,9},?\s)?\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?\]\s?[^\n:]{2,40}:\s[^\n]+)";
/// What a telephone puts below a mail, with the paragraph above it.
const SIGNED: &str = r"(?m)(?:^[^\n]+\n){1,12}\n?[^\n]{0,3}(?:Sent from my (?:iPhone|iPad|Galaxy|Samsung|phone|mobile|BlackBerry|Android)[^\n]*|Get Outlook for (?:iOS|Android)|Envoyé (?:de|à partir de) mon (?:iPhone|iPad|téléphone|mobile)[^\n]*)";
/// A private message, then how it is quoted, then the quotation.
const SENTENCE: &str = r#"(?i)(?:\b(?:from|in|per|via|out of|to quote)\s(?:an?|the|our|my|his|her|their|this|that|yesterday's|today's|last night's|[\p{L}.]{1,20}\s?[\p{L}.]{0,20}'s)\s(?:[\p{L}'\-]+\s){0,4}?(?:e-?mail|memo|memorandum|text message|message|slack|teams|chat|thread|dm|inbox|whatsapp|channel)s?\b[^\n"]{0,70}|\b(?:wrote|writes|said|says|told (?:us|me|staff|the team)|replied|emailed|e-mailed|messaged|texted)\b[^\n"]{0,30}\b(?:in|by|over|via|on)\s(?:an?\s|our\s|the\s|her\s|his\s|their\s)?(?:internal\s|staff\s|team\s|private\s)?(?:e-?mail|memo|slack|teams|chat|thread|message|dm)s?\b[^\n"]{0,40}|\b(?:staff|internal|team|private|director's|dean's|manager's|boss's|board|all-staff|leaked)\s(?:e-?mail|memo|message|slack|chat|thread|note)s?\b[^\n"]{0,60}|\b(?:our|the|my)\s(?:[\p{L}\-]+\s)?(?:director|dean|manager|boss|supervisor|ceo|chair|pi|coordinator|lead)\s(?:just\s|has\s)?(?:e-?mailed|messaged|texted|slacked|dm'?d)\b[^\n"]{0,60}|\bour\s(?:director|dean|manager|boss|supervisor|ceo|chair|pi)\s(?:just\s)?wrote\b[^\n"]{0,50}|\b(?:the|our|an?|that)\s(?:internal\s|leaked\s|staff\s)?(?:memo|e-?mail|slack message|teams message|dm)\s(?:reads|read|says|said|states|went|ends|begins|to (?:all )?staff)\b[^\n"]{0,40}|\b(?:message|note|e-?mail|memo)\s(?:from\s[^\n"]{2,50}\s)?to (?:all )?(?:staff|employees|the team|colleagues|faculty)\b[^\n"]{0,50}|\b(?:dans|d'|extrait d'|selon|d'après|tiré d')\s?(?:une?|le|la|son|sa|notre|ce|cette)\s?(?:courriel|message|mémo|clavardage|note de service|note interne|conversation teams)\b[^\n"]{0,80}|\b(?:courriel|note|mémo|message) (?:interne|de service|au personnel|à l'équipe|aux employés)\b[^\n"]{0,60})(?P<q>"[^"\n]{12,400}")"#;
/// The quotation first, then where it stood.
const BEFORE: &str = r#"(?i)(?P<q>"[^"\n]{12,400}"),?\s[^\n."]{0,60}\b(?:wrote|writes|said|says|told|replied|emailed|e-mailed|messaged|texted|from|écrit|écrivait|in|dans)\b[^\n."]{0,40}?\b(?:in|by|over|via|on|from|dans|par|sur)?\s?(?:an?|our|the|her|his|their|last night's|yesterday's|this morning's|une?|le|notre|son)\s(?:internal\s|staff\s|team\s|private\s|all-staff\s|group\s)?(?:e-?mail|memo|slack|teams|chat|thread|dm|text message|courriel|mémo|clavardage|note de service|note interne)s?\b"#;

/// The shapes of blocks, surest first, each with words of which one stands in it, in lower case.
const BLOCKS: &[(Kind, &str, &str)] = &[
    (
        Kind::Headers,
        "from:,from :,from*,de:,de :,expéditeur,original message,forwarded message,message d'origine,message transféré",
        HEADERS,
    ),
    (Kind::Headers, "subject:,subject :,objet:,objet :", INLINE),
    (Kind::Headers, "from:,from :,from*,de:,de :,expéditeur,subject:,subject :,objet:,objet :", MEMO),
    (Kind::Wrote, "wrote,écrit", WROTE),
    (Kind::Quoted, ">", QUOTED),
    (Kind::Chat, "]", STAMPED),
    (Kind::Chat, "m\n,0\n,1\n,2\n,3\n,4\n,5\n,6\n,7\n,8\n,9\n,]\n,)\n,:\n", HEADED),
    (Kind::Chat, " - ", EXPORTED),
    (Kind::Chat, ">,):,) :,]:,] :", NAMED),
    (Kind::Chat, "]", ONE_LINE),
    (Kind::Wrote, "sent from my,get outlook,de mon ip,de mon t,de mon m", SIGNED),
    (Kind::Forwarded, "fw:,fw :,fwd:,fwd :,tr:,tr :,re:,re :,ré:,ré :", FORWARDED),
    (Kind::Reply, "re:,re :,ré:,ré :", REPLY),
];

/// The compiled shapes.
#[derive(Debug)]
pub(super) struct Shapes {
    blocks: Vec<(Kind, Regex)>,
    gate: Gate,
    sentences: [Regex; 2],
    not_internal: Regex,
}

impl Shapes {
    pub(super) fn compile() -> Result<Self, String> {
        let blocks = BLOCKS.iter().map(|&(kind, _, source)| Ok((kind, pattern::exact_case(source)?)));
        Ok(Self {
            blocks: blocks.collect::<Result<_, String>>()?,
            gate: Gate::of(BLOCKS.iter().map(|&(_, words, _)| words))?,
            sentences: [pattern::exact_case(SENTENCE)?, pattern::exact_case(BEFORE)?],
            not_internal: pattern::any_case(
                r"\b(?:newsletter|subject line|open letter|fan mail|listeners?|viewers?|donors?|students? wrote|famil(?:y|ies)|community members?|our podcast|thank[- ]you|patients?|participants?|readers?|followers?|public|press release|infolettre)\b[^\n]*$",
            )?,
        })
    }

    /// The quotations in a field, in order, none overlapping another.
    pub(super) fn quotes(&self, field: &Field<'_>) -> Vec<Quote> {
        let (text, lower) = (field.shadow.folded(), field.lower());
        let mut found: Vec<Quote> = Vec::new();
        let worth = self.gate.worth(lower);
        let blocks = self.blocks.iter().enumerate().filter(|(index, _)| worth.is(*index));
        for (_, (kind, shape)) in blocks {
            for captures in shape.captures_iter(text) {
                let part = if shape.captures_len() > 1 { captures.name("q") } else { None };
                let Some(matched) = part.or_else(|| captures.get(0)) else { continue };
                if is_timetable(*kind, matched.as_str()) {
                    continue;
                }
                let range = with_body(*kind, text, trimmed(text, matched.range()));
                add(&mut found, *kind, without_comment(text, range));
            }
        }
        if lower.contains('"') {
            for sentence in &self.sentences {
                self.sentences(field, sentence, &mut found);
            }
        }
        found.sort_by_key(|quote| quote.range.start);
        found
    }

    fn sentences(&self, field: &Field<'_>, sentence: &Regex, found: &mut Vec<Quote>) {
        let text = field.shadow.folded();
        for captures in sentence.captures_iter(text) {
            let Some((whole, quote)) = captures.get(0).zip(captures.name("q")) else { continue };
            let head = text.get(..whole.start()).and_then(|head| head.rfind('\n')).map_or(0, |at| at + 1);
            let start = head.max(field.shadow.sentence_around(&whole.range()).start);
            let lead = text.get(start..quote.start()).unwrap_or_default();
            let rest = text.get(quote.end()..whole.end()).unwrap_or_default();
            let words = quote.as_str().split_whitespace().count();
            if words > 3 && !self.not_internal.is_match(lead) && !self.not_internal.is_match(rest) {
                add(found, Kind::Sentence, quote.range());
            }
        }
    }
}

/// Whether lines with times are a programme, and a head from one time or place to another.
fn is_timetable(kind: Kind, text: &str) -> bool {
    let lower = text.to_lowercase();
    match kind {
        Kind::Chat => {
            const SESSIONS: &str = "keynote welcome break lunch panel session workshop registration doors closing opening q&a poster accueil pause dîner atelier";
            SESSIONS.split(' ').any(|word| lower.contains(word)) && !lower.contains('?')
        }
        Kind::Headers => {
            let told = ["subject", "objet", "sent", "envoyé", "message", "cc", "re:", "re :", "@"];
            let value = lower.split_once(':').map_or("", |(_, value)| value).trim_start();
            let named = value.split('\n').next().unwrap_or_default().trim().contains(' ');
            !told.iter().any(|word| lower.contains(word))
                && (!named || value.starts_with(|c: char| c.is_ascii_digit()))
        }
        _ => false,
    }
}

/// Without the poster's own words behind it: tags, addresses, and what follows a dash after a full stop.
fn without_comment(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or_default();
    let line = part.rfind('\n').map_or(0, |at| at + 1);
    let last = part.get(line..).unwrap_or_default();
    let dash = [". - ", "! - ", "? - ", ".\" - "]
        .iter()
        .filter_map(|dash| last.find(dash).map(|at| at + dash.len() - 3))
        .min();
    let mut kept = dash.and_then(|at| part.get(..line + at)).unwrap_or(part).trim_end();
    while let Some((rest, word)) = kept.rsplit_once(char::is_whitespace) {
        if !(word.starts_with('#') || word.starts_with("http")) {
            break;
        }
        kept = rest.trim_end();
    }
    range.start..range.start + kept.len()
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

/// A head or an introduction together with the message below it.
fn with_body(kind: Kind, text: &str, range: Range<usize>) -> Range<usize> {
    if !matches!(kind, Kind::Headers | Kind::Wrote | Kind::Forwarded) {
        return range;
    }
    let after = text.get(range.end..).unwrap_or_default();
    let body = after.trim_start();
    let skipped = after.len() - body.len();
    let length = body.find("\n\n").unwrap_or(body.len());
    let first = body.get(..length).unwrap_or_default();
    let quoted = first
        .lines()
        .take_while(|line| line.trim_start().starts_with('>'))
        .map(|line| line.len() + 1)
        .sum::<usize>();
    let taken = if quoted > 0 { quoted.min(first.len()) } else { letter(body, length) };
    trimmed(text, range.start..range.end + skipped + taken)
}

/// How much of a message its letter is: past a greeting, and down to who signed it.
fn letter(body: &str, first: usize) -> usize {
    const CLOSINGS: &str = "best regards thanks cheers sincerely cordialement merci warmly kind";
    let greeting = body.get(..first).unwrap_or_default().trim_end();
    let mut end = first;
    if greeting.ends_with(',') && greeting.split_whitespace().count() < 6 {
        end = next_paragraph(body, end);
    }
    let following = next_paragraph(body, end);
    let closing = body.get(end..following).unwrap_or_default().trim_start();
    let word = closing.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    let signs = closing.len() < 60 && closing.contains(',') && CLOSINGS.split(' ').any(|known| known == word);
    if signs { following } else { end }
}

fn next_paragraph(body: &str, at: usize) -> usize {
    let rest = body.get(at..).unwrap_or_default();
    let blank = rest.len() - rest.trim_start().len();
    let paragraph = rest.get(blank..).unwrap_or_default();
    at + blank + paragraph.find("\n\n").unwrap_or(paragraph.len())
}
