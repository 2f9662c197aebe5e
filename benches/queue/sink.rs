//! A receiver that counts: what came under which key, when, and how late. It answers look-ups, and it can be slow. The
//! figures that it tells at `/stats` have the names of other harnesses' sinks, so that either may stand in for the other.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
    time::{Duration, UNIX_EPOCH},
};

use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

/// What came under one key.
#[derive(Debug, Clone, Copy)]
struct Hit {
    count: u32,
    first_us: i64,
    due_us: i64,
}

#[derive(Debug, Default)]
struct World {
    latency_ms: u64,
    requests: u64,
    inflight: u32,
    max_inflight: u32,
    keys: HashMap<String, Hit>,
}

type Shared = Arc<Mutex<World>>;

/// Serves until it is killed.
pub(crate) async fn serve(port: u16) {
    let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("the port is free");
    println!("{}", json!({ "port": listener.local_addr().unwrap().port() }));
    let world = Shared::default();
    while let Ok((stream, _)) = listener.accept().await {
        drop(stream.set_nodelay(true));
        tokio::spawn(converse(stream, Arc::clone(&world)));
    }
}

fn locked(world: &Shared) -> MutexGuard<'_, World> {
    world.lock().unwrap()
}

fn now_us() -> i64 {
    UNIX_EPOCH.elapsed().unwrap().as_micros() as i64
}

/// Answers requests as long as they come.
async fn converse(mut stream: TcpStream, world: Shared) {
    let mut buffer = Vec::with_capacity(8_192);
    loop {
        let Some(head) = head(&mut stream, &mut buffer).await else { return };
        let received_us = now_us();
        let text = String::from_utf8_lossy(&buffer[..head]).into_owned();
        let length = header(&text, "content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        while buffer.len() < head + length {
            match stream.read_buf(&mut buffer).await {
                Ok(read) if read > 0 => {}
                _ => return,
            }
        }
        buffer.drain(..head + length);
        let answer = answer(&text, received_us, &world).await;
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{answer}",
            answer.len()
        );
        if stream.write_all(head.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// Where the head of the next request ends.
async fn head(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<usize> {
    let mut seen = 0;
    loop {
        let from = seen.max(3) - 3;
        if let Some(end) = buffer[from.min(buffer.len())..].windows(4).position(|four| four == b"\r\n\r\n") {
            return Some(from + end + 4);
        }
        seen = buffer.len();
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
}

fn header<'a>(head: &'a str, wanted: &str) -> Option<&'a str> {
    let mut lines = head.lines().skip(1).filter_map(|line| line.split_once(':'));
    lines.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim())
}

fn query<'a>(target: &'a str, wanted: &str) -> Option<&'a str> {
    let (_, query) = target.split_once('?')?;
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(name, _)| *name == wanted)
        .map(|(_, value)| value)
}

async fn answer(head: &str, received_us: i64, world: &Shared) -> String {
    let mut first = head.split(' ');
    let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
    let number = |name: &str| query(target, name).and_then(|value| value.parse().ok()).unwrap_or(0);
    match (method, target.split('?').next().unwrap_or_default()) {
        ("GET", "/stats") => {
            locked(world).stats(query(target, "prefix").unwrap_or_default(), number("expect"))
        }
        ("GET", "/count") => {
            let world = locked(world);
            json!({ "unique": world.keys.len(), "requests": world.requests }).to_string()
        }
        ("POST", "/reset") => {
            *locked(world) = World { latency_ms: number("latency_ms"), ..World::default() };
            json!({ "ok": true }).to_string()
        }
        ("GET", _) => match query(target, "key") {
            Some(key) => json!({ "received": locked(world).keys.contains_key(key) }).to_string(),
            None => json!({ "name": "bench" }).to_string(),
        },
        _ => take(head, received_us, world).await,
    }
}

async fn take(head: &str, received_us: i64, world: &Shared) -> String {
    let due_ms = header(head, "x-due-ms").and_then(|due| due.parse::<f64>().ok()).unwrap_or(0.0);
    let key = header(head, "idempotency-key").unwrap_or_default();
    let (number, latency) = {
        let mut world = locked(world);
        world.requests += 1;
        world.inflight += 1;
        world.max_inflight = world.max_inflight.max(world.inflight);
        if let Some(hit) = world.keys.get_mut(key) {
            hit.count += 1;
        } else {
            let hit = Hit { count: 1, first_us: received_us, due_us: (due_ms * 1_000.0) as i64 };
            world.keys.insert(key.to_owned(), hit);
        }
        (world.requests, world.latency_ms)
    };
    if latency > 0 {
        tokio::time::sleep(Duration::from_millis(latency)).await;
    }
    let mut world = locked(world);
    world.inflight = world.inflight.saturating_sub(1);
    json!({ "received": true, "id": number }).to_string()
}

impl World {
    fn stats(&self, prefix: &str, expect: u64) -> String {
        let hits: Vec<Hit> =
            self.keys.iter().filter(|(key, _)| key.starts_with(prefix)).map(|(_, hit)| *hit).collect();
        let mut times: Vec<i64> = hits.iter().map(|hit| hit.first_us).collect();
        let with_due = hits.iter().filter(|hit| hit.due_us > 0);
        let mut lags: Vec<i64> = with_due.map(|hit| hit.first_us - hit.due_us).collect();
        times.sort_unstable();
        lags.sort_unstable();
        let at = |share: f64| {
            let last = lags.len().saturating_sub(1);
            lags.get((last as f64 * share).round() as usize).map_or(0.0, |us| *us as f64 / 1_000.0)
        };
        let (first, last) = (times.first().copied().unwrap_or(0), times.last().copied().unwrap_or(0));
        let unique = hits.len() as u64;
        json!({
            "requests": self.requests, "inflight": self.inflight, "max_inflight": self.max_inflight, "unique": unique,
            "twice": hits.iter().filter(|hit| hit.count > 1).count(),
            "extra": hits.iter().map(|hit| hit.count - 1).sum::<u32>(),
            "never": expect.saturating_sub(unique), "first_us": first, "last_us": last,
            "span_s": (last - first) as f64 / 1e6, "lag_n": lags.len(),
            "lag_early": lags.iter().filter(|lag| **lag < 0).count(),
            "lag_min_ms": at(0.0), "lag_p50_ms": at(0.5), "lag_p90_ms": at(0.9), "lag_p99_ms": at(0.99),
            "lag_max_ms": at(1.0),
        })
        .to_string()
    }
}
