//! GraphQL over HTTP as the specification has it, and attacks on the request gate from outside.

use std::{fmt::Write as _, time::Duration};

use futures::future::join_all;
use reqwest::{
    Method, RequestBuilder,
    header::{ACCEPT, ALLOW, CONTENT_TYPE, HeaderMap, RETRY_AFTER, WWW_AUTHENTICATE},
};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::support::{
    client::Client,
    engine::{Engine, engines},
    program::{Deployment, Program},
    story::Story,
};

const JSON: &str = "application/json";
const GRAPHQL: &str = "application/graphql-response+json";

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Value,
}

impl Answer {
    /// Sends a request. Whatever comes back: each error has a code, and nothing speaks SQL.
    async fn to(request: RequestBuilder) -> Self {
        let response = request.timeout(Duration::from_mins(3)).send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        for word in ["SELECT ", "INSERT ", "UPDATE ", "sqlx", "SqlxError", "no such table", "relation \\\""] {
            assert!(!text.contains(word), "an answer speaks of the database: {text}");
        }
        let body: Value =
            serde_json::from_str(&text).unwrap_or_else(|_| panic!("{status} without JSON: {text}"));
        for error in body["errors"].as_array().into_iter().flatten() {
            assert!(error["extensions"]["code"].is_string(), "an error without a code: {body}");
        }
        Self { status, headers, body }
    }

