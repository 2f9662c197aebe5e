//! Pictures made to fit: what an account does not take as it was uploaded goes out smaller, and is made once.

use std::{
    fs,
    io::Cursor,
    path::{Path, PathBuf},
};

use connectors::fake::{Dialect, FakePlatform};
use image::{ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};

use crate::{
    bluesky::account,
    support::{
        engine::engines,
        program::Deployment,
        story::{Story, content},
    },
};

const QUICK: &[&str] = &["worker.credentials_every_seconds=1", "worker.release_every_seconds=1"];
/// What Bluesky takes.
const MOST: u64 = 2_000_000;

/// A picture of some three million bytes that hardly any other size would do for.
fn noisy() -> Vec<u8> {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    let picture = RgbImage::from_fn(1_200, 900, |_, _| Rgb([next(), next(), next()]));
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}

/// Uploads a picture and gives its id.
async fn uploaded(story: &Story, bytes: &[u8]) -> Value {
    let create = json!({ "fileName": "ward.png", "byteSize": bytes.len() });
    let announced = story.author.act("createUpload", create, "media { id } upload { url }").await;
    let url = announced["upload"]["url"].as_str().unwrap();
    let put = story.author.http().put(url).body(bytes.to_vec()).send().await.unwrap();
    assert_eq!(put.status(), 201);
    announced["media"]["id"].clone()
}

/// A post with this picture, on its way.
async fn scheduled(story: &Story, channel: &str, text: &str, media: &Value) -> String {
    let mut content = content(text, &[channel]);
    content["media"] = json!([{ "mediaId": media, "altText": "The new ward" }]);
    let input = json!({ "initiativeId": story.initiative, "content": content });
    let draft = story.author.act("createDraft", input, "draft { id }").await["draft"]["id"].clone();
    let draft = draft.as_str().unwrap();
    story.approve(draft).await;
    story.schedule_now(draft).await.remove(0)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The stored files: uploads, and what was made of them.
fn stored(deployment: &Deployment) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let made = |path: &PathBuf| path.iter().any(|part| part == "fitted");
    let (made, uploads) = files(&deployment.folder().join("media")).into_iter().partition(made);
    (uploads, made)
}

#[tokio::test]
async fn a_picture_that_is_too_large_goes_out_smaller_and_is_made_once() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let server = FakePlatform::start(Dialect::Bluesky).await.unwrap();
        let channel = account(&story, &server).await;
        let original = noisy();
        assert!(u64::try_from(original.len()).unwrap() > MOST);
        let media = uploaded(&story, &original).await;
        let publish = async |text: &str| {
            let post = scheduled(&story, &channel, text, &media).await;
            story.post_in(&post, "PUBLISHED").await;
            let taken = server.applied().into_iter().find(|taken| taken.text == text).unwrap();
            taken.record.unwrap()["embed"]["images"][0].clone()
        };
        let taken = publish("The new ward opens on Monday.").await;
        let (uploads, made) = stored(&deployment);
        let [made] = made.try_into().unwrap();
        let bytes = fs::read(&made).unwrap();
        assert_eq!(fs::read(&uploads[0]).unwrap(), original, "the upload stays as it came");
        assert!(u64::try_from(bytes.len()).unwrap() <= MOST);
        assert_eq!(
            (&taken["image"]["size"], &taken["image"]["mimeType"]),
            (&json!(bytes.len()), &json!("image/jpeg"))
        );
        assert_eq!(taken["alt"], "The new ward");
        let picture = image::load_from_memory_with_format(&bytes, ImageFormat::Jpeg).unwrap();
        let shape = json!({ "width": picture.width(), "height": picture.height() });
        assert_eq!(taken["aspectRatio"], shape);

        let made_at = || fs::metadata(&made).unwrap().modified().unwrap();
        let first = made_at();
        assert_eq!(publish("Visitors are welcome from nine to five.").await["image"]["size"], bytes.len());
        assert_eq!((made_at(), stored(&deployment).1.len()), (first, 1), "found again");

        fs::write(&made, &bytes[..bytes.len() / 2]).unwrap();
        assert_eq!(publish("A tram stops at the door.").await["image"]["size"], bytes.len());
        assert_eq!(fs::read(&made).unwrap(), bytes, "half a file is made again, the same");
    }
}

#[tokio::test]
async fn a_picture_that_cannot_be_made_to_fit_is_refused_for_good() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let server = FakePlatform::start(Dialect::Bluesky).await.unwrap();
        let channel = account(&story, &server).await;
        let media = uploaded(&story, &noisy()).await;
        // A disk that forgets.
        let (uploads, _) = stored(&deployment);
        fs::write(&uploads[0], vec![0; 3_000_000]).unwrap();
        let post = scheduled(&story, &channel, "The new ward opens on Monday.", &media).await;
        let refused = story.post_in(&post, "REJECTED").await;
        assert_eq!(refused["causeCode"], "MEDIA_DOES_NOT_FIT", "{refused}");
        assert_eq!(refused["attempts"].as_array().unwrap().len(), 1);
        assert!(server.applied().is_empty() && server.uploads().is_empty());
        assert!(stored(&deployment).1.is_empty());
    }
}
