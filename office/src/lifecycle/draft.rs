//! The life of a draft.

use entity::draft::DraftState;

super::lifecycle! {
    DraftState, DraftEvent, "draft", start Draft,
    /// A new revision: whatever was approved is void.
    Revise "revised": Draft | InReview | AdviceSought | Approved => Draft;
    /// Ready for another person's eyes.
    Submit "submitted": Draft => InReview;
    /// Another person found it good.
    Approve "approved": InReview => Approved;
    /// Another person wants it changed, or takes an approval back.
    RequestChanges "sent back": InReview | Approved => Draft;
    /// In doubt: an adviser is asked.
    SeekAdvice "held for advice": InReview => AdviceSought;
    /// The adviser answered.
    AnswerAdvice "advised": AdviceSought => InReview;
    /// Given up.
    Withdraw "withdrawn": Draft | InReview | AdviceSought | Approved => Withdrawn;
}
