//! Enough of X's API for a connector: one account, posts that may not say the same twice, changes that are new versions, links
//! that are shortened, uploads in pieces. It does not know prices, other accounts' posts or what a text weighs.

mod uploads;

use serde_json::{Value, json};
use url::Url;

use super::{
    Call, SECRET, USERNAME,
    request::{Reply, Request},
    world::{AppliedPost, Heard, World},
};

const ME: &str = "2244994945";
const KNOWN: [&str; 5] = ["text", "media", "reply", "edit_options", "quote_tweet_id"];

pub(super) fn call(request: &Request) -> Call {
    match request.route() {
        ("POST", route) if route == ["2", "tweets"] => {
            if request.body_contains("previous_post_id") {
                Call::Edit
            } else {
                Call::Create
            }
        }
        ("POST", route) if route.starts_with(&["2", "media"]) => Call::Media,
        ("POST", route) if route.ends_with(&["retweets"]) => Call::Amplify,
        ("POST", _) => Call::Edit,
        ("DELETE", _) => Call::Delete,
        _ => Call::Read,
    }
}

pub(super) fn handle(world: &mut World, request: &Request) -> Reply {
    let known = request.header("authorization") == Some(format!("Bearer {SECRET}").as_str());
    if !known || world.refuses_credential {
        return error(401, "Unauthorized", "about:blank");
    }
    let (method, route) = request.route();
    match (method, route.as_slice()) {
        ("GET", ["2", "users", "me"]) => Reply::json(
            200,
            &json!({ "data": { "id": ME, "username": world.handle, "name": "Press office",
                "description": "Run by the press office" } }),
        ),
        ("GET", ["2", "users", ME, "tweets"]) => timeline(world, request),
        ("GET", ["2", "users", ME, "mentions"]) => mentions(world, request),
        ("POST", ["2", "users", ME, "retweets"]) => repost(world, &request.json()),
        ("GET", ["2", "tweets"]) => counted(world, request),
        ("POST", ["2", "tweets"]) => create(world, &request.json()),
        ("GET", ["2", "tweets", id]) => match version(world, id).or_else(|| world.said(id).map(said)) {
            Some(post) => Reply::json(200, &json!({ "data": post })),
            None => Reply::json(200, &json!({ "errors": [missing(id)] })),
        },
        ("DELETE", ["2", "tweets", id]) => match world.posts.iter_mut().find(|post| is(post, id)) {
            Some(post) if !post.deleted => {
                post.deleted = true;
                Reply::json(200, &json!({ "data": { "deleted": true } }))
            }
            _ => error(404, "Not Found", "about:blank"),
        },
        (_, ["2", "media", ..]) => uploads::handle(world, request),
        _ => error(404, "Not Found", "about:blank"),
    }
}

fn error(status: u16, detail: &str, kind: &str) -> Reply {
    Reply::json(status, &json!({ "title": "…", "detail": detail, "type": kind, "status": status }))
}

fn invalid() -> Reply {
    error(
        400,
        "One or more parameters to your request was invalid.",
        "https://api.x.com/2/problems/invalid-request",
    )
}

fn missing(id: &str) -> Value {
    json!({ "value": id, "resource_id": id, "resource_type": "tweet", "title": "Not Found Error", "detail": "…",
        "type": "https://api.x.com/2/problems/resource-not-found" })
}

/// Every version has its own id: the record keeps them, with the words of each.
fn versions(post: &AppliedPost) -> Vec<(String, String)> {
    let kept = post.record.as_ref().and_then(|record| record["versions"].as_array().cloned());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    match kept {
        Some(kept) => kept.iter().map(|pair| (text(&pair[0]), text(&pair[1]))).collect(),
        None => vec![(post.id.clone(), post.text.clone())],
    }
}

fn is(post: &AppliedPost, id: &str) -> bool {
    versions(post).iter().any(|(version, _)| version == id)
}

fn version(world: &World, id: &str) -> Option<Value> {
    let post = world.posts.iter().find(|post| !post.deleted && is(post, id))?;
    let (_, text) = versions(post).into_iter().find(|(version, _)| version == id)?;
    Some(shown(world, post, id, &text))
}

