//! Which rows the loaders know by id, and which by their parent. Adding a relation is one line here.

use entity::OfficeId;
use futures::{FutureExt as _, future::BoxFuture};
use office::{Office, read};
use uuid::Uuid;

/// A row that is loaded by id.
pub(crate) trait Row: Send + Sync + 'static {
    /// Its id.
    fn uuid(&self) -> Uuid;
}

/// Rows that belong to a parent.
pub(crate) trait Relation: 'static {
    /// The row.
    type Row: Row;
    /// Reads the rows of these parents within an office.
    fn read<'a>(
        office: &'a Office,
        office_id: OfficeId,
        parents: &'a [Uuid],
    ) -> BoxFuture<'a, office::Result<Vec<Self::Row>>>;
    /// The parent's id.
    fn parent(row: &Self::Row) -> Uuid;
}

macro_rules! rows {
    ($($module:ident)+) => {$(
        impl Row for entity::$module::Model {
            fn uuid(&self) -> Uuid {
                self.id.into()
            }
        }
    )+};
}

macro_rules! relations {
    ($($(#[$doc:meta])* $name:ident: $module:ident by $column:ident $field:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub(crate) struct $name;

        impl Relation for $name {
            type Row = entity::$module::Model;
            fn read<'a>(
                office: &'a Office,
                office_id: OfficeId,
                parents: &'a [Uuid],
            ) -> BoxFuture<'a, office::Result<Vec<Self::Row>>> {
                let column = entity::$module::Column::$column;
                read::related::<entity::$module::Entity>(office.db().read(), office_id, column, parents).boxed()
            }
            fn parent(row: &Self::Row) -> Uuid {
                row.$field.into()
            }
        }
    )+};
}

rows! {
    acknowledgement attempt attestation waiver audit_entry blackout channel channel_authorization channel_round conversation correction delegation draft draft_comment handbook initiative initiative_question integration mail media member partner pause plan platform_app post post_figures read_back measurement recurrence review review_policy revision revision_media revision_target slot steward feed_entry channel_handover channel_review
}

relations! {
    /// The stewards of a channel.
    StewardsOfChannel: steward by ChannelId channel_id;
    /// The hand-overs of a channel, oldest first.
    HandoversOfChannel: channel_handover by ChannelId channel_id;
    /// The reviews of a channel, oldest first.
    ReviewsOfChannel: channel_review by ChannelId channel_id;
    /// What is asked of a channel's platform again and again.
    RoundsOfChannel: channel_round by ChannelId channel_id;
    /// The slots of a channel.
    SlotsOfChannel: slot by ChannelId channel_id;
    /// The posts of a draft.
    PostsOfDraft: post by DraftId draft_id;
    /// The reviews of a revision, oldest first.
    ReviewsOfRevision: review by RevisionId revision_id;
    /// The channels of a revision, with their variants.
    TargetsOfRevision: revision_target by RevisionId revision_id;
    /// The media of a revision.
    MediaOfRevision: revision_media by RevisionId revision_id;
    /// The reviews of all of a draft's revisions, oldest first.
    ReviewsOfDraft: review by DraftId draft_id;
    /// The comments on a draft with the replies to them, oldest first.
    CommentsOfDraft: draft_comment by DraftId draft_id;
    /// The attempts of a post, oldest first.
    AttemptsOfPost: attempt by PostId post_id;
    /// The corrections of a post, oldest first.
    CorrectionsOfPost: correction by PostId post_id;
    /// The reading back of a post: one, or none.
    ReadBackOfPost: read_back by PostId post_id;
    /// The figures of a post: one row, or none.
    FiguresOfPost: post_figures by PostId post_id;
    /// The plans of an initiative, oldest version first.
    PlansOfInitiative: plan by InitiativeId initiative_id;
    /// What coordinators asked about an initiative, oldest first.
    QuestionsOfInitiative: initiative_question by InitiativeId initiative_id;
    /// The acknowledgements of a member.
    AcknowledgementsOfMember: acknowledgement by MemberId member_id;
}

/// The replies to a comment, oldest first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RepliesToComment;

impl Relation for RepliesToComment {
    type Row = entity::draft_comment::Model;

    fn read<'a>(
        office: &'a Office,
        office_id: OfficeId,
        parents: &'a [Uuid],
    ) -> BoxFuture<'a, office::Result<Vec<entity::draft_comment::Model>>> {
        let column = entity::draft_comment::Column::ParentId;
        read::related::<entity::draft_comment::Entity>(office.db().read(), office_id, column, parents).boxed()
    }

    fn parent(row: &entity::draft_comment::Model) -> Uuid {
        row.parent_id.map_or_else(Uuid::nil, Into::into)
    }
}

/// The posts of a recurrence that have not left, earliest due first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WaitingPostsOfRecurrence;

impl Relation for WaitingPostsOfRecurrence {
    type Row = entity::post::Model;

    fn read<'a>(
        office: &'a Office,
        office_id: OfficeId,
        parents: &'a [Uuid],
    ) -> BoxFuture<'a, office::Result<Vec<entity::post::Model>>> {
        office::recurrences::waiting_posts(office, office_id, parents).boxed()
    }

    fn parent(row: &entity::post::Model) -> Uuid {
        row.recurrence_id.map_or_else(Uuid::nil, Into::into)
    }
}

/// The viewer's office itself, by its id: one statement for all who ask for its zone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OwnOffice;

impl Row for entity::office::Model {
    fn uuid(&self) -> Uuid {
        self.id.into()
    }
}

impl Relation for OwnOffice {
    type Row = entity::office::Model;

    fn read<'a>(
        office: &'a Office,
        office_id: OfficeId,
        _parents: &'a [Uuid],
    ) -> BoxFuture<'a, office::Result<Vec<entity::office::Model>>> {
        async move { Ok(vec![office::offices::get(office, office_id).await?]) }.boxed()
    }

    fn parent(row: &entity::office::Model) -> Uuid {
        row.id.into()
    }
}

/// The first and last figures of each goal of an initiative, oldest first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MeasurementEndsOfInitiative;

impl Relation for MeasurementEndsOfInitiative {
    type Row = entity::measurement::Model;

    fn read<'a>(
        office: &'a Office,
        office_id: OfficeId,
        parents: &'a [Uuid],
    ) -> BoxFuture<'a, office::Result<Vec<entity::measurement::Model>>> {
        office::plans::ends_of(office, office_id, parents).boxed()
    }

    fn parent(row: &entity::measurement::Model) -> Uuid {
        row.initiative_id.into()
    }
}

/// The duty to blog of an initiative, and how it stands: one, or none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BloggingOfInitiative;

impl Row for office::blogging::Standing {
    fn uuid(&self) -> Uuid {
        self.duty.id.into()
    }
}

impl Relation for BloggingOfInitiative {
    type Row = office::blogging::Standing;

    fn read<'a>(
        office: &'a Office,
        office_id: OfficeId,
        parents: &'a [Uuid],
    ) -> BoxFuture<'a, office::Result<Vec<office::blogging::Standing>>> {
        office::blogging::of_initiatives(office, office_id, parents).boxed()
    }

    fn parent(row: &office::blogging::Standing) -> Uuid {
        row.duty.initiative_id.into()
    }
}
