//! Channels on platforms for which Masthead has no word: in the registry and the directory like any other, told apart by
//! their addresses, and published by hand.

use serde_json::{Value, json};

use crate::support::{
    engine::{Engine, engines},
    program::Deployment,
    story::Story,
};

const CODES: &str = "channel { id } userErrors { field code message }";

async fn refused(story: &Story, handle: &str, url: &str, considered: &[&str]) -> Value {
    let wish = Story::wish("OTHER", handle, url, considered);
    let payload = story.author.attempt("requestChannel", wish, CODES).await;
    assert_eq!(payload["channel"], Value::Null, "{url}");
    payload["userErrors"][0].clone()
}

async fn listed(story: &Story, query: &str) -> Vec<(String, String)> {
    let response = story.anonymous.get(&format!("/directory.json?{query}")).await;
    assert_eq!(response.status().as_u16(), 200, "{query}");
    let document: Value = response.json().await.unwrap();
    let channels = document["channels"].as_array().unwrap();
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    channels
        .iter()
        .map(|one| (word(&one["record"]["platform"]), word(&one["record"]["platformName"])))
        .collect()
}

/// A platform and a name of one are both asked for.
async fn finds_by_name(story: &Story) {
    let asked = "query D($platform: Platform, $name: String) { directory(first: 9, platform: $platform, platformName: $name) \
                 { nodes { platform platformName handle } } }";
    let threads = json!([{ "platform": "OTHER", "platformName": "Threads", "handle": "press" }]);
    for (platform, name, found) in [
        (Value::Null, "Threads", threads.clone()),
        (json!("OTHER"), "threads", threads),
        (json!("FEED"), "threads", json!([])),
        (json!("OTHER"), "twitter", json!([])),
        (Value::Null, "myspace", json!([])),
    ] {
        let answer = story.anonymous.ask(asked, json!({ "platform": platform, "name": name })).await;
        assert_eq!(answer["directory"]["nodes"], found, "{platform} {name}");
    }
}

#[tokio::test]
async fn accounts_on_any_platform_are_registered_listed_and_verified() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let mut known = vec![story.feed.clone()];
        for (handle, url) in [
            ("press", "https://www.tiktok.com/@press?lang=en"),
            ("press", "https://www.threads.net/@press"),
            ("press", "https://whatsapp.com/channel/0029VaAbCdEf"),
            ("talks", "https://radio.example.org/press-office"),
        ] {
            let considered: Vec<&str> = known.iter().map(String::as_str).collect();
            let id = story.channel("OTHER", handle, url, &considered).await;
            story.activate(&id).await;
            known.push(id);
        }
        let considered: Vec<&str> = known.iter().map(String::as_str).collect();
        for (handle, url, field, code) in [
            ("press", "https://m.tiktok.com/@Press", "url", "TAKEN"),
            ("talks2", "https://radio.example.org/press-office/", "url", "TAKEN"),
            ("press", "https://x.com/press", "url", "INVALID"),
            ("press", "https://www.tiktok.com/@presse", "url", "INVALID"),
            ("press", "https://www.tiktok.com/@press/video/7", "url", "INVALID"),
            ("talks3", "https://radio.example.org/press%2Doffice", "url", "TAKEN"),
            ("talks3", "https://radio.example.org/press-office?ref=a", "url", "INVALID"),
            ("talks3", "https://radio.example.org/press-office.rss", "url", "INVALID"),
            ("news", "https://press.example.org/feed/press/news.atom", "url", "INVALID"),
            ("news", "https://social.example/web/@news", "url", "INVALID"),
            ("press", "https://vm.tiktok.com/ZMabc", "url", "INVALID"),
            ("press", "https://bit.ly/press", "url", "INVALID"),
            ("press", "https://www.tiktok.com:8443/@press", "url", "INVALID"),
            ("press", "http://192.168.0.1/press", "url", "INVALID"),
        ] {
            let why = refused(&story, handle, url, &considered).await;
            assert_eq!((&why["code"], &why["field"]), (&json!(code), &json!([field])), "{url}: {why}");
        }
        let why = refused(&story, "press", "https://x.com/press", &considered).await;
        assert!(why["message"].as_str().unwrap().ends_with("let the channel's platform be X"), "{why}");

        let one = |name: &str| vec![("OTHER".to_owned(), name.to_owned())];
        assert_eq!(listed(&story, "platform=tiktok").await, one("TikTok"));
        assert_eq!(listed(&story, "platform=WhatsApp").await, one("WhatsApp"));
        assert_eq!(listed(&story, "platform=radio.example.org").await, one("radio.example.org"));
        assert_eq!(listed(&story, "platform=threads,feed").await.len(), 2);
        assert_eq!(listed(&story, "platform=OTHER").await.len(), 4);
        finds_by_name(&story).await;
        for (url, status) in [
            ("tiktok:press", "OFFICIAL"),
            ("https://tiktok.com/@PRESS", "OFFICIAL"),
            ("threads.com/@press", "OFFICIAL"),
            ("https://whatsapp.com/channel/0029VaAbCdEf", "OFFICIAL"),
            ("https://whatsapp.com/channel/0029vaabcdef", "LOOKS_LIKE"),
            ("radio.example.org/press-office", "OFFICIAL"),
            ("https://www.tiktok.com/@pre55", "LOOKS_LIKE"),
        ] {
            let query = "query V($url: String!) { verify(url: $url) { answer } }";
            let found = story.anonymous.ask(query, json!({ "url": url })).await;
            assert_eq!(found["verify"]["answer"], status, "{url}");
        }
    }
}

