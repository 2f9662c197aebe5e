//! What the sink received. One that tells (ours, and others with the same figures) is believed; of any other, the database
//! knows when each post was answered.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use reqwest::Client;
use serde_json::Value;
use url::Url;

/// A sink, and whether it tells.
#[derive(Debug)]
pub(crate) struct Sink {
    /// Where webhooks lead.
    pub(crate) address: Url,
    root: Url,
    client: Client,
    tells: bool,
    own: Option<Child>,
}

impl Sink {
    /// The one that is named, or one of our own.
    pub(crate) async fn find(address: &str) -> Self {
        let (own, address) = if address.is_empty() {
            let (child, address) = start();
            (Some(child), address)
        } else {
            (None, address.to_owned())
        };
        let mut address = Url::parse(&address).expect("SINK is http://host:port or the whole address");
        if address.path() == "/" {
            address.set_path("/post");
        }
        let client = Client::builder().no_proxy().timeout(Duration::from_secs(20)).build().unwrap();
        let mut sink = Self { root: address.join("/").unwrap(), address, client, tells: false, own };
        sink.tells = sink.get("count").await.is_some_and(|count| count["unique"].is_u64());
        sink
    }

    pub(crate) fn tells(&self) -> bool {
        self.tells
    }

    /// Whether it is ours: then it may be told to be slow.
    pub(crate) fn is_ours(&self) -> bool {
        self.own.is_some()
    }

    /// Its process, if it is ours.
    pub(crate) fn process(&self) -> Option<u32> {
        self.own.as_ref().map(Child::id)
    }

    async fn get(&self, path: &str) -> Option<Value> {
        let answer = self.client.get(self.root.join(path).unwrap()).send().await.ok()?;
        serde_json::from_str(&answer.text().await.ok()?).ok()
    }

    /// Ours alone: forgets what came, and waits so long before each answer.
    pub(crate) async fn reset(&self, latency_ms: u64) {
        let url = self.root.join(&format!("reset?latency_ms={latency_ms}")).unwrap();
        self.client.post(url).send().await.unwrap();
    }

    /// Keys that ever came; none where it does not tell.
    pub(crate) async fn unique(&self) -> Option<usize> {
        if !self.tells {
            return None;
        }
        Some(self.get("count").await?["unique"].as_u64()? as usize)
    }

    /// Its figures of the keys with this prefix; none where it does not tell.
    pub(crate) async fn stats(&self, prefix: &str, expect: usize) -> Option<Value> {
        if !self.tells {
            return None;
        }
        self.get(&format!("stats?prefix={prefix}-&expect={expect}")).await
    }

    /// Requests a second of a bare client, so many at a time, with documents of such a post's size.
    pub(crate) async fn raw(&self, concurrency: usize, span: Duration) -> f64 {
        let body = format!("{{\"id\":\"raw\",\"text\":\"{}\"}}", "word ".repeat(90));
        let started = Instant::now();
        let ask = |number: usize| {
            let body = &body;
            async move {
                let mut sent = 0_usize;
                while started.elapsed() < span {
                    let request = self
                        .client
                        .post(self.address.clone())
                        .header("content-type", "application/json")
                        .header("idempotency-key", format!("raw-{number}-{sent}"))
                        .body(body.clone());
                    drop(request.send().await.unwrap().bytes().await);
                    sent += 1;
                }
                sent
            }
        };
        let sent: usize = futures::future::join_all((0..concurrency).map(ask)).await.into_iter().sum();
        sent as f64 / started.elapsed().as_secs_f64()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        if let Some(child) = &mut self.own {
            drop(child.kill());
            drop(child.wait());
        }
    }
}

/// Our own, as a process of its own.
fn start() -> (Child, String) {
    let own = std::env::current_exe().unwrap();
    let mut child = Command::new(own).args(["sink", "0"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let said: Value = serde_json::from_str(&line).expect("the sink says its port");
    (child, format!("http://127.0.0.1:{}", said["port"]))
}
