//! A proxy between a connector and its server that notes what is asked and loses an answer when it is told to. It knows
//! no more of a protocol than whose answer that is, and a header that it may keep to itself.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use url::Url;

/// Passes everything on, one request a connection, and swallows the answer to the next that it watches for when it is told
/// to. It names itself where the server names itself as the account's home.
pub(crate) struct SwallowingProxy {
    pub(crate) url: Url,
    pub(crate) swallow: Arc<AtomicBool>,
    /// The first line of every request.
    pub(crate) seen: Arc<Mutex<Vec<String>>>,
    astray: Arc<Mutex<Option<&'static str>>>,
    _serving: JoinSet<()>,
}

/// What the proxy looks at.
#[derive(Clone, Copy)]
pub(crate) struct Watch {
    /// How the first line of the request begins whose answer may be lost.
    pub(crate) loses: &'static str,
    /// A header that the server is not told.
    pub(crate) withholds: Option<&'static str>,
}

/// What a test says and is told: whether to lose an answer, what was asked, and which `AppView` is asked instead.
type Told = (Arc<AtomicBool>, Arc<Mutex<Vec<String>>>, Arc<Mutex<Option<&'static str>>>);

impl SwallowingProxy {
    pub(crate) async fn start(theirs: &Url) -> Self {
        Self::before(theirs, Watch { loses: "POST /xrpc/com.atproto.repo.putRecord ", withholds: None }).await
    }

    pub(crate) async fn before(theirs: &Url, watch: Watch) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        let (swallow, mut serving) = (Arc::new(AtomicBool::new(false)), JoinSet::new());
        let seen = Arc::<Mutex<Vec<String>>>::default();
        let noted = Arc::clone(&seen);
        let astray = Arc::<Mutex<Option<&'static str>>>::default();
        let (armed, lost, theirs, ours) =
            (Arc::clone(&swallow), Arc::clone(&astray), theirs.clone(), url.clone());
        serving.spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                let (armed, noted, lost) = (Arc::clone(&armed), Arc::clone(&noted), Arc::clone(&lost));
                open.spawn(pass(client, theirs.clone(), ours.clone(), watch, (armed, noted, lost)));
            }
        });
        Self { url, swallow, seen, astray, _serving: serving }
    }

    /// From now on what is asked of the public `AppView` is asked of another.
    pub(crate) fn lead_astray(&self, other: &'static str) {
        *self.astray.lock().unwrap() = Some(other);
    }
}

/// Everything up to the end of a request.
async fn read_request(client: &mut TcpStream) -> (String, Vec<u8>) {
    let mut read = Vec::new();
    loop {
        let mut more = vec![0; 65536];
        let length = client.read(&mut more).await.unwrap();
        assert!(length > 0, "the request ended early");
        read.extend_from_slice(&more[..length]);
        let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8(read[..end].to_vec()).unwrap();
        let stated = head
            .lines()
            .find_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
        if read.len() >= end + 4 + stated.unwrap_or(0) {
            return (head, read.split_off(end + 4));
        }
    }
}

async fn pass(mut client: TcpStream, theirs: Url, ours: Url, watch: Watch, (swallow, seen, astray): Told) {
    let (mut head, body) = read_request(&mut client).await;
    if let Some(other) = *astray.lock().unwrap() {
        head = head.replace("did:web:api.bsky.app", other);
    }
    seen.lock().unwrap().push(head.lines().next().unwrap().to_owned());
    let lost = head.starts_with(watch.loses) && swallow.swap(false, Ordering::SeqCst);
    let withheld = |line: &&str| {
        let name = line.split(':').next().unwrap_or_default();
        watch.withholds.is_some_and(|header| name.eq_ignore_ascii_case(header))
    };
    let head = head.lines().filter(|line| !withheld(line)).collect::<Vec<_>>().join("\r\n");
    let mut server =
        TcpStream::connect(theirs.socket_addrs(|| None).unwrap()[..].first().unwrap()).await.unwrap();
    server.write_all(format!("{head}\r\nconnection: close\r\n\r\n").as_bytes()).await.unwrap();
    server.write_all(&body).await.unwrap();
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).await.unwrap();
    if lost {
        // The server has done it; nobody hears of it.
        return;
    }
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let body = body.replace(theirs.as_str().trim_end_matches('/'), ours.as_str().trim_end_matches('/'));
    let kept = head.lines().filter(|line| !line.to_lowercase().starts_with("content-length:"));
    let head = kept.collect::<Vec<_>>().join("\r\n");
    let answer = format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    client.write_all(answer.as_bytes()).await.unwrap();
}
