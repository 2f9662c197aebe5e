//! `masthead doctor` and the errors of a start: what is wrong, and the command that comes next.

use std::{fs::Permissions, net::TcpListener, os::unix::fs::PermissionsExt as _};

use serde_json::Value;

use super::{Said, folder, found, fresh, say};
use crate::support::program::Deployment;

fn examine(deployment: &Deployment, key: Option<&str>) -> (Option<i32>, Value) {
    let mut command = deployment.command(&["doctor", "--port", "0", "--json"]);
    if let Some(key) = key {
        command.env("MASTHEAD_MASTER_KEY", key);
    }
    let said = Said::by(&mut command);
    assert_eq!(said.err, "");
    (said.code, said.json())
}

/// One check by its name: status, and what to do.
fn check(report: &Value, name: &str) -> (String, String) {
    let checks = report["checks"].as_array().unwrap();
    let found = checks.iter().find(|check| check["name"] == name);
    let found = found.unwrap_or_else(|| panic!("no check {name} in {report}"));
    (found["status"].as_str().unwrap().to_owned(), found["next"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_deployment_that_is_well_is_told_so_before_and_while_it_runs() {
    let deployment = fresh().await;
    let (code, report) = examine(&deployment, None);
    assert_eq!((code, &report["healthy"]), (Some(0), &Value::Bool(true)), "nothing is there yet: {report}");
    assert_eq!(check(&report, "database").0, "note");
    assert!(!deployment.sqlite().unwrap().exists(), "it changes nothing");
    found(&deployment, "press");
    let program = deployment.serve();
    let health = format!("{}/health/ready", program.url());
    crate::support::client::until("the worker to look at the queue", || async {
        reqwest::get(&health).await.ok().filter(|answer| answer.status() == 200)
    })
    .await;
    let (code, report) = examine(&deployment, None);
    assert_eq!((code, &report["healthy"]), (Some(0), &Value::Bool(true)), "{report}");
    for name in [
        "settings",
        "clock",
        "time zones",
        "data folder",
        "master key",
        "database",
        "secrets",
        "worker",
        "offices",
    ] {
        assert_eq!(check(&report, name).0, "ok", "{name} in {report}");
    }
    let said = say(&deployment, &["doctor", "--port", "0"]).well();
    assert!(said.out.ends_with("nothing is wrong\n") && said.err.is_empty(), "{said:?}");
}

#[tokio::test]
async fn what_is_wrong_is_named_with_what_to_do_and_fails() {
    let deployment = fresh().await;
    found(&deployment, "press");
    let (code, report) = examine(&deployment, Some(&"07".repeat(32)));
    assert_eq!((code, check(&report, "secrets").0.as_str()), (Some(1), "wrong"), "another key: {report}");

    let key = folder(&deployment).join("master.key");
    std::fs::set_permissions(&key, Permissions::from_mode(0o644)).unwrap();
    std::fs::set_permissions(folder(&deployment), Permissions::from_mode(0o755)).unwrap();
    let (code, report) = examine(&deployment, None);
    assert_eq!((code, &report["healthy"]), (Some(1), &Value::Bool(false)));
    assert!(check(&report, "master key").1.contains("chmod 600"), "{report}");
    assert!(check(&report, "data folder").1.contains("chmod 700"), "{report}");

    std::fs::remove_file(&key).unwrap();
    let (code, report) = examine(&deployment, None);
    assert_eq!(code, Some(1));
    assert!(check(&report, "master key").1.contains("backup"), "{report}");

    let said = say(&deployment, &["doctor", "--set", "worker.concurency=1"]);
    assert_eq!(said.code, Some(1));
    assert!(said.out.contains("WRONG  settings") && said.out.contains("worker.concurrency"), "{said:?}");
}

#[tokio::test]
async fn a_start_that_fails_says_what_to_do() {
    let deployment = fresh().await;
    found(&deployment, "press");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    say(&deployment, &["serve", "--port", &port]).refused(&["another program has it", "--port 0"]);
    let said = say(&deployment, &["doctor", "--port", &port]);
    assert!(said.code == Some(0) && said.out.contains("listens on"), "{said:?}");

    let serve =
        |key: &str| Said::by(deployment.command(&["serve", "--port", "0"]).env("MASTHEAD_MASTER_KEY", key));
    serve(&"07".repeat(32)).refused(&["does not open", "use the key that it was begun with"]);
    serve("short").refused(&["32 bytes", "openssl rand -base64 32"]);
    std::fs::remove_file(folder(&deployment).join("master.key")).unwrap();
    say(&deployment, &["serve", "--port", "0"]).refused(&["master.key is missing", "MASTHEAD_MASTER_KEY"]);

    let mut command = deployment.command(&["migrate", "--set", "database.acquire_seconds=1"]);
    let refused = Said::by(command.env("DATABASE_URL", "postgres://desk:hunter2@127.0.0.1:1/none"));
    let refused = refused.refused(&["127.0.0.1:1/none", "masthead doctor"]);
    assert!(!refused.err.contains("hunter2"), "{refused:?}");
}
