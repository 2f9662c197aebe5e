//! Communications plans: partners beside stakeholders, a day of review, topics with embargoes, and ids of key messages and
//! goals that last from version to version; which key message a revision names.
//!
//! Messages and goals that stand already get ids made from the id of the version that has them first: the same words are
//! the same message in each version of one initiative.

use std::collections::HashMap;

use sea_orm_migration::{
    prelude::*,
    schema::{date_null, json_binary, uuid_null},
    sea_orm::{
        DatabaseBackend, QueryResult,
        prelude::{Json, Uuid},
    },
};

use crate::table::execute;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Goals' ids begin so far behind those of messages of the same version, of which there were never so many.
const GOALS_FROM: u128 = 1_000;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] =
    &["CREATE INDEX plan_review ON plan (office_id, review_on, id) WHERE state = 'APPROVED'"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "plan", json_binary("partners").default("[]").take()).await?;
        add(manager, "plan", date_null("review_on")).await?;
        add(manager, "revision", uuid_null("key_message_id")).await?;
        let due = match manager.get_database_backend() {
            DatabaseBackend::Sqlite => "date(decided_at, '+6 months')",
            _ => "((decided_at AT TIME ZONE 'UTC') + interval '6 months')::date",
        };
        let due = format!("UPDATE plan SET review_on = {due} WHERE state = 'APPROVED'");
        execute(manager, &[due.as_str()]).await?;
        execute(manager, INDEXES).await?;
        let mut known: HashMap<(Uuid, String), Uuid> = HashMap::new();
        for plan in versions(manager).await? {
            let (initiative, messages) = identified(&plan, &mut known)?;
            for (id, text) in messages {
                manager.get_connection().execute(&naming(initiative, id, text)).await?;
            }
            let (id, parts) = (plan.try_get("", "id")?, widened(&plan, &mut known)?);
            manager.get_connection().execute(&stored(id, parts)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for plan in versions(manager).await? {
            let lines = |column: &'static str, key: &str| -> Result<_, DbErr> {
                let items = items(&plan, column)?;
                Ok((column, items.iter().filter_map(|item| item.get(key).cloned()).collect::<Json>()))
            };
            let parts = vec![lines("key_messages", "text")?, lines("shareable", "topic")?];
            manager.get_connection().execute(&stored(plan.try_get("", "id")?, parts)).await?;
        }
        execute(manager, &["DROP INDEX plan_review"]).await?;
        for (table, column) in [("revision", "key_message_id"), ("plan", "review_on"), ("plan", "partners")] {
            manager.alter_table(Table::alter().table(table).drop_column(column).take()).await?;
        }
        Ok(())
    }
}

async fn add(manager: &SchemaManager<'_>, table: &'static str, column: ColumnDef) -> Result<(), DbErr> {
    manager.alter_table(Table::alter().table(table).add_column(column).take()).await
}

/// Every version, in the order in which they were written.
async fn versions(manager: &SchemaManager<'_>) -> Result<Vec<QueryResult>, DbErr> {
    let select = Query::select()
        .columns(["id", "initiative_id", "key_messages", "shareable", "goals"])
        .from("plan")
        .order_by("initiative_id", Order::Asc)
        .order_by("number", Order::Asc)
        .take();
    manager.get_connection().query_all(&select).await
}

fn items(plan: &QueryResult, column: &str) -> Result<Vec<Json>, DbErr> {
    let stored: Json = plan.try_get("", column)?;
    Ok(stored.as_array().cloned().unwrap_or_default())
}

/// The messages that this version is the first to have, with the ids that they get.
fn identified(
    plan: &QueryResult,
    known: &mut HashMap<(Uuid, String), Uuid>,
) -> Result<(Uuid, Vec<(Uuid, String)>), DbErr> {
    let (id, initiative): (Uuid, Uuid) = (plan.try_get("", "id")?, plan.try_get("", "initiative_id")?);
    let mut first = Vec::new();
    for (place, message) in (1..).zip(items(plan, "key_messages")?) {
        let text = message.as_str().unwrap_or_default().to_owned();
        known.entry((initiative, text.clone())).or_insert_with(|| {
            let made = Uuid::from_u128(id.as_u128().wrapping_add(place));
            first.push((made, text));
            made
        });
    }
    Ok((initiative, first))
}

/// The parts of a version, in their new form.
fn widened(
    plan: &QueryResult,
    known: &mut HashMap<(Uuid, String), Uuid>,
) -> Result<Vec<(&'static str, Json)>, DbErr> {
    let (id, initiative): (Uuid, Uuid) = (plan.try_get("", "id")?, plan.try_get("", "initiative_id")?);
    let mut of = |text: String, place: u128| {
        let made = || Uuid::from_u128(id.as_u128().wrapping_add(place));
        Json::from(known.entry((initiative, text)).or_insert_with(made).to_string())
    };
    let mut messages = Vec::new();
    for (place, message) in (1..).zip(items(plan, "key_messages")?) {
        let id = of(message.as_str().unwrap_or_default().to_owned(), place);
        messages.push(Json::from_iter([("id", id), ("text", message)]));
    }
    let mut goals = Vec::new();
    for (place, mut goal) in (GOALS_FROM..).zip(items(plan, "goals")?) {
        // A goal and a message may have the same words.
        let words = format!("goal: {}", goal.get("goal").and_then(Json::as_str).unwrap_or_default());
        let id = of(words, place);
        if let Some(goal) = goal.as_object_mut() {
            goal.entry("id").or_insert(id);
        }
        goals.push(goal);
    }
    let topics = items(plan, "shareable")?.into_iter().map(|topic| Json::from_iter([("topic", topic)]));
    Ok(vec![("key_messages", messages.into()), ("shareable", topics.collect()), ("goals", goals.into())])
}

fn stored(id: Uuid, parts: Vec<(&'static str, Json)>) -> UpdateStatement {
    let mut update = Query::update();
    for (column, value) in parts {
        update.value(column, value);
    }
    update.table("plan").and_where(Expr::col("id").eq(id)).take()
}

/// Revisions of an initiative that name a message by its words name it by its id too.
fn naming(initiative: Uuid, id: Uuid, text: String) -> UpdateStatement {
    let drafts = Query::select()
        .column("id")
        .from("draft")
        .and_where(Expr::col("initiative_id").eq(initiative))
        .take();
    Query::update()
        .table("revision")
        .value("key_message_id", id)
        .and_where(Expr::col("key_message").eq(text))
        .and_where(Expr::col("draft_id").in_subquery(drafts))
        .take()
}
