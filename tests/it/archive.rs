//! The whole office as one file, and back: nothing of it forgotten, nothing secret in it, nothing changed by the way, and
//! nothing of it leaving by itself where it was brought to.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use chrono::TimeDelta;
use entity::{OfficeId, channel::Platform, integration::Scope};
use migration::{Migrator, MigratorTrait as _};
use object_store::memory::InMemory;
use office::{
    Database, Limits, ManualClock, Office, Parts, SystemIds, Vault,
    archive::{self, ImportOffice, Imported},
    channels::{self, ConnectChannel, RequestChannel, SetPlatformApp},
    comments::{self, CommentOnDraft},
    corrections::{self, CorrectPost},
    integrations::{self, CreateIntegration},
    media::{self as uploads, CreateUpload},
    queue::{Cause, Proof, SendOutcome},
};
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database as Connector, DatabaseConnection};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{
    desk::{Desk, permit},
    engine::Engine,
};

mod hostile;
mod process;
mod rest;
mod round_trip;
mod schema;

const PHOTO: &[u8] = include_bytes!("../../office/samples/photo.jpg");
const CREDENTIAL: &str = "application-password-of-the-blog";
const APP_SECRET: &str = "secret-of-the-registered-application";
const PASSWORD: &str = "a password for the new place";

/// A deployment without an office.
struct Elsewhere {
    office: Office,
    clock: ManualClock,
    database: DatabaseConnection,
    folder: TempDir,
}

impl Elsewhere {
    async fn open(engine: &Engine) -> Self {
        Self::within(engine, Limits::default()).await
    }

    async fn within(engine: &Engine, limits: Limits) -> Self {
        let folder = TempDir::new().unwrap();
        let file = || format!("sqlite://{}?mode=rwc", folder.path().join("elsewhere.db").display());
        let mut options = ConnectOptions::new(engine.fresh().await.unwrap_or_else(file));
        options.sqlx_logging(false);
        let database = Connector::connect(options).await.unwrap();
        Migrator::up(&database, None).await.unwrap();
        let clock = ManualClock::at("2027-03-01T17:05:00Z".parse().unwrap());
        let office = Office::new(Parts {
            db: Database::new(database.clone(), database.clone()),
            clock: Arc::new(clock.clone()),
            ids: Arc::new(SystemIds),
            vault: Vault::new([9; 32]),
            media: Arc::new(InMemory::new()),
            limits,
        });
        Self { office, clock, database, folder }
    }

    async fn import(&self, file: &Path) -> office::Result<Imported> {
        archive::import(&self.office, order(file)).await
    }
}

fn order(file: &Path) -> ImportOffice {
    ImportOffice {
        file: file.to_owned(),
        slug: None,
        administrator: None,
        password: SecretString::from(PASSWORD),
        dry_run: false,
    }
}

/// An office in which something is in every state that matters.
struct Rich {
    desk: Desk,
    token: SecretString,
    digest: String,
    folder: TempDir,
}

impl Rich {
    async fn open(engine: &Engine) -> Self {
        let desk = Desk::open(engine, 6).await;
        let create = CreateIntegration {
            client_key: None,
            name: "The web site".to_owned(),
            scopes: vec![Scope::OfficeRead],
        };
        let administrator = administrator(&desk).await;
        let (_, token) = integrations::create(&desk.office, &permit(&administrator), create).await.unwrap();
        let app = SetPlatformApp {
            platform: Platform::Linkedin,
            base_url: "https://api.linkedin.com/".to_owned(),
            client_id: "client".to_owned(),
            client_secret: Some(SecretString::from(APP_SECRET)),
        };
        channels::set_app(&desk.office, &permit(&administrator), app).await.unwrap();
        let rich = Self {
            digest: upload(&desk).await,
            token: token.unwrap(),
            folder: TempDir::new().unwrap(),
            desk,
        };
        rich.blog(&administrator).await;
        rich.talk().await;
        rich.queue().await;
        rich
    }

    /// A channel with a credential.
    async fn blog(&self, administrator: &office::Requester) {
        let desk = &self.desk;
        let request = RequestChannel {
            client_key: None,
            initiative_id: None,
            platform: Platform::Wordpress,
            url: "https://blog.example.org/".to_owned(),
            display_name: "Blog".to_owned(),
            handle: "blog.example.org".to_owned(),
            purpose: "Tells at length".to_owned(),
            audience: "Everybody".to_owned(),
            language: "en".to_owned(),
            bio_line: "Run by the communications team".to_owned(),
            monitored_hours: "Weekdays".to_owned(),
            contact: Some("press@example.org".to_owned()),
            signature: None,
            justification: "Longer words".to_owned(),
            considered: desk.channels.clone(),
        };
        let channel = channels::request(&desk.office, &permit(&desk.author), request).await.unwrap();
        let channel =
            channels::approve(&desk.office, &permit(&desk.coordinator), channel.id, None).await.unwrap();
        let connect = ConnectChannel {
            channel_id: channel.id,
            expected_version: channel.version,
            base_url: Some("https://blog.example.org/".to_owned()),
            username: Some("press".to_owned()),
            allow_private_host: false,
            honours_keys: false,
            secret: SecretString::from(CREDENTIAL),
            expires_at: None,
        };
        channels::connect(&desk.office, &permit(administrator), connect).await.unwrap();
    }

