//! Link checks against a small server on 127.0.0.1 that says what it was asked.

use std::{
    collections::VecDeque,
    io,
    net::IpAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinSet,
};

use super::*;

/// Answers by the path, and writes down what was asked.
struct Site {
    base: String,
    asked: Arc<Mutex<Vec<String>>>,
    _serving: JoinSet<()>,
}

impl Site {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let mut serving = JoinSet::new();
        let notes = Arc::clone(&asked);
        serving.spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                let notes = Arc::clone(&notes);
                open.spawn(async move {
                    let mut head = Vec::new();
                    while !head.ends_with(b"\r\n\r\n") {
                        let Ok(byte) = stream.read_u8().await else { return };
                        head.push(byte);
                    }
                    let head = String::from_utf8(head).unwrap();
                    let mut words = head.split(' ');
                    let (method, path) = (words.next().unwrap(), words.next().unwrap());
                    let answer = answer(method, path);
                    notes.lock().unwrap().push(head);
                    match answer {
                        Some(answer) => drop(stream.write_all(answer.as_bytes()).await),
                        None => std::future::pending().await,
                    }
                });
            }
        });
        Self { base, asked, _serving: serving }
    }

    async fn probe(&self, path: &str) -> LinkFound {
        probe().probe(&format!("{}{path}", self.base)).await
    }

    /// Method and path of each request since the last time.
    fn asked(&self) -> Vec<String> {
        let heads: Vec<String> = self.asked.lock().unwrap().drain(..).collect();
        heads.iter().map(|head| head.split(" HTTP").next().unwrap().to_owned()).collect()
    }
}

/// `/status/404` answers so; `/to/X` redirects to `X`; `/get/404` and `/head/404` answer so to one method only.
fn answer(method: &str, path: &str) -> Option<String> {
    let line = |status: &str, more: &str| {
        Some(format!("HTTP/1.1 {status} Answer\r\n{more}Connection: close\r\nContent-Length: 0\r\n\r\n"))
    };
    let (kind, rest) = path.trim_start_matches('/').split_once('/')?;
    match kind {
        "status" => line(rest.split('?').next()?, ""),
        "to" => line("302", &format!("Location: {rest}\r\n")),
        "no-head" if method == "HEAD" => line(rest, ""),
        "no-head" => line("206", ""),
        "loop" => line("301", &format!("Location: /loop/{rest}x\r\n")),
        "huge" => {
            Some(format!("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{}", "x".repeat(1_000)))
        }
        _ => None,
    }
}

fn limits() -> HttpLimits {
    HttpLimits { connect: Duration::from_secs(5), total: Duration::from_secs(5), ..HttpLimits::default() }
}

fn probe() -> LinkProbe {
    LinkProbe::with_loopback(&limits(), &["intranet.example.org".to_owned()]).unwrap()
}

/// A probe whose resolver says this, in this order.
fn probe_told(answers: Vec<io::Result<Vec<&str>>>) -> LinkProbe {
    let parse = |found: Vec<&str>| found.into_iter().map(|ip| ip.parse::<IpAddr>().unwrap()).collect();
    let answers: VecDeque<_> = answers.into_iter().map(|answer| answer.map(parse)).collect();
    LinkProbe::build(&limits(), Reachable::with_loopback(&[]), Names::Said(Mutex::new(answers))).unwrap()
}

fn alive(status: u16) -> LinkFound {
    LinkFound::Alive { status, redirected_to: None }
}

#[tokio::test]
async fn each_status_is_read_without_crying_wolf() {
    let site = Site::open().await;
    let unreachable = |status| LinkFound::Unreachable { status: Some(status) };
    for status in [200, 204, 304] {
        assert_eq!(site.probe(&format!("/status/{status}")).await, alive(status));
    }
    for status in [404, 410] {
        assert_eq!(site.probe(&format!("/status/{status}")).await, LinkFound::Dead { status });
    }
    for status in [400, 401, 403, 405, 408, 418, 429, 451, 500, 502, 503, 504] {
        assert_eq!(site.probe(&format!("/status/{status}")).await, unreachable(status));
    }
}

