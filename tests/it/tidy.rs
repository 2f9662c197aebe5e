//! Guard: what readers of the tree may rely on. Sizes, module docs, no stray marks, no ambient transactions.

use std::{
    fs,
    path::{Path, PathBuf},
};

const FILE_LINES: usize = 320;
const ROOMS: &[&str] = &[
    "src",
    "api/src",
    "connectors/src",
    "entity/src",
    "guidelines/src",
    "migration/src",
    "office/src",
    "worker/src",
    "tests",
    "benches",
];
const VAGUE: &[&str] = &["utils", "util", "helpers", "helper", "common", "misc", "manager"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn every_source() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for room in ROOMS {
        sources(&root.join(room), &mut found);
    }
    assert!(found.len() > 100, "the guard does not see the tree");
    found.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn files_are_small_enough_to_read() {
    for (path, text) in every_source() {
        let lines = text.lines().count();
        assert!(lines <= FILE_LINES, "{} has {lines} lines: split it by what it knows", path.display());
    }
}

#[test]
fn every_module_says_what_it_knows() {
    for (path, text) in every_source() {
        assert!(text.starts_with("//!"), "{} has no module doc", path.display());
    }
}

#[test]
fn names_are_not_vague() {
    for (path, _) in every_source() {
        for part in path.iter().filter_map(|part| part.to_str()) {
            let stem = part.trim_end_matches(".rs");
            assert!(!VAGUE.contains(&stem), "{} has a name that will collect everything", path.display());
            assert_ne!(part, "mod.rs", "{}: this tree uses name.rs beside name/", path.display());
        }
    }
}

#[test]
fn nothing_is_left_for_somebody_else() {
    let marks =
        [[" TO", "DO"].concat(), ["FIX", "ME"].concat(), ["todo", "!("].concat(), ["#[", "allow("].concat()];
    for (path, text) in every_source() {
        for mark in &marks {
            assert!(!text.contains(mark.as_str()), "{} holds {mark}", path.display());
        }
    }
}

/// A deferred transaction that reads before it writes fails under contention on `SQLite`.
#[test]
fn transactions_begin_in_one_place_only() {
    for (path, text) in every_source() {
        // The last one holds a row against the program, from outside of it.
        let homes = [
            "office/src/database.rs",
            "src/wiring/schema.rs",
            "tests/it/tidy.rs",
            "tests/it/archive/process.rs",
        ];
        let home = homes.iter().any(|home| path.ends_with(home));
        let ambient =
            [".begin().await", ".transaction(", ".transaction_async("].iter().any(|call| text.contains(call));
        assert!(home || !ambient, "{} begins a transaction around office::Database", path.display());
    }
}
