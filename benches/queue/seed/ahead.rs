//! A million posts that wait: drafts for twenty channels each, and their posts copied by the database itself.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{RevisionId, draft, post, review, revision, revision_target};
use sea_orm::{
    ActiveModelTrait as _, ConnectionTrait, DatabaseBackend, EntityTrait, Iden as _, IntoActiveModel as _,
    Iterable as _,
};

use super::{Desk, posts::words, rows};

/// Channels of one draft, as many as the office's limits allow.
const CHANNELS: usize = 20;

/// Drafts of one transaction.
const AT_ONCE: usize = 250;

impl Desk {
    /// So many posts from `from` on, a minute between one batch and the next.
    pub(crate) async fn ahead(&self, count: usize, from: DateTime<Utc>) {
        let groups: Vec<_> = self.channels.chunks(CHANNELS).collect();
        let (mut left, mut batch) = (count, 0);
        while left > 0 {
            let group = groups[batch % groups.len()];
            let drafts = AT_ONCE.min(left.div_ceil(group.len()));
            let due = from + TimeDelta::minutes(batch as i64);
            left = left.saturating_sub(self.batch(group, drafts, left, due).await);
            batch += 1;
            if batch.is_multiple_of(20) {
                eprintln!("  {} of {count} posts are waiting", count - left);
            }
        }
        self.refresh_heads().await;
        self.analyze().await;
        if count > 0 {
            self.prove(from).await;
        }
    }

    /// The posts of some drafts that say the same on the same channels; tells how many they are.
    async fn batch(
        &self,
        channels: &[entity::channel::Model],
        count: usize,
        at_most: usize,
        due: DateTime<Utc>,
    ) -> usize {
        let channels: Vec<_> = channels.iter().collect();
        let (mut drafts, mut revisions, mut reviews) = (Vec::new(), Vec::new(), Vec::new());
        let mut model: Vec<revision_target::Model> = Vec::new();
        let (mut first, mut last) = (None, None);
        for number in 0..count {
            let (draft, mut revision, targets) = match number {
                0 => self.revision(words(1), &channels),
                // What is sent on a channel does not depend on the draft: nor do the digests of the targets.
                _ => self.revision(words(1), &[]),
            };
            if number == 0 {
                first = Some(revision.id);
                model = targets;
            }
            revision.digest = office::compose::revision_digest(&revision, &model);
            last = Some(revision.id);
            reviews.push(self.review(&revision).into_active_model().reset_all());
            revisions.push(revision.into_active_model().reset_all());
            drafts.push(draft.into_active_model().reset_all());
        }
        let tx = self.begin_writing().await;
        rows::insert::<draft::Entity, _>(&tx, drafts).await;
        rows::insert::<revision::Entity, _>(&tx, revisions).await;
        rows::insert::<review::Entity, _>(&tx, reviews).await;
        let model = model.into_iter().map(|target| target.into_active_model().reset_all()).collect();
        rows::insert::<revision_target::Entity, _>(&tx, model).await;
        let (first, last) = (first.unwrap(), last.unwrap());
        self.copy_targets(&tx, first, last).await;
        let posts = self.copy_posts(&tx, (first, last), due, at_most).await;
        tx.commit().await.unwrap();
        posts
    }

    /// Gives the revisions after `first` the targets that it has.
    async fn copy_targets(&self, tx: &impl ConnectionTrait, first: RevisionId, last: RevisionId) {
        let set = [("id", self.new_id()), ("revision_id", "r.id".to_owned())];
        let sql = format!(
            "{} FROM revision r JOIN revision_target AS form ON form.revision_id = $1 WHERE r.id > $1 AND r.id <= $2",
            insert_select::<revision_target::Entity>("revision_target", &set)
        );
        tx.execute_raw(self.sql(&sql, vec![first.0.into(), last.0.into()])).await.unwrap();
    }

    /// A post for each target of these revisions.
    async fn copy_posts(
        &self,
        tx: &impl ConnectionTrait,
        (first, last): (RevisionId, RevisionId),
        due: DateTime<Utc>,
        at_most: usize,
    ) -> usize {
        let text = |column: &str| column.to_owned();
        let set = [
            ("id", self.new_id()),
            ("draft_id", text("r.draft_id")),
            ("revision_id", text("r.id")),
            ("channel_id", text("t.channel_id")),
            ("digest", text("t.digest")),
            ("idempotency_key", self.new_key()),
            ("local_time", text("$6")),
            ("due_at", text("$4")),
            ("run_at", text("$4")),
            ("missed_after", text("$5")),
        ];
        let sql = format!(
            "{} FROM revision r JOIN revision_target t ON t.revision_id = r.id JOIN post AS form ON form.id = $3 \
             WHERE r.id >= $1 AND r.id <= $2 LIMIT {at_most}",
            insert_select::<post::Entity>("post", &set)
        );
        // The form as it is stored is cancelled.
        let sql = sql.replace("form.\"state\"", "'SCHEDULED'").replace("form.\"hold\"", "NULL");
        let values = vec![
            first.0.into(),
            last.0.into(),
            self.form.post.id.0.into(),
            due.into(),
            (due + TimeDelta::days(7)).into(),
            due.format("%Y-%m-%dT%H:%M:%S").to_string().into(),
        ];
        tx.execute_raw(self.sql(&sql, values)).await.unwrap().rows_affected() as usize
    }

    /// An expression for a new id that sorts by time, as ids do.
    fn new_id(&self) -> String {
        let time = format!("{:012x}7", self.office.now().timestamp_millis());
        match self.db().get_database_backend() {
            DatabaseBackend::Postgres => {
                format!("('{time}' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid")
            }
            _ => format!("unhex('{time}' || substr(hex(randomblob(16)), 14))"),
        }
    }

    fn new_key(&self) -> String {
        match self.db().get_database_backend() {
            DatabaseBackend::Postgres => "gen_random_uuid()::text".to_owned(),
            _ => "lower(hex(randomblob(16)))".to_owned(),
        }
    }
}

/// The beginning of a statement that copies the row `form`, but for the columns that are set.
fn insert_select<E: EntityTrait>(table: &str, set: &[(&str, String)]) -> String {
    let columns: Vec<String> = E::Column::iter().map(|column| column.to_string()).collect();
    let value = |column: &String| {
        let own = set.iter().find(|(name, _)| name == column).map(|(_, value)| value.clone());
        own.unwrap_or_else(|| format!("form.\"{column}\""))
    };
    let values: Vec<String> = columns.iter().map(value).collect();
    let names: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
    format!("INSERT INTO {table} ({}) SELECT {}", names.join(", "), values.join(", "))
}