#[tokio::test]
async fn a_server_that_knows_no_head_is_asked_for_one_byte() {
    let site = Site::open().await;
    for status in [404, 405, 501] {
        let path = format!("/no-head/{status}");
        assert_eq!(site.probe(&path).await, alive(206));
        assert_eq!(site.asked(), [format!("HEAD {path}"), format!("GET {path}")]);
    }
    assert_eq!(site.probe("/status/416").await, alive(416));
    let last = site.asked.lock().unwrap().last().cloned().unwrap().to_lowercase();
    assert!(last.contains("range: bytes=0-0") && last.contains("user-agent: masthead/"), "{last}");
    assert!(!last.contains("referer") && !last.contains("cookie"));
}

#[tokio::test]
async fn redirects_are_followed_by_hand_and_not_for_ever() {
    let site = Site::open().await;
    let found = site.probe("/to//status/200?visitor=7#x").await;
    let end = format!("{}/status/200", site.base).parse().unwrap();
    assert_eq!(found, LinkFound::Alive { status: 200, redirected_to: Some(end) });
    site.asked();
    assert_eq!(site.probe("/loop/").await, LinkFound::Unreachable { status: Some(301) });
    assert_eq!(site.asked().len(), 6);
}

#[tokio::test]
async fn a_redirect_into_a_private_network_is_not_followed() {
    let site = Site::open().await;
    for to in [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://printer.local/",
        "http://intranet.example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
    ] {
        assert_eq!(site.probe(&format!("/to/{to}")).await, LinkFound::Refused, "{to}");
    }
}

#[tokio::test]
async fn a_private_address_gets_no_connection() {
    let site = Site::open().await;
    let strict = LinkProbe::new(&limits(), &[]).unwrap();
    assert_eq!(strict.probe(&format!("{}/status/200", site.base)).await, LinkFound::Refused);
    let port = site.base.rsplit_once(':').unwrap().1.to_owned();
    let told = probe_told(vec![Ok(vec!["127.0.0.1", "10.0.0.1"])]);
    assert_eq!(told.probe(&format!("http://two.example.org:{port}/status/200")).await, LinkFound::Refused);
    assert!(site.asked().is_empty());
}

#[tokio::test]
async fn a_name_that_changes_its_mind_gains_nothing() {
    let site = Site::open().await;
    let port = site.base.rsplit_once(':').unwrap().1.to_owned();
    let told = probe_told(vec![Ok(vec!["127.0.0.1"]), Ok(vec!["10.0.0.1"])]);
    let found = told.probe(&format!("http://two.example.org:{port}/to//status/200")).await;
    // Each connection asks once and goes where that answer said; the second answer is refused.
    assert_eq!(found, LinkFound::Refused);
    assert_eq!(site.asked(), ["HEAD /to//status/200"]);
}

#[tokio::test]
async fn an_unknown_host_is_told_from_a_resolver_that_does_not_answer() {
    let said = |words: &'static str| Err(io::Error::other(words));
    let unknown = said("failed to lookup address information: Name or service not known");
    assert_eq!(probe_told(vec![unknown]).probe("https://no.example.org/").await, LinkFound::NoSuchHost);
    let away = || said("failed to lookup address information: Temporary failure in name resolution");
    let found = probe_told(vec![away(), away()]).probe("https://no.example.org/").await;
    assert_eq!(found, LinkFound::Unreachable { status: None });
}

#[tokio::test]
async fn a_page_is_not_read_and_silence_ends() {
    let site = Site::open().await;
    assert_eq!(site.probe("/huge/page").await, alive(200));
    let short = HttpLimits { total: Duration::from_millis(50), ..limits() };
    let impatient = LinkProbe::with_loopback(&short, &[]).unwrap();
    let found = impatient.probe(&format!("{}/silent", site.base)).await;
    assert_eq!(found, LinkFound::Unreachable { status: None });
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    assert_eq!(probe().probe(&format!("http://{closed}/")).await, LinkFound::Unreachable { status: None });
    assert_eq!(probe().probe("no address").await, LinkFound::Refused);
}
