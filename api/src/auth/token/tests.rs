//! Attacks on access tokens: each is one change to a token that is good.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use migration::{Migrator, MigratorTrait as _};
use office::{Database, Limits, ManualClock, Office, Parts, SystemIds, Vault, signing_keys};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use uuid::Uuid;

use super::TokenIssuer;

const URL: &str = "https://social.example.org";

struct Rig {
    office: Office,
    clock: ManualClock,
    issuer: TokenIssuer,
}

impl Rig {
    async fn open() -> Self {
        let mut options = sea_orm::ConnectOptions::new("sqlite::memory:");
        options.max_connections(1).sqlx_logging(false);
        let database = sea_orm::Database::connect(options).await.unwrap();
        Migrator::up(&database, None).await.unwrap();
        let clock = ManualClock::at("2027-03-01T17:00:00Z".parse().unwrap());
        let office = Office::new(Parts {
            db: Database::new(database.clone(), database),
            clock: Arc::new(clock.clone()),
            ids: Arc::new(SystemIds),
            vault: Vault::new([7; 32]),
            media: Arc::new(object_store::memory::InMemory::new()),
            limits: Limits::default(),
        });
        signing_keys::ensure(&office).await.unwrap();
        Self { issuer: TokenIssuer::new(office.clone(), URL), office, clock }
    }

    fn claims(&self) -> Value {
        let now = self.office.now().timestamp();
        let id = Uuid::from_u128(7);
        json!({
            "iss": URL, "aud": "masthead-api", "sub": id, "office": id, "sid": id,
            "iat": now, "nbf": now, "exp": now + 600,
        })
    }

    /// Signed with our own key, whatever it says.
    async fn signed(&self, claims: &Value) -> String {
        let key = signing_keys::current(&self.office).await.unwrap();
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(key.kid);
        encode(&header, claims, &EncodingKey::from_ed_der(key.pkcs8.expose_secret())).unwrap()
    }

    async fn takes(&self, token: &str) -> bool {
        self.issuer.read(token).await.unwrap().is_some()
    }
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

#[tokio::test]
async fn what_we_issue_is_taken_until_it_ends() {
    let rig = Rig::open().await;
    let (office_id, member_id) = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
    let (token, ends) = rig.issuer.issue(office_id, member_id, Uuid::from_u128(3)).await.unwrap();
    let claims = rig.issuer.read(&token).await.unwrap().unwrap();
    assert_eq!((claims.member_id(), claims.office_id()), (member_id, office_id));
    rig.clock.advance(ends - rig.office.now() + TimeDelta::seconds(super::LEEWAY));
    assert!(!rig.takes(&token).await);
}

#[tokio::test]
async fn each_claim_must_be_there_and_right() {
    let rig = Rig::open().await;
    assert!(rig.takes(&rig.signed(&rig.claims()).await).await);
    for missing in ["iss", "aud", "sub", "exp", "nbf", "office", "sid", "iat"] {
        let mut claims = rig.claims();
        claims.as_object_mut().unwrap().remove(missing);
        assert!(!rig.takes(&rig.signed(&claims).await).await, "without {missing}");
    }
    let now = rig.office.now().timestamp();
    for (name, wrong) in [
        ("iss", json!("https://evil.example.org")),
        ("iss", json!("")),
        ("aud", json!("another-api")),
        ("aud", json!([])),
        ("sub", json!("not an id")),
        ("exp", json!(now - 60)),
        ("exp", json!("never")),
        ("nbf", json!(now + 60)),
    ] {
        let mut claims = rig.claims();
        claims[name] = wrong.clone();
        assert!(!rig.takes(&rig.signed(&claims).await).await, "{name}: {wrong}");
    }
}

#[tokio::test]
async fn the_header_does_not_choose_the_algorithm() {
    let rig = Rig::open().await;
    let known = signing_keys::verifying(&rig.office).await.unwrap().remove(0);
    // The public key, which anyone may read, used as a shared secret.
    for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
        let mut header = Header::new(algorithm);
        header.kid = Some(known.kid.clone());
        let forged = encode(&header, &rig.claims(), &EncodingKey::from_secret(&known.public)).unwrap();
        assert!(!rig.takes(&forged).await, "{algorithm:?}");
    }
    let good = rig.signed(&rig.claims()).await;
    let signature = good.rsplit('.').next().unwrap();
    for none in ["none", "None", "NONE", ""] {
        let header = part(&json!({ "alg": none, "typ": "JWT", "kid": known.kid }));
        for signature in ["", signature] {
            assert!(!rig.takes(&format!("{header}.{}.{signature}", part(&rig.claims()))).await, "{none:?}");
        }
    }
}

#[tokio::test]
async fn a_changed_token_is_refused() {
    let rig = Rig::open().await;
    let good = rig.signed(&rig.claims()).await;
    let parts: Vec<&str> = good.split('.').collect();
    let mut claims = rig.claims();
    claims["sub"] = json!(Uuid::from_u128(8));
    for changed in [
        format!("{}.{}.{}", parts[0], part(&claims), parts[2]),
        format!("{}.{}.", parts[0], parts[1]),
        format!("{}.{}", parts[0], parts[1]),
        format!("{}.{}.{}", parts[0], parts[1], URL_SAFE_NO_PAD.encode([0; 64])),
        format!("{good}."),
        String::new(),
        "..".to_owned(),
    ] {
        assert!(!rig.takes(&changed).await, "{changed:?}");
    }
}

#[tokio::test]
async fn a_stranger_s_key_is_refused_under_a_known_and_an_unknown_name() {
    let (rig, stranger) = (Rig::open().await, Rig::open().await);
    assert!(!rig.takes(&stranger.signed(&rig.claims()).await).await);
    let known = signing_keys::current(&rig.office).await.unwrap().kid;
    let foreign = signing_keys::current(&stranger.office).await.unwrap();
    for kid in [Some(known), None] {
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = kid;
        let key = EncodingKey::from_ed_der(foreign.pkcs8.expose_secret());
        assert!(!rig.takes(&encode(&header, &rig.claims(), &key).unwrap()).await);
    }
}

#[tokio::test]
async fn a_retired_key_verifies_only_while_its_last_tokens_live() {
    let rig = Rig::open().await;
    let old = signing_keys::current(&rig.office).await.unwrap();
    let sign = |claims: Value| {
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(old.kid.clone());
        encode(&header, &claims, &EncodingKey::from_ed_der(old.pkcs8.expose_secret())).unwrap()
    };
    rig.clock.advance(TimeDelta::days(rig.office.limits().signing_key_days + 1));
    signing_keys::ensure(&rig.office).await.unwrap();
    assert_ne!(signing_keys::current(&rig.office).await.unwrap().kid, old.kid);
    assert!(rig.takes(&sign(rig.claims())).await);
    rig.clock.advance(TimeDelta::minutes(rig.office.limits().access_token_minutes + 11));
    assert!(!rig.takes(&sign(rig.claims())).await);
    assert!(rig.takes(&rig.signed(&rig.claims()).await).await);
}
