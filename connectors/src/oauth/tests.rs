//! Against a server that answers as it is told and remembers what it was asked.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    task::JoinSet,
};

use super::*;
use crate::HttpLimits;

type Asked = Arc<Mutex<Vec<String>>>;

/// Gives these answers in turn.
async fn server(answers: &[(u16, &str)]) -> (Url, Asked, JoinSet<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    let (asked, answers) =
        (Asked::default(), answers.iter().map(|(s, b)| (*s, (*b).to_owned())).collect::<Vec<_>>());
    let heard = Arc::clone(&asked);
    let mut serving = JoinSet::new();
    serving.spawn(async move {
        for (status, body) in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            while !whole(&request) {
                let mut piece = [0; 4096];
                let read = stream.read(&mut piece).await.unwrap();
                request.extend_from_slice(&piece[..read]);
            }
            heard.lock().unwrap().push(String::from_utf8(request).unwrap());
            let start = format!(
                "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            stream.write_all(format!("{start}{body}").as_bytes()).await.unwrap();
        }
    });
    (url, asked, serving)
}

fn whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((fields, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = fields.lines().find_map(|line| line.strip_prefix("content-length: "));
    length.is_none_or(|length| body.len() >= length.parse::<usize>().unwrap())
}

fn settings(base: &Url) -> ConnectionSettings {
    ConnectionSettings {
        base_url: Some(base.clone()),
        allow_private_hosts: true,
        username: Some("1234".to_owned()),
        ..ConnectionSettings::default()
    }
}

fn app() -> App {
    App { client_id: "masthead app".to_owned(), client_secret: Some(SecretString::from("s3cret")) }
}

fn http() -> Http {
    Http::new(HttpLimits::default()).unwrap()
}

#[test]
fn a_person_is_asked_at_the_platforms_own_place() {
    let redirect: Url = "https://office.example/connect/callback".parse().unwrap();
    // RFC 7636, appendix B.
    let consent = Consent {
        redirect_uri: &redirect,
        state: "st&te",
        verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    };
    let ask = |kind, base: &str| {
        let settings = ConnectionSettings { base_url: base.parse().ok(), ..ConnectionSettings::default() };
        consent_url(kind, &settings, &app(), consent).map(String::from)
    };
    assert_eq!(
        ask(PlatformKind::Mastodon, "https://social.example").unwrap(),
        "https://social.example/oauth/authorize?response_type=code&client_id=masthead+app\
         &redirect_uri=https%3A%2F%2Foffice.example%2Fconnect%2Fcallback\
         &scope=read%3Aaccounts+read%3Astatuses+read%3Anotifications+read%3Asearch+write%3Astatuses+write%3Amedia&state=st%26te\
         &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
    );
    let linkedin = ask(PlatformKind::LinkedIn, "https://api.linkedin.com").unwrap();
    assert!(linkedin.starts_with("https://www.linkedin.com/oauth/v2/authorization?"), "{linkedin}");
    let elsewhere = ask(PlatformKind::LinkedIn, "https://proxy.example").unwrap();
    assert!(elsewhere.starts_with("https://proxy.example/oauth/v2/authorization?"), "{elsewhere}");
    assert!(ask(PlatformKind::WordPress, "https://blog.example").is_err());
}

/// Whoever registers an application must know what to allow it.
#[test]
fn every_scope_that_is_asked_for_is_on_the_platforms_page() {
    let pages = [
        (PlatformKind::Mastodon, include_str!("../../../docs/channels/mastodon.md")),
        (PlatformKind::Facebook, include_str!("../../../docs/channels/facebook.md")),
        (PlatformKind::LinkedIn, include_str!("../../../docs/channels/linkedin.md")),
        (PlatformKind::X, include_str!("../../../docs/channels/x.md")),
        (PlatformKind::YouTube, include_str!("../../../docs/channels/youtube.md")),
    ];
    for kind in PlatformKind::ALL {
        let page = pages.iter().find(|(of, _)| *of == kind).map(|(_, page)| page);
        assert_eq!(page.is_some(), offers(kind), "{kind}");
        for scope in Provider::of(kind).into_iter().flat_map(|provider| provider.scopes) {
            assert!(page.unwrap().contains(&format!("`{scope}`")), "{kind}: {scope}");
        }
    }
}

#[tokio::test]
async fn a_code_becomes_a_credential_with_its_verifier() {
    let answer = r#"{"access_token":"at","refresh_token":"rt","expires_in":7200,"scope":"read write:media"}"#;
    let (base, asked, _serving) = server(&[(200, answer)]).await;
    let redirect: Url = "https://office.example/cb".parse().unwrap();
    let (code, verifier) = (SecretString::from("c0de"), SecretString::from("ver"));
    let exchange = Exchange::Code { code: &code, verifier: &verifier, redirect_uri: &redirect };
    let given = grant(PlatformKind::Mastodon, &settings(&base), &app(), exchange, &http()).await.unwrap();
    assert_eq!(given.lifetime, Some(Duration::from_hours(2)));
    assert_eq!(given.missing_scopes, ["write:statuses"]);
    let asked = asked.lock().unwrap().join("");
    for part in ["POST /oauth/token", "code=c0de", "code_verifier=ver", "client_secret=s3cret"] {
        assert!(asked.contains(part), "{part}: {asked}");
    }
    assert!(!format!("{given:?}").contains("rt\""), "a secret is shown");
}

#[tokio::test]
async fn how_long_it_is_good_is_read_as_careless_servers_write_it() {
    let rows = [
        ("3600", Some(3_600)),
        (r#""3600""#, Some(3_600)),
        ("0", None),
        ("-1", None),
        (r#""soon""#, None),
        ("1e308", None),
        ("9223372036854775807", None),
    ];
    for (written, seconds) in rows {
        let answer = format!(r#"{{"access_token":"at","refresh_token":"","expires_in":{written}}}"#);
        let (base, _asked, _serving) = server(&[(200, &answer)]).await;
        let token = SecretString::from("rt");
        let exchange = Exchange::Refresh(&token);
        let given = grant(PlatformKind::Mastodon, &settings(&base), &app(), exchange, &http()).await.unwrap();
        assert_eq!(given.lifetime, seconds.map(Duration::from_secs), "{written}");
        assert!(given.refresh.is_none(), "an empty token is none");
    }
}

#[tokio::test]
async fn what_a_refusal_means() {
    let denied = |code: &str| matches!(code, "GRANT_INVALID" | "ACCESS_DENIED" | "HTTP_400" | "FORBIDDEN");
    let rows = [
        (400, r#"{"error":"invalid_grant"}"#, "GRANT_INVALID"),
        (400, r#"{"error":{"code":190}}"#, "GRANT_INVALID"),
        (400, r#"{"error":"access_denied"}"#, "ACCESS_DENIED"),
        (403, r#"{"error":"something new"}"#, "FORBIDDEN"),
        (400, "not json", "HTTP_400"),
        (401, r#"{"error":"invalid_client"}"#, "APP_REJECTED"),
        (400, r#"{"error":"invalid_scope"}"#, "SCOPE_REFUSED"),
        (400, r#"{"error":"redirect_uri_mismatch"}"#, "REDIRECT_UNKNOWN"),
        (400, r#"{"error":"invalid_request"}"#, "REQUEST_REFUSED"),
        (400, r#"{"error":"temporarily_unavailable"}"#, "UNAVAILABLE"),
        (429, r#"{"error":"invalid_request"}"#, "RATE_LIMITED"),
        (500, r#"{"error":"invalid_grant"}"#, "HTTP_500"),
        (502, "<html>", "HTTP_502"),
        (200, "<html>", "GARBAGE_ANSWER"),
        (200, r#"{"access_token":""}"#, "GARBAGE_ANSWER"),
        (200, r#"{"access_token":"a\r\nX-Evil: 1"}"#, "GARBAGE_ANSWER"),
    ];
    for (status, body, expected) in rows {
        let (base, _asked, _serving) = server(&[(status, body)]).await;
        let token = SecretString::from("rt");
        let exchange = Exchange::Refresh(&token);
        let failure =
            grant(PlatformKind::Mastodon, &settings(&base), &app(), exchange, &http()).await.unwrap_err();
        match failure {
            GrantFailure::Denied(cause) => {
                assert!(cause.code == expected && denied(expected), "{body} {cause}");
            }
            GrantFailure::AppRejected(cause) => {
                assert!(cause.code == expected && !denied(expected), "{body} {cause}");
            }
            GrantFailure::Unreachable { cause, .. } => {
                assert_eq!(cause.code, expected, "{body}");
                assert!(!denied(expected), "a blip is not a revocation: {body}");
            }
            GrantFailure::Settings(cause) => panic!("{cause}"),
        }
    }
}

#[tokio::test]
async fn facebook_gives_the_pages_own_token_by_way_of_a_long_lived_one() {
    let answers = [
        (200, r#"{"access_token":"short","token_type":"bearer","expires_in":5000}"#),
        (200, r#"{"access_token":"long","token_type":"bearer","expires_in":5000000}"#),
        (200, r#"{"id":"1234","access_token":"page"}"#),
    ];
    let (base, asked, _serving) = server(&answers).await;
    let redirect: Url = "https://office.example/cb".parse().unwrap();
    let (code, verifier) = (SecretString::from("c0de"), SecretString::from("ver"));
    let exchange = Exchange::Code { code: &code, verifier: &verifier, redirect_uri: &redirect };
    let given = grant(PlatformKind::Facebook, &settings(&base), &app(), exchange, &http()).await.unwrap();
    assert_eq!((given.lifetime, secrecy::ExposeSecret::expose_secret(&given.access)), (None, "page"));
    let asked = asked.lock().unwrap();
    assert!(asked[1].contains("fb_exchange_token=short"), "{}", asked[1]);
    assert!(asked[2].starts_with("GET /v26.0/1234?fields=access_token"), "{}", asked[2]);
    assert!(asked[2].to_lowercase().contains("authorization: bearer long"), "{}", asked[2]);
}

#[tokio::test]
async fn a_person_without_a_role_on_the_page_is_told_so() {
    let answers = [
        (200, r#"{"access_token":"short"}"#),
        (200, r#"{"access_token":"long"}"#),
        (200, r#"{"id":"1234"}"#),
    ];
    let (base, _asked, _serving) = server(&answers).await;
    let redirect: Url = "https://office.example/cb".parse().unwrap();
    let (code, verifier) = (SecretString::from("c0de"), SecretString::from("ver"));
    let exchange = Exchange::Code { code: &code, verifier: &verifier, redirect_uri: &redirect };
    let failure =
        grant(PlatformKind::Facebook, &settings(&base), &app(), exchange, &http()).await.unwrap_err();
    assert!(
        matches!(&failure, GrantFailure::Denied(cause) if cause.code == "PAGE_ROLE_MISSING"),
        "{failure:?}"
    );
}
