//! What a revision says: validating it, and writing its rows. Each row is new; nothing of an old revision changes.

use entity::{
    ChannelId, ConversationId, DraftId, InitiativeId, KeyMessageId, channel,
    channel::ChannelState,
    conversation, revision,
    revision::{Capacity, Source, Sources},
    revision_media, revision_target,
};
use sea_orm::{ActiveModelTrait, EntityTrait, prelude::Date};
use serde::Serialize;

use super::{
    places::{MediaPlace, places},
    thread,
};
use crate::{
    Office, amplify,
    change::Change,
    compose::{Placed, compose, revision_digest},
    conversations::answering,
    directory::PostAddress,
    error::{OfficeError, RefusalCode, Result, refuse},
    fields, links, plans, read,
};

/// What a revision says, whole: a new revision replaces all of it.
#[derive(Debug, Clone, Serialize)]
pub struct Content {
    /// Title, for people and for channels that show one.
    pub title: String,
    /// Text for every channel without a variant.
    pub text: String,
    /// A link that goes with it.
    pub link: Option<String>,
    /// The address of a post of others that it passes on; with a text, that it quotes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amplifies: Option<String>,
    /// What the public said that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers: Option<ConversationId>,
    /// In which capacity the author speaks; undeclared blocks.
    pub capacity: Option<Capacity>,
    /// The key message that it serves.
    pub key_message: Option<String>,
    /// The same by its id, in place of its words.
    pub key_message_id: Option<KeyMessageId>,
    /// Whether the author is not sure that it may go out.
    pub in_doubt: bool,
    /// Sources and permissions.
    pub sources: Vec<SourceInput>,
    /// Where it goes.
    pub targets: Vec<Target>,
    /// Media in order.
    pub media: Vec<MediaPlace>,
}

/// A source.
#[derive(Debug, Clone, Serialize)]
pub struct SourceInput {
    /// What it is.
    pub description: String,
    /// Who permitted its use.
    pub permission_by: Option<String>,
    /// When.
    pub permitted_on: Option<Date>,
}

/// A channel that it goes to.
#[derive(Debug, Clone, Serialize)]
pub struct Target {
    /// The channel.
    pub channel_id: ChannelId,
    /// Its own text; none: the common one.
    pub text: Option<String>,
    /// Whether it may go out as a thread where it does not fit whole.
    pub thread: bool,
}

/// A validated revision and the rows that go with it.
pub(super) struct Written {
    pub(super) id: entity::RevisionId,
    pub(super) title: String,
    revision: revision::Model,
    targets: Vec<revision_target::Model>,
    media: Vec<revision_media::Model>,
    links: Vec<String>,
}

/// What of others a revision has to do with.
struct Of {
    amplified: Option<PostAddress>,
    answered: Option<conversation::Model>,
}

/// Validates content and makes the rows of the revision `number`; writes nothing yet.
pub(super) async fn write(
    office: &Office,
    change: &Change<'_>,
    (initiative_id, draft_id, number): (InitiativeId, DraftId, i32),
    content: &Content,
) -> Result<Written> {
    let limits = &office.limits;
    let words = fields::optional_paragraph(limits, "keyMessage", content.key_message.as_deref())?;
    let (key_message, key_message_id) =
        plans::messages::named(change, initiative_id, content.key_message_id, words).await?;
    let of = Of {
        amplified: amplify::read_content(limits, content)?,
        answered: answering::read_content(change, draft_id, content).await?,
    };
    fields::at_most(limits.channels_per_draft, "targets", content.targets.len())?;
    fields::at_most(limits.media_per_draft, "media", content.media.len())?;
    let mut revision = revision::Model {
        id: change.id(),
        office_id: change.office_id(),
        draft_id,
        number,
        title: fields::line(limits, "title", &content.title)?,
        text: fields::text(limits.draft_text_chars, "text", words_of(content))?,
        link: content.link.as_deref().map(|link| fields::web_address(limits, "link", link)).transpose()?,
        amplifies: of.amplified.as_ref().map(|post| post.url.clone()),
        answers: of.answered.as_ref().map(|said| said.id),
        answers_remote_id: of.answered.as_ref().map(|said| said.remote_id.clone()),
        capacity: content.capacity,
        key_message,
        key_message_id,
        sources: sources(office, &content.sources)?,
        in_doubt: content.in_doubt,
        author_id: change.requester().member_id(),
        digest: String::new(),
        created_at: change.now,
    };
    let places = places(office, change, revision.id, &content.media).await?;
    let targets = targets(office, change, (&revision, &of), content, &places).await?;
    revision.digest = revision_digest(&revision, &targets);
    let media = places.into_iter().map(|placed| placed.place).collect();
    let variants = targets.iter().filter_map(|target| target.text.as_deref());
    let words = [revision.text.as_str(), revision.link.as_deref().unwrap_or_default()];
    let links = links::address::urls_in(limits, words.into_iter().chain(variants));
    Ok(Written { id: revision.id, title: revision.title.clone(), revision, targets, media, links })
}

