//! An archive that anybody may have made: whatever is wrong with it is told with its place, and nothing of it is kept.

use std::{io::Write as _, path::PathBuf};

use office::{Limits, OfficeError, sha256_hex};
use serde_json::{Value, json};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{Elsewhere, Rich, Unpacked, order};
use crate::support::{
    desk::{first_administrator, new_office},
    engine::{Engine, engines},
    snapshot::everything,
};

impl Unpacked {
    pub(super) fn edit(&mut self, table: &str, change: impl FnOnce(&mut Vec<Value>)) {
        let mut rows = self.rows(table);
        change(&mut rows);
        let mut text = Vec::new();
        for row in &rows {
            writeln!(text, "{row}").unwrap();
        }
        self.0.insert(format!("rows/{table}.jsonl"), text);
    }

    pub(super) fn tell(&mut self, change: impl FnOnce(&mut Value)) {
        let mut manifest = self.manifest();
        change(&mut manifest);
        self.0.insert("manifest.json".to_owned(), manifest.to_string().into_bytes());
    }

    /// As if a column had come later.
    pub(super) fn lacks(&mut self, table: &str, column: &str) {
        self.edit(table, |rows| {
            for row in rows {
                row.as_object_mut().unwrap().remove(column).unwrap();
            }
        });
        self.tell(|manifest| {
            let tables = manifest["tables"].as_array_mut().unwrap();
            let file = tables.iter_mut().find(|file| file["table"] == table).unwrap();
            file["columns"].as_array_mut().unwrap().retain(|name| name != column);
        });
        self.honest();
    }

    /// Says of the rows what is true of them.
    pub(super) fn honest(&mut self) {
        let files = self.0.clone();
        self.tell(|manifest| {
            for table in manifest["tables"].as_array_mut().unwrap() {
                let Some(bytes) = files.get(&format!("rows/{}.jsonl", table["table"].as_str().unwrap()))
                else {
                    continue;
                };
                table["rows"] = String::from_utf8_lossy(bytes).matches('\n').count().into();
                table["bytes"] = bytes.len().into();
                table["sha256"] = sha256_hex(bytes).into();
            }
        });
    }

