//! What is checked: exactly what will be sent on one channel, or a bare text; and how rules read it.
//! It does not know drafts, channels or authors.

use crate::{Capacity, LengthRule, Platform, text::Shadow};

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
    /// Media, in the order in which they are sent.
    pub media: Vec<MediaView<'a>>,
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
            media: Vec::new(),
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
}

/// Which part of a submission a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// The text itself.
    Text,
    /// The link beside it.
    Link,
    /// A medium's alternative text.
    AltText,
    /// A medium's file name.
    FileName,
}

/// One part of a submission that has words.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// What findings call it: `text`, `link`, `media[0].alt`, `media[0].fileName`.
    pub target: String,
    /// Which part it is.
    pub kind: FieldKind,
    /// Its words, folded.
    pub shadow: Shadow<'a>,
}

/// A submission as rules read it: its fields folded once.
#[derive(Clone, Debug)]
pub struct Reading<'s, 'a> {
    /// What was submitted.
    pub submission: &'s Submission<'a>,
    /// Its parts; the text is always the first.
    pub fields: Vec<Field<'a>>,
}

impl<'s, 'a> Reading<'s, 'a> {
    /// Folds every part once.
    pub fn of(submission: &'s Submission<'a>) -> Self {
        let mut fields = vec![field(submission.text_path.to_owned(), FieldKind::Text, submission.text)];
        if let Some(link) = submission.link {
            fields.push(field("link".to_owned(), FieldKind::Link, link));
        }
        for (index, medium) in submission.media.iter().enumerate() {
            if let Some(alt) = medium.alt_text {
                fields.push(field(format!("media[{index}].alt"), FieldKind::AltText, alt));
            }
            fields.push(field(format!("media[{index}].fileName"), FieldKind::FileName, medium.file_name));
        }
        Self { submission, fields }
    }

    /// The fields of certain kinds.
    pub fn of_kinds<'r>(&'r self, kinds: &'r [FieldKind]) -> impl Iterator<Item = &'r Field<'a>> {
        self.fields.iter().filter(|field| kinds.contains(&field.kind))
    }

    /// The text of the submission.
    pub fn text(&self) -> Option<&Field<'a>> {
        self.fields.first()
    }
}

fn field(target: String, kind: FieldKind, words: &str) -> Field<'_> {
    Field { target, kind, shadow: Shadow::of(words) }
}