/// Blanks beside a post that is passed on are no words: nothing may take them for a quote.
fn words_of(content: &Content) -> &str {
    let blank = content.amplifies.is_some() && fields::says_nothing(&content.text);
    if blank { "" } else { &content.text }
}

/// Writes the rows; the draft's row must exist by now.
pub(super) async fn insert(change: &Change<'_>, written: Written, content: &Content) -> Result<()> {
    debug_assert_eq!(written.targets.len(), content.targets.len());
    if let Some(id) = written.revision.answers {
        answering::claim(change, id, written.revision.draft_id).await?;
    }
    revision::ActiveModel::from(written.revision).reset_all().insert(change.tx()).await?;
    if !written.targets.is_empty() {
        let rows = written.targets.into_iter().map(|row| revision_target::ActiveModel::from(row).reset_all());
        revision_target::Entity::insert_many(rows).exec_without_returning(change.tx()).await?;
    }
    if !written.media.is_empty() {
        let rows = written.media.into_iter().map(|row| revision_media::ActiveModel::from(row).reset_all());
        revision_media::Entity::insert_many(rows).exec_without_returning(change.tx()).await?;
    }
    links::note(change, &written.links).await
}

fn sources(office: &Office, inputs: &[SourceInput]) -> Result<Sources> {
    fields::at_most(office.limits.list_items, "sources", inputs.len())?;
    let source = |(i, input): (usize, &SourceInput)| {
        Ok(Source {
            description: fields::paragraph(
                &office.limits,
                &format!("sources.{i}.description"),
                &input.description,
            )?,
            permission_by: fields::optional_line(
                &office.limits,
                "sources.permissionBy",
                input.permission_by.as_deref(),
            )?,
            permitted_on: input.permitted_on,
        })
    };
    Ok(Sources(inputs.iter().enumerate().map(source).collect::<Result<_>>()?))
}

async fn targets(
    office: &Office,
    change: &Change<'_>,
    (revision, of): (&revision::Model, &Of),
    content: &Content,
    places: &[Placed],
) -> Result<Vec<revision_target::Model>> {
    let mut rows: Vec<revision_target::Model> = Vec::with_capacity(content.targets.len());
    for (i, target) in content.targets.iter().enumerate() {
        let field = format!("targets.{i}.channelId");
        let channel = usable_channel(change, &field, target.channel_id).await?;
        if rows.iter().any(|row| row.channel_id == channel.id) {
            return refuse(RefusalCode::Invalid, &field, "this channel is named twice");
        }
        if let Some(post) = &of.amplified {
            amplify::reaches(&field, &channel, post, content)?;
        }
        if let Some(said) = &of.answered {
            answering::reaches(i, &channel, said, content)?;
        }
        let text = match target.text.as_deref() {
            None => None,
            Some(text) => {
                Some(fields::text(office.limits.draft_text_chars, &format!("targets.{i}.text"), text)?)
            }
        };
        let words = text.as_deref().unwrap_or(&revision.text);
        let field = format!("targets.{i}.thread");
        let parts = target
            .thread
            .then(|| thread::parts(&office.limits, &field, &channel, revision, words))
            .transpose()?;
        let composed = compose(revision, text.as_deref(), &channel, places).in_parts(parts.as_ref());
        rows.push(revision_target::Model {
            id: change.id(),
            office_id: change.office_id(),
            revision_id: revision.id,
            channel_id: channel.id,
            text,
            parts,
            digest: composed.digest(),
        });
    }
    Ok(rows)
}

async fn usable_channel(change: &Change<'_>, field: &str, id: ChannelId) -> Result<channel::Model> {
    let channel = match read::one::<channel::Entity>(change.tx(), change.office_id(), id).await {
        Err(OfficeError::NotFound(_)) => {
            return refuse(RefusalCode::NotFound, field, "there is no such channel in this office");
        }
        other => other?,
    };
    match channel.state {
        ChannelState::Retired | ChannelState::Declined => {
            refuse(RefusalCode::IllegalState, field, "this channel is retired or declined: choose another")
        }
        ChannelState::Requested | ChannelState::Approved | ChannelState::Active | ChannelState::Dormant => {
            Ok(channel)
        }
    }
}
