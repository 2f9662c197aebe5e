//! Takes connections, and fails on them as the script says. It does not know any dialect.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

use super::{
    Answer, Call, Script, locked,
    request::{Reply, Request},
    world::World,
};

/// What goes back on the connection.
enum Send {
    Nothing,
    Bytes(Vec<u8>),
    Late(Duration, Vec<u8>),
}

pub(super) async fn serve(listener: TcpListener, world: Arc<Mutex<World>>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(converse(stream, Arc::clone(&world)));
        while connections.try_join_next().is_some() {}
    }
}

/// One request a connection, so that a cut answer is cut for good.
async fn converse(stream: TcpStream, world: Arc<Mutex<World>>) {
    let mut stream = BufReader::new(stream);
    let Some(request) = Request::read(&mut stream).await else { return };
    let send = decide(&mut locked(&world), &request);
    let bytes = match send {
        // Silence, until the other side gives up.
        Send::Nothing => {
            drop(stream.read_u8().await);
            return;
        }
        Send::Bytes(bytes) => bytes,
        Send::Late(wait, bytes) => {
            tokio::time::sleep(wait).await;
            bytes
        }
    };
    let mut stream = stream.into_inner();
    if stream.write_all(&bytes).await.is_ok() {
        // The other side may have gone: a fake platform does not mind.
        drop(stream.shutdown().await);
    }
}

fn decide(world: &mut World, request: &Request) -> Send {
    world.requests.push(format!("{} {}", request.method, request.url.path()));
    let call = world.call(request);
    let normal = Script::applied(Answer::Normal);
    let scripted = world.scripts.get_mut(&call).and_then(std::collections::VecDeque::pop_front);
    let script = world.falls_silent().or(scripted).unwrap_or(normal);
    let date = world.clock();
    let without_body = request.method == "HEAD";
    // Platforms turn away who does not say what program asks.
    let named = request.header("user-agent").is_some_and(|agent| agent.starts_with("Masthead/"));
    let mut truth = if !named {
        Reply::json(403, &json!({ "error": "say who asks" }))
    } else if script.applied {
        world.handle(request)
    } else {
        Reply::json(500, &json!({ "code": "not_done", "error": "not done" }))
    };
    if call == Call::Read {
        world.twist.pass(request, &mut truth);
    }
    let truth = truth.into_bytes(date, without_body);
    if script.applied {
        world.lengths.insert(call, truth.len());
    }
    match script.answer {
        Answer::Normal => Send::Bytes(truth),
        Answer::Hang => Send::Nothing,
        Answer::Slow(wait) => Send::Late(wait, truth),
        Answer::CutAfter(length) => Send::Bytes(truth.into_iter().take(length).collect()),
        Answer::Garbage => {
            Send::Bytes(Reply::raw(200, b"<html>Hello</html>".to_vec()).into_bytes(date, without_body))
        }
        Answer::Huge(size) => Send::Bytes(Reply::raw(200, vec![b'x'; size]).into_bytes(date, without_body)),
        Answer::Status { status, retry_after } => {
            let mut reply = Reply::json(status, &json!({ "code": "scripted", "error": "scripted" }));
            if let Some(seconds) = retry_after {
                reply = reply.with("Retry-After", seconds.to_string());
            }
            Send::Bytes(reply.into_bytes(date, without_body))
        }
    }
}
