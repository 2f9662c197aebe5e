//! The real program: one file of a running office, private and never over another; and an import that is killed in the
//! middle.

use std::{
    collections::BTreeMap, os::unix::fs::PermissionsExt as _, path::Path, process::Command, time::Duration,
};

use sea_orm::{ConnectionTrait as _, Statement, TransactionTrait as _};
use serde_json::Value;

use super::{Unpacked, round_trip::same};
use crate::support::{
    client::{Client, until},
    engine::{Engine, engines},
    program::{Deployment, Program},
    snapshot::everything,
};

type Stored = BTreeMap<String, String>;

/// A demo whose folder is inside the deployment's, so that commands find it.
fn demo(deployment: &Deployment) -> (Program, std::path::PathBuf) {
    let mut command = deployment.command(&["demo", "--port", "0"]);
    command.env("TMPDIR", deployment.folder());
    let program = deployment.launch(command).unwrap();
    let entries = std::fs::read_dir(deployment.folder()).unwrap().map(|entry| entry.unwrap().path());
    let named =
        |path: &std::path::PathBuf| path.file_name().unwrap().to_string_lossy().starts_with("masthead-demo-");
    let folder = entries.filter(|path| path.is_dir()).find(named).unwrap();
    (program, folder)
}

fn export(deployment: &Deployment, data: &Path, office: &str, file: &Path) -> std::process::Output {
    let mut command = Command::new(deployment.command(&[]).get_program());
    command.args(["office", "export", "--json", "--office", office, "--data-dir"]).arg(data).arg(file);
    command.env_remove("DATABASE_URL").output().unwrap()
}

/// The demo's first office, exported while it is served.
async fn archived(deployment: &Deployment) -> (Program, std::path::PathBuf, String) {
    let (program, data) = demo(deployment);
    let client =
        Client::anonymous(program.url()).with_token(program.facts["tokens"]["coordinator"].as_str().unwrap());
    let office = client.ask("{ office { slug } }", Value::Null).await["office"]["slug"].clone();
    let office = office.as_str().unwrap().to_owned();
    let file = deployment.folder().join("office.zip");
    let output = export(deployment, &data, &office, &file);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let again = export(deployment, &data, &office, &file);
    let said = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(!again.status.success() && said.contains("there already"), "{said}");
    (program, file, office)
}

#[tokio::test]
async fn a_running_office_is_carried_to_each_engine_and_its_people_sign_in_there() {
    let from = Deployment::fresh(&Engine::Sqlite).await;
    let (program, file, slug) = archived(&from).await;
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "it holds personal data");
    let left: Vec<_> =
        std::fs::read_dir(from.folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("export")), "{left:?}");
    let before = Unpacked::read(&file);
    assert!(String::from_utf8_lossy(&before.0["README.txt"]).contains("personal data"));
    for engine in engines() {
        let to = Deployment::fresh(&engine).await;
        let path = file.to_str().unwrap();
        let tried = to.run(&["office", "import", path, "--dry-run"]);
        assert_eq!((&tried["dryRun"], &tried["password"]), (&true.into(), &Value::Null));
        assert_eq!(to.run(&["office", "list"]), serde_json::json!([]));
        let done = to.run(&["office", "import", path]);
        assert_eq!(done["slug"], slug.as_str());
        assert_eq!(done["rows"], tried["rows"]);
        let second = to.folder().join("again.zip");
        to.run(&["office", "export", second.to_str().unwrap()]);
        same(&before, &Unpacked::read(&second));
        let served = to.serve();
        let client = Client::anonymous(served.url());
        let sign_in = serde_json::json!({ "email": done["administrator"], "password": done["password"] });
        let session = client.act("signIn", sign_in, "session { accessToken }").await;
        let administrator = client.with_token(session["session"]["accessToken"].as_str().unwrap());
        let chain = administrator.ask("{ auditChain { intact } }", Value::Null).await;
        assert_eq!(chain["auditChain"]["intact"], true, "{chain}");
        let coordinator = program.facts["tokens"]["coordinator"].as_str().unwrap();
        let answer =
            client.with_token(coordinator).try_answer("{ office { slug } }", Value::Null).await.unwrap();
        assert_ne!(
            answer["data"]["office"]["slug"],
            slug.as_str(),
            "a token of elsewhere is none here: {answer}"
        );
        assert_eq!(served.stop(), 0, "{}", to.log_end());
    }
    program.kill();
}

/// Imports until the moment at which `ready` says so, and kills it.
async fn killed(to: &Deployment, file: &Path, ready: impl AsyncFn() -> bool) {
    let mut child = to.command(&["office", "import", file.to_str().unwrap()]).spawn().unwrap();
    until("the import to be in the middle", || async { ready().await.then_some(()) }).await;
    assert!(child.try_wait().unwrap().is_none(), "it was over already");
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Whether nothing of an office changed.
fn same_but_the_deployments(before: &Stored, after: &Stored) -> bool {
    let of_an_office = |name: &&String| *name != "signing_key" && !name.starts_with("sqlite_");
    after.keys().filter(of_an_office).all(|name| before.get(name) == after.get(name))
}

#[tokio::test]
async fn an_import_that_is_killed_in_the_middle_leaves_nothing() {
    let from = Deployment::fresh(&Engine::Sqlite).await;
    let (program, file, _) = archived(&from).await;
    program.kill();
    for engine in engines() {
        let to = Deployment::fresh(&engine).await;
        to.run(&["migrate"]);
        let db = to.connect().await;
        let before = everything(&db).await;
        match &engine {
            // All tables are written but the last three: those need the directory's head, which somebody holds.
            Engine::Postgres(_) => {
                let tx = db.begin().await.unwrap();
                tx.execute_unprepared("SELECT * FROM directory_head FOR UPDATE").await.unwrap();
                let look = to.connect().await;
                let sql = "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
                let waits = async || {
                    let statement = Statement::from_string(look.get_database_backend(), sql);
                    let row = look.query_one_raw(statement).await.unwrap().unwrap();
                    row.try_get::<i64>("", "n").unwrap() > 0
                };
                killed(&to, &file, waits).await;
                tx.rollback().await.unwrap();
                look.close().await.unwrap();
            }
            // Nothing shows where it is: it is killed at one moment after the other.
            Engine::Sqlite => {
                for moment in 1_u64.. {
                    let mut child =
                        to.command(&["office", "import", file.to_str().unwrap()]).spawn().unwrap();
                    tokio::time::sleep(Duration::from_millis(25 * moment)).await;
                    let over = child.try_wait().unwrap().is_some();
                    child.kill().unwrap();
                    child.wait().unwrap();
                    if over || !same_but_the_deployments(&before, &everything(&db).await) {
                        break;
                    }
                }
            }
        }
        if to.run(&["office", "list"]) == serde_json::json!([]) {
            assert!(same_but_the_deployments(&before, &everything(&db).await), "half of an office was kept");
            to.run(&["office", "import", file.to_str().unwrap()]);
        }
        // Whole, or not there: a second export has what the first had.
        let second = to.folder().join("again.zip");
        to.run(&["office", "export", second.to_str().unwrap()]);
        same(&Unpacked::read(&file), &Unpacked::read(&second));
        assert_eq!(to.run(&["office", "list"]).as_array().unwrap().len(), 1);
    }
}