    /// Comments, of which an earlier one answers a later one.
    async fn talk(&self) {
        let desk = &self.desk;
        let draft = desk.approved("Words that are talked about.", &desk.channels[..1]).await;
        let mut made = Vec::new();
        for text in ["Is this right?", "It is."] {
            let input = CommentOnDraft {
                client_key: Some(format!("comment {text}")),
                draft_id: draft.id,
                revision: 1,
                part: None,
                span: None,
                text: text.to_owned(),
            };
            made.push(comments::comment(&desk.office, &permit(&desk.author), input).await.unwrap().id);
        }
        let (one, two) = (made.iter().min().unwrap(), made.iter().max().unwrap());
        self.write(&format!(
            "UPDATE draft_comment SET parent_id = {} WHERE id = {}",
            self.id(two.0),
            self.id(one.0)
        ))
        .await;
    }

    /// An id as a literal.
    fn id(&self, id: uuid::Uuid) -> String {
        match self.desk.database.get_database_backend() {
            sea_orm::DatabaseBackend::Sqlite => format!("x'{}'", id.simple()),
            _ => format!("'{id}'"),
        }
    }

    async fn write(&self, sql: &str) {
        self.desk.database.execute_unprepared(sql).await.unwrap();
    }

    /// A post each that is published, unconfirmed, leaving, to be tried again, and waiting.
    async fn queue(&self) {
        let desk = &self.desk;
        let cause =
            || Cause { code: "TIMEOUT".to_owned(), detail: "no answer".to_owned(), http_status: None };
        let proof = Proof {
            remote_id: "1".to_owned(),
            remote_url: Some("https://press.example.org/1".to_owned()),
            published_at: None,
            evidence: "RESPONSE".to_owned(),
        };
        let outcomes = [
            Some(SendOutcome::Delivered(proof)),
            Some(SendOutcome::Unknown(cause())),
            Some(SendOutcome::NotSent(cause(), None)),
            None,
        ];
        let mut posts = Vec::new();
        for (number, outcome) in outcomes.into_iter().enumerate() {
            let draft =
                desk.approved(&format!("Said for the time {number}."), &desk.channels[number..=number]).await;
            posts.push(desk.schedule_now(draft.id).await.remove(0).id);
            let ready = desk.claim_one(1).await;
            if let Some(outcome) = outcome {
                desk.settle(&ready, outcome).await;
            }
        }
        let out = desk.post(posts[0]).await;
        let withdraw =
            CorrectPost { post_id: out.id, expected_version: out.version, reason: "It was wrong".to_owned() };
        corrections::withdraw(&desk.office, &permit(&desk.coordinator), withdraw).await.unwrap();
        let draft = desk.approved("It waits its turn.", &desk.channels[4..]).await;
        desk.schedule_now(draft.id).await;
    }

    fn office_id(&self) -> OfficeId {
        self.desk.author.office_id
    }

    async fn export(&self) -> std::path::PathBuf {
        let file = self.folder.path().join("press.zip");
        let operator = office::Requester::new(self.office_id(), office::Actor::Operator);
        let written = archive::export(&self.desk.office, &operator, &file).await.unwrap();
        assert_eq!((written.media, written.missing_media.len()), (1, 0));
        file
    }
}

async fn administrator(desk: &Desk) -> office::Requester {
    use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
    let found = entity::member::Entity::find().filter(entity::member::Column::Email.eq("ada@example.org"));
    let found = found.one(&desk.database).await.unwrap().unwrap();
    office::members::requester_for(&desk.office, found.id).await.unwrap()
}

async fn upload(desk: &Desk) -> String {
    let create = CreateUpload {
        client_key: None,
        file_name: "photo.jpg".to_owned(),
        byte_size: PHOTO.len().try_into().unwrap(),
    };
    let announced = uploads::create_upload(&desk.office, &permit(&desk.author), create).await.unwrap();
    let token = announced.upload.unwrap().token;
    let row =
        uploads::receive(&desk.office, announced.media.id, &token, PHOTO.to_vec().into()).await.unwrap();
    // One that is announced and not here yet has a token that is still good.
    let create = CreateUpload { client_key: None, file_name: "later.jpg".to_owned(), byte_size: 10 };
    uploads::create_upload(&desk.office, &permit(&desk.author), create).await.unwrap();
    row.sha256.unwrap()
}

/// The files of an archive.
#[derive(Debug, Clone)]
struct Unpacked(BTreeMap<String, Vec<u8>>);

impl Unpacked {
    fn read(file: &Path) -> Self {
        let mut zip = zip::ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
        let mut files = BTreeMap::new();
        for index in 0..zip.len() {
            let mut entry = zip.by_index(index).unwrap();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
            files.insert(entry.name().unwrap().into_owned(), bytes);
        }
        Self(files)
    }

    fn manifest(&self) -> Value {
        serde_json::from_slice(&self.0["manifest.json"]).unwrap()
    }

    fn rows(&self, table: &str) -> Vec<Value> {
        let text = std::str::from_utf8(&self.0[&format!("rows/{table}.jsonl")]).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn tables(&self) -> Vec<String> {
        let name = |file: &String| Some(file.strip_prefix("rows/")?.strip_suffix(".jsonl")?.to_owned());
        self.0.keys().filter_map(name).collect()
    }
}

/// Longer than a worker lets anything be.
const LONG: TimeDelta = TimeDelta::minutes(5);

/// A secret as a text.
fn exposed(secret: &SecretString) -> String {
    secret.expose_secret().to_owned()
}