    fn code(&self) -> &str {
        self.body["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
    }

    fn header(&self, name: impl reqwest::header::AsHeaderName) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

fn graphql(client: &Client) -> RequestBuilder {
    client.http().post(client.address("/graphql"))
}

async fn ask(client: &Client, query: &str) -> Answer {
    Answer::to(graphql(client).json(&json!({ "query": query }))).await
}

async fn serve(settings: &[&str]) -> (Deployment, Program, Client) {
    let deployment = Deployment::fresh(&Engine::Sqlite).await.with(settings);
    let program = deployment.serve();
    let anonymous = Client::anonymous(program.url());
    (deployment, program, anonymous)
}

/// Small documents that mean large ones.
fn bombs() -> Vec<(&'static str, String)> {
    let mut fragments = "{ viewer { member { ...F0 } } } ".to_owned();
    for level in 0..60 {
        write!(fragments, "fragment F{level} on Member {{ ...F{0} ...F{0} }} ", level + 1).unwrap();
    }
    fragments.push_str("fragment F60 on Member { id }");
    let aliases: String = (0..20_000).fold(String::new(), |mut text, n| {
        write!(text, "a{n}:id ").unwrap();
        text
    });
    let nested = format!(
        "{{ initiatives(first: 1) {{ nodes {{ {} id {} }} }} }}",
        "plan { initiative { ".repeat(10),
        "} }".repeat(10)
    );
    let pages = "{ initiatives(first: 100) { nodes { channels(first: 200) { nodes { initiative { channels(first: 200) { nodes { id } } } } } } } }";
    let roots: String = (0..40).fold(String::new(), |mut text, n| {
        write!(text, "r{n}: viewer {{ member {{ id }} }} ").unwrap();
        text
    });
    vec![
        ("fragments", fragments),
        ("aliases", format!("{{ viewer {{ member {{ {aliases} }} }} }}")),
        ("depth", nested),
        ("braces", "{a".repeat(30_000)),
        ("pages", pages.to_owned()),
        ("roots", format!("{{ {roots} }}")),
        ("directives", format!("{{ viewer {{ member {{ id {} }} }} }}", "@skip(if: false) ".repeat(500))),
    ]
}

#[tokio::test]
async fn bombs_are_refused_while_others_are_answered() {
    let (_deployment, _program, anonymous) = serve(&[]).await;
    let bombs = bombs();
    let thrown = join_all(bombs.iter().cycle().take(bombs.len() * 10).map(|(_, bomb)| ask(&anonymous, bomb)));
    let others = join_all((0..20).map(|_| ask(&anonymous, "{ __typename }")));
    let (thrown, others) = futures::join!(thrown, others);
    for (answer, (name, _)) in thrown.iter().zip(bombs.iter().cycle()) {
        assert_eq!((answer.code(), answer.status), ("QUERY_TOO_COMPLEX", 200), "{name}: {}", answer.body);
        assert!(answer.body.get("data").is_none(), "{name} ran");
        let why = answer.body["errors"][0]["message"].as_str().unwrap();
        assert!(*name != "depth" || why.contains("nests"), "{name}: {why}");
    }
    for answer in others {
        assert_eq!(answer.body["data"]["__typename"], "Query");
    }
}

#[tokio::test]
async fn only_json_by_post_is_taken() {
    let (_deployment, _program, anonymous) = serve(&[]).await;
    let good = json!({ "query": "{ __typename }" }).to_string();
    for method in [Method::GET, Method::PUT, Method::DELETE, Method::PATCH] {
        let request = anonymous.http().request(method, anonymous.address("/graphql?query={__typename}"));
        let answer = Answer::to(request).await;
        assert_eq!((answer.status, answer.header(ALLOW)), (405, "POST, OPTIONS"));
    }
    let kinds = [
        (Some("text/plain"), 415),
        (Some("application/x-www-form-urlencoded"), 415),
        (Some("application/graphql"), 415),
        (None, 415),
        (Some("application/json; charset=utf-8"), 200),
    ];
    for (kind, expected) in kinds {
        let mut request = graphql(&anonymous).body(good.clone());
        if let Some(kind) = kind {
            request = request.header(CONTENT_TYPE, kind);
        }
        assert_eq!(Answer::to(request).await.status, expected, "{kind:?}");
    }
    let deep = format!(
        "{{\"query\":\"{{__typename}}\",\"variables\":{{\"a\":{}{}}}}}",
        "[".repeat(100),
        "]".repeat(100)
    );
    let long = json!({ "query": "{ __typename }", "variables": { "a": "x".repeat(300_000) } }).to_string();
    let bodies = [
        (deep, 400),
        (long, 413),
        (format!("[{good}]"), 400),
        (String::new(), 400),
        ("{\"query\":".to_owned(), 400),
        (json!({}).to_string(), 400),
    ];
    for (body, expected) in bodies {
        let answer = Answer::to(graphql(&anonymous).header(CONTENT_TYPE, JSON).body(body.clone())).await;
        assert_eq!((answer.status, answer.code()), (expected, "BAD_REQUEST"), "{body:.60}");
    }
    assert_eq!(ask(&anonymous, "{ __typename }").await.status, 200, "and goes on");
}

#[tokio::test]
async fn the_answer_is_of_the_type_that_is_asked_for() {
    let (_deployment, _program, anonymous) = serve(&[]).await;
    let table = [
        (None, 200, JSON),
        (Some("*/*"), 200, JSON),
        (Some(JSON), 200, JSON),
        (Some(GRAPHQL), 400, GRAPHQL),
        (Some("application/graphql-response+json, application/json;q=0.9"), 400, GRAPHQL),
        (Some("application/json, application/graphql-response+json;q=0.5"), 200, JSON),
        (Some("text/html, */*;q=0.1"), 200, JSON),
        (Some("text/html"), 406, JSON),
        (Some("application/json;q=0"), 406, JSON),
    ];
    for (accept, status, kind) in table {
        let mut request = graphql(&anonymous).json(&json!({ "query": "{ nothing }" }));
        if let Some(accept) = accept {
            request = request.header(ACCEPT, accept);
        }
        let answer = Answer::to(request).await;
        let got = answer.header(CONTENT_TYPE).split(';').next().unwrap().to_owned();
        assert_eq!((answer.status, got.as_str()), (status, kind), "{accept:?}");
        let code = if status == 406 { "BAD_REQUEST" } else { "GRAPHQL_VALIDATION_FAILED" };
        assert_eq!(answer.code(), code, "{accept:?}");
    }
    let right = graphql(&anonymous).header(ACCEPT, GRAPHQL).json(&json!({ "query": "{ __typename }" }));
    assert_eq!(Answer::to(right).await.status, 200);
}

#[tokio::test]
async fn the_schema_is_told_to_whom_the_settings_say() {
    let introspection = "{ __schema { queryType { name } } }";
    for allowed in [false, true] {
        let (_deployment, _program, anonymous) =
            serve(&[&format!("api.anonymous_introspection={allowed}")]).await;
        let answer = ask(&anonymous, introspection).await;
        assert_eq!(
            answer.body["data"]["__schema"]["queryType"]["name"] == "Query",
            allowed,
            "{}",
            answer.body
        );
        assert_eq!(answer.code(), if allowed { "" } else { "UNAUTHENTICATED" });
        let deep = format!(
            "{{ __schema {{ types {{ {} name {} }} }} }}",
            "fields { type { ".repeat(8),
            "} }".repeat(8)
        );
        assert_eq!(ask(&anonymous, &deep).await.code(), "QUERY_TOO_COMPLEX");
    }
}

#[tokio::test]
async fn credentials_that_are_bad_are_refused_and_not_taken_for_none() {
    let (_deployment, _program, anonymous) = serve(&[]).await;
    for bad in ["Bearer not.a.token", "Bearer mh_unknown", "Basic YTpi", "Bearer ", "mh_unknown"] {
        let request =
            graphql(&anonymous).header("authorization", bad).json(&json!({ "query": "{ __typename }" }));
        let answer = Answer::to(request).await;
        assert_eq!((answer.status, answer.code()), (401, "UNAUTHENTICATED"), "{bad:?}");
        assert!(answer.header(WWW_AUTHENTICATE).starts_with("Bearer"), "{bad:?}");
    }
    let answer = ask(&anonymous, "{ viewer { member { id } } }").await;
    assert_eq!(
        (answer.status, answer.code()),
        (200, "UNAUTHENTICATED"),
        "nobody is asked to sign in by the operation"
    );
}

#[tokio::test]
async fn a_budget_that_is_used_up_says_when_to_come_back() {
    let (_deployment, program, anonymous) = serve(&["api.cost_per_minute=200"]).await;
    let facts = &program.facts;
    let set_up = json!({
        "token": facts["setUpToken"],
        "office": { "name": "Press Office", "slug": "press", "timeZone": "America/Vancouver", "language": "en" },
        "administrator": { "name": "Ada Minh", "email": "ada@example.org", "password": crate::support::story::PASSWORD },
    });
    anonymous.act("setUpOffice", set_up, "office { id }").await;
    let ada = crate::support::story::sign_in(&anonymous, "ada@example.org").await;
    let page = || {
        graphql(&ada)
            .bearer_auth(ada.token())
            .json(&json!({ "query": "{ members(first: 50) { nodes { id } } }" }))
    };
    let mut answer = Answer::to(page()).await;
    assert_eq!((answer.status, answer.header("ratelimit-limit")), (200, "200"), "{}", answer.body);
    for _ in 0..20 {
        if answer.status == 429 {
            break;
        }
        answer = Answer::to(page()).await;
    }
    assert_eq!((answer.status, answer.code()), (429, "RATE_LIMITED"), "{}", answer.body);
    let seconds: u64 = answer.header(RETRY_AFTER).parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert_eq!(answer.body["extensions"]["cost"]["limit"], 200);
    assert_eq!(ask(&anonymous, "{ __typename }").await.status, 200, "others have their own");
}

#[tokio::test]
async fn a_fault_is_masked_and_found_in_the_log() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let db = deployment.connect().await;
        db.execute_unprepared("ALTER TABLE pause RENAME TO elsewhere").await.unwrap();
        let query = json!({ "query": "{ viewer { member { name } } pauses(first: 1) { nodes { id } } }" });
        let request = graphql(&story.author)
            .bearer_auth(story.author.token())
            .header("x-request-id", "fault-7")
            .json(&query);
        let answer = Answer::to(request).await;
        assert_eq!((answer.status, answer.code()), (200, "INTERNAL_SERVER_ERROR"), "{}", answer.body);
        assert_eq!(answer.body["errors"][0]["extensions"]["requestId"], "fault-7");
        assert!(deployment.log().contains("fault-7"), "the cause is in the log");
        db.execute_unprepared("ALTER TABLE elsewhere RENAME TO pause").await.unwrap();
        db.close().await.unwrap();
    }
}
