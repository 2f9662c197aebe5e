//! `masthead channel`: a channel is connected with a secret or by asking a person, and looked at, from the command line.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::Stdio,
};

use connectors::fake::{Dialect, FakePlatform, SECRET, USERNAME};
use serde_json::{Value, json};

use super::Said;
use crate::{
    platforms::PLATFORMS,
    support::{
        engine::{Engine, engines},
        program::Deployment,
        story::{Story, address},
    },
};

const CHANNEL: &str = "MASTODON/press";

/// An office with a channel that nobody has connected, and the server where it is. No service runs.
async fn office(deployment: &Deployment) -> FakePlatform {
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let url = format!("https://social.example/@{USERNAME}");
    story.channel("MASTODON", USERNAME, &url, &[&story.feed]).await;
    assert_eq!(program.stop(), 0);
    let server = FakePlatform::start(Dialect::Mastodon).await.unwrap();
    server.grant(7_200, "read write");
    server
}

fn ask(deployment: &Deployment, arguments: &[&str]) -> (Option<i32>, Value) {
    let said = Said::by(deployment.command(arguments).arg("--json"));
    let value = if said.out.is_empty() { Value::Null } else { said.json() };
    (said.code, value)
}

fn piped(deployment: &Deployment, arguments: &[&str], input: &str) -> Said {
    let mut command = deployment.command(arguments);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_connects_and_a_test_says_what_works() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let server = office(&deployment).await;
        let base = server.base_url().to_string();
        assert_eq!(ask(&deployment, &["channel", "test", CHANNEL]).0, Some(1), "it has no credential");
        assert_eq!(ask(&deployment, &["channel", "test", "nobody"]).0, Some(2));
        let connect = [
            "channel",
            "connect",
            CHANNEL,
            "--base-url",
            &base,
            "--allow-private-host",
            "--secret-file",
            "-",
        ];
        let said = piped(&deployment, &connect, SECRET);
        assert_eq!(said.code, Some(0), "{said:?}");
        assert!(said.out.contains("HEALTHY") && !said.out.contains(SECRET), "{said:?}");
        let (code, told) = ask(&deployment, &["channel", "test", CHANNEL]);
        assert_eq!(
            (code, &told["credential"], &told["account"]),
            (Some(0), &json!("HEALTHY"), &json!(USERNAME))
        );
        server.refuse_credential(true);
        let (code, told) = ask(&deployment, &["channel", "test", CHANNEL]);
        assert_eq!((code, &told["credential"]), (Some(1), &json!("REJECTED")), "{told}");
        let list = deployment.run(&["channel", "list"]);
        let row = list.as_array().unwrap().iter().find(|row| row["channel"] == CHANNEL).unwrap();
        assert_eq!((&row["state"], &row["credential"]), (&json!("APPROVED"), &json!("REJECTED")));
        assert!(server.applied().is_empty(), "nothing was posted");
        let wrong = piped(&deployment, &["channel", "connect", "FEED/news", "--secret-file", "-"], "x");
        assert_eq!(wrong.code, Some(1), "the office's own page needs no credential: {wrong:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_is_asked_and_the_pasted_address_connects() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let server = office(&deployment).await;
        let base = server.base_url().to_string();
        let app = [
            "channel",
            "set-app",
            "mastodon",
            "--base-url",
            &base,
            "--client-id",
            "desk",
            "--secret-file",
            "-",
        ];
        assert_eq!(piped(&deployment, &app, "hush").code, Some(0));
        let apps = deployment.run(&["channel", "apps"]);
        assert_eq!((&apps[0]["clientId"], &apps[0]["hasSecret"]), (&json!("desk"), &json!(true)));
        assert!(!apps.to_string().contains("hush"));
        let connect = ["channel", "connect", CHANNEL, "--base-url", &base, "--allow-private-host", "--ask"];
        let mut command = deployment.command(&connect);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let url: url::Url = line.trim().parse().unwrap();
        let told = |name: &str| url.query_pairs().find(|(known, _)| known == name).unwrap().1.into_owned();
        server.agree("c0de", &told("code_challenge"));
        let back = format!("{}?code=c0de&state={}\n", told("redirect_uri"), told("state"));
        child.stdin.take().unwrap().write_all(back.as_bytes()).unwrap();
        let rest: Vec<String> = out.lines().map(Result::unwrap).collect();
        assert!(child.wait().unwrap().success(), "{rest:?}");
        assert!(rest.iter().any(|line| line.contains("HEALTHY")), "{rest:?}");
        assert!(rest.iter().any(|line| line.contains("read write")), "{rest:?}");
    }
}

/// An office with a channel on each platform that nobody has connected, and the server where each is. No service runs.
async fn everywhere(deployment: &Deployment) -> Vec<(&'static str, String, FakePlatform)> {
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let (mut considered, mut servers) = (vec![story.feed.clone()], Vec::new());
    for (dialect, platform) in PLATFORMS {
        let server = FakePlatform::start(dialect).await.unwrap();
        let handle = format!("press-{}", platform.to_lowercase());
        server.rename(&handle);
        let considered_now: Vec<&str> = considered.iter().map(String::as_str).collect();
        let channel = story.channel(platform, &handle, &address(platform, &handle), &considered_now).await;
        considered.push(channel);
        servers.push((platform, format!("{platform}/{handle}"), server));
    }
    assert_eq!(program.stop(), 0);
    servers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_platform_is_connected_and_tried_from_the_command_line() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    for (platform, channel, server) in everywhere(&deployment).await {
        let (base, username) = (server.base_url().to_string(), server.settings().username.unwrap());
        let connect = ["channel", "connect", &channel, "--base-url", &base, "--username", &username];
        let connect = [&connect[..], &["--allow-private-host", "--secret-file", "-"]].concat();
        let said = piped(&deployment, &connect, SECRET);
        assert_eq!(said.code, Some(0), "{platform}: {said:?}");
        assert!(said.out.contains("HEALTHY") && !said.out.contains(SECRET), "{platform}: {said:?}");
        server.refuse_credential(true);
        let (code, told) = ask(&deployment, &["channel", "test", &channel]);
        assert_eq!((code, &told["credential"]), (Some(1), &json!("REJECTED")), "{platform}: {told}");
        server.refuse_credential(false);
        let (code, told) = ask(&deployment, &["channel", "test", &channel]);
        assert_eq!((code, &told["credential"]), (Some(0), &json!("HEALTHY")), "{platform}: {told}");
        assert!(server.applied().is_empty(), "{platform}: nothing was posted");
    }
}
