//! What is checked: exactly what will be sent on one channel, or a bare text; and how rules read it.
//! It does not know drafts, channels or authors.

use std::{
    cell::{Cell, OnceCell},
    ops::Range,
};

use crate::{
    Capacity, LengthRule, Platform, Surroundings,
    rules::Identity,
    text::{Link, Protected, Shadow},
};

/// What is checked.
#[derive(Clone, Debug)]
pub struct Submission<'a> {
    /// Where it goes; a bare text goes nowhere.
    pub platform: Option<Platform>,
    /// The limit of the server that it goes to, where it is known; the platform's own otherwise.
    pub length: Option<LengthRule>,
    /// The capacity that its author has declared.
    pub capacity: Option<Capacity>,
    /// The text exactly as it will be sent.
    pub text: &'a str,
    /// What findings on the text call their target: `text`, `variants.mastodon`, …
    pub text_path: &'a str,
    /// A link sent beside the text.
    pub link: Option<&'a str>,
    /// Links known to go with it, such as those of its cards; those that stand in the text are read there.
    pub more_links: Vec<&'a str>,
    /// Media, in the order in which they are sent.
    pub media: Vec<MediaView<'a>>,
    /// The captions of its films.
    pub captions: Vec<CaptionView<'a>>,
    /// What surrounds it; absent for a bare text.
    pub around: Option<&'a Surroundings>,
}

impl<'a> Submission<'a> {
    /// A bare text that goes nowhere: only what can be said of words is said.
    pub const fn of_text(text: &'a str) -> Self {
        Self {
            platform: None,
            length: None,
            capacity: None,
            text,
            text_path: "text",
            link: None,
            more_links: Vec::new(),
            media: Vec::new(),
            captions: Vec::new(),
            around: None,
        }
    }

    /// The limit that holds for it, if it goes anywhere or brings one.
    pub fn length_rule(&self) -> Option<LengthRule> {
        self.length.or_else(|| self.platform.map(Platform::length_rule))
    }
}

/// One medium of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediaView<'a> {
    /// The name that its file has.
    pub file_name: &'a str,
    /// Its MIME type.
    pub media_type: &'a str,
    /// What it says to those who cannot see it.
    pub alt_text: Option<&'a str>,
    /// Declared to say nothing: needs no alternative text.
    pub decorative: bool,
    /// Whether people can be recognised in it; absent where nobody said.
    pub shows_people: Option<bool>,
    /// Whether it is a document or a picture of one; absent where nobody said.
    pub document: Option<bool>,
    /// Kinds of personal metadata that its file still carries.
    pub metadata: &'a [String],
    /// Its size in bytes; absent where not known.
    pub bytes: Option<u64>,
    /// Its width and height in pixels; absent where not known.
    pub pixels: Option<(u32, u32)>,
}

impl<'a> MediaView<'a> {
    /// A medium of which only the file and its alternative text are known.
    pub const fn of(file_name: &'a str, media_type: &'a str, alt_text: Option<&'a str>) -> Self {
        Self {
            file_name,
            media_type,
            alt_text,
            decorative: false,
            shows_people: None,
            document: None,
            metadata: &[],
            bytes: None,
            pixels: None,
        }
    }
}

/// What is said in a film, as far as captions in one language tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaptionView<'a> {
    /// Which of the submission's media the film is, from 0.
    pub medium: usize,
    /// BCP 47 tag.
    pub language: &'a str,
    /// What a viewer chooses them by, where that is said; a finding names it `media[0].captions[en].label`.
    pub label: Option<&'a str>,
    /// What the cues say, without times and marks; spans of findings are places in this.
    pub words: &'a str,
}

/// Which part of a submission a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// The text itself.
    Text,
    /// A link beside it.
    Link,
    /// A medium's alternative text.
    AltText,
    /// The words of a film's captions in one language.
    Captions,
    /// A medium's file name.
    FileName,
    /// The biography of the channel or account that speaks.
    Bio,
}

/// One part of a submission that has words.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// What findings call it: `text`, `link`, `links[0]`, `media[0].alt`, `media[0].fileName`, `media[0].captions[en]`,
    /// `channel.bio`.
    pub target: String,
    /// Which part it is.
    pub kind: FieldKind,
    /// Its words, folded.
    pub shadow: Shadow<'a>,
    lower: OnceCell<String>,
    protected: OnceCell<Vec<Protected>>,
    identities: OnceCell<Vec<Identity>>,
}

