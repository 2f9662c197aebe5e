//! A furnished office with webhooks, and posts in bulk. The first channel and the first post are made by the office's own
//! functions; the others are their copies with other ids, words, digests and times, so that each passes every gate.

mod ahead;
mod people;
mod posts;
mod rows;
mod single;

use chrono::{DateTime, Utc};
use entity::{
    ChannelId, channel, channel_head, draft, office as office_row, post, post::PostState, review, revision,
    revision_target, steward,
};
use office::{Office, Requester, read};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DatabaseBackend, DatabaseConnection,
    DatabaseTransaction, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait as _,
};
use uuid::Uuid;

use crate::place::Place;

/// The short name of the office.
const SLUG: &str = "bench";

/// What a channel of the bench shares with the sink.
const SECRET: &str = "bench-bench-bench-bench-bench-bench";

/// A furnished office.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) office: Office,
    author: Requester,
    pub(crate) channels: Vec<channel::Model>,
    /// The rows of the first post, from which the others are copied.
    form: Form,
}

#[derive(Debug)]
struct Form {
    draft: draft::Model,
    revision: revision::Model,
    target: revision_target::Model,
    review: review::Model,
    post: post::Model,
}

impl Desk {
    /// Furnishes a new office with so many webhooks that lead to `sink`.
    pub(crate) async fn furnish(place: &Place, sink: &str, channels: usize, honours_keys: bool) -> Self {
        let office = place.office().await;
        let first = people::furnish(&office, sink, SECRET, honours_keys).await;
        people::first_post(&office, &first).await;
        copy_channel(&office, place, first.channel, channels).await;
        Self::find(office).await
    }

    /// The office that was furnished here.
    pub(crate) async fn open(place: &Place) -> Self {
        Self::find(place.office().await).await
    }

    async fn find(office: Office) -> Self {
        let own: office_row::Model = office::offices::by_slug(&office, SLUG).await.expect("set up first");
        let db = office.db().read();
        let channels = channel::Entity::find()
            .filter(channel::Column::OfficeId.eq(own.id))
            .order_by_asc(channel::Column::Id)
            .all(db)
            .await
            .unwrap();
        // The first post was cancelled when it had served as a form: nothing else ever is.
        let post = post::Entity::find()
            .filter(post::Column::OfficeId.eq(own.id))
            .filter(post::Column::State.eq(PostState::Cancelled))
            .order_by_asc(post::Column::Id)
            .one(db)
            .await
            .unwrap()
            .expect("the first post is there");
        let form = Form::of(&office, post).await;
        let author = office::members::requester_for(&office, form.draft.author_id.unwrap()).await.unwrap();
        Self { office, author, channels, form }
    }

    pub(crate) fn db(&self) -> &DatabaseConnection {
        self.office.db().read()
    }

    /// A transaction that writes: on SQLite it waits its turn beside a running worker and does not fail half-way.
    async fn begin_writing(&self) -> DatabaseTransaction {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.db().begin_with_options(options).await.unwrap()
    }

    /// Tells idle workers of other processes that the queue changed, as a change of the office's own does.
    async fn ring(&self) {
        if self.db().get_database_backend() == DatabaseBackend::Postgres {
            let news = format!(
                r#"{{"process":"{}","events":[],"ring":{{"workers":true,"gates":false}}}}"#,
                Uuid::now_v7()
            );
            let ring = format!("SELECT pg_notify('masthead_queue', '{news}')");
            self.db().execute_unprepared(&ring).await.unwrap();
        }
    }

    /// Brings the heads of the channels up to date with what was seeded.
    async fn refresh_heads(&self) {
        let sql = "UPDATE channel_head SET next_at = (SELECT MIN(post.run_at) FROM post WHERE post.channel_id = \
                   channel_head.channel_id AND post.state IN ('SCHEDULED', 'RETRYING') AND NOT post.waits) WHERE sending IS NULL";
        self.db().execute_unprepared(sql).await.unwrap();
        self.ring().await;
    }

    /// Every gate is open for the newest post of the first channel that is due from then on: what was seeded is what would
    /// have been scheduled.
    async fn prove(&self, from: DateTime<Utc>) {
        let post = post::Entity::find()
            .filter(post::Column::ChannelId.eq(self.channels[0].id))
            .filter(post::Column::DueAt.gte(from))
            .order_by_desc(post::Column::DueAt)
            .order_by_desc(post::Column::Id)
            .one(self.db())
            .await
            .unwrap();
        let permit = self.author.permit().unwrap();
        let (_, gates) = office::gate::explain(&self.office, &permit, post.unwrap().id).await.unwrap();
        let shut: Vec<_> = gates.iter().filter(|gate| !gate.open).collect();
        assert!(shut.is_empty(), "a seeded post does not pass: {shut:?}");
    }

    /// What the planner of the database should know after much was written.
    pub(crate) async fn analyze(&self) {
        self.db().execute_unprepared("ANALYZE").await.unwrap();
    }

    fn sql(&self, text: &str, values: Vec<sea_orm::Value>) -> Statement {
        Statement::from_sql_and_values(self.db().get_database_backend(), text, values)
    }
}

impl Form {
    async fn of(office: &Office, post: post::Model) -> Self {
        let db = office.db().read();
        let (office_id, revision_id) = (post.office_id, post.revision_id);
        let target = revision_target::Entity::find()
            .filter(revision_target::Column::RevisionId.eq(revision_id))
            .one(db)
            .await
            .unwrap();
        let review =
            review::Entity::find().filter(review::Column::RevisionId.eq(revision_id)).one(db).await.unwrap();
        Self {
            draft: read::one::<draft::Entity>(db, office_id, post.draft_id).await.unwrap(),
            revision: read::one::<revision::Entity>(db, office_id, revision_id).await.unwrap(),
            target: target.unwrap(),
            review: review.unwrap(),
            post: post::Model {
                state: PostState::Scheduled,
                hold: None,
                cause_code: None,
                cause_detail: None,
                version: 1,
                ..post
            },
        }
    }
}

/// Copies the first channel, with its stewards and its head, until there are `count` of them.
async fn copy_channel(office: &Office, place: &Place, first: ChannelId, count: usize) {
    let (db, vault) = (office.db().read(), place.vault());
    let form = channel::Entity::find_by_id(first).one(db).await.unwrap().unwrap();
    let head = channel_head::Entity::find_by_id(first).one(db).await.unwrap().unwrap();
    let stewards =
        steward::Entity::find().filter(steward::Column::ChannelId.eq(first)).all(db).await.unwrap();
    let (mut channels, mut copies, mut heads) = (Vec::new(), Vec::new(), Vec::new());
    for number in 1..count {
        let id = ChannelId(Uuid::now_v7());
        let sealed = vault.seal(&format!("channel|credential|{id}"), SECRET.as_bytes()).unwrap();
        let row = channel::Model {
            id,
            handle: format!("hook-{number}"),
            url: format!("https://hooks.example.org/{number}"),
            display_name: format!("Hook {number}"),
            credential_sealed: Some(sealed),
            ..form.clone()
        };
        channels.push(row.into_active_model().reset_all());
        for steward in &stewards {
            let row = steward::Model { id: Uuid::now_v7().into(), channel_id: id, ..steward.clone() };
            copies.push(row.into_active_model().reset_all());
        }
        let row = channel_head::Model { channel_id: id, next_at: None, sending: None, ..head.clone() };
        heads.push(row.into_active_model().reset_all());
    }
    rows::insert::<channel::Entity, _>(db, channels).await;
    rows::insert::<steward::Entity, _>(db, copies).await;
    rows::insert::<channel_head::Entity, _>(db, heads).await;
}
