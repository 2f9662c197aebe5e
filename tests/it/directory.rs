//! The public directory as anybody reads it: every form, its filters, pages and changes, what it shows while a record is
//! edited, and what is left of a channel that is closed.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{
    client::{Client, until},
    engine::{Engine, engines},
    program::{Deployment, Program},
    story::Story,
};

pub(crate) mod forms;
mod serving;
pub(crate) mod signed;

/// An office with the channels `news` (its own feed), `press` (Instagram, French) and `old` (Instagram, closed).
async fn office(engine: &Engine, settings: &[&str]) -> (Deployment, Program, Story) {
    let deployment = Deployment::fresh(engine).await.with(settings);
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let press = story.channel("INSTAGRAM", "press", "https://www.instagram.com/press", &[&story.feed]).await;
    story.activate(&press).await;
    let considered = [story.feed.as_str(), press.as_str()];
    let old =
        story.channel("INSTAGRAM", "old.press", "https://www.instagram.com/old.press", &considered).await;
    story.activate(&old).await;
    story
        .coordinator
        .act(
            "retireChannel",
            json!({ "channelId": old, "page": "KEPT_AS_ARCHIVE", "credentialRevoked": true }),
            "channel { state }",
        )
        .await;
    (deployment, program, story)
}

async fn document(client: &Client, path: &str) -> Value {
    let response = client.get(path).await;
    assert_eq!(response.status().as_u16(), 200, "{path}");
    response.json().await.unwrap()
}

