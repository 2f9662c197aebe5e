//! Exported, imported and exported again, from and to each engine, an office is the same, but for what this file lists.

use std::collections::BTreeMap;

use office::{
    Actor, Requester,
    archive::{self, ImportOffice},
    directory::ChangesWanted,
};
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::{Map, Value};

use super::{APP_SECRET, CREDENTIAL, Elsewhere, PASSWORD, Rich, Unpacked, exposed, order};
use crate::support::engine::{Engine, engines};

/// What an import may change of rows that were there.
const CHANGED: &[(&str, &[&str])] = &[
    ("audit_head", &["sequence", "hash"]),
    ("member", &["version"]),
    ("integration", &["revoked_at"]),
    ("channel", &["credential_state", "version", "updated_at"]),
    (
        "post",
        &[
            "state",
            "hold",
            "waits",
            "lease_until",
            "worker_id",
            "person_decides",
            "cause_code",
            "cause_detail",
            "version",
            "updated_at",
        ],
    ),
    ("attempt", &["outcome", "ended_at", "cause_code", "cause_detail"]),
    ("correction", &["state", "hold", "lease_until", "worker_id"]),
    (
        "mail",
        &[
            "state",
            "next_at",
            "handing_over",
            "lease_until",
            "worker_id",
            "cause_code",
            "cause_detail",
            "ended_at",
        ],
    ),
    ("read_back", &["lease_until"]),
];

/// The tables to which it may add rows.
const ADDED: &[&str] = &["audit_entry", "pause"];

fn by_id(rows: Vec<Value>) -> BTreeMap<String, Map<String, Value>> {
    let id = |row: &Map<String, Value>| row.get("id").or(row.get("office_id")).unwrap().to_string();
    rows.into_iter().map(|row| row.as_object().unwrap().clone()).map(|row| (id(&row), row)).collect()
}

/// That two archives of one office differ in nothing but what the lists say.
pub(super) fn same(before: &Unpacked, after: &Unpacked) {
    assert_eq!(before.tables(), after.tables());
    for table in before.tables() {
        let (one, two) = (by_id(before.rows(&table)), by_id(after.rows(&table)));
        let changed =
            CHANGED.iter().find(|(name, _)| *name == table).map_or(&[][..], |(_, columns)| *columns);
        for (id, row) in &one {
            let again = two.get(id).unwrap_or_else(|| panic!("{table} {id} is lost"));
            for (column, value) in row {
                assert!(
                    *value == again[column] || changed.contains(&column.as_str()),
                    "{table}.{column} of {id}: {value} became {}",
                    again[column]
                );
            }
        }
        assert!(
            one.len() == two.len() || ADDED.contains(&table.as_str()),
            "{table} has more rows than before"
        );
    }
    let media = |of: &Unpacked| -> Vec<(String, Vec<u8>)> {
        of.0.iter()
            .filter(|(name, _)| name.starts_with("media/"))
            .map(|(n, b)| (n.clone(), b.clone()))
            .collect()
    };
    assert_eq!(media(before), media(after));
    assert_eq!(
        before.manifest()["directorySequence"],
        after.manifest()["directorySequence"],
        "cursors go on"
    );
}

async fn there_and_back(from: &Engine, to: &Engine) {
    let rich = Rich::open(from).await;
    let first = rich.export().await;
    let there = Elsewhere::open(to).await;
    let imported = there.import(&first).await.unwrap();
    assert_eq!(imported.office.id, rich.office_id());
    assert_eq!(
        office::media::bytes(&there.office, rich.office_id(), &rich.digest).await.unwrap(),
        office::media::bytes(&rich.desk.office, rich.office_id(), &rich.digest).await.unwrap()
    );
    let second = there.folder.path().join("again.zip");
    let operator = Requester::new(rich.office_id(), Actor::Operator);
    archive::export(&there.office, &operator, &second).await.unwrap();
    let (before, after) = (Unpacked::read(&first), Unpacked::read(&second));
    same(&before, &after);
    let back = Elsewhere::open(from).await;
    back.import(&second).await.unwrap();
    for here in [&there, &back] {
        let chain = office::audit::verify(&here.database, rich.office_id()).await.unwrap();
        assert_eq!(chain.broken_at, None, "{chain:?}");
    }
    let actions: Vec<_> = after.rows("audit_entry").into_iter().map(|row| row["action"].clone()).collect();
    assert!(
        actions.contains(&"exportOffice".into()) && actions.contains(&"restoreOffice".into()),
        "{actions:?}"
    );
    let comment = after.rows("draft_comment").into_iter().filter(|row| !row["parent_id"].is_null()).count();
    assert_eq!(comment, 1, "one answers a later one");
}

#[tokio::test]
async fn an_office_is_the_same_there_and_back_on_each_engine() {
    for from in engines() {
        for to in engines() {
            Box::pin(there_and_back(&from, &to)).await;
        }
    }
}

