//! Uploads: what a file tells beside what it shows is taken out before it is stored, and what cannot be read through is
//! not stored at all.

use entity::{
    audit_entry, media,
    media::{MediaState, MetadataKind},
};
use office::{
    OfficeError, Result, media as uploads,
    media::{CreateUpload, Upload},
    sha256_hex,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;

use crate::support::{
    desk::{Desk, permit},
    engine::engines,
    program::Deployment,
    story::Story,
};

const PHOTO: &[u8] = include_bytes!("../../office/samples/photo.jpg");
const PLAIN: &[u8] = include_bytes!("../../office/samples/plain.png");
const DRONE: &[u8] = include_bytes!("../../office/samples/drone.mp4");

async fn announce(desk: &Desk, file_name: &str, bytes: &[u8]) -> (media::Model, Upload) {
    let create = CreateUpload {
        client_key: None,
        file_name: file_name.to_owned(),
        byte_size: bytes.len().try_into().unwrap(),
    };
    let announced = uploads::create_upload(&desk.office, &permit(&desk.author), create).await.unwrap();
    (announced.media, announced.upload.unwrap())
}

async fn send(desk: &Desk, file_name: &str, bytes: &[u8]) -> Result<media::Model> {
    let (row, upload) = announce(desk, file_name, bytes).await;
    uploads::receive(&desk.office, row.id, &upload.token, bytes.to_vec().into()).await
}

fn tells(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|part| part == what)
}

#[tokio::test]
async fn a_photo_is_stored_without_what_it_tells() {
    for engine in engines() {
        let desk = Desk::open(&engine, 0).await;
        let row = send(&desk, "photo.jpg", PHOTO).await.unwrap();
        let sha256 = row.sha256.clone().unwrap();
        let stored = uploads::bytes(&desk.office, row.office_id, &sha256).await.unwrap();
        assert!(tells(PHOTO, b"SECRET") && !tells(&stored, b"SECRET"));
        assert!(tells(&stored, b"ICC_PROFILE"));
        assert_eq!((sha256, row.byte_size), (sha256_hex(&stored), i64::try_from(stored.len()).unwrap()));
        assert_eq!((row.width, row.height), (Some(24), Some(16)));
        let kinds = row.stripped.unwrap().0;
        for kind in [MetadataKind::Position, MetadataKind::Camera, MetadataKind::Xmp, MetadataKind::Iptc] {
            assert!(kinds.contains(&kind), "{kind:?} was not said");
        }
        let entry = audit_entry::Entity::find()
            .filter(audit_entry::Column::Action.eq("receiveUpload"))
            .one(&desk.database)
            .await
            .unwrap()
            .unwrap();
        assert!(entry.detail.contains("POSITION") && !entry.detail.contains("SECRET"));
    }
}

#[tokio::test]
async fn a_file_that_tells_nothing_is_stored_as_it_is() {
    for engine in engines() {
        let desk = Desk::open(&engine, 0).await;
        let row = send(&desk, "plain.jpg", PLAIN).await.unwrap();
        assert_eq!(row.sha256, Some(sha256_hex(PLAIN)));
        assert_eq!(row.stripped.map(|kinds| kinds.0), Some(Vec::new()));
        assert!(uploads::misnamed(&row.file_name, &row.media_type), "a PNG is no .jpg");
    }
}

/// A PNG of a few bytes that claims to be so large.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = PLAIN.to_vec();
    let head = [b"IHDR".as_slice(), &width.to_be_bytes(), &height.to_be_bytes(), &PLAIN[24..29]].concat();
    bytes.splice(12..29, head.clone());
    bytes.splice(29..33, crc32(&head).to_be_bytes());
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_and_not_stored() {
    for engine in engines() {
        let desk = Desk::open(&engine, 0).await;
        let cases = [
            ("bomb.png", png(20_000, 20_000), "at most 100000000"),
            ("half.png", PLAIN[..PLAIN.len() / 2].to_vec(), "damaged or ends early"),
            ("drone.mp4", DRONE.to_vec(), "a track of data"),
            ("text.png", b"no picture at all".to_vec(), "the content is none of"),
        ];
        for (name, bytes, said) in cases {
            let (row, upload) = announce(&desk, name, &bytes).await;
            let sent = uploads::receive(&desk.office, row.id, &upload.token, bytes.clone().into()).await;
            let Err(OfficeError::Refused(refusal)) = sent else { panic!("{name} was taken") };
            assert!(refusal.message.contains(said), "{name}: {}", refusal.message);
            let row = media::Entity::find_by_id(row.id).one(&desk.database).await.unwrap().unwrap();
            assert_eq!((row.state, row.sha256), (MediaState::Pending, None), "{name}");
        }
        assert!(send(&desk, "large.png", &png(10_000, 10_000)).await.is_ok(), "the limit itself is allowed");
    }
}

