//! `masthead office`, `member` and `token`, and that a running service follows them at once.

use std::{io::Write as _, process::Stdio};

use serde_json::{Value, json};

use super::{Said, folder, found, fresh, say};
use crate::support::{client::Client, program::Deployment};

/// The sign-in's token, if it was let in.
async fn sign_in(client: &Client, email: &str, password: &str) -> Option<String> {
    let input = json!({ "email": email, "password": password });
    let payload = client.attempt("signIn", input, "session { accessToken }").await;
    payload["session"]["accessToken"].as_str().map(str::to_owned)
}

#[tokio::test]
async fn offices_are_founded_and_listed() {
    let deployment = fresh().await;
    assert_eq!(deployment.run(&["office", "list"]), json!([]));
    say(&deployment, &["member", "list"]).refused(&["no office yet", "masthead office create"]);
    let founded = found(&deployment, "press");
    assert_eq!((&founded["slug"], &founded["administrator"]), (&json!("press"), &json!("ada@press.example")));
    assert!(founded["password"].as_str().unwrap().len() > 12, "{founded}");
    let list = deployment.run(&["office", "list"]);
    let press =
        json!({ "slug": "press", "name": "Press Office", "timeZone": "America/Vancouver", "language": "en" });
    assert_eq!(list, json!([press]));
    let table = say(&deployment, &["office", "list"]).well();
    assert!(table.out.starts_with("SLUG") && table.out.contains("press  Press Office"), "{table:?}");
    let again = [
        "office",
        "create",
        "--name",
        "P",
        "--slug",
        "press",
        "--administrator",
        "A",
        "--email",
        "a@b.example",
    ];
    say(&deployment, &[&again[..], &["--time-zone", "UTC"]].concat()).refused(&["has this slug"]);
    say(&deployment, &[&again[..], &["--time-zone", "Mars/Base"]].concat())
        .refused(&["Mars/Base", "America/Vancouver"]);
    found(&deployment, "north");
    say(&deployment, &["member", "list"]).refused(&["2 offices", "--office SLUG", "masthead office list"]);
    let members = deployment.run(&["member", "list", "--office", "north"]);
    assert_eq!(members[0]["email"], "ada@north.example");
    say(&deployment, &["member", "list", "--office", "south"]).refused(&["`south`", "masthead office list"]);
}

/// The password goes in by standard input, and is not shown again.
fn set_password(deployment: &Deployment, email: &str, password: &str) -> Said {
    let mut command = deployment.command(&["member", "set-password", email, "--password-file", "-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(format!("{password}\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

#[tokio::test]
async fn people_come_change_and_go() {
    let deployment = fresh().await;
    found(&deployment, "press");
    let program = deployment.serve();
    let client = Client::anonymous(program.url());
    let add = ["member", "add", "max@press.example", "--name", "Max Ng", "--roles", "member,coordinator"];
    let added = deployment.run(&add);
    assert_eq!(added["roles"], json!(["MEMBER", "COORDINATOR"]));
    let made = added["password"].as_str().unwrap();
    assert!(sign_in(&client, "max@press.example", made).await.is_some(), "the printed password works");
    say(&deployment, &add).refused(&["e-mail address already"]);

    set_password(&deployment, "max@press.example", "too short")
        .refused(&["max@press.example", "at least 12"]);
    let set = set_password(&deployment, "MAX@press.example", "correct horse battery").well();
    assert!(
        set.out.is_empty() && set.err.contains("set the password"),
        "a known password is not printed: {set:?}"
    );
    assert!(sign_in(&client, "max@press.example", made).await.is_none());
    let token = sign_in(&client, "max@press.example", "correct horse battery").await.unwrap();
    let max = client.with_token(&token);

    let demoted = &["member", "set-roles", "max@press.example", "project-manager"];
    say(&deployment, demoted).refused(&["last coordinator"]);
    deployment.run(&["member", "set-roles", "ada@press.example", "administrator", "coordinator"]);
    let changed = deployment.run(demoted);
    assert_eq!(changed["roles"], json!(["PROJECT_MANAGER"]));
    assert!(changed["password"].is_null());
    let viewer = max.ask("{ viewer { member { roles } } }", json!({})).await;
    assert_eq!(viewer["viewer"]["member"]["roles"], json!(["PROJECT_MANAGER"]), "at once");

    assert_eq!(deployment.run(&["member", "depart", "max@press.example"])["state"], "DEPARTED");
    let refused = max.answer("{ viewer { member { roles } } }", json!({})).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{refused}");
    assert!(sign_in(&client, "max@press.example", "correct horse battery").await.is_none());
    let list = deployment.run(&["member", "list"]);
    let states: Vec<&Value> = list.as_array().unwrap().iter().map(|member| &member["state"]).collect();
    assert_eq!(states, ["ACTIVE", "DEPARTED"]);
    say(&deployment, &["member", "depart", "ada@press.example"]).refused(&["last administrator"]);
    say(&deployment, &["member", "depart", "who@press.example"]).refused(&["masthead member list"]);
}

#[tokio::test]
async fn what_is_shown_once_is_alone_on_standard_output() {
    let deployment = fresh().await;
    found(&deployment, "press");
    for arguments in [
        &["member", "add", "max@press.example", "--name", "Max"][..],
        &["member", "set-password", "max@press.example"],
        &["token", "create", "Web site", "--scopes", "directory:read"],
    ] {
        let said = say(&deployment, arguments).well();
        assert_eq!(said.out.lines().count(), 1, "{said:?}");
        assert!(said.out.trim().len() > 32 && !said.out.contains(' '), "{said:?}");
        assert!(said.err.contains("shown once"), "{said:?}");
    }
    say(&deployment, &["member", "set-password", "max@press.example", "--password-file", "/nowhere"])
        .refused(&["/nowhere"]);
    let empty = folder(&deployment).join("empty");
    std::fs::write(&empty, "\n").unwrap();
    say(
        &deployment,
        &["member", "set-password", "max@press.example", "--password-file", empty.to_str().unwrap()],
    )
    .refused(&["empty", "leave --password-file out"]);
}

#[tokio::test]
async fn a_token_works_until_it_is_revoked() {
    let deployment = fresh().await;
    found(&deployment, "press");
    let program = deployment.serve();
    let made = deployment.run(&["token", "create", "Web site", "--scopes", "directory:read,office:read"]);
    let (id, token) = (made["id"].as_str().unwrap(), made["token"].as_str().unwrap());
    let client = Client::anonymous(program.url()).with_token(token);
    let office =
        client.ask("{ viewer { office { slug } } channels(first: 1) { totalCount } }", json!({})).await;
    assert_eq!(office["viewer"]["office"]["slug"], "press");
    let list = deployment.run(&["token", "list"]);
    assert_eq!((&list[0]["id"], &list[0]["scopes"]), (&json!(id), &json!(["directory:read", "office:read"])));
    assert!(!list.to_string().contains(token), "a list shows no token");
    assert!(list[0]["revokedAt"].is_null());

    assert!(deployment.run(&["token", "revoke", id])["revokedAt"].is_string());
    let body = json!({ "query": "{ viewer { office { slug } } }" });
    let post = client.http().post(client.address("/graphql")).bearer_auth(token).json(&body);
    let answer = post.send().await.unwrap();
    assert_eq!(answer.status(), 401, "revoked at once");
    let none = "00000000-0000-7000-8000-000000000000";
    say(&deployment, &["token", "revoke", none]).refused(&["masthead token list"]);
    let said = say(&deployment, &["token", "create", "X", "--scopes", "everything"]);
    assert!(said.code == Some(2) && said.err.contains("directory:read"), "{said:?}");
}