#[tokio::test]
async fn an_archive_holds_no_secret() {
    for engine in engines() {
        let rich = Rich::open(&engine).await;
        let unpacked = Unpacked::read(&rich.export().await);
        let whole: Vec<u8> = unpacked.0.values().flatten().copied().collect();
        let mut secrets =
            vec![CREDENTIAL.to_owned(), APP_SECRET.to_owned(), PASSWORD.to_owned(), exposed(&rich.token)];
        secrets.push("correct horse battery".to_owned());
        for (table, column) in [
            ("member", "password_hash"),
            ("integration", "token_hash"),
            ("media", "upload_token_hash"),
            ("channel", "credential_sealed"),
            ("platform_app", "client_secret_sealed"),
        ] {
            let sql = format!("SELECT {column} AS it FROM {table} WHERE {column} IS NOT NULL");
            let rows = rich
                .desk
                .database
                .query_all_raw(Statement::from_string(engine_of(&rich), sql))
                .await
                .unwrap();
            assert!(!rows.is_empty(), "{table}.{column}: the test has nothing to look for");
            for row in rows {
                if let Ok(text) = row.try_get::<String>("", "it") {
                    secrets.push(text);
                    continue;
                }
                let bytes: Vec<u8> = row.try_get("", "it").unwrap();
                assert!(!holds(&whole, &bytes), "{table}.{column}");
                secrets.extend(forms(&bytes));
            }
        }
        for secret in secrets {
            assert!(!holds(&whole, secret.as_bytes()), "{secret}");
        }
        let (address, name) = ("author@example.org", "Ada Minh");
        assert!(
            holds(&whole, address.as_bytes()) && holds(&whole, name.as_bytes()),
            "people are in it, as it says"
        );
    }
}

fn engine_of(rich: &Rich) -> sea_orm::DatabaseBackend {
    rich.desk.database.get_database_backend()
}

/// Bytes as texts that a program may make of them.
fn forms(bytes: &[u8]) -> Vec<String> {
    vec![hex::encode(bytes), serde_json::to_string(bytes).unwrap()]
}

fn holds(whole: &[u8], part: &[u8]) -> bool {
    whole.windows(part.len()).any(|window| window == part)
}

#[tokio::test]
async fn two_offices_share_one_order_of_the_directorys_changes() {
    for engine in engines() {
        let (one, two) = (Rich::open(&engine).await, Rich::open(&engine).await);
        let there = Elsewhere::open(&engine).await;
        there.import(&one.export().await).await.unwrap();
        let first = office::directory::head(&there.office).await.unwrap();
        let second = ImportOffice { slug: Some("other".to_owned()), ..order(&two.export().await) };
        archive::import(&there.office, second).await.unwrap();
        let head = office::directory::head(&there.office).await.unwrap();
        assert!(head.changed_at > first.changed_at && head.sequence > first.sequence, "{head:?}");
        let wanted = ChangesWanted { after: Some(first.sequence), limit: 100, ..ChangesWanted::default() };
        let later = office::directory::changes(&there.office, wanted).await.unwrap().items;
        assert!(
            !later.is_empty() && later.iter().all(|change| change.office_slug == "other"),
            "told to who holds a cursor"
        );
        let all = ChangesWanted { after: Some(0), limit: 100, ..ChangesWanted::default() };
        let all = office::directory::changes(&there.office, all).await.unwrap().items;
        assert_eq!(all.len(), 2 * later.len());
        assert!(all.windows(2).all(|two| two[0].sequence < two[1].sequence));
    }
}

#[tokio::test]
async fn an_older_archive_lacks_columns_and_a_lost_medium_is_told() {
    let rich = Rich::open(&Engine::Sqlite).await;
    let mut older = Unpacked::read(&rich.export().await);
    older.lacks("channel", "contact");
    let there = Elsewhere::open(&Engine::Sqlite).await;
    let file = older.pack(there.folder.path().join("same.zip"));
    let refused = there.import(&file).await.unwrap_err().to_string();
    assert!(refused.contains("columns of channel are missing"), "{refused}");
    // One migration more has run here than where it was written.
    let later = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29990101_000001_later', 0)";
    there.database.execute_unprepared(later).await.unwrap();
    let name = older.0.keys().find(|name| name.starts_with("media/")).unwrap().clone();
    older.0.remove(&name);
    older.tell(|manifest| {
        manifest["media"] = serde_json::json!([]);
        manifest["missingMedia"] = serde_json::json!([name.strip_prefix("media/").unwrap()]);
    });
    let file = older.pack(there.folder.path().join("older.zip"));
    let imported = there.import(&file).await.unwrap();
    assert_eq!(imported.missing_media, std::slice::from_ref(&rich.digest));
    let second = there.folder.path().join("again.zip");
    let operator = Requester::new(rich.office_id(), Actor::Operator);
    let written = archive::export(&there.office, &operator, &second).await.unwrap();
    assert_eq!(
        written.missing_media,
        std::slice::from_ref(&rich.digest),
        "the store does not have it, and the export says so"
    );
    assert!(Unpacked::read(&second).rows("channel").iter().all(|row| row["contact"].is_null()));
}