#[tokio::test]
async fn clients_see_what_was_taken_out() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let create = json!({ "fileName": "photo.png", "byteSize": PHOTO.len() });
        let announced =
            story.author.act("createUpload", create, "media { id stripped misnamed } upload { url }").await;
        assert_eq!(announced["media"]["stripped"], json!(null));
        assert_eq!(announced["media"]["misnamed"], json!(false));
        let url = announced["upload"]["url"].as_str().unwrap();
        let put = story.author.http().put(url).body(PHOTO.to_vec()).send().await.unwrap();
        assert_eq!(put.status(), 201);
        let ask = "query ($id: ID!) { node(id: $id) { ... on Media { mediaType stripped misnamed } } }";
        let answer = story.author.ask(ask, json!({ "id": announced["media"]["id"] })).await;
        let media = &answer["node"];
        assert_eq!((&media["mediaType"], &media["misnamed"]), (&json!("image/jpeg"), &json!(true)));
        let stripped = media["stripped"].as_array().unwrap();
        assert!(stripped.contains(&json!("POSITION")) && stripped.contains(&json!("MAKER_NOTE")));
    }
}

/// One box of a film.
fn boxed(name: [u8; 4], content: &[u8]) -> Vec<u8> {
    [&u32::try_from(content.len() + 8).unwrap().to_be_bytes(), name.as_slice(), content].concat()
}

#[tokio::test]
async fn a_film_that_is_larger_than_a_picture_may_be_arrives_and_is_read_back_as_it_was_cleaned() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(&["limits.upload_bytes=100000"]);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let upload = async |name: &str, bytes: Vec<u8>| {
            let create = json!({ "fileName": name, "byteSize": bytes.len() });
            let announced = story.author.act("createUpload", create, "media { id } upload { url }").await;
            let url = announced["upload"]["url"].as_str().unwrap();
            let put = story.author.http().put(url).body(bytes).send().await.unwrap();
            (put.status().as_u16(), put.json::<serde_json::Value>().await.unwrap())
        };
        let film = include_bytes!("../../office/samples/film.mp4");
        let clean = uploads::metadata::strip("video/mp4", &film.as_slice().into()).unwrap().bytes;
        let large =
            [clean.as_ref(), &boxed(*b"mdat", &vec![7; 3_000_000]), &boxed(*b"free", b"SECRET")].concat();
        let (status, told) = upload("film.mp4", large.clone()).await;
        assert_eq!(
            (status, &told["mediaType"], &told["byteSize"]),
            (201, &json!("video/mp4"), &json!(large.len())),
            "{told}"
        );
        let folder = deployment.folder().join("media");
        let stored = walk(&folder).into_iter().map(|file| std::fs::read(file).unwrap()).collect::<Vec<_>>();
        assert_eq!(stored.len(), 1, "nothing half done lies about");
        assert!(!tells(&stored[0], b"SECRET") && stored[0].len() == large.len());
        let (status, told) = upload("photo.jpg", [PHOTO, &vec![0; 200_000]].concat()).await;
        assert_eq!(status, 400);
        assert!(told["message"].as_str().unwrap().contains("only a film"), "{told}");
        let (status, told) = upload("half.mp4", large[..1_000_000].to_vec()).await;
        assert_eq!(status, 400);
        assert!(told["message"].as_str().unwrap().contains("damaged"), "{told}");
    }
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