fn handles(document: &Value) -> Vec<&str> {
    let channels = document["channels"].as_array().unwrap();
    channels.iter().map(|channel| channel["record"]["handle"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn filters_choose_and_pages_end() {
    for engine in engines() {
        let (_deployment, _program, story) = office(&engine, &[]).await;
        let anybody = &story.anonymous;
        for (query, expected) in [
            ("", vec!["news", "old.press", "press"]),
            ("?office=press", vec!["news", "old.press", "press"]),
            ("?status=RETIRED", vec!["old.press"]),
            ("?status=ACTIVE,dormant", vec!["news", "press"]),
            ("?platform=FEED", vec!["news"]),
            ("?audience=patients", vec!["news", "old.press", "press"]),
            ("?audience=students", vec![]),
            ("?language=en", vec!["news", "old.press", "press"]),
            ("?language=fr", vec![]),
        ] {
            let all = document(anybody, &format!("/directory.json{query}")).await;
            assert_eq!(handles(&all), expected, "{query}");
            assert!(all.get("next").is_none(), "one page is the last one");
        }
        let mut seen = Vec::new();
        let mut at = "/directory.json?first=2&status=ACTIVE,RETIRED".to_owned();
        loop {
            let page = document(anybody, &at).await;
            seen.extend(handles(&page).into_iter().map(str::to_owned));
            let Some(next) = page["next"].as_str() else { break };
            at = next[next.find("/directory").unwrap()..].to_owned();
        }
        assert_eq!(seen, ["news", "old.press", "press"]);
        for (path, parameter) in [
            ("/directory.json?plattform=X", "plattform"),
            ("/directory.csv?platform=MYSPACE", "platform"),
            ("/directory/press?office=press", "office"),
            ("/directory.json?since=999", "since"),
        ] {
            let refused = anybody.get(path).await;
            assert_eq!(refused.status().as_u16(), 400, "{path}");
            assert_eq!(refused.headers()["content-type"], "application/problem+json");
            let problem: Value = refused.json().await.unwrap();
            assert_eq!(
                (&problem["parameter"], &problem["code"]),
                (&json!(parameter), &json!("BAD_PARAMETER"))
            );
        }
        assert_eq!(anybody.get("/directory/nobody.json").await.status().as_u16(), 404);
    }
}

#[tokio::test]
async fn a_copy_kept_by_cursor_is_the_directory_at_every_step() {
    for engine in engines() {
        let (_deployment, _program, story) = office(&engine, &[]).await;
        let anybody = &story.anonymous;
        let list = document(anybody, "/directory.json").await;
        let cursor = list["cursor"].as_str().unwrap().to_owned();
        let press = list["channels"][2]["channelId"].as_str().unwrap().to_owned();
        let nothing = document(anybody, &format!("/directory.json?since={cursor}")).await;
        assert_eq!((&nothing["changes"], &nothing["cursor"]), (&json!([]), &json!(cursor)));

        let version = "query V($id: ID!) { node(id: $id) { ... on Channel { version recordPending } } }";
        let read = story.author.ask(version, json!({ "id": press })).await;
        let edit = json!({ "channelId": press, "expectedVersion": read["node"]["version"], "purpose": "Pictures of the clinics" });
        story.author.act("updateChannel", edit, "channel { id }").await;
        for path in ["/directory", "/directory.json", "/directory.csv", "/directory/press.jws"] {
            let text = anybody.get(path).await.text().await.unwrap();
            assert!(!text.contains("Pictures of the clinics"), "{path}: what is edited is not public");
        }
        assert_eq!(
            handles(&document(anybody, "/directory.json").await),
            handles(&list),
            "nor does it vanish"
        );
        let read = story.author.ask(version, json!({ "id": press })).await;
        let approve = json!({ "channelId": press, "expectedVersion": read["node"]["version"] });
        story.coordinator.act("approveChannelRecord", approve, "channel { id }").await;
        story
            .author
            .act("restChannel", json!({ "channelId": press, "reason": "Summer" }), "channel { id }")
            .await;
        story.coordinator.act("activateChannel", json!({ "channelId": press }), "channel { id }").await;

        let changes = document(anybody, &format!("/directory/press.json?since={cursor}")).await;
        let kinds: Vec<_> =
            changes["changes"].as_array().unwrap().iter().map(|one| one["kind"].clone()).collect();
        assert_eq!(kinds, ["CHANGED", "DORMANT", "ACTIVE"]);
        assert_eq!(changes["changes"][0]["record"]["purpose"], "Pictures of the clinics");
        assert_eq!(changes["cursor"], changes["changes"][2]["cursor"]);

        let query = "query C($after: String) { directoryChanges(first: 2, after: $after, office: \"press\") { nodes { id kind cursor record { handle } } pageInfo { hasNextPage endCursor } } }";
        let (mut all, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = anybody.ask(query, json!({ "after": after })).await["directoryChanges"].clone();
            all.extend(page["nodes"].as_array().unwrap().clone());
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == json!(false) {
                break;
            }
        }
        let ids: BTreeSet<_> = all.iter().map(|one| one["id"].as_str().unwrap()).collect();
        assert_eq!((ids.len(), all.len()), (7, 7), "three published, one retired, three since");
        let atom = anybody.get("/directory/press.atom").await.text().await.unwrap();
        assert!(ids.iter().all(|id| atom.contains(*id)), "Atom has the same ids");
        let older = anybody.get("/directory.atom?first=2").await.text().await.unwrap();
        assert!(older.contains("rel=\"next\"") && !atom.contains("rel=\"next\""), "{older}");
    }
}

#[tokio::test]
async fn a_closed_channel_stays_listed_with_its_dates() {
    let (_deployment, _program, story) = office(&Engine::Sqlite, &[]).await;
    let query = "{ directory(first: 10, statuses: [RETIRED]) { totalCount nodes { handle status listing officialSince officialUntil } } }";
    let listed = story.anonymous.ask(query, json!({})).await["directory"]["nodes"][0].clone();
    assert_eq!((&listed["handle"], &listed["status"]), (&json!("old.press"), &json!("RETIRED")));
    assert!(
        listed["officialSince"].as_str() <= listed["officialUntil"].as_str()
            && !listed["officialUntil"].is_null()
    );
    let verify = "query V($url: String!) { verify(url: $url) { answer officialUntil } }";
    let url = json!({ "url": "https://instagram.com/old.press" });
    let answer = story.anonymous.ask(verify, url).await["verify"].clone();
    assert_eq!((&answer["answer"], &answer["officialUntil"]), (&json!("RETIRED"), &listed["officialUntil"]));
}

#[tokio::test]
async fn a_client_that_has_it_is_told_so() {
    let (_deployment, _program, story) = office(&Engine::Sqlite, &[]).await;
    let anybody = &story.anonymous;
    for path in
        ["/directory", "/directory.json", "/directory/press.csv", "/directory.atom", "/.well-known/trust.txt"]
    {
        let (etag, modified) = until("a date that is not ahead", || async {
            let headers = anybody.get(path).await.headers().clone();
            Some((headers["etag"].clone(), headers.get("last-modified")?.clone()))
        })
        .await;
        let ask = |name: &'static str, value| {
            let request = anybody.http().get(anybody.address(path)).header(name, value);
            async move { request.send().await.unwrap().status().as_u16() }
        };
        assert_eq!(ask("if-none-match", etag).await, 304, "{path}");
        assert_eq!(ask("if-modified-since", modified.clone()).await, 304, "{path}");
        let head = anybody.http().head(anybody.address(path)).send().await.unwrap();
        assert_eq!(head.status().as_u16(), 200);
        assert_eq!(head.headers()["access-control-allow-origin"], "*");
        // What no record holds moves the date too.
        let version = "{ office { version } }";
        let version = story.administrator.ask(version, json!({})).await["office"]["version"].clone();
        let rename = json!({ "expectedVersion": version, "name": format!("Office {version}") });
        story.administrator.act("updateOffice", rename, "office { id }").await;
        assert_eq!(ask("if-modified-since", modified).await, 200, "{path}");
    }
    let preflight = anybody.http().request(reqwest::Method::OPTIONS, anybody.address("/directory.json"));
    let preflight = preflight.send().await.unwrap();
    assert_eq!(preflight.headers()["access-control-allow-headers"], "if-none-match, if-modified-since");
}

#[tokio::test]
async fn what_looks_like_ours_is_told_apart_and_never_official() {
    let (_deployment, _program, story) = office(&Engine::Sqlite, &[]).await;
    let query = "query V($url: String!) { verify(url: $url) { answer address platform looksLike { reason record { url } } record { url } } }";
    for (url, answer, reason) in [
        ("instagram.com/Press/?hl=fr", "OFFICIAL", Value::Null),
        ("Instagram @press", "OFFICIAL", Value::Null),
        ("https://www.instagram.com/pre55", "LOOKS_LIKE", json!("SAME_LOOK")),
        ("https://www.instagram.com/prеss", "LOOKS_LIKE", json!("SAME_LOOK")),
        ("https://www.instagram.com/pr\u{ad}ess", "LOOKS_LIKE", json!("SAME_LOOK")),
        ("https://www.instagram.com/presss", "LOOKS_LIKE", json!("ONE_LETTER")),
        ("https://www.instagram.com/press.official", "LOOKS_LIKE", json!("EXTRA_WORDS")),
        ("https://www.tiktok.com/@press", "LOOKS_LIKE", json!("SAME_NAME_ELSEWHERE")),
        ("https://www.instagram.com/p/Cabc", "LANDING_PAGE", Value::Null),
        ("https://www.instagram.com", "LANDING_PAGE", Value::Null),
        ("https://www.instagram.com/somebody.else", "UNKNOWN", Value::Null),
        ("@press", "UNKNOWN", Value::Null),
        ("\u{0}", "UNKNOWN", Value::Null),
    ] {
        let found = story.anonymous.ask(query, json!({ "url": url })).await["verify"].clone();
        assert_eq!(
            (&found["answer"], &found["looksLike"]["reason"]),
            (&json!(answer), &reason),
            "{url}: {found}"
        );
        if answer == "LOOKS_LIKE" {
            assert_eq!(found["looksLike"]["record"]["url"], "https://www.instagram.com/press");
            assert!(found["record"].is_null(), "what only looks like ours has no record of ours");
        }
    }
}

#[tokio::test]
async fn the_command_line_shows_what_the_public_sees() {
    let (deployment, program, story) = office(&Engine::Sqlite, &[]).await;
    let run = |arguments: &[&str]| {
        let output = deployment.command(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let port = format!("server.public_url={}", program.url());
    for (format, suffix) in [
        ("json", ".json"),
        ("csv", ".csv"),
        ("opml", ".opml"),
        ("atom", ".atom"),
        ("jsonld", ".jsonld"),
        ("jws", ".jws"),
    ] {
        let arguments = ["directory", "list", "--office", "press", "--format", format, "--set", &port];
        let (code, said) = run(&arguments);
        let served = story.anonymous.get(&format!("/directory/press{suffix}")).await.text().await.unwrap();
        assert_eq!((code, said.trim_end()), (Some(0), served.trim_end()), "{format}");
    }
    let (_, table) = run(&["directory", "list"]);
    assert!(table.contains("old.press") && table.contains("RETIRED"), "{table}");
    assert!(run(&["directory", "changes"]).1.contains("PUBLISHED"));
    assert_eq!(run(&["directory", "verify", "https://instagram.com/press"]).0, Some(0));
    let (code, said) = run(&["directory", "verify", "https://instagram.com/pre55"]);
    assert!(code == Some(1) && said.starts_with("LOOKS_LIKE"), "{said}");
    let (_, csv) = run(&["channel", "list", "--format", "csv"]);
    assert!(csv.starts_with("\"channel\",\"state\"") && csv.contains("\"RETIRED\""), "{csv}");
}

#[tokio::test]
async fn an_address_that_a_channel_had_was_official_until_it_moved() {
    for engine in engines() {
        let (_deployment, _program, story) = office(&engine, &[]).await;
        let all = document(&story.anonymous, "/directory.json").await;
        let id = "{ channels(first: 9) { nodes { id handle version } } }";
        let of = async || {
            let nodes = story.coordinator.ask(id, json!({})).await["channels"]["nodes"].clone();
            nodes
                .as_array()
                .unwrap()
                .iter()
                .find(|one| one["handle"].as_str().unwrap().starts_with("press"))
                .unwrap()
                .clone()
        };
        let before = of().await;
        let moved = json!({ "channelId": before["id"], "expectedVersion": before["version"], "handle": "press.office",
            "url": "https://www.instagram.com/press.office" });
        story.coordinator.act("updateChannel", moved, "channel { id }").await;
        let query = "query V($url: String!) { verify(url: $url) { answer officialSince officialUntil record { url } } }";
        let old = "https://www.instagram.com/press";
        let still = story.anonymous.ask(query, json!({ "url": old })).await["verify"].clone();
        assert_eq!(still["answer"], "OFFICIAL", "the public reads what was approved last");
        let approve = json!({ "channelId": before["id"], "expectedVersion": of().await["version"] });
        story.coordinator.act("approveChannelRecord", approve, "channel { id }").await;
        let was = story.anonymous.ask(query, json!({ "url": old })).await["verify"].clone();
        assert_eq!((&was["answer"], &was["record"]["url"]), (&json!("RETIRED"), &json!(old)), "{was}");
        assert!(was["officialSince"].is_string() && was["officialUntil"].is_string(), "{was}");
        let now = story.anonymous.ask(query, json!({ "url": "instagram.com/press.office" })).await["verify"]
            .clone();
        assert_eq!(now["answer"], "OFFICIAL");
        assert_eq!(
            document(&story.anonymous, "/directory.json").await["channels"].as_array().unwrap().len(),
            all["channels"].as_array().unwrap().len()
        );
    }
}
