//! The wire between one process and the database, in the test's hands: it can be cut, fall silent, or refuse. Knows bytes
//! and nothing of what they say.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream, tcp},
    sync::watch,
    task::JoinSet,
};
use url::Url;

/// How the wire is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wire {
    /// It carries.
    Whole,
    /// It carries nothing, and nobody is told.
    Silent,
    /// Whoever connects is turned away.
    Refusing,
}

/// One wire, however many connections go over it.
#[derive(Debug)]
pub(crate) struct Proxy {
    url: String,
    /// How it is, and how often it was cut.
    wire: Arc<watch::Sender<(Wire, u64)>>,
    /// Words of the process at which it falls silent, before it carries them.
    at: Arc<Mutex<Option<&'static str>>>,
    _serving: JoinSet<()>,
}

impl Proxy {
    /// To the database at this address.
    pub(crate) async fn to(database: &str) -> Self {
        let mut url = Url::parse(database).unwrap();
        let server = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap_or(5432));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
        let (wire, seen) = watch::channel((Wire::Whole, 0));
        let (wire, at) = (Arc::new(wire), Arc::default());
        let mut serving = JoinSet::new();
        let trap = Trap { wire: Arc::clone(&wire), at: Arc::clone(&at) };
        serving.spawn(serve(listener, server, seen, trap));
        Self { url: url.into(), wire, at, _serving: serving }
    }

    /// The database's address by this wire.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Ends every connection; new ones are welcome.
    pub(crate) fn cut(&self) {
        self.wire.send_modify(|(_, cuts)| *cuts += 1);
    }

    /// Nothing comes through any more, in either direction, and no connection ends.
    pub(crate) fn silence(&self) {
        self.wire.send_modify(|(wire, _)| *wire = Wire::Silent);
    }

    /// Falls silent when the process says this to the database, which does not hear it any more.
    pub(crate) fn silence_at(&self, words: &'static str) {
        *self.at.lock().unwrap_or_else(PoisonError::into_inner) = Some(words);
    }

    /// Whether it is silent.
    pub(crate) fn is_silent(&self) -> bool {
        self.wire.borrow().0 == Wire::Silent
    }

    /// Ends every connection and turns new ones away.
    pub(crate) fn refuse(&self) {
        self.wire.send_modify(|(wire, cuts)| {
            *wire = Wire::Refusing;
            *cuts += 1;
        });
    }

    /// It carries again.
    pub(crate) fn mend(&self) {
        self.wire.send_modify(|(wire, _)| *wire = Wire::Whole);
    }
}

/// What is listened for in the words of the process.
#[derive(Debug, Clone)]
struct Trap {
    wire: Arc<watch::Sender<(Wire, u64)>>,
    at: Arc<Mutex<Option<&'static str>>>,
}

impl Trap {
    fn hear(&self, bytes: &[u8]) {
        let mut at = self.at.lock().unwrap_or_else(PoisonError::into_inner);
        if at.is_some_and(|words| bytes.windows(words.len()).any(|part| part == words.as_bytes())) {
            *at = None;
            self.wire.send_modify(|(wire, _)| *wire = Wire::Silent);
        }
    }
}

async fn serve(listener: TcpListener, server: String, wire: watch::Receiver<(Wire, u64)>, trap: Trap) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        if wire.borrow().0 != Wire::Refusing {
            connections.spawn(connection(stream, server.clone(), wire.clone(), trap.clone()));
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn connection(client: TcpStream, server: String, mut wire: watch::Receiver<(Wire, u64)>, trap: Trap) {
    let Ok(server) = TcpStream::connect(server).await else { return };
    let ((client_says, client_hears), (server_says, server_hears)) =
        (client.into_split(), server.into_split());
    let cuts = wire.borrow().1;
    let (there, back) = (wire.clone(), wire.clone());
    // Whichever side ends, both do; dropping the halves closes both sockets.
    tokio::select! {
        () = carry(client_says, server_hears, there, |bytes| trap.hear(bytes)) => {}
        () = carry(server_says, client_hears, back, |_| {}) => {}
        _ = wire.wait_for(|(_, now)| *now != cuts) => {}
    }
}

async fn carry(
    mut from: tcp::OwnedReadHalf,
    mut to: tcp::OwnedWriteHalf,
    mut wire: watch::Receiver<(Wire, u64)>,
    hear: impl Fn(&[u8]),
) {
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        hear(&bytes[..count]);
        if wire.wait_for(|(wire, _)| *wire != Wire::Silent).await.is_err() {
            return;
        }
        if to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
}
