//! What the guideline rules say of a revision on its channels, and of any bare text.
//!
//! Loads what is needed and hands exactly what will be sent to the pure engine of `guidelines`: the same call serves
//! the composer's preview, submission, review, the gate and `explain`.

use std::collections::HashMap;

use entity::{OfficeId, RevisionId, channel, media, revision, revision_media, revision_target};
use guidelines::{Finding, Handbook, MediaView, Submission};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    Office,
    compose::{Composed, compose},
    error::Result,
    fields, handbooks,
    policy::{Permit, op},
    read,
};

/// A revision with all that it takes to compose it.
#[derive(Debug)]
pub struct WholeRevision {
    /// The revision.
    pub revision: revision::Model,
    /// Its channels, with their variants.
    pub targets: Vec<(revision_target::Model, channel::Model)>,
    /// Its media, in order.
    pub media: Vec<(revision_media::Model, media::Model)>,
}

/// Loads a revision whole, in four statements.
pub async fn load(db: &impl ConnectionTrait, office_id: OfficeId, id: RevisionId) -> Result<WholeRevision> {
    let revision = read::one::<revision::Entity>(db, office_id, id).await?;
    let media = media_of(db, office_id, id).await?;
    let targets =
        revision_target::Entity::find().filter(revision_target::Column::RevisionId.eq(id)).all(db).await?;
    let channel_ids: Vec<_> = targets.iter().map(|target| target.channel_id.0).collect();
    let channels = read::many::<channel::Entity>(db, office_id, &channel_ids).await?;
    let mut channels: HashMap<_, _> = channels.into_iter().map(|channel| (channel.id, channel)).collect();
    let targets = targets
        .into_iter()
        .filter_map(|target| channels.remove(&target.channel_id).map(|channel| (target, channel)));
    Ok(WholeRevision { revision, targets: targets.collect(), media })
}

async fn media_of(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    id: RevisionId,
) -> Result<Vec<(revision_media::Model, media::Model)>> {
    let places = revision_media::Entity::find()
        .filter(revision_media::Column::RevisionId.eq(id))
        .order_by_asc(revision_media::Column::Position)
        .all(db)
        .await?;
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = places.iter().map(|place| place.media_id.0).collect();
    let items = read::many::<media::Entity>(db, office_id, &ids).await?;
    let items: HashMap<_, _> = items.into_iter().map(|item| (item.id, item)).collect();
    let with_item =
        |place: revision_media::Model| items.get(&place.media_id).cloned().map(|item| (place, item));
    Ok(places.into_iter().filter_map(with_item).collect())
}

impl WholeRevision {
    /// Exactly what goes out on the channel of `target`.
    pub fn composed(&self, target: &revision_target::Model, channel: &channel::Model) -> Composed {
        compose(&self.revision, target.text.as_deref(), channel, &self.media)
    }

    /// What the rules say of it on one channel.
    pub fn check(
        &self,
        target: &revision_target::Model,
        channel: &channel::Model,
        handbook: &Handbook,
    ) -> Vec<Finding> {
        let path = match target.text {
            Some(_) => format!("variants.{}", platform(channel.platform).as_str().to_lowercase()),
            None => "text".to_owned(),
        };
        check_composed(&self.composed(target, channel), &path, channel, handbook)
    }

    /// What the rules say of it on all of its channels, or as a bare text when it names none; a finding that is the
    /// same on several channels is told once.
    pub fn check_all(&self, handbook: &Handbook) -> Vec<Finding> {
        let mut findings: Vec<Finding> = Vec::new();
        for (target, channel) in &self.targets {
            for finding in self.check(target, channel, handbook) {
                if !findings.contains(&finding) {
                    findings.push(finding);
                }
            }
        }
        if self.targets.is_empty() {
            findings =
                guidelines::check(&bare(&self.revision.text, self.revision.capacity), handbook).findings;
        }
        findings.sort_by_key(|finding| finding.severity);
        findings
    }
}

/// What the rules say of exactly what goes out.
pub fn check_composed(
    composed: &Composed,
    path: &str,
    channel: &channel::Model,
    handbook: &Handbook,
) -> Vec<Finding> {
    let media = composed.media.iter().map(|item| MediaView {
        decorative: item.decorative,
        ..MediaView::of(&item.file_name, &item.media_type, item.alt_text.as_deref())
    });
    let submission = Submission {
        platform: Some(platform(channel.platform)),
        length: None,
        capacity: composed.capacity.map(capacity),
        text: &composed.text,
        text_path: path,
        link: composed.link.as_deref(),
        media: media.collect(),
        around: None,
    };
    guidelines::check(&submission, handbook).findings
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
) -> Result<Vec<Finding>> {
    let text = fields::text(office.limits.draft_text_chars, "text", &input.text)?;
    let handbook = handbooks::in_force(office, office.db.read(), permit.office_id()).await?;
    let submission = Submission { platform: input.platform.map(platform), ..bare(&text, input.capacity) };
    Ok(guidelines::check(&submission, &handbook.handbook).findings)
}

fn bare(text: &str, declared: Option<revision::Capacity>) -> Submission<'_> {
    Submission {
        platform: None,
        length: None,
        capacity: declared.map(capacity),
        text,
        text_path: "text",
        link: None,
        media: Vec::new(),
        around: None,
    }
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
    }
}

fn capacity(capacity: revision::Capacity) -> guidelines::Capacity {
    match capacity {
        revision::Capacity::Official => guidelines::Capacity::Official,
        revision::Capacity::PersonalOpinion => guidelines::Capacity::PersonalOpinion,
    }
}
