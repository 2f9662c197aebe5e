//! What an `AppView` behind the fake server shows: what others say and publish, and what is made of posts.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::{
    super::{
        Quoting, USERNAME,
        request::{Reply, Request},
        world::{AppliedPost, Heard, Others, World},
    },
    DID, cid, error, text,
};

pub(super) const REPOST: &str = "app.bsky.feed.repost";
/// Whose the posts of others are.
pub(super) const SOMEBODY: &str = "did:plc:somebody";

/// Newest first; the cursor is how many were shown.
pub(super) fn notifications(world: &World, request: &Request) -> Reply {
    let number = |name: &str| request.query(name).and_then(|number| number.parse::<usize>().ok());
    let (from, limit) = (number("cursor").unwrap_or(0), number("limit").unwrap_or(50));
    let others: Vec<&Heard> = world.heard.iter().filter(|heard| heard.author != USERNAME).collect();
    let all: Vec<Value> =
        others.iter().enumerate().map(|(index, heard)| notification(index, heard)).collect();
    // Whoever comes while it is read shifts nothing: places are told from the oldest.
    let end = if from == 0 { all.len() } else { from.min(all.len()) };
    let begin = end.saturating_sub(limit);
    let page: Vec<&Value> = all.get(begin..end).unwrap_or_default().iter().rev().collect();
    let mut answer = json!({ "notifications": page, "priority": false });
    if let (true, Some(answer)) = (begin > 0, answer.as_object_mut()) {
        answer.insert("cursor".to_owned(), begin.to_string().into());
    }
    Reply::json(200, &answer)
}

/// Each has an instant of its own.
fn notification(index: usize, heard: &Heard) -> Value {
    let at = heard.at + TimeDelta::milliseconds(i64::try_from(index).unwrap_or_default());
    json!({
        "uri": uri_of(heard),
        "cid": "bafy",
        "author": { "did": format!("did:plc:{}", heard.author), "handle": heard.author },
        "reason": if heard.answers.is_some() { "reply" } else { "mention" },
        "reasonSubject": heard.answers,
        "record": record(heard, at),
        "isRead": false,
        "indexedAt": at,
    })
}

fn record(heard: &Heard, at: DateTime<Utc>) -> Value {
    let mut record = json!({ "$type": "app.bsky.feed.post", "text": heard.text, "createdAt": at });
    if let (Some(place), Some(record)) = (above(heard), record.as_object_mut()) {
        record.insert("reply".to_owned(), json!({ "root": place, "parent": place }));
    }
    record
}

fn uri_of(heard: &Heard) -> String {
    format!("at://did:plc:{}/app.bsky.feed.post/{}", heard.author, heard.id)
}

fn above(heard: &Heard) -> Option<Value> {
    Some(json!({ "uri": heard.answers.as_ref()?, "cid": "bafy" }))
}

/// What was said to the account that a record answers; whoever names it or its thread in another way answers nothing.
pub(super) fn answered(world: &World, record: &Value) -> Option<String> {
    let reply = record.get("reply")?;
    let is = |heard: &&Heard| {
        let here = json!({ "uri": uri_of(heard), "cid": "bafy" });
        *reply == json!({ "root": above(heard).unwrap_or_else(|| here.clone()), "parent": here })
    };
    world.heard.iter().find(is).map(|heard| heard.id.clone())
}

fn said(world: &World, uri: &str) -> Option<Value> {
    let heard = world.heard.iter().find(|heard| uri_of(heard) == uri)?;
    let viewer = json!({ "replyDisabled": world.silent });
    Some(json!({ "uri": uri, "cid": "bafy", "viewer": viewer, "record": record(heard, heard.at) }))
}

/// Those that are there; the others are left out.
pub(super) fn posts(world: &World, request: &Request) -> Reply {
    let asked = request.url.query_pairs().filter(|(name, _)| name == "uris");
    let shown: Vec<Value> = asked
        .filter_map(|(_, uri)| own(world, &uri).or_else(|| theirs(world, &uri)).or_else(|| said(world, &uri)))
        .collect();
    Reply::json(200, &json!({ "posts": shown }))
}

fn own(world: &World, uri: &str) -> Option<Value> {
    let key = uri.strip_prefix(&format!("at://{DID}/app.bsky.feed.post/"))?;
    let is = |post: &&AppliedPost| post.marker.as_deref() == Some(key) && !post.deleted;
    let post = world.posts.iter().find(is)?;
    let counts = post.counts;
    Some(json!({ "uri": uri, "cid": cid(post), "likeCount": counts.likes, "repostCount": counts.shares,
        "quoteCount": 0, "replyCount": counts.replies, "viewer": {} }))
}

fn uri(post: &Others) -> String {
    format!("at://{SOMEBODY}/app.bsky.feed.post/{}", post.id)
}

fn theirs(world: &World, wanted: &str) -> Option<Value> {
    let post = world.others.iter().find(|post| uri(post) == wanted)?;
    let passed_on = |(_, record): &&(String, Value)| record.pointer("/subject/uri") == Some(&wanted.into());
    let by = world.reposts.iter().find(passed_on).map(|(key, _)| format!("at://{DID}/{REPOST}/{key}"));
    let viewer = json!({ "repost": by, "embeddingDisabled": world.quoting == Quoting::Denied });
    Some(json!({ "uri": wanted, "cid": format!("bafy{}", post.id), "viewer": viewer }))
}

/// Where the public finds what is named exactly like this; whoever quotes anything else quotes nothing.
pub(super) fn address(world: &World, place: &Value) -> Option<String> {
    let named = |post: &&Others| *place == json!({ "uri": uri(post), "cid": format!("bafy{}", post.id) });
    world.others.iter().find(named).map(|post| post.url.to_string())
}

pub(super) fn kept(world: &World, key: Option<&str>) -> Reply {
    match world.reposts.iter().find(|(kept, _)| Some(kept.as_str()) == key) {
        Some((_, record)) => {
            Reply::json(200, &json!({ "uri": "at://", "cid": "bafyrepost", "value": record }))
        }
        None => error(400, "RecordNotFound"),
    }
}

pub(super) fn repost(world: &mut World, asked: &Value) -> Reply {
    let (key, record) =
        (text(asked, "rkey").unwrap_or_default(), asked.get("record").cloned().unwrap_or_default());
    let answer = json!({ "uri": format!("at://{DID}/{REPOST}/{key}"), "cid": "bafyrepost" });
    if let Some((_, first)) = world.reposts.iter().find(|(kept, _)| *kept == key) {
        return if *first == record { Reply::json(200, &answer) } else { error(400, "InvalidSwap") };
    }
    let subject = record.pointer("/subject/uri").and_then(Value::as_str).unwrap_or_default();
    let Some(url) = world.others.iter().find(|post| uri(post) == subject).map(|post| post.url.to_string())
    else {
        return error(400, "InvalidRequest");
    };
    world.amplified.push(url);
    world.reposts.push((key, record));
    Reply::json(200, &answer)
}
