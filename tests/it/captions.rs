//! Captions of films, from their upload to whoever does not hear the film: read by the rules, bound to the approval, sent along.

use connectors::fake::{Dialect, FakePlatform, SECRET};
use serde_json::{Value, json};

use crate::support::{
    client::until,
    engine::engines,
    program::Deployment,
    story::{Story, address, content},
};

const FILM: &[u8] = include_bytes!("../../office/samples/film.mp4");
const QUICK: &[&str] = &["worker.credentials_every_seconds=1", "worker.release_every_seconds=1"];

const SUBRIP: &str = "1\r\n00:00:00,000 --> 00:00:01,000\r\nA door opens.\r\n\r\n2\r\n00:00:01,000 --> 00:00:02,000\r\n<i>Come in &\r\nsit down.</i>\r\n";
const WEBVTT: &str =
    "WEBVTT\n\nNOTE not before Monday\n\n00:00.000 --> 00:01.000 align:start\n<v Anne>Une porte s'ouvre.\n";
const ENGLISH: &str = "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nA door opens.\n\n00:00:01.000 --> 00:00:02.000\n<i>Come in &amp;\nsit down.</i>\n";
const FRENCH: &str = "WEBVTT\n\n00:00:00.000 --> 00:00:01.000 align:start\n<v Anne>Une porte s'ouvre.\n";
/// A number that is spoken over two cues.
const NUMBER: &str = "1\n00:00:00,000 --> 00:00:01,000\nCall Jane at home on 604 555\n\n2\n00:00:01,000 --> 00:00:02,000\n0142 tonight.\n";

const MEDIA: &str = "revision { digest media { captions { language label media { mediaType captionWords stripped misnamed } } } }";

/// Sends a file; what was answered, and the item's id.
async fn sent(story: &Story, name: &str, bytes: &[u8]) -> (u16, Value, Value) {
    let create = json!({ "fileName": name, "byteSize": bytes.len() });
    let announced = story.author.act("createUpload", create, "media { id } upload { url }").await;
    let put = story.author.http().put(announced["upload"]["url"].as_str().unwrap()).body(bytes.to_vec());
    let answer = put.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap(), announced["media"]["id"].clone())
}

async fn uploaded(story: &Story, name: &str, bytes: &[u8]) -> Value {
    let (status, answer, id) = sent(story, name, bytes).await;
    assert_eq!(status, 201, "{answer}");
    id
}

/// A draft's content with this film and these captions.
fn with_film(channels: &[&str], film: &Value, captions: &Value) -> Value {
    let mut content = content("A film about video visits.", channels);
    content["media"] =
        json!([{ "mediaId": film, "altText": "A door opens", "showsPeople": false, "captions": captions }]);
    content
}

async fn created(story: &Story, content: &Value) -> String {
    let input = json!({ "initiativeId": story.initiative, "content": content });
    let payload = story.author.act("createDraft", input, "draft { id }").await;
    payload["draft"]["id"].as_str().unwrap().to_owned()
}

async fn revised(story: &Story, draft: &str, content: &Value) {
    let version = story.look(draft, "version").await;
    let input = json!({ "draftId": draft, "expectedVersion": version, "content": content });
    story.author.act("reviseDraft", input, "draft { id }").await;
}

async fn account(
    story: &Story,
    dialect: Dialect,
    platform: &str,
    considered: &[&str],
) -> (FakePlatform, String) {
    let server = FakePlatform::start(dialect).await.unwrap();
    let handle = format!("films-{}", platform.to_lowercase());
    server.rename(&handle);
    let url = address(platform, &handle);
    let channel = story.channel(platform, &handle, &url, considered).await;
    let username = server.settings().username.unwrap();
    story.connect(&channel, server.base_url().as_str(), &username, SECRET).await;
    story.activate(&channel).await;
    let read =
        "query C($id: ID!) { node(id: $id) { ... on Channel { profile { abilities { captions } } } } }";
    let can = until("the account to be looked at", || async {
        let read = story.coordinator.ask(read, json!({ "id": channel })).await;
        Some(read["node"]["profile"]["abilities"]["captions"].clone()).filter(|can| !can.is_null())
    })
    .await;
    assert_eq!(can, platform == "YOUTUBE");
    (server, channel)
}

