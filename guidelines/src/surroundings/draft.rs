//! The rest of a draft: its other variants, what it corrects or quotes, and what its author has answered.
//! It does not know how an answer was given.

use serde::{Deserialize, Serialize};

/// A draft, apart from the words that are checked.
#[derive(Clone, Debug, Default)]
pub struct DraftView {
    /// Its texts for the other channels; the checked one is not among them.
    pub variants: Vec<VariantView>,
    /// What its author says that it is about.
    pub topic: Option<String>,
    /// The plan's key message that its author says it serves; empty where they were asked and named none.
    pub key_message: Option<String>,
    /// The published post that it corrects.
    pub correction_of: Option<Original>,
    /// The published post that it replaces in place.
    pub edit_of: Option<Original>,
    /// What it quotes, as its author has recorded it.
    pub quotes: Vec<QuoteView>,
    /// Whether its author is not sure that it may go out.
    pub in_doubt: bool,
    /// What its author has answered, for exactly this revision.
    pub attestations: Vec<Attestation>,
}

/// A text for another channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantView {
    /// Its target: `text`, `variants.mastodon`.
    pub path: String,
    /// The text.
    pub text: String,
}

/// A published post that this one is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Original {
    /// Its public address.
    pub url: Option<String>,
    /// What it says.
    pub text: String,
}

/// A recorded quotation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuoteView {
    /// The quoted words.
    pub text: String,
    /// Who said them; absent where nobody is named.
    pub speaker: Option<String>,
    /// Who agreed to the quotation; absent where nobody did.
    pub permission: Option<String>,
}

/// A question that a rule asks of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AttestationKind {
    /// Who of the project team released this document?
    DocumentRelease,
    /// Who said it, and did they agree to be quoted?
    QuotePermission,
    /// Who agreed that this internal remark may be told?
    InternalPermission,
    /// Do the people in the picture consent?
    ImageConsent,
    /// What did the supervisor, project manager or Coordinator advise?
    Advice,
    /// Are you ready for a journalist's call?
    MediaReady,
    /// Do you know that it stays, whatever is deleted later?
    Permanence,
}

impl AttestationKind {
    /// Every question.
    pub const ALL: [Self; 7] = [
        Self::DocumentRelease,
        Self::QuotePermission,
        Self::InternalPermission,
        Self::ImageConsent,
        Self::Advice,
        Self::MediaReady,
        Self::Permanence,
    ];

    /// The question, as a person is asked it.
    pub const fn question(self) -> &'static str {
        match self {
            Self::DocumentRelease => "Who of the project team released this document, and when?",
            Self::QuotePermission => "Who said it, and when did they agree to be quoted?",
            Self::InternalPermission => "Who agreed that this internal remark may be told, and when?",
            Self::ImageConsent => "Which record holds the consent of the people in the picture?",
            Self::Advice => {
                "Who advised you (supervisor, project manager or coordinator), and what did they say?"
            }
            Self::MediaReady => "Who is ready to speak to journalists about it?",
            Self::Permanence => "Do you know that it stays public, whatever is deleted later?",
        }
    }

    /// The word used on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DocumentRelease => "DOCUMENT_RELEASE",
            Self::QuotePermission => "QUOTE_PERMISSION",
            Self::InternalPermission => "INTERNAL_PERMISSION",
            Self::ImageConsent => "IMAGE_CONSENT",
            Self::Advice => "ADVICE",
            Self::MediaReady => "MEDIA_READY",
            Self::Permanence => "PERMANENCE",
        }
    }
}

/// A person's answer to a rule's question, for exactly one revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attestation {
    /// Which question.
    pub kind: AttestationKind,
    /// What they answered.
    pub answer: String,
}