    pub(super) fn pack(&self, into: PathBuf) -> PathBuf {
        let mut zip = ZipWriter::new(std::fs::File::create(&into).unwrap());
        for (name, bytes) in &self.0 {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap();
        into
    }
}

const SOMEBODY: &str = "0190a000-0000-7000-8000-000000000001";

type Edit = fn(&mut Unpacked);
type Lower = fn(&mut Limits);

/// What is done to an archive whose manifest is then made to agree, and the words that must be said of it.
const AGREEING: &[(Edit, &[&str])] = &[
    (
        |of| of.edit("draft", |rows| rows[0]["office_id"] = SOMEBODY.into()),
        &["rows/draft.jsonl line 1", "another office"],
    ),
    (
        |of| of.edit("draft", |rows| rows[0]["drop"] = 1.into()),
        &["rows/draft.jsonl line 1", "no column drop"],
    ),
    (|of| of.edit("draft", |rows| rows[0]["version"] = "1".into()), &["rows/draft.jsonl line 1", "version"]),
    (
        |of| of.edit("draft", |rows| rows[1]["title"] = json!(null)),
        &["rows/draft.jsonl line 2", "title is null"],
    ),
    (
        |of| of.edit("draft", |rows| rows.push(rows[0].clone())),
        &["rows/draft.jsonl line", "such a row already"],
    ),
    (
        |of| of.edit("draft", |rows| rows[0]["initiative_id"] = SOMEBODY.into()),
        &["rows/draft.jsonl line 1", "refers to a row that is not"],
    ),
    (
        |of| of.edit("draft", |rows| rows[0]["revision_id"] = SOMEBODY.into()),
        &["rows/draft.jsonl", "names a revision"],
    ),
    (
        |of| of.edit("draft_comment", |rows| rows[0]["parent_id"] = SOMEBODY.into()),
        &["rows/draft_comment.jsonl line 1", "refers to"],
    ),
    (
        |of| of.edit("post", |rows| rows[2]["state"] = "SENT".into()),
        &["rows/post.jsonl line 3", "stored and read"],
    ),
    (
        |of| of.edit("post", |rows| rows[0]["hold"] = json!({ "no": 1 })),
        &["rows/post.jsonl line 1", "stored and read"],
    ),
    (
        |of| of.edit("audit_entry", |rows| rows[4]["action"] = "approve".into()),
        &["rows/audit_entry.jsonl", "broken at its entry 5"],
    ),
    (|of| of.edit("audit_entry", |rows| drop(rows.pop())), &["rows/audit_entry.jsonl", "chain is broken"]),
    (|of| of.edit("office", |rows| rows.push(rows[0].clone())), &["rows/office.jsonl", "exactly one row"]),
    (
        |of| of.edit("office", |rows| rows[0]["time_zone"] = "Mars/Base".into()),
        &["rows/office.jsonl", "Mars/Base"],
    ),
    (|of| of.edit("office", |rows| rows[0]["slug"] = "other".into()), &["rows/office.jsonl line 1", "slug"]),
    (
        |of| of.edit("directory_change", |rows| rows[1]["sequence"] = 1.into()),
        &["rows/directory_change.jsonl line 2", "sequence"],
    ),
    (
        |of| of.edit("media", |rows| rows[0]["sha256"] = "0".repeat(64).into()),
        &["rows/media.jsonl", "does not tell"],
    ),
    (
        |of| drop(of.0.insert("rows/plan.jsonl".to_owned(), b"{\"id\": \n".to_vec())),
        &["rows/plan.jsonl line 1", "not JSON"],
    ),
    (
        |of| drop(of.0.insert("rows/plan.jsonl".to_owned(), b"[1]\n".to_vec())),
        &["rows/plan.jsonl line 1", "not an object"],
    ),
    (|of| of.tell(|manifest| manifest["format"] = 99.into()), &["format 99", "install"]),
    (
        |of| {
            of.tell(|manifest| {
                manifest["migrations"].as_array_mut().unwrap().push("m29990101_000001_later".into());
            });
        },
        &["m29990101_000001_later", "install"],
    ),
    (|of| of.tell(|manifest| manifest["migrations"] = json!([])), &["migration m2026"]),
    (|of| of.tell(|manifest| manifest["directorySequence"] = i64::MAX.into()), &["directorySequence"]),
    (
        |of| of.tell(|manifest| manifest["media"][0]["sha256"] = "../../../etc/passwd".into()),
        &["does not name this file"],
    ),
    (|of| of.tell(|manifest| manifest["missingMedia"] = json!(["../../x"])), &["not a SHA-256 digest"]),
    (
        |of| of.tell(|manifest| manifest["tables"][3]["columns"][1] = "password_hash".into()),
        &["password_hash is no column"],
    ),
    (
        |of| of.tell(|manifest| manifest["tables"][3]["rows"] = 0.into()),
        &["more rows than the manifest says"],
    ),
    (
        |of| of.tell(|manifest| manifest["media"][0]["bytes"] = (1_u64 << 60).into()),
        &["limits.archive_bytes"],
    ),
    (
        |of| {
            let sessions = b"{}\n".to_vec();
            of.0.insert("rows/session.jsonl".to_owned(), sessions);
            of.tell(|manifest| {
                let mut table = manifest["tables"][0].clone();
                table["table"] = "session".into();
                manifest["tables"].as_array_mut().unwrap().push(table);
            });
        },
        &["session is no table"],
    ),
];

/// What is done to an archive whose manifest does not know of it.
const HIDDEN: &[(Edit, &[&str])] = &[
    (|of| drop(of.0.insert("../../evil".to_owned(), vec![1])), &["../../evil", "does not name this file"]),
    (|of| drop(of.0.remove("rows/plan.jsonl")), &["does not hold"]),
    (|of| drop(of.0.remove("manifest.json")), &["manifest.json"]),
    (|of| of.edit("plan", |rows| rows[0]["number"] = 2.into()), &["rows/plan.jsonl", "digest"]),
    (|of| of.edit("plan", Vec::clear), &["rows/plan.jsonl", "fewer rows"]),
    (
        |of| drop(of.0.insert("rows/plan.jsonl".to_owned(), vec![b' '; 64 * 1024 * 1024])),
        &["rows/plan.jsonl line 1", "longer than"],
    ),
    (
        |of| {
            let name = of.0.keys().find(|name| name.starts_with("media/")).unwrap().clone();
            of.0.get_mut(&name).unwrap()[100] ^= 1;
        },
        &["media/", "digest"],
    ),
];

async fn refused(there: &Elsewhere, file: &std::path::Path, words: &[&str]) {
    let before = everything(&there.database).await;
    let refused = match there.import(file).await {
        Err(OfficeError::Refused(refused)) => refused.message.clone(),
        other => panic!("{words:?}: {other:?}"),
    };
    assert!(words.iter().all(|word| refused.contains(word)), "{words:?}: {refused}");
    assert!(everything(&there.database).await == before, "{words:?}: something of it was kept");
}

#[tokio::test]
async fn whatever_is_wrong_is_told_with_its_place_and_nothing_is_kept() {
    let rich = Rich::open(&Engine::Sqlite).await;
    let whole = Unpacked::read(&rich.export().await);
    for engine in engines() {
        let there = Elsewhere::open(&engine).await;
        let packed = || there.folder.path().join("hostile.zip");
        for (edit, words) in AGREEING {
            let mut hostile = whole.clone();
            edit(&mut hostile);
            // What was told on purpose stays.
            if hostile.0["manifest.json"] == whole.0["manifest.json"] {
                hostile.honest();
            }
            refused(&there, &hostile.pack(packed()), words).await;
        }
        for (edit, words) in HIDDEN {
            let mut hostile = whole.clone();
            edit(&mut hostile);
            refused(&there, &hostile.pack(packed()), words).await;
        }
        there.import(&whole.pack(packed())).await.unwrap();
    }
}

#[tokio::test]
async fn half_a_file_and_no_archive_are_refused() {
    let rich = Rich::open(&Engine::Sqlite).await;
    let file = rich.export().await;
    let bytes = std::fs::read(&file).unwrap();
    let there = Elsewhere::open(&Engine::Sqlite).await;
    let other = there.folder.path().join("other.zip");
    for (content, words) in [
        (&bytes[..bytes.len() / 2], "no archive"),
        (&bytes[..bytes.len() - 1], "no archive"),
        (&b"an office"[..], "no archive"),
        (&[b'x'; 4096][..], "no archive"),
    ] {
        std::fs::write(&other, content).unwrap();
        refused(&there, &other, &[words]).await;
    }
    refused(&there, &there.folder.path().join("missing.zip"), &["missing.zip"]).await;
}

#[tokio::test]
async fn the_limits_hold_on_the_way_in() {
    let rich = Rich::open(&Engine::Sqlite).await;
    let file = rich.export().await;
    let cases: [(&str, Lower); 4] = [
        ("limits.archive_bytes", |limits| limits.archive_bytes = 1_000),
        ("limits.archive_files", |limits| limits.archive_files = 3),
        ("limits.archive_row_bytes", |limits| limits.archive_row_bytes = 50),
        ("limits.archive_manifest_bytes", |limits| limits.archive_manifest_bytes = 100),
    ];
    for (name, set) in cases {
        let mut limits = Limits::default();
        set(&mut limits);
        let there = Elsewhere::within(&Engine::Sqlite, limits).await;
        refused(&there, &file, &[name]).await;
    }
}

#[tokio::test]
async fn rows_of_another_office_of_the_deployment_cannot_be_named() {
    for engine in engines() {
        let rich = Rich::open(&engine).await;
        let mut hostile = Unpacked::read(&rich.export().await);
        let there = Elsewhere::open(&engine).await;
        let new = new_office("north");
        let (_, stranger) = office::offices::create(&there.office, new, first_administrator()).await.unwrap();
        hostile.edit("initiative", |rows| rows[0]["manager_id"] = stranger.id.to_string().into());
        hostile.honest();
        let file = hostile.pack(there.folder.path().join("hostile.zip"));
        refused(&there, &file, &["rows/initiative.jsonl", "names a member", "not in the archive"]).await;
    }
}

#[tokio::test]
async fn an_office_that_is_here_or_a_name_that_is_taken_is_refused_and_the_name_can_be_changed() {
    for engine in engines() {
        let rich = Rich::open(&engine).await;
        let file = rich.export().await;
        let there = Elsewhere::open(&engine).await;
        office::offices::create(&there.office, new_office("press"), first_administrator()).await.unwrap();
        refused(&there, &file, &["called press", "--slug"]).await;
        let mut renamed = order(&file);
        renamed.slug = Some("Not a slug".to_owned());
        assert!(office::archive::import(&there.office, renamed.clone()).await.is_err());
        renamed.slug = Some("press-2".to_owned());
        let tried = office::archive::ImportOffice { dry_run: true, ..renamed.clone() };
        let before = everything(&there.database).await;
        assert!(office::archive::import(&there.office, tried).await.unwrap().rows > 100);
        assert!(everything(&there.database).await == before, "a dry run keeps nothing");
        let imported = office::archive::import(&there.office, renamed).await.unwrap();
        assert_eq!(imported.office.slug, "press-2");
        refused(&there, &file, &["here already, as press-2"]).await;
    }
}