#[tokio::test]
async fn only_a_channel_on_the_same_platform_is_one_that_might_serve() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let tiktok = story.channel("OTHER", "press", "https://www.tiktok.com/@press", &[&story.feed]).await;
    let query = "query M($input: ChannelMatchesInput!) { channelMatches(input: $input) { channel { id platformName } samePlatform } }";
    for (url, same) in [
        (json!("https://www.tiktok.com/@clinic"), true),
        (json!("https://www.threads.com/@clinic"), false),
        (Value::Null, true),
    ] {
        let input = json!({ "platform": "OTHER", "url": url, "audience": "Patients" });
        let answer = story.author.ask(query, json!({ "input": input })).await;
        let found = answer["channelMatches"].as_array().unwrap();
        let of = found.iter().find(|one| one["channel"]["id"] == tiktok.as_str()).unwrap();
        assert_eq!((&of["samePlatform"], &of["channel"]["platformName"]), (&json!(same), &json!("TikTok")));
    }
}

#[tokio::test]
async fn a_sheet_names_platforms_as_people_do() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let rest = "Clinic,News,Patients,en,Run by the press office,Weekdays";
    let csv = [
        "platform,handle,url,display_name,purpose,audience,language,bio_line,monitored_hours".to_owned(),
        format!("TikTok,clinic,https://www.tiktok.com/@clinic,{rest}"),
        format!("threads,clinic,https://www.threads.com/@clinic,{rest}"),
        format!("OTHER,clinic,https://radio.example.org/clinic,{rest}"),
        format!("twitter,clinic,https://x.com/clinic,{rest}"),
        format!("Other,clinic,https://m.tiktok.com/@clinic,{rest}"),
        format!("TikTok,clinic2,https://www.threads.com/@clinic2,{rest}"),
        format!("Pinterest account,clinic,https://www.pinterest.ca/clinic,{rest}"),
    ]
    .join("\n");
    let fields = "lines { outcome channel { platform platformName } userErrors { field code } }";
    let told = story.coordinator.act("importChannels", json!({ "csv": csv, "dryRun": false }), fields).await;
    let line = |outcome: &str, platform: &str, name: &str| json!({ "outcome": outcome, "channel": { "platform": platform, "platformName": name }, "userErrors": [] });
    let refused = |field: &str, code: &str| json!({ "outcome": "REFUSED", "channel": null, "userErrors": [{ "field": [field], "code": code }] });
    let expected = json!([
        line("CREATED", "OTHER", "TikTok"),
        line("CREATED", "OTHER", "Threads"),
        line("CREATED", "OTHER", "radio.example.org"),
        line("CREATED", "X", "X"),
        refused("handle", "TAKEN"),
        refused("url", "INVALID"),
        line("CREATED", "OTHER", "Pinterest"),
    ]);
    assert_eq!(told["lines"], expected);
    let again = story.coordinator.act("importChannels", json!({ "csv": csv, "dryRun": false }), fields).await;
    assert_eq!(again["lines"][2], line("KNOWN", "OTHER", "radio.example.org"));

    let list = deployment.run(&["channel", "list"]);
    let channels: Vec<_> =
        list.as_array().unwrap().iter().map(|row| row["channel"].as_str().unwrap()).collect();
    assert!(channels.contains(&"Threads/clinic") && channels.contains(&"radio.example.org/clinic"), "{list}");
    for name in ["Threads/clinic", "threads/clinic", "radio.example.org/clinic"] {
        let told = deployment.command(&["queue", "list", "--channel", name]).output().unwrap();
        assert!(told.status.success(), "{name}: {told:?}");
    }
    let several = deployment.command(&["queue", "list", "--channel", "OTHER/clinic"]).output().unwrap();
    let why = String::from_utf8(several.stderr).unwrap();
    assert!(!several.status.success() && why.contains("several channels are called"), "{why}");
}

#[tokio::test]
async fn what_waits_there_is_held_and_says_that_it_is_published_by_hand() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let tiktok = story.channel("OTHER", "press", "https://www.tiktok.com/@press", &[&story.feed]).await;
    story.activate(&tiktok).await;
    let draft = story.draft("Book a video visit from home.", &[&tiktok]).await;
    story.approve(&draft).await;
    let id = story.schedule_now(&draft).await.remove(0);
    story.post_in(&id, "HELD").await;
    let query = "query P($id: ID!) { explain(id: $id) { gates { kind open opens } } node(id: $id) { ... on Post { nextAct { act } } } }";
    let told = story.author.ask(query, json!({ "id": id })).await;
    assert_eq!(told["node"]["nextAct"]["act"], "CANCEL", "{told}");
    let gates = told["explain"]["gates"].as_array().unwrap();
    let connection = gates.iter().find(|gate| gate["kind"] == "CONNECTION").unwrap();
    assert_eq!(
        (&connection["open"], &connection["opens"]),
        (&json!(false), &json!("publish it by hand and cancel this post"))
    );
}
