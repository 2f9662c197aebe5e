//! Approved drafts in bulk, each for one channel, and their posts.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{DraftId, PostId, RevisionId, channel, draft, post, review, revision, revision_target};
use office::compose::{compose, revision_digest};
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use uuid::Uuid;

use super::{Desk, rows};

/// Drafts of one transaction.
const AT_ONCE: usize = 2_000;

/// What a post says: of the length that such posts have, each a little different.
pub(super) fn words(number: usize) -> String {
    format!(
        "Clinic {number} opens on Monday at nine. You need not travel to be seen: book a visit by video and have your \
         questions at hand. The front desk helps if the picture does not come."
    )
}

/// The rows of some drafts.
#[derive(Default)]
struct Rows {
    drafts: Vec<draft::ActiveModel>,
    revisions: Vec<revision::ActiveModel>,
    targets: Vec<revision_target::ActiveModel>,
    reviews: Vec<review::ActiveModel>,
    posts: Vec<post::ActiveModel>,
}

impl Desk {
    /// So many posts, in turn on each channel, with the keys `PREFIX-0` and on, due when `due` says.
    pub(crate) async fn posts(&self, prefix: &str, count: usize, due: impl Fn(usize) -> DateTime<Utc>) {
        let mut next = 0;
        while next < count {
            let mut rows = Rows::default();
            let end = count.min(next + AT_ONCE);
            for number in next..end {
                let (draft, target) = self.draft(&mut rows, number);
                let key = format!("{prefix}-{number}");
                let row = self.post(draft, &target, key, due(number));
                rows.posts.push(row.into_active_model().reset_all());
            }
            self.insert(rows).await;
            next = end;
        }
        self.refresh_heads().await;
        if count > 0 {
            self.prove(due(0)).await;
        }
    }

    /// So many approved drafts that nobody has scheduled.
    pub(super) async fn drafts(&self, count: usize) -> Vec<DraftId> {
        let mut ids = Vec::with_capacity(count);
        while ids.len() < count {
            let mut rows = Rows::default();
            for number in ids.len()..count.min(ids.len() + AT_ONCE) {
                ids.push(self.draft(&mut rows, number).0);
            }
            self.insert(rows).await;
        }
        ids
    }

    fn draft(&self, rows: &mut Rows, number: usize) -> (DraftId, revision_target::Model) {
        let channel = &self.channels[number % self.channels.len()];
        let (draft, revision, target) = self.revision(words(number), &[channel]);
        rows.reviews.push(self.review(&revision).into_active_model().reset_all());
        rows.targets.extend(target.iter().cloned().map(|target| target.into_active_model().reset_all()));
        rows.revisions.push(revision.into_active_model().reset_all());
        let id = draft.id;
        rows.drafts.push(draft.into_active_model().reset_all());
        (id, target[0].clone())
    }

    /// An approved draft's rows, with the digests of exactly what will be sent.
    pub(super) fn revision(
        &self,
        words: String,
        channels: &[&channel::Model],
    ) -> (draft::Model, revision::Model, Vec<revision_target::Model>) {
        let (draft_id, id) = (DraftId(Uuid::now_v7()), RevisionId(Uuid::now_v7()));
        let mut revision =
            revision::Model { id, draft_id, number: 1, text: words, ..self.form.revision.clone() };
        let target = |channel: &&channel::Model| revision_target::Model {
            id: Uuid::now_v7().into(),
            revision_id: id,
            channel_id: channel.id,
            digest: compose(&revision, None, channel, &[]).digest(),
            ..self.form.target.clone()
        };
        let targets: Vec<_> = channels.iter().map(target).collect();
        revision.digest = revision_digest(&revision, &targets);
        (draft::Model { id: draft_id, revision_id: id, ..self.form.draft.clone() }, revision, targets)
    }

    pub(super) fn review(&self, revision: &revision::Model) -> review::Model {
        review::Model {
            id: Uuid::now_v7().into(),
            draft_id: revision.draft_id,
            revision_id: revision.id,
            digest: revision.digest.clone(),
            ..self.form.review.clone()
        }
    }

    fn post(
        &self,
        draft: DraftId,
        to: &revision_target::Model,
        key: String,
        due: DateTime<Utc>,
    ) -> post::Model {
        post::Model {
            id: PostId(Uuid::now_v7()),
            draft_id: draft,
            revision_id: to.revision_id,
            channel_id: to.channel_id,
            digest: to.digest.clone(),
            idempotency_key: key,
            local_time: due.format("%Y-%m-%dT%H:%M:%S").to_string(),
            due_at: due,
            run_at: due,
            missed_after: due + TimeDelta::days(7),
            created_at: self.office.now(),
            updated_at: self.office.now(),
            ..self.form.post.clone()
        }
    }

    async fn insert(&self, rows: Rows) {
        let tx = self.begin_writing().await;
        rows::insert::<draft::Entity, _>(&tx, rows.drafts).await;
        rows::insert::<revision::Entity, _>(&tx, rows.revisions).await;
        rows::insert::<revision_target::Entity, _>(&tx, rows.targets).await;
        rows::insert::<review::Entity, _>(&tx, rows.reviews).await;
        rows::insert::<post::Entity, _>(&tx, rows.posts).await;
        tx.commit().await.unwrap();
    }
}
