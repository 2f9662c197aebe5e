//! What the guideline rules say of a revision on its channels, and of any bare text.
//!
//! Loads what is needed and hands exactly what will be sent, with all that surrounds it, to the pure engine of
//! `guidelines`: the same call serves the composer's preview, submission, review, the gate and `explain`. Knows which
//! exceptions stand; who may make one is `waivers`.

use entity::{channel, post, review, review::Decision, revision, revision_target};
use guidelines::{CaptionView, Finding, Handbook, MediaView, Submission};

use crate::{
    Office,
    compose::{Composed, Placed, compose},
    error::Result,
    fields, handbooks,
    policy::{Permit, op},
};

mod around;
mod blog;
mod judged;
pub(crate) mod length;
mod load;
mod neighbours;
mod surroundings;
mod wants;
mod written;

pub use around::{Around, Nearby};
pub use blog::Blog;
pub(crate) use judged::named;
pub use judged::{Judged, Moment};
pub(crate) use load::load_many_with;
pub use load::{load, load_many};
pub use neighbours::NearbyPost;
pub(crate) use surroundings::{kind, stored_kind};
pub(crate) use wants::Wants;

/// A revision with all that it takes to compose and to check it.
#[derive(Debug, Clone)]
pub struct WholeRevision {
    /// The revision.
    pub revision: revision::Model,
    /// Its channels, with their variants.
    pub targets: Vec<(revision_target::Model, channel::Model)>,
    /// Its media, in order.
    pub media: Vec<Placed>,
    /// What surrounds it.
    pub around: Around,
}

impl WholeRevision {
    /// Exactly what goes out on the channel of `target`, whole and in its parts.
    pub fn composed(&self, target: &revision_target::Model, channel: &channel::Model) -> Composed {
        compose(&self.revision, target.text.as_deref(), channel, &self.media).in_parts(target.parts.as_ref())
    }

    /// Exactly what a post of the target sends: the whole, or its part of the thread; none where there is no such part.
    pub fn sent(
        &self,
        target: &revision_target::Model,
        channel: &channel::Model,
        post: &post::Model,
    ) -> Option<Composed> {
        self.composed(target, channel).part(post.part)
    }

    /// Where it says nothing at all: it has no words there, and no picture, link or post of others in their stead.
    pub fn silent_at(&self) -> Option<String> {
        let of = &self.revision;
        if of.link.is_some() || of.amplifies.is_some() || !self.media.is_empty() {
            return None;
        }
        let silent = |text: Option<&str>| fields::says_nothing(text.unwrap_or(&of.text));
        let place = self.targets.iter().find(|(target, _)| silent(target.text.as_deref()));
        let place = place.map(|(target, _)| self.path(target));
        place.or_else(|| (self.targets.is_empty() && silent(None)).then(|| "text".to_owned()))
    }

    /// What findings on the text of a target call it: `text`, or `variants.mastodon`; where a platform has more than one
    /// variant, `variants.mastodon[1]` and so on from the second.
    pub fn path(&self, target: &revision_target::Model) -> String {
        path_of(&self.targets, target)
    }

    /// The answer of an adviser who was asked about this revision, the latest.
    pub fn advice(&self) -> Option<&review::Model> {
        let answered =
            |review: &&review::Model| review.decision == Decision::AdviceSought && review.answer.is_some();
        self.around.reviews.iter().rfind(answered)
    }

    /// What the rules say of it on one channel, with the exceptions that stand.
    pub fn check(
        &self,
        target: &revision_target::Model,
        channel: &channel::Model,
        handbook: &Handbook,
        moment: impl Into<Moment>,
    ) -> Vec<Judged> {
        let moment = moment.into();
        let around = surroundings::of(self, Some((target, channel)), handbook, moment);
        let composed = self.composed(target, channel);
        let path = self.path(target);
        let submission = self.submission(&composed, &path, (target, channel), Some(&around));
        self.judged(guidelines::check(&submission, handbook).findings, moment)
    }

    /// Whether no rule that reads only words blocks what it says on one channel, exceptions and answers aside: rules of the
    /// same handbook say the same of the same words for ever.
    pub fn words_clear(
        &self,
        target: &revision_target::Model,
        channel: &channel::Model,
        handbook: &Handbook,
    ) -> bool {
        let composed = self.composed(target, channel);
        let path = self.path(target);
        guidelines::words_clear(&self.submission(&composed, &path, (target, channel), None), handbook)
    }

    /// What blocks it on one channel at the moment of leaving, for words that are clear under this handbook.
    pub fn check_leaving(
        &self,
        target: &revision_target::Model,
        channel: &channel::Model,
        handbook: &Handbook,
        moment: Moment,
    ) -> Vec<Judged> {
        let around = surroundings::of(self, Some((target, channel)), handbook, moment);
        let composed = self.composed(target, channel);
        let path = self.path(target);
        let submission = self.submission(&composed, &path, (target, channel), Some(&around));
        self.judged(guidelines::check_leaving(&submission, handbook).findings, moment)
    }

