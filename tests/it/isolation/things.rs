//! What an office has: every row that it owns as a global id, by kind, and the words that nobody else may read.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait as _, DatabaseConnection, Statement};

use super::plausible::{Given, global};

/// Tables that change by themselves while nobody touches the office: its worker sends, looks and refreshes.
const AT_WORK: [&str; 14] = [
    "attempt",
    "audit_entry",
    "audit_head",
    "channel",
    "channel_head",
    "channel_round",
    "feed_entry",
    "handbook",
    "link_check",
    "mail",
    "post",
    "post_figures",
    "read_back",
    "session",
];

/// Rows of one kind that are told apart, at most.
const ROWS: usize = 60;

pub(super) struct Things {
    slug: String,
    tables: Vec<String>,
    by_kind: BTreeMap<String, Vec<String>>,
    secrets: Vec<String>,
}

impl Things {
    pub(super) async fn of(db: &DatabaseConnection, slug: &str) -> Self {
        let owned = "SELECT name AS found FROM sqlite_master WHERE type = 'table' \
                     AND EXISTS (SELECT 1 FROM pragma_table_info(sqlite_master.name) WHERE name = 'office_id')";
        let tables = texts(db, owned).await;
        let mut by_kind = BTreeMap::new();
        for table in &tables {
            let id = format!("SELECT name AS found FROM pragma_table_info('{table}') WHERE name = 'id'");
            if texts(db, &id).await.is_empty() {
                continue;
            }
            let kind = pascal(table);
            let ids = texts(
                db,
                &format!("SELECT CASE typeof(id) WHEN 'blob' THEN hex(id) ELSE id END AS found FROM {table} WHERE {} LIMIT {ROWS}", of(slug)),
            )
            .await;
            let ids = ids.iter().filter_map(|id| uuid::Uuid::parse_str(id).ok());
            let ids: Vec<String> = ids.map(|id| global(&kind, &id)).collect();
            if !ids.is_empty() {
                by_kind.insert(kind, ids);
            }
        }
        // They live inside of a plan.
        for (kind, column) in [("Goal", "goals"), ("KeyMessage", "key_messages")] {
            let sql = format!(
                "SELECT DISTINCT json_extract(value, '$.id') AS found FROM plan, json_each(plan.{column}) WHERE {} LIMIT {ROWS}",
                of(slug)
            );
            let ids = texts(db, &sql).await;
            by_kind
                .insert(kind.to_owned(), ids.iter().map(|id| global(kind, &id.parse().unwrap())).collect());
        }
        let mut secrets = Vec::new();
        for (table, column) in [
            ("member", "email"),
            ("member", "name"),
            ("initiative", "name"),
            ("draft", "title"),
            ("revision", "text"),
        ] {
            let sql = format!(
                "SELECT CAST({column} AS TEXT) AS found FROM {table} WHERE {} AND length({column}) > 8",
                of(slug)
            );
            secrets.extend(texts(db, &sql).await);
        }
        Self { slug: slug.to_owned(), tables, by_kind, secrets }
    }

    pub(super) fn by_kind(&self) -> impl Iterator<Item = (&str, &Vec<String>)> {
        self.by_kind.iter().map(|(kind, ids)| (kind.as_str(), ids))
    }

    pub(super) fn secrets(&self) -> &[String] {
        &self.secrets
    }

    /// One id of each kind, another in each round.
    pub(super) fn round(&self, round: usize) -> Given {
        let ids = self.by_kind.iter().filter(|(_, ids)| !ids.is_empty());
        Given {
            ids: ids.map(|(kind, ids)| (kind.clone(), ids[round % ids.len()].clone())).collect(),
            turn: round,
        }
    }

    /// The same, with one id of a kind wherever it is wanted.
    pub(super) fn always(mut self, kind: &str, id: &str) -> Self {
        self.by_kind.insert(kind.to_owned(), vec![id.to_owned()]);
        self
    }

    /// What nobody but the office's own people changes, by table.
    pub(super) async fn kept(&self, db: &DatabaseConnection) -> BTreeMap<String, Vec<String>> {
        let mut kept = BTreeMap::new();
        for table in self.tables.iter().filter(|table| !AT_WORK.contains(&table.as_str())) {
            let columns = texts(db, &format!("SELECT name AS found FROM pragma_table_info('{table}')")).await;
            let columns: Vec<_> = columns.iter().map(|name| format!("quote(\"{name}\")")).collect();
            let line = columns.join("||','||");
            kept.insert(
                table.clone(),
                texts(
                    db,
                    &format!(
                        "SELECT CAST({line} AS TEXT) AS found FROM \"{table}\" WHERE {} ORDER BY 1",
                        of(&self.slug)
                    ),
                )
                .await,
            );
        }
        kept
    }
}

fn of(slug: &str) -> String {
    format!("office_id = (SELECT id FROM office WHERE slug = '{slug}')")
}

fn pascal(table: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    table.split('_').map(word).collect()
}

async fn texts(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get("", "found").unwrap()).collect()
}
