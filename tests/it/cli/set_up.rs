//! The first start: the printed link, the page that it opens, the printed command, and that each works only once.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};

use super::{found, fresh, say};
use crate::support::{client::Client, program::Deployment};

/// A service that speaks to people; killed when dropped.
struct Speaker {
    child: Child,
    words: String,
}

impl Speaker {
    fn start(deployment: &Deployment) -> Self {
        let mut command = deployment.command(&["serve", "--port", "0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let mut words = String::new();
        for line in lines {
            words.push_str(&line);
            words.push('\n');
            if line.starts_with("Ctrl+C") {
                break;
            }
        }
        Self { child, words }
    }

    /// The first indented line that begins so.
    fn line(&self, start: &str) -> Option<&str> {
        self.words.lines().map(str::trim).find(|line| line.starts_with(start))
    }
}

impl Drop for Speaker {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn set_up(token: &Value, slug: &str) -> Value {
    json!({
        "token": token,
        "office": { "name": "Press", "slug": slug, "timeZone": "UTC", "language": "en" },
        "administrator": { "name": "Ada", "email": "ada@example.org", "password": "correct horse battery" },
    })
}

#[tokio::test]
async fn the_link_opens_a_page_until_there_is_a_member() {
    let deployment = fresh().await;
    let program = deployment.serve();
    let token = &program.facts["setUpToken"];
    let link = format!("{}/set-up#{}", program.url(), token.as_str().unwrap());
    assert_eq!(program.facts["setUp"], link);
    let client = Client::anonymous(program.url());
    assert!(client.get("/").await.text().await.unwrap().contains("no office here yet"));
    let page = client.get("/set-up").await;
    assert_eq!(page.status(), 200);
    assert_eq!(page.headers()["cache-control"], "no-store");
    assert_eq!(page.headers()["referrer-policy"], "no-referrer");
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert!(policy.contains("script-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
    let page = page.text().await.unwrap();
    assert!(page.contains("<form") && page.contains("masthead serve"));
    assert!(!page.contains("src=") && !page.contains("https://"), "nothing comes from elsewhere");

    let wrong = client.attempt("setUpOffice", set_up(&json!("mhs_wrong"), "press"), "").await;
    assert_eq!(wrong["userErrors"][0]["field"], json!(["token"]), "{wrong}");
    let misnamed = client.attempt("setUpOffice", set_up(token, "Not A Slug"), "").await;
    assert_eq!(
        misnamed["userErrors"][0]["field"],
        json!(["office", "slug"]),
        "the link is still good: {misnamed}"
    );
    client.act("setUpOffice", set_up(token, "press"), "").await;

    let again = client.attempt("setUpOffice", set_up(token, "press-2"), "").await;
    assert_eq!(again["userErrors"][0]["code"], "BAD_CREDENTIALS", "{again}");
    let message = again["userErrors"][0]["message"].as_str().unwrap();
    assert!(message.contains("masthead serve") && message.contains("masthead office create"), "{message}");
    let page = client.get("/set-up").await.text().await.unwrap();
    assert!(
        page.contains("set up already") && !page.contains("<form") && !page.contains("<script"),
        "{page}"
    );
    assert!(!client.get("/").await.text().await.unwrap().contains("no office here yet"));
    assert!(!deployment.log().contains(token.as_str().unwrap()), "the token is in no log");
}

#[tokio::test]
async fn the_printed_command_works_as_pasted_and_a_restart_ends_older_links() {
    let deployment = fresh().await;
    let older = Speaker::start(&deployment);
    let link = older.line("http://127.0.0.1").unwrap();
    let stale = json!(link.split_once('#').unwrap().1);
    assert!(older.words.find(link) < older.words.find("curl "), "the link comes first");
    drop(older);
    let speaker = Speaker::start(&deployment);
    let base = speaker.line("http://127.0.0.1").unwrap().split_once("/set-up#").unwrap().0;
    let client = Client::anonymous(base);
    let refused = client.attempt("setUpOffice", set_up(&stale, "press"), "").await;
    assert_eq!(refused["userErrors"][0]["code"], "BAD_CREDENTIALS", "{refused}");

    let curl = speaker.line("curl ").unwrap();
    let output = Command::new("bash").args(["-c", curl]).output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["data"]["setUpOffice"]["userErrors"], json!([]), "{answer}");
    drop(speaker);
    let quiet = Speaker::start(&deployment);
    assert!(quiet.line("curl ").is_none() && !quiet.words.contains("set-up"), "{}", quiet.words);
}

#[tokio::test]
async fn an_office_from_the_command_line_closes_the_set_up_too() {
    let deployment = fresh().await;
    let program = deployment.serve();
    found(&deployment, "press");
    let client = Client::anonymous(program.url());
    let late = client.attempt("setUpOffice", set_up(&program.facts["setUpToken"], "late"), "").await;
    assert_eq!(late["userErrors"][0]["code"], "BAD_CREDENTIALS", "{late}");
    assert!(say(&deployment, &["office", "list"]).well().out.lines().count() == 2);
}