#[tokio::test]
async fn captions_are_approved_with_their_film_and_arrive_with_it() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let (server, channel) = account(&story, Dialect::YouTube, "YOUTUBE", &[&story.feed]).await;
        let film = uploaded(&story, "door.mp4", FILM).await;
        let english = uploaded(&story, "door.en.srt", SUBRIP.as_bytes()).await;
        let french = uploaded(&story, "door.fr.vtt", WEBVTT.as_bytes()).await;
        let channels = [channel.as_str(), story.feed.as_str()];
        let one = json!([{ "mediaId": english, "language": "en", "label": "English" }]);
        let draft = created(&story, &with_film(&channels, &film, &one)).await;
        story.approve(&draft).await;
        let approved = story.look(&draft, MEDIA).await;
        let words = json!("A door opens.\nCome in & sit down.");
        assert_eq!(
            approved["media"][0]["captions"],
            json!([{ "language": "en", "label": "English", "media":
                { "mediaType": "text/vtt", "captionWords": words, "stripped": [], "misnamed": false } }])
        );

        let two = json!([{ "mediaId": english, "language": "en", "label": "English" },
            { "mediaId": french, "language": "fr-CA" }]);
        revised(&story, &draft, &with_film(&channels, &film, &two)).await;
        assert_eq!(story.look(&draft, "state").await, "DRAFT", "other captions were not approved");
        let changed = story.look(&draft, MEDIA).await;
        assert_ne!(changed["digest"], approved["digest"]);
        let french = &changed["media"][0]["captions"][1]["media"];
        assert_eq!(french["captionWords"], "Anne: Une porte s'ouvre.");
        assert_eq!(french["stripped"], json!(["DESCRIPTION"]), "the note stays behind");

        story.approve(&draft).await;
        for post in story.schedule_now(&draft).await {
            story.post_in(&post, "PUBLISHED").await;
        }
        let taken: Vec<_> =
            server.captions().into_iter().map(|one| (one.language, one.label, one.file)).collect();
        let expected = [("en", Some("English"), ENGLISH), ("fr-CA", None, FRENCH)]
            .map(|(language, label, file)| (language.to_owned(), label.map(str::to_owned), file.to_owned()));
        assert_eq!(taken, expected);
        assert_eq!(server.applied().len(), 1);
        on_the_office_s_own_page(&story).await;
    }
}

async fn on_the_office_s_own_page(story: &Story) {
    let page = story.anonymous.get("/feed/press/news").await.text().await.unwrap();
    let (_, track) = page.split_once("<track kind=\"captions\" src=\"../..").unwrap();
    let (at, rest) = track.split_once('"').unwrap();
    assert!(rest.starts_with(" srclang=\"en\" label=\"English\">"), "{rest}");
    let (_, film) = page.split_once("<video src=\"../..").unwrap();
    let film = story.anonymous.get(film.split_once('"').unwrap().0).await;
    assert_eq!(film.headers()["content-type"], "video/mp4");
    let captions = story.anonymous.get(at).await;
    assert_eq!(captions.headers()["content-type"], "text/vtt");
    assert_eq!(captions.text().await.unwrap(), ENGLISH);
}

#[tokio::test]
async fn what_is_said_in_a_film_is_checked_like_what_is_written() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let film = uploaded(&story, "door.mp4", FILM).await;
        let number = uploaded(&story, "door.srt", NUMBER.as_bytes()).await;
        let captions = json!([{ "mediaId": number, "language": "en" }]);
        let draft = created(&story, &with_film(&[&story.feed], &film, &captions)).await;
        let found =
            story.look(&draft, "findings { rule severity target span { utf16Start utf16End } }").await;
        let phone = found.as_array().unwrap().iter().find(|found| found["rule"] == "CC1b.phone");
        let phone = phone.unwrap_or_else(|| panic!("{found}"));
        assert_eq!(
            (&phone["severity"], &phone["target"]),
            (&json!("BLOCK"), &json!("media[0].captions[en]"))
        );
        let at = |name: &str| usize::try_from(phone["span"][name].as_u64().unwrap()).unwrap();
        let words = "Call Jane at home on 604 555 0142 tonight.";
        assert_eq!(&words[at("utf16Start")..at("utf16End")], "604 555 0142");
        let submit = json!({ "draftId": draft, "expectedVersion": 1 });
        let refused = story.author.attempt("submitDraft", submit, "draft { state }").await;
        assert_eq!(refused["userErrors"][0]["code"], "GUIDELINE_FINDINGS", "{refused}");
        let clean = uploaded(&story, "door.vtt", ENGLISH.as_bytes()).await;
        let label = "Call Jane at home on 604 555 0142 tonight.";
        let captions = json!([{ "mediaId": clean, "language": "en", "label": label }]);
        let draft = created(&story, &with_film(&[&story.feed], &film, &captions)).await;
        let found = story.look(&draft, "findings { rule target }").await;
        let told = json!({ "rule": "CC1b.phone", "target": "media[0].captions[en].label" });
        assert!(found.as_array().unwrap().contains(&told), "{found}");
    }
}

