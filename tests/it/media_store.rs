//! Media in a bucket that many machines share, against a store that knows one key. `make test` starts one; where none is named,
//! there is nothing to test.

use connectors::fake::{Dialect, FakePlatform, SECRET, USERNAME};
use serde_json::{Value, json};

use crate::support::{engine::engines, program::Deployment, story::Story};

const PHOTO: &[u8] = include_bytes!("../../office/samples/photo.jpg");

#[expect(clippy::disallowed_methods, reason = "tests are told of servers by the environment")]
fn told(name: &str) -> Option<String> {
    std::env::vars().find(|(known, _)| *known == format!("S3_TEST_{name}")).map(|(_, value)| value)
}

/// The settings of the store, with this key; none where no store runs.
fn settings(folder: &str, key: Option<&str>) -> Option<String> {
    let (endpoint, bucket, secret) = (told("ENDPOINT")?, told("BUCKET")?, told("SECRET_KEY")?);
    let key = key.map_or_else(|| told("ACCESS_KEY"), |key| Some(key.to_owned()))?;
    Some(format!(
        "[media]\nurl = \"s3://{bucket}/{folder}\"\nendpoint = \"{endpoint}\"\naccess_key = \"{key}\"\n\
         secret_key = \"{secret}\"\nallow_http = true\n"
    ))
}

async fn deployment(engine: &crate::support::engine::Engine, settings: &str) -> Deployment {
    let deployment = Deployment::fresh(engine).await;
    std::fs::create_dir_all(deployment.folder()).unwrap();
    std::fs::write(deployment.folder().join("masthead.toml"), settings).unwrap();
    deployment
}

/// What it says of the media store, whatever else it finds.
fn doctor(deployment: &Deployment) -> Value {
    let output = deployment.command(&["doctor", "--json"]).output().unwrap();
    let facts: Value = serde_json::from_slice(&output.stdout).unwrap();
    let checks = facts["checks"].as_array().unwrap();
    checks.iter().find(|check| check["name"] == "media store").unwrap().clone()
}

#[tokio::test]
async fn a_picture_goes_from_the_bucket_to_the_platform_with_its_alternative_text() {
    for engine in engines() {
        let Some(settings) = settings("pictures", None) else { return };
        let deployment = deployment(&engine, &settings).await;
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let server = FakePlatform::start(Dialect::Mastodon).await.unwrap();
        let url = format!("https://social.example/@{USERNAME}");
        let channel = story.channel("MASTODON", USERNAME, &url, &[&story.feed]).await;
        story.connect(&channel, server.base_url().as_str(), USERNAME, SECRET).await;
        story.activate(&channel).await;
        let create = json!({ "fileName": "photo.jpg", "byteSize": PHOTO.len() });
        let announced = story.author.act("createUpload", create, "media { id } upload { url }").await;
        let at = announced["upload"]["url"].as_str().unwrap();
        let put = story.author.http().put(at).body(PHOTO.to_vec()).send().await.unwrap();
        assert_eq!(put.status(), 201, "{}", deployment.log_end());
        let mut content = crate::support::story::content("The clinic opens at nine.", &[&channel]);
        content["media"] = json!([{ "mediaId": announced["media"]["id"], "altText": "An open door" }]);
        let input = json!({ "initiativeId": story.initiative, "content": content });
        let draft = story.author.act("createDraft", input, "draft { id }").await["draft"]["id"].clone();
        let draft = draft.as_str().unwrap();
        story.approve(draft).await;
        let post = story.schedule_now(draft).await.remove(0);
        story.post_in(&post, "PUBLISHED").await;
        let [taken] = server.uploads().try_into().unwrap();
        assert_eq!(taken.alt_text.as_deref(), Some("An open door"));
        assert!(!deployment.folder().join("media").exists(), "nothing of it is on this machine");
    }
}

#[tokio::test]
async fn doctor_tells_a_store_that_works_from_one_that_refuses_the_key() {
    let engine = engines().into_iter().next().unwrap();
    let (Some(right), Some(wrong)) = (settings("doctor", None), settings("doctor", Some("nobodys"))) else {
        return;
    };
    let good = deployment(&engine, &right).await;
    assert_eq!(doctor(&good)["status"], "ok");
    let bad = deployment(&engine, &wrong).await;
    let check = doctor(&bad);
    assert_eq!(check["status"], "wrong", "{check}");
    assert!(!check.to_string().contains("nobodys"), "the key is not shown: {check}");
}
