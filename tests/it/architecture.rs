//! Guard: the arrows between crates, and which crate may use which library. Absent means forbidden.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use serde_json::Value;

const OURS: &[&str] =
    &["masthead", "api", "worker", "office", "connectors", "entity", "migration", "guidelines"];

fn arrows() -> BTreeMap<&'static str, &'static [&'static str]> {
    BTreeMap::from([
        ("masthead", &["api", "worker", "office", "connectors", "migration"][..]),
        ("api", &["office", "entity", "guidelines"][..]),
        ("worker", &["office", "connectors", "entity", "guidelines"][..]),
        ("office", &["entity", "guidelines"][..]),
        ("entity", &[][..]),
        ("migration", &[][..]),
        ("guidelines", &[][..]),
        ("connectors", &[][..]),
    ])
}

/// A library, and the crates of ours that may use it.
const HOMES: &[(&str, &[&str])] = &[
    ("sea-orm", &["entity", "office", "masthead"]),
    ("sea-orm-migration", &["migration"]),
    ("async-graphql", &["api"]),
    ("actix-web", &["api"]),
    ("actix-ws", &["api"]),
    ("jsonwebtoken", &["api"]),
    ("reqwest", &["connectors"]),
    ("lettre", &["connectors"]),
    ("tokio-cron-scheduler", &["worker"]),
    ("clap", &["masthead"]),
    ("anyhow", &["masthead"]),
    ("image", &["office"]),
];

fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let cargo = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--locked", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&cargo.stdout).unwrap();
    let normal = |dependency: &&Value| dependency["kind"].is_null();
    let of = |package: &Value| {
        let used = package["dependencies"].as_array().unwrap().iter().filter(normal);
        used.map(|dependency| dependency["name"].as_str().unwrap().to_owned()).collect()
    };
    let packages = metadata["packages"].as_array().unwrap();
    packages.iter().map(|package| (package["name"].as_str().unwrap().to_owned(), of(package))).collect()
}

#[test]
fn crates_point_only_where_the_house_allows() {
    let allowed = arrows();
    for (name, used) in dependencies() {
        let allowed =
            allowed.get(name.as_str()).unwrap_or_else(|| panic!("{name} is not in the plan of the house"));
        for dependency in used.iter().filter(|dependency| OURS.contains(&dependency.as_str())) {
            assert!(allowed.contains(&dependency.as_str()), "{name} must not know {dependency}");
        }
    }
}

#[test]
fn libraries_stay_in_their_rooms() {
    let used = dependencies();
    for (library, homes) in HOMES {
        for (name, dependencies) in &used {
            assert!(
                !dependencies.contains(*library) || homes.contains(&name.as_str()),
                "{name} must not use {library}"
            );
        }
    }
}