#[tokio::test]
async fn captions_that_cannot_be_used_are_refused_with_the_reason() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(&["limits.caption_bytes=400"]);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let long = format!("{SUBRIP}\r\n{}", "x".repeat(400));
        let rows = [
            ("WEBVTT\n\n00:02.000 --> 00:01.000\nHi\n", "line 3 of the captions: the cue does not end"),
            (long.as_str(), "belongs to no cue"),
            (&format!("{}{}", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "x".repeat(400)), "at most 400"),
        ];
        for (file, why) in rows {
            let (status, answer, _) = sent(&story, "door.vtt", file.as_bytes()).await;
            assert!(status == 400 && answer["message"].as_str().unwrap().contains(why), "{answer}");
        }
        let film = uploaded(&story, "door.mp4", FILM).await;
        let english = uploaded(&story, "door.srt", SUBRIP.as_bytes()).await;
        let caption = |media: &Value, language: &str| json!({ "mediaId": media, "language": language });
        let rows = [
            (json!([caption(&film, "en")]), "captions.0.mediaId"),
            (json!([caption(&english, "english")]), "captions.0.language"),
            (json!([caption(&english, "en"), caption(&english, "EN")]), "captions.1.language"),
        ];
        for (captions, field) in rows {
            let content = with_film(&[&story.feed], &film, &captions);
            let input = json!({ "initiativeId": story.initiative, "content": content });
            let refused = story.author.attempt("createDraft", input, "draft { id }").await;
            let told = refused["userErrors"][0]["field"].to_string();
            assert!(told.contains(&field.rsplit('.').next().unwrap().to_owned()), "{field}: {refused}");
        }
        let mut content = content("No film.", &[&story.feed]);
        content["media"] = json!([{ "mediaId": english, "altText": "Words" }]);
        let input = json!({ "initiativeId": story.initiative, "content": content });
        let refused = story.author.attempt("createDraft", input, "draft { id }").await;
        assert_eq!(refused["userErrors"][0]["code"], "INVALID", "{refused}");
    }
}

#[tokio::test]
async fn an_author_is_told_beforehand_where_captions_do_not_arrive() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let (server, channel) = account(&story, Dialect::Mastodon, "MASTODON", &[&story.feed]).await;
        let film = uploaded(&story, "door.mp4", FILM).await;
        let english = uploaded(&story, "door.srt", SUBRIP.as_bytes()).await;
        let captions = json!([{ "mediaId": english, "language": "en" }]);
        let ask = "query W($draft: ID!) { scheduleWarnings(draftId: $draft, when: { now: true }) { kind channel { id } } }";
        let draft = created(&story, &with_film(&[&channel, &story.feed], &film, &json!([]))).await;
        let lost = async |draft: &str| {
            let told = story.author.ask(ask, json!({ "draft": draft })).await["scheduleWarnings"].clone();
            let told = told.as_array().unwrap().clone();
            told.into_iter().filter(|told| told["kind"] == "CAPTIONS_LOST").collect::<Vec<_>>()
        };
        assert_eq!(lost(&draft).await, Vec::<Value>::new());
        revised(&story, &draft, &with_film(&[&channel, &story.feed], &film, &captions)).await;
        assert_eq!(lost(&draft).await, [json!({ "kind": "CAPTIONS_LOST", "channel": { "id": channel } })]);
        story.approve(&draft).await;
        for post in story.schedule_now(&draft).await {
            story.post_in(&post, "PUBLISHED").await;
        }
        assert_eq!((server.applied().len(), server.captions().len()), (1, 0), "it goes out all the same");
    }
}