    fn submission<'a>(
        &'a self,
        composed: &'a Composed,
        path: &'a str,
        (target, channel): (&revision_target::Model, &channel::Model),
        around: Option<&'a guidelines::Surroundings>,
    ) -> Submission<'a> {
        Submission {
            platform: Some(platform(channel.platform)),
            length: length::of_whole(&self.revision, target, channel),
            capacity: composed.capacity.map(capacity),
            text: &composed.text,
            text_path: path,
            link: composed.link.as_deref(),
            more_links: Vec::new(),
            media: self.media_views(),
            captions: self.caption_views(),
            around,
        }
    }

    /// What the rules say of it on all of its channels, or apart from any when it names none, gravest first; a finding
    /// that is the same on several channels is told once.
    pub fn check_all(&self, handbook: &Handbook, moment: impl Into<Moment>) -> Vec<Judged> {
        let moment = moment.into();
        let mut findings: Vec<Judged> = Vec::new();
        for (target, channel) in &self.targets {
            for finding in self.check(target, channel, handbook, moment) {
                if !findings.contains(&finding) {
                    findings.push(finding);
                }
            }
        }
        if self.targets.is_empty() {
            findings = self.check_nowhere(handbook, moment);
        }
        findings.sort_by_key(|judged| judged.finding.severity);
        findings
    }

    fn check_nowhere(&self, handbook: &Handbook, moment: Moment) -> Vec<Judged> {
        let around = surroundings::of(self, None, handbook, moment);
        let submission = Submission {
            link: self.revision.link.as_deref(),
            media: self.media_views(),
            captions: self.caption_views(),
            around: Some(&around),
            ..bare(&self.revision.text, self.revision.capacity)
        };
        self.judged(guidelines::check(&submission, handbook).findings, moment)
    }

    fn judged(&self, findings: Vec<Finding>, moment: Moment) -> Vec<Judged> {
        let leaving = moment.leaves_at.is_some();
        findings.into_iter().map(|finding| Judged::of(finding, &self.around.waivers, leaving)).collect()
    }

    fn media_views(&self) -> Vec<MediaView<'_>> {
        self.media.iter().map(media_view).collect()
    }

    /// What is said in its films, as far as their captions tell it.
    fn caption_views(&self) -> Vec<CaptionView<'_>> {
        let mut views = Vec::new();
        for (medium, placed) in self.media.iter().enumerate() {
            views.extend(placed.captions().map(|(caption, file)| CaptionView {
                medium,
                language: &caption.language,
                label: caption.label.as_deref(),
                words: file.words.as_deref().unwrap_or_default(),
            }));
        }
        views
    }
}

/// What findings call the text of one of a revision's targets.
pub(crate) fn path_of(
    targets: &[(revision_target::Model, channel::Model)],
    target: &revision_target::Model,
) -> String {
    let Some((_, channel)) = targets.iter().find(|(own, _)| own.id == target.id) else {
        return "text".to_owned();
    };
    if target.text.is_none() {
        return "text".to_owned();
    }
    let kin = targets.iter().filter(|(other, at)| {
        other.text.is_some() && at.platform == channel.platform && other.id < target.id
    });
    let name = platform(channel.platform).as_str().to_lowercase();
    match kin.count() {
        0 => format!("variants.{name}"),
        number => format!("variants.{name}[{number}]"),
    }
}

/// A medium in its place. What its file told beside the picture was taken out when it came, so that the stored one carries
/// no metadata any more.
fn media_view(Placed { place, item, .. }: &Placed) -> MediaView<'_> {
    let side = |pixels: Option<i32>| u32::try_from(pixels?).ok();
    MediaView {
        decorative: place.decorative,
        shows_people: place.shows_people,
        document: place.document,
        bytes: u64::try_from(item.byte_size).ok(),
        pixels: side(item.width).zip(side(item.height)),
        ..MediaView::of(&item.file_name, &item.media_type, place.alt_text.as_deref())
    }
}

/// A text that anyone on staff wants checked; nothing of it is stored.
#[derive(Debug)]
pub struct CheckText {
    /// The text.
    pub text: String,
    /// For which platform; none: only what holds everywhere.
    pub platform: Option<channel::Platform>,
    /// In which capacity.
    pub capacity: Option<revision::Capacity>,
}

/// Checks a text against the requester's office's handbook in force.
pub async fn check_text(
    office: &Office,
    permit: &Permit<op::CheckText>,
    input: CheckText,
) -> Result<Vec<Judged>> {
    let text = fields::text(office.limits.draft_text_chars, "text", &input.text)?;
    let handbook = handbooks::in_force(office, office.db.read(), permit.office_id()).await?;
    let submission = Submission { platform: input.platform.map(platform), ..bare(&text, input.capacity) };
    let findings = guidelines::check(&submission, &handbook.handbook).findings;
    Ok(findings.into_iter().map(|finding| Judged::of(finding, &[], false)).collect())
}

fn bare(text: &str, declared: Option<revision::Capacity>) -> Submission<'_> {
    Submission { capacity: declared.map(capacity), ..Submission::of_text(text) }
}

/// The engine's word for a platform.
pub fn platform(platform: channel::Platform) -> guidelines::Platform {
    match platform {
        channel::Platform::Feed => guidelines::Platform::Feed,
        channel::Platform::Wordpress => guidelines::Platform::WordPress,
        channel::Platform::Mastodon => guidelines::Platform::Mastodon,
        channel::Platform::Bluesky => guidelines::Platform::Bluesky,
        channel::Platform::X => guidelines::Platform::X,
        channel::Platform::Facebook => guidelines::Platform::Facebook,
        channel::Platform::Linkedin => guidelines::Platform::LinkedIn,
        channel::Platform::Youtube => guidelines::Platform::YouTube,
        channel::Platform::Instagram => guidelines::Platform::Instagram,
        channel::Platform::Webhook => guidelines::Platform::Webhook,
        channel::Platform::Other => guidelines::Platform::Other,
    }
}

fn capacity(capacity: revision::Capacity) -> guidelines::Capacity {
    match capacity {
        revision::Capacity::Official => guidelines::Capacity::Official,
        revision::Capacity::PersonalOpinion => guidelines::Capacity::PersonalOpinion,
    }
}