impl Field<'_> {
    /// The shadow in lower case, byte for byte at the same places.
    pub fn lower(&self) -> &str {
        self.lower.get_or_init(|| self.shadow.lower())
    }

    /// What is something else than it looks like to a pattern: addresses, identifiers of public records, tags,
    /// dates, amounts. In order; nothing overlaps.
    pub fn protected(&self) -> &[Protected] {
        self.protected.get_or_init(|| self.shadow.protected())
    }

    /// What protects a range, if anything overlaps it.
    pub fn protection(&self, range: &Range<usize>) -> Option<&Protected> {
        self.protected().iter().find(|span| span.range.start < range.end && range.start < span.range.end)
    }

    /// The numbers in it that are somebody's, which several rules ask for: whoever asks first has them classified.
    pub(crate) fn identities(&self, classify: impl FnOnce(&Self) -> Vec<Identity>) -> &[Identity] {
        self.identities.get_or_init(|| classify(self))
    }

    /// The web addresses in it, in order.
    pub fn links(&self) -> Vec<Link<'_>> {
        self.shadow.links()
    }
}

/// A submission as rules read it: its fields folded once.
#[derive(Clone, Debug)]
pub struct Reading<'s, 'a> {
    /// What was submitted.
    pub submission: &'s Submission<'a>,
    /// Its parts; the text is always the first.
    pub fields: Vec<Field<'a>>,
    around: Option<&'a Surroundings>,
    looked_around: Cell<bool>,
}

impl<'s, 'a> Reading<'s, 'a> {
    /// With what surrounds it.
    pub fn of(submission: &'s Submission<'a>) -> Self {
        Self::amid(submission, submission.around)
    }

    /// Of the words alone, the channel's biography among them: what else surrounds them is not known.
    pub fn of_words(submission: &'s Submission<'a>) -> Self {
        Self::amid(submission, None)
    }

    fn amid(submission: &'s Submission<'a>, around: Option<&'a Surroundings>) -> Self {
        let mut fields = vec![field(submission.text_path.to_owned(), FieldKind::Text, submission.text)];
        if let Some(link) = submission.link {
            fields.push(field("link".to_owned(), FieldKind::Link, link));
        }
        for (index, link) in submission.more_links.iter().enumerate() {
            if !is_told(submission, link) {
                fields.push(field(format!("links[{index}]"), FieldKind::Link, link));
            }
        }
        for (index, medium) in submission.media.iter().enumerate() {
            if let Some(alt) = medium.alt_text {
                fields.push(field(format!("media[{index}].alt"), FieldKind::AltText, alt));
            }
            fields.push(field(format!("media[{index}].fileName"), FieldKind::FileName, medium.file_name));
        }
        for caption in &submission.captions {
            let target = format!("media[{}].captions[{}]", caption.medium, caption.language);
            if let Some(label) = caption.label {
                fields.push(field(format!("{target}.label"), FieldKind::Captions, label));
            }
            fields.push(field(target, FieldKind::Captions, caption.words));
        }
        let channel = submission.around.and_then(|around| around.channel.as_ref());
        if let Some(bio) = channel.and_then(|channel| channel.bio.as_deref()) {
            fields.push(field("channel.bio".to_owned(), FieldKind::Bio, bio));
        }
        Self { submission, fields, around, looked_around: Cell::new(false) }
    }

    /// The fields of certain kinds.
    pub fn of_kinds<'r>(&'r self, kinds: &'r [FieldKind]) -> impl Iterator<Item = &'r Field<'a>> {
        self.fields.iter().filter(|field| kinds.contains(&field.kind))
    }

    /// What surrounds the submission. A rule reads of it what its manual says, and nothing else.
    pub fn around(&self) -> Option<&'a Surroundings> {
        self.looked_around.set(true);
        self.around
    }

    /// Whether anybody has asked what surrounds the submission.
    pub fn looked_around(&self) -> bool {
        self.looked_around.get()
    }

    /// The text of the submission.
    pub fn text(&self) -> Option<&Field<'a>> {
        self.fields.first()
    }
}

/// Whether a link stands in the text, or beside it, already.
fn is_told(submission: &Submission<'_>, link: &str) -> bool {
    let address = link.split_once("://").map_or(link, |(_, address)| address).trim().trim_end_matches('/');
    [Some(submission.text), submission.link].into_iter().flatten().any(|words| words.contains(address))
}

fn field(target: String, kind: FieldKind, words: &str) -> Field<'_> {
    Field {
        target,
        kind,
        shadow: Shadow::of(words),
        lower: OnceCell::new(),
        protected: OnceCell::new(),
        identities: OnceCell::new(),
    }
}
