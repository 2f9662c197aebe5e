//! The mail server of the story: the one that the tests were told of, or, where they were told of none, one of its own that
//! takes everything. Knows the few words of SMTP that a sender says.

use std::{
    io,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};
use tokio_util::task::TaskTracker;

use crate::mail::told;

type Kept = Arc<Mutex<Vec<Value>>>;

/// Where mail arrives.
pub(super) struct Postbox {
    pub(super) host: String,
    pub(super) port: u16,
    /// What the server of its own keeps; none: the other is asked.
    own: Option<Kept>,
}

impl Postbox {
    /// The server that the tests were told of, or one of its own.
    #[expect(clippy::print_stderr, reason = "whoever runs the test should know which server it was")]
    pub(super) async fn open() -> Self {
        if let (Some(host), Some(port)) = (told("HOST"), told("PORT")) {
            return Self { host, port: port.parse().unwrap(), own: None };
        }
        eprintln!("SMTP_TEST_HOST is not set: the mail of the year goes to a server within the test");
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let kept = Kept::default();
        let own = Some(Arc::clone(&kept));
        drop(TaskTracker::new().spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                converse(stream, &kept).await.unwrap();
            }
        }));
        Self { host: "127.0.0.1".to_owned(), port, own }
    }

    /// All that it keeps, oldest first: recipient, message id and the message as it came.
    pub(super) async fn kept(&self) -> Vec<Value> {
        if let Some(own) = &self.own {
            return own.lock().unwrap().clone();
        }
        let url = format!("{}/mail", told("MAILBOX").unwrap());
        reqwest::get(url).await.unwrap().json().await.unwrap()
    }
}

async fn converse(stream: TcpStream, kept: &Kept) -> io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut to = String::new();
    write.write_all(b"220 here\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let answer = match line.get(..4) {
            Some("RCPT") => {
                line.split(['<', '>']).nth(1).unwrap().clone_into(&mut to);
                "250 yes\r\n"
            }
            Some("DATA") => {
                write.write_all(b"354 go on\r\n").await?;
                let mut raw = String::new();
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                    raw.push_str("\r\n");
                }
                kept.lock().unwrap().push(json!({ "to": to, "raw": raw }));
                "250 taken\r\n"
            }
            Some("QUIT") => "221 bye\r\n",
            _ => "250 yes\r\n",
        };
        write.write_all(answer.as_bytes()).await?;
    }
    Ok(())
}
