//! What a revision says, as clients write it. One to one with `office::drafts::Content`.

use async_graphql::{ID, InputObject};
use office::{Result, drafts};

use super::revision::Capacity;
use crate::graphql::{
    id,
    scalars::{Date, Url},
};

/// What a revision says, whole: a new revision replaces all of it.
#[derive(Debug, InputObject)]
pub(crate) struct DraftContentInput {
    /// Title, for people and for channels that show one; one line.
    title: String,
    /// Text for every channel without a variant. Beside `amplifies`: empty to pass the post on, words to quote it.
    #[graphql(default)]
    text: String,
    /// A link that goes with it.
    link: Option<Url>,
    /// The address of one post of others, on MASTODON, BLUESKY, X or LINKEDIN, and only for channels there. With a text it is
    /// quoted: the draft is a post of your own that shows it below its words, where the account can (`ChannelAbilities.quotes`);
    /// media go with that on BLUESKY alone. Without a text it is passed on (boost, repost) as it is: with no link, media,
    /// variants or threads, no capacity but OFFICIAL, and no signature. It is kept in one form, without what trackers add.
    amplifies: Option<Url>,
    /// What the public said that it answers (`Conversation.id`). The draft goes out as the platform's own answer to that, only on
    /// the channel that was spoken to and where the account can (`ChannelAbilities.replies`), whole, and not beside `amplifies`;
    /// media go with it on MASTODON, BLUESKY and X. One draft at a time answers a conversation, and when its post is out the
    /// conversation is settled as ANSWERED. On MASTODON whoever is answered is told only if they are named: where the text does
    /// not, their `@name` is put before it when it is sent.
    answers: Option<ID>,
    /// In which capacity you speak; undeclared blocks at submission.
    capacity: Option<Capacity>,
    /// The key message of the initiative's plan that it serves, in the plan's words; or give `keyMessageId`.
    key_message: Option<String>,
    /// The same by its id (`KeyMessage.id`), which lasts from version to version of the plan.
    key_message_id: Option<ID>,
    /// Whether you are not sure that it may go out: then it asks for advice.
    #[graphql(default)]
    in_doubt: bool,
    /// Sources, and who permitted their use.
    #[graphql(default)]
    sources: Vec<SourceInput>,
    /// Where it goes; may be empty while it is being written.
    #[graphql(default)]
    targets: Vec<TargetInput>,
    /// Media, in order.
    #[graphql(default)]
    media: Vec<MediaInput>,
}

/// A source.
#[derive(Debug, InputObject)]
pub(crate) struct SourceInput {
    /// What it is.
    description: String,
    /// Who permitted its use; leave out when none is needed.
    permission_by: Option<String>,
    /// On which day.
    permitted_on: Option<Date>,
}

/// A channel that it goes to.
#[derive(Debug, InputObject)]
pub(crate) struct TargetInput {
    /// The channel, neither retired nor declined.
    channel_id: ID,
    /// The channel's own text; leave out where the common text serves.
    text: Option<String>,
    /// Whether the text may go out there as a thread where it does not fit whole. It is then cut into parts at the ends of
    /// sentences (`RevisionTarget.parts`), of which each is approved and each becomes a post. Only on an account of which
    /// `testChannel` found that it shows threads.
    #[graphql(default)]
    thread: bool,
}

/// A media item in its place.
#[derive(Debug, InputObject)]
pub(crate) struct MediaInput {
    /// The item, uploaded before (`createUpload`).
    media_id: ID,
    /// What it says to somebody who cannot see it.
    alt_text: Option<String>,
    /// Whether it says nothing and needs no text.
    #[graphql(default)]
    decorative: bool,
    /// Whether people can be recognised in it; leave out while you do not know.
    shows_people: Option<bool>,
    /// Whether it is a document, or a picture of one; leave out while you do not know.
    is_document: Option<bool>,
    /// The captions of a film, one a language, in the order in which viewers are to choose among them. A change of them is a
    /// change of the draft: what was approved before is not approved any more.
    #[graphql(default)]
    captions: Vec<CaptionInput>,
}

/// A film's captions in one language.
#[derive(Debug, InputObject)]
pub(crate) struct CaptionInput {
    /// The caption file, uploaded before (`createUpload`): WebVTT or SubRip.
    media_id: ID,
    /// Their language as a BCP 47 tag, such as `en` or `fr-CA`; once a film.
    language: String,
    /// What viewers choose them by, such as `English`; leave out where the language says it. One line.
    label: Option<String>,
}

impl DraftContentInput {
    /// As the office takes it; an id of another type is a thing that is not there.
    pub(super) fn read(self) -> Result<drafts::Content> {
        Ok(drafts::Content {
            title: self.title,
            text: self.text,
            link: self.link.map(|link| link.0),
            amplifies: self.amplifies.map(|url| url.0),
            answers: id::decode_opt(self.answers.as_ref())?,
            capacity: self.capacity.map(Into::into),
            key_message: self.key_message,
            key_message_id: id::decode_opt(self.key_message_id.as_ref())?,
            in_doubt: self.in_doubt,
            sources: self.sources.into_iter().map(SourceInput::read).collect(),
            targets: self.targets.into_iter().map(TargetInput::read).collect::<Result<_>>()?,
            media: self.media.into_iter().map(MediaInput::read).collect::<Result<_>>()?,
        })
    }
}

impl SourceInput {
    fn read(self) -> drafts::SourceInput {
        drafts::SourceInput {
            description: self.description,
            permission_by: self.permission_by,
            permitted_on: self.permitted_on.map(|day| day.0),
        }
    }
}

impl TargetInput {
    fn read(self) -> Result<drafts::Target> {
        Ok(drafts::Target { channel_id: id::decode(&self.channel_id)?, text: self.text, thread: self.thread })
    }
}

impl MediaInput {
    fn read(self) -> Result<drafts::MediaPlace> {
        Ok(drafts::MediaPlace {
            media_id: id::decode(&self.media_id)?,
            alt_text: self.alt_text,
            decorative: self.decorative,
            shows_people: self.shows_people,
            document: self.is_document,
            captions: self.captions.into_iter().map(CaptionInput::read).collect::<Result<_>>()?,
        })
    }
}

impl CaptionInput {
    fn read(self) -> Result<drafts::CaptionPlace> {
        Ok(drafts::CaptionPlace {
            media_id: id::decode(&self.media_id)?,
            language: self.language,
            label: self.label,
        })
    }
}
