//! Global ids: opaque, with the type inside (`base64url("Post:" + uuid)`). The only place that makes and reads them. An id
//! of another type, or garbage, is a thing that is not there, never a fault.

use async_graphql::ID;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use office::{OfficeError, Result};
use uuid::Uuid;

macro_rules! kinds {
    ($($kind:ident $id:ident $word:literal;)+) => {
        /// The types that have global ids.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Kind { $($kind),+ }

        impl Kind {
            const ALL: &[Self] = &[$(Self::$kind),+];

            fn name(self) -> &'static str {
                match self { $(Self::$kind => stringify!($kind)),+ }
            }

            fn word(self) -> &'static str {
                match self { $(Self::$kind => $word),+ }
            }
        }

        $(impl Global for entity::$id {
            const KIND: Kind = Kind::$kind;
        })+
    };
}

/// A typed id that clients see as a global one.
pub(crate) trait Global: Into<Uuid> + From<Uuid> {
    /// Its type.
    const KIND: Kind;
}

kinds! {
    Acknowledgement AcknowledgementId "acknowledgement";
    Attempt AttemptId "attempt";
    Attestation AttestationId "attestation";
    AuditEntry AuditEntryId "audit entry";
    BloggingDuty BloggingDutyId "duty to blog";
    BulkAct BulkActId "bulk act";
    Blackout BlackoutId "blackout";
    Channel ChannelId "channel";
    ChannelAuthorization ChannelAuthorizationId "authorization";
    ChannelHandover ChannelHandoverId "hand-over";
    ChannelReview ChannelReviewId "channel review";
    Conversation ConversationId "conversation";
    Correction CorrectionId "correction";
    Delegation DelegationId "delegation";
    Draft DraftId "draft";
    DraftComment DraftCommentId "comment";
    FeedEntry FeedEntryId "feed entry";
    Goal GoalId "goal";
    Handbook HandbookId "handbook";
    Initiative InitiativeId "initiative";
    InitiativeQuestion InitiativeQuestionId "question";
    Integration IntegrationId "integration";
    Mail MailId "mail";
    KeyMessage KeyMessageId "key message";
    Measurement MeasurementId "measurement";
    Media MediaId "media item";
    Member MemberId "member";
    Office OfficeId "office";
    Partner PartnerId "partner";
    Pause PauseId "pause";
    Plan PlanId "plan";
    PlatformApp PlatformAppId "platform app";
    Post PostId "post";
    Recurrence RecurrenceId "recurrence";
    Review ReviewId "review";
    ReviewPolicy ReviewPolicyId "review policy";
    Revision RevisionId "revision";
    Slot SlotId "slot";
    Steward StewardId "steward";
    Waiver WaiverId "waiver";
}

/// A typed id as clients see it.
pub(crate) fn encode<T: Global>(id: T) -> ID {
    let uuid: Uuid = id.into();
    encode_any(T::KIND, uuid)
}

/// Any id as clients see it.
pub(crate) fn encode_any(kind: Kind, id: Uuid) -> ID {
    ID(URL_SAFE_NO_PAD.encode(format!("{}:{id}", kind.name())))
}

/// The same for a type by its name, as the audit chain names subjects; none when that type has no global ids.
pub(crate) fn encode_named(name: &str, id: Uuid) -> Option<ID> {
    let kind = Kind::ALL.iter().copied().find(|kind| kind.name() == name)?;
    Some(encode_any(kind, id))
}

/// The typed id that a client means; a missing thing when it is of another type or garbage.
pub(crate) fn decode<T: Global>(id: &ID) -> Result<T> {
    match decode_any(id) {
        Some((kind, uuid)) if kind == T::KIND => Ok(uuid.into()),
        _ => Err(OfficeError::NotFound(T::KIND.word())),
    }
}

/// The same for an argument that may be left out.
pub(crate) fn decode_opt<T: Global>(id: Option<&ID>) -> Result<Option<T>> {
    id.map(decode).transpose()
}

/// The same for a list.
pub(crate) fn decode_all<T: Global>(ids: &[ID]) -> Result<Vec<T>> {
    ids.iter().map(decode).collect()
}

/// What an id names, of whatever type; none for garbage.
pub(crate) fn decode_any(id: &ID) -> Option<(Kind, Uuid)> {
    let bytes = URL_SAFE_NO_PAD.decode(id.as_bytes()).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (name, uuid) = text.split_once(':')?;
    let kind = Kind::ALL.iter().copied().find(|kind| kind.name() == name)?;
    Some((kind, Uuid::try_parse(uuid).ok()?))
}

#[cfg(test)]
mod tests {
    use entity::{DraftId, PostId};

    use super::*;

    #[test]
    fn an_id_comes_back_as_its_own_type_only() {
        let id = encode(PostId(Uuid::from_u128(7)));
        assert_eq!(decode::<PostId>(&id).unwrap(), PostId(Uuid::from_u128(7)));
        assert!(matches!(decode::<DraftId>(&id), Err(OfficeError::NotFound("draft"))));
    }

    #[test]
    fn garbage_is_a_missing_thing() {
        let nul = URL_SAFE_NO_PAD.encode("Post:\0");
        let unknown = URL_SAFE_NO_PAD.encode(format!("Nothing:{}", Uuid::nil()));
        for garbage in ["", "Post:1", "UG9zdA", "ÄÖ", "\0", nul.as_str(), unknown.as_str()] {
            assert!(decode_any(&ID(garbage.to_owned())).is_none(), "{garbage:?}");
            assert!(decode::<PostId>(&ID(garbage.to_owned())).is_err());
        }
    }
}
