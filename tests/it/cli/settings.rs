//! `masthead config`: where values come from, what is not shown, what is refused.

use super::{Said, folder, fresh, say};

#[tokio::test]
async fn settings_are_shown_with_their_sources_and_without_secrets() {
    let deployment = fresh().await;
    std::fs::write(folder(&deployment).join("masthead.toml"), "[worker]\nconcurrency = 3\n").unwrap();
    let print = |more: &[&str]| {
        let mut command = deployment.command(&[&["config", "print", "--set", "api.depth=9"], more].concat());
        command.env("PORT", "4711").env("MASTHEAD_MASTER_KEY", "07".repeat(32));
        Said::by(command.env("DATABASE_URL", "postgres://desk:hunter2@db.example/masthead?password=hunter3"))
            .well()
    };
    let (text, json) = (print(&[]), print(&["--json"]));
    for said in [&text, &json] {
        assert!(!said.out.contains("hunter") && !said.out.contains("0707"), "{}", said.out);
        assert_eq!(said.err, "");
    }
    let all = json.json();
    for (key, value, source) in [
        ("api.depth", "9", "flag --set"),
        ("server.port", "4711", "environment PORT"),
        ("worker.concurrency", "3", "masthead.toml"),
        ("worker.backstop_seconds", "30", "default"),
        ("secrets.master_key", "not shown", "environment MASTHEAD_MASTER_KEY"),
        ("database.url", "db.example/masthead", "environment DATABASE_URL"),
    ] {
        let (shown, from) = (all[key]["value"].to_string(), all[key]["source"].as_str().unwrap());
        assert!(shown.contains(value) && from.contains(source), "{key}: {shown} from {from}");
        let name = key.split('.').next_back().unwrap();
        let line =
            text.out.lines().find(|line| line.starts_with(&format!("{name} = ")) && line.contains(source));
        assert!(line.is_some_and(|line| line.contains(value)), "{key} in\n{}", text.out);
    }
}

#[tokio::test]
async fn a_setting_that_nobody_knows_is_refused_with_the_nearest_that_is_known() {
    let deployment = fresh().await;
    assert_eq!(say(&deployment, &["config", "check"]).well().out, "the settings fit\n");
    assert_eq!(deployment.run(&["config", "check"])["fit"], true);
    say(&deployment, &["config", "check", "--set", "server.prot=1"]).refused(&[
        "server.prot",
        "did you mean server.port?",
        "masthead config check",
    ]);
    let mut command = deployment.command(&["config", "check"]);
    Said::by(command.env("MASTHEAD__WORKER__CONCURENCY", "2"))
        .refused(&["MASTHEAD__WORKER__CONCURENCY", "did you mean worker.concurrency?"]);
    std::fs::write(folder(&deployment).join("masthead.toml"), "[limits]\nlease_second = 200\n").unwrap();
    say(&deployment, &["config", "check"]).refused(&["masthead.toml", "did you mean limits.lease_seconds?"]);
}

#[tokio::test]
async fn every_problem_of_the_settings_is_said_at_once_and_nothing_starts() {
    let deployment = fresh().await;
    let wrong =
        ["serve", "--set", "worker.concurrency=0", "--set", "server.port=70000", "--set", "nonsense.x=1"];
    say(&deployment, &wrong).refused(&["worker.concurrency", "server.port", "nonsense.x"]);
    assert!(!deployment.sqlite().unwrap().exists());
    let said = say(&deployment, &["serve", "--set", "secrets.master_key=x"]);
    assert_eq!(said.code, Some(2), "a secret is no flag: {said:?}");
    say(&deployment, &["config", "check", "--config", "/nowhere.toml"])
        .refused(&["/nowhere.toml", "cannot be read"]);
}