fn escape(plain: &str) -> String {
    plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Text as X keeps it: escaped, its links short, and one more link for its pictures.
fn shown(world: &World, post: &AppliedPost, id: &str, text: &str) -> Value {
    let mut links = Vec::new();
    let mut short = |long: &str| {
        let url = format!("https://t.co/{:0>10}", links.len());
        links.push(json!({ "url": url, "expanded_url": long, "display_url": "…", "start": 0, "end": 0 }));
        url
    };
    let words = text.split_inclusive(char::is_whitespace).map(|word| match word.trim_end() {
        link if link.starts_with("http") => format!("{}{}", short(link), word.trim_start_matches(link)),
        _ => escape(word),
    });
    let mut words: String = words.collect();
    if !post.media.is_empty() {
        words = format!("{words} {}", short(&format!("https://x.com/press/status/{id}/photo/1")));
    }
    let quoted = world.quoted_by(post);
    if let Some(quoted) = quoted {
        words = format!("{words} {}", short(quoted.url.as_str()));
    }
    let quoted = quoted.map(|quoted| json!([{ "type": "quoted", "id": quoted.id }]));
    let history: Vec<String> = versions(post).into_iter().map(|(id, _)| id).collect();
    let keys: Vec<String> = post.media.iter().map(|id| format!("3_{id}")).collect();
    json!({ "id": id, "text": words, "created_at": post.created_at, "author_id": ME,
        "edit_history_tweet_ids": history, "entities": { "urls": links }, "attachments": { "media_keys": keys },
        "referenced_tweets": quoted })
}

/// The same with one field more.
fn with(body: Value, name: &str, value: Value) -> Value {
    let mut body = body;
    if let Some(fields) = body.as_object_mut() {
        fields.insert(name.to_owned(), value);
    }
    body
}

/// A page; an empty one has no data at all.
fn listed(posts: Vec<Value>, users: Option<Vec<Value>>, next: Option<String>) -> Reply {
    let meta = json!({ "result_count": posts.len() });
    let meta = next.map_or(meta.clone(), |next| with(meta, "next_token", next.into()));
    let body = json!({ "meta": meta });
    if posts.is_empty() {
        return Reply::json(200, &body);
    }
    let body = with(body, "data", posts.into());
    Reply::json(200, &users.map_or(body.clone(), |users| with(body, "includes", json!({ "users": users }))))
}

/// Where a page begins, how long it is, and the token of the next, of so many.
fn paged(request: &Request, all: usize) -> (usize, usize, Option<String>) {
    let number = |name| request.query(name).and_then(|given: String| given.parse::<usize>().ok());
    let (start, count) = (number("pagination_token").unwrap_or(0), number("max_results").unwrap_or(10));
    (start, count, (start + count < all).then(|| (start + count).to_string()))
}

fn timeline(world: &World, request: &Request) -> Reply {
    let from =
        request.query("start_time").and_then(|at| at.parse().ok()).unwrap_or(chrono::DateTime::UNIX_EPOCH);
    let posts: Vec<&AppliedPost> =
        world.posts.iter().rev().filter(|post| !post.deleted && post.created_at >= from).collect();
    let (start, count, next) = paged(request, posts.len());
    let page = posts.into_iter().skip(start).take(count);
    let latest = |post: &AppliedPost| versions(post).pop().map(|(id, text)| shown(world, post, &id, &text));
    listed(page.filter_map(latest).collect(), None, next)
}

fn mentions(world: &World, request: &Request) -> Reply {
    let since = request.query("since_id").and_then(|id| id.parse::<u64>().ok()).unwrap_or(0);
    let newer = |heard: &&Heard| heard.id.parse::<u64>().is_ok_and(|id| id > since);
    let heard: Vec<&Heard> = world.heard.iter().rev().filter(newer).collect();
    let (start, count, next) = paged(request, heard.len());
    let page: Vec<&Heard> = heard.into_iter().skip(start).take(count).collect();
    let mut users: Vec<Value> = Vec::new();
    for heard in &page {
        let user = json!({ "id": user(&heard.author), "username": heard.author, "name": "…" });
        if !users.contains(&user) {
            users.push(user);
        }
    }
    listed(page.into_iter().map(said).collect(), Some(users), next)
}

/// Everybody is told of by a number, which the account itself has as well.
fn user(name: &str) -> String {
    let number = || name.bytes().fold(7_u64, |sum, byte| sum * 31 % 1_000_003 + u64::from(byte));
    if name == USERNAME { ME.to_owned() } else { number().to_string() }
}

/// What somebody said, as it is listed.
fn said(heard: &Heard) -> Value {
    let said = json!({ "id": heard.id, "text": escape(&heard.text), "created_at": heard.at,
        "author_id": user(&heard.author) });
    match &heard.answers {
        Some(answered) => {
            let about = json!([{ "type": "replied_to", "id": answered }]);
            with(with(said, "in_reply_to_user_id", ME.into()), "referenced_tweets", about)
        }
        None => said,
    }
}

/// Where the public finds a post of somebody else.
pub(super) fn address(id: &str) -> Option<Url> {
    Url::parse(&format!("https://x.com/somebody/status/{id}")).ok()
}

fn counted(world: &World, request: &Request) -> Reply {
    let ids = request.query("ids").unwrap_or_default();
    if ids.split(',').count() > 100 {
        return invalid();
    }
    let count = |id: &str| {
        let counts = world.posts.iter().find(|post| !post.deleted && is(post, id))?.counts;
        let quotes = counts.shares / 2;
        let metrics = json!({ "impression_count": 400, "like_count": counts.likes, "quote_count": quotes,
            "retweet_count": counts.shares - quotes, "reply_count": counts.replies, "bookmark_count": 1 });
        Some(json!({ "id": id, "text": "…", "public_metrics": metrics }))
    };
    let data: Vec<Value> = ids.split(',').filter_map(count).collect();
    let gone = ids.split(',').filter(|id| version(world, id).is_none());
    let errors: Vec<Value> = gone.map(missing).collect();
    let body = if data.is_empty() { json!({}) } else { json!({ "data": data }) };
    Reply::json(200, &if errors.is_empty() { body } else { with(body, "errors", errors.into()) })
}

fn repost(world: &mut World, asked: &Value) -> Reply {
    let Some(id) = asked["tweet_id"].as_str() else { return invalid() };
    let Some(post) = world.others.iter().find(|post| post.id == id) else {
        return Reply::json(200, &json!({ "errors": [missing(id)] }));
    };
    let url = post.url.to_string();
    if !world.amplified.contains(&url) {
        world.amplified.push(url);
    }
    Reply::json(200, &json!({ "data": { "retweeted": true, "rest_id": id } }))
}

fn create(world: &mut World, asked: &Value) -> Reply {
    let fields = asked.as_object().into_iter().flatten().map(|(name, _)| name.as_str());
    let media = asked.pointer("/media/media_ids").and_then(Value::as_array).into_iter().flatten();
    let media: Vec<String> = media.filter_map(Value::as_str).map(str::to_owned).collect();
    let ready = |id: &String| world.media.iter().any(|media| media.id == *id && media.processing == 0);
    let follows = asked.pointer("/reply/in_reply_to_tweet_id").and_then(Value::as_str);
    if !fields.into_iter().all(|name| KNOWN.contains(&name)) || !media.iter().all(ready) {
        return invalid();
    }
    let answers = follows.filter(|id| !world.silent && world.said(id).is_some());
    if follows.is_some_and(|id| version(world, id).is_none()) && answers.is_none() {
        return error(
            403,
            "You attempted to reply to a Tweet that is deleted or not visible to you.",
            "about:blank",
        );
    }
    let asked_for = asked["quote_tweet_id"].as_str();
    let quotes = asked_for.and_then(|id| world.quotable(|other| other.id == id));
    if asked_for.is_some() && !media.is_empty() {
        return invalid();
    }
    if asked_for.is_some() && quotes.is_none() {
        return error(403, "Quoting this post is not allowed.", "about:blank");
    }
    let text = asked["text"].as_str().unwrap_or_default().to_owned();
    if let Some(previous) = asked.pointer("/edit_options/previous_post_id").and_then(Value::as_str) {
        return edit(world, previous, &text, (media, quotes));
    }
    // The words are held back even when their post is gone.
    if world.posts.iter().any(|post| post.text == text) {
        return error(403, "You are not allowed to create a Tweet with duplicate content.", "about:blank");
    }
    let record = Some(json!({ "sent": asked }));
    let follows = follows.filter(|_| answers.is_none()).map(str::to_owned);
    let answers = answers.map(str::to_owned);
    let text_sent = text.clone();
    let post =
        AppliedPost { text: text_sent, media, record, follows, answers, quotes, ..AppliedPost::default() };
    let id = world.add(post);
    Reply::json(201, &json!({ "data": { "id": id, "text": text, "edit_history_tweet_ids": [id] } }))
}

fn edit(
    world: &mut World,
    previous: &str,
    text: &str,
    (media, quotes): (Vec<String>, Option<String>),
) -> Reply {
    let id = world.next_id();
    let Some(post) = world.posts.iter_mut().find(|post| !post.deleted && is(post, previous)) else {
        return invalid();
    };
    let mut versions = versions(post);
    if post.edits == 5 || versions.last().is_some_and(|(last, _)| last != previous) {
        return error(403, "You are not permitted to perform this action.", "about:blank");
    }
    versions.push((id.clone(), text.to_owned()));
    let history: Vec<String> = versions.iter().map(|(id, _)| id.clone()).collect();
    post.record = Some(json!({ "versions": versions }));
    (post.text, post.media, post.quotes, post.edits) = (text.to_owned(), media, quotes, post.edits + 1);
    Reply::json(201, &json!({ "data": { "id": id, "text": text, "edit_history_tweet_ids": history } }))
}
