//! What surrounds the words that are checked: the channel, the author, the initiative and its plan, the rest of the
//! draft, and what else is said nearby. All of it comes in as data, and what is not known is not judged.
//! It does not know where any of it is stored.

mod draft;
mod initiative;
mod part;

use chrono::{DateTime, NaiveDate, Utc};

pub use draft::{Attestation, AttestationKind, DraftView, Original, QuoteView, VariantView};
pub use initiative::{InitiativeView, KeptBack, PlanView};
pub use part::{Part, Parts};

/// Everything around the words. Absent parts are not known, and rules about them stay quiet.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The instant of the check.
    pub now: Option<DateTime<Utc>>,
    /// When it is to leave.
    pub scheduled_at: Option<DateTime<Utc>>,
    /// When the university last published its handbook.
    pub university_published_on: Option<NaiveDate>,
    /// When the office last reviewed the university's handbook.
    pub university_reviewed_on: Option<NaiveDate>,
    /// Where it goes.
    pub channel: Option<ChannelView>,
    /// Who speaks.
    pub author: Option<AuthorView>,
    /// For which initiative.
    pub initiative: Option<InitiativeView>,
    /// The rest of the draft.
    pub draft: DraftView,
    /// What was or will be said nearby, by the office's other posts.
    pub neighbours: Vec<Neighbour>,
    /// What the background check found of links.
    pub links: Vec<LinkView>,
    /// What others wait for on the channel.
    pub waiting: Vec<Waiting>,
    /// The post that it passes on; absent where it says something of its own.
    pub amplified: Option<AmplifiedView>,
}

/// Whose a post is that is passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// A channel of ours.
    Ours,
    /// A partner whom the office supports.
    Partner,
    /// Somebody whom the office does not know.
    Unknown,
    /// The address does not say whose it is.
    Unnamed,
}

/// A post that is passed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmplifiedView {
    /// Its address.
    pub url: String,
    /// Whose it is.
    pub of: SourceKind,
}

/// Whose account a channel is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ChannelKind {
    /// A shared account of the office.
    #[default]
    Office,
    /// An account of one initiative's own.
    Project,
    /// A person's own account.
    Personal,
}

/// The channel as rules see it.
#[derive(Clone, Debug, Default)]
pub struct ChannelView {
    /// Its handle, without the sign.
    pub handle: String,
    /// Whose it is.
    pub kind: ChannelKind,
    /// Its live biography; absent where nobody has read it.
    pub bio: Option<String>,
    /// Whether a way to reach the office is known to be shown; absent where not known.
    pub contact: Option<bool>,
    /// Whether the biography is known to say who runs it; absent where not known.
    pub operators_named: Option<bool>,
    /// How many stewards answer for it; absent where not known.
    pub stewards: Option<u32>,
    /// Why it exists beside the shared accounts; absent where nobody said.
    pub own_reason: Option<String>,
    /// What becomes of it when its initiative ends; absent where nobody said.
    pub succession: Option<String>,
    /// Whether the Coordinator was told of it; absent where not known.
    pub notified: Option<bool>,
}

/// The author as rules see them.
#[derive(Clone, Debug, Default)]
pub struct AuthorView {
    /// Their name.
    pub name: String,
    /// A standing exemption from naming whom they represent.
    pub exemption: Option<Exemption>,
    /// Whether they have acknowledged that what is posted stays; absent where not known.
    pub permanence_acknowledged: Option<bool>,
}

/// A reasoned exemption from saying whom one represents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exemption {
    /// Why.
    pub reason: String,
    /// Who granted it; absent where nobody did.
    pub approved_by: Option<String>,
    /// Its last day; absent where it does not end.
    pub until: Option<NaiveDate>,
}

/// Another post of the office, published or scheduled.
#[derive(Clone, Debug)]
pub struct Neighbour {
    /// Its id, for the report.
    pub id: String,
    /// Whether it is on the same channel.
    pub same_channel: bool,
    /// Whether it is out already.
    pub published: bool,
    /// When it left or will leave.
    pub at: DateTime<Utc>,
    /// Its text.
    pub text: String,
}

/// How a link fared when it was last looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkState {
    /// It answered.
    Alive,
    /// The page is gone.
    Dead,
    /// It could not be told.
    Unknown,
    /// It leads to a private or internal address.
    Internal,
}

/// What is known of one link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkView {
    /// Its address, as written.
    pub url: String,
    /// How it fared.
    pub state: LinkState,
    /// When that was.
    pub checked_at: Option<DateTime<Utc>>,
}

/// Somebody who waits for an answer or for thanks on the channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The item, for the report.
    pub id: String,
    /// Whether it is a question; otherwise it is a share to give thanks for.
    pub question: bool,
    /// Hours since it arrived.
    pub hours: u32,
}

impl Surroundings {
    /// Whether somebody has given this answer for the revision.
    pub fn attests(&self, kind: AttestationKind) -> bool {
        self.draft.attestations.iter().any(|answer| answer.kind == kind)
    }
}
