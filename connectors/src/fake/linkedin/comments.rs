//! Comments below the fake LinkedIn's posts, and below other comments: one level deep.

use serde_json::{Value, json};

use super::{
    super::{
        request::{Reply, Request},
        world::{AppliedPost, Heard, World},
    },
    author, error, here, meant, public, text,
};

/// What a comment is below: a post, and a comment of it where there is one.
struct Target {
    root: String,
    parent: Option<String>,
}

/// The post that this was said below, and the comment, by their numbers.
pub(super) fn said_below(heard: &Heard) -> Option<(String, Option<String>)> {
    let below = heard.answers.as_deref()?;
    match below.strip_prefix("urn:li:comment:(") {
        Some(inner) => {
            let (post, comment) = inner.trim_end_matches(')').split_once(',')?;
            Some((number(post)?, Some(comment.to_owned())))
        }
        None => Some((number(below)?, None)),
    }
}

fn number(urn: &str) -> Option<String> {
    urn.rsplit(':').next().map(str::to_owned)
}

/// The post that a comment of the organisation is below, however deep.
fn root(comment: &AppliedPost) -> Option<String> {
    let by_record = || comment.record.as_ref().and_then(|record| number(&text(record, "/object")?));
    comment.follows.clone().or_else(|| comment.answers.as_ref().and_then(|_| by_record()))
}

/// Posts are named by their activity as well, under the same number.
fn target(world: &mut World, encoded: &str) -> Option<Target> {
    let post = |world: &mut World, urn: &str| {
        let mention = world.said(&number(urn)?).filter(|heard| heard.answers.is_none());
        let mention = mention.map(|heard| heard.id.clone());
        let share = urn.replace("activity", "share").replace(':', "%3A");
        mention.or_else(|| here(world, &share).map(|post| post.id.clone()))
    };
    let urn = encoded.replace("%3A", ":").replace("%28", "(").replace("%29", ")").replace("%2C", ",");
    let Some(inner) = urn.strip_prefix("urn:li:comment:(") else {
        return Some(Target { root: post(world, &urn)?, parent: None });
    };
    let (below, comment) = inner.strip_suffix(')')?.split_once(',')?;
    let root = post(world, below)?;
    let heard = |world: &World| world.said(comment).and_then(said_below) == Some((root.clone(), None));
    let ours = |world: &World| {
        let first = |post: &AppliedPost| post.follows.as_ref() == Some(&root) && !post.deleted;
        world.posts.iter().any(|post| post.id == comment && first(post))
    };
    let there = heard(world) || ours(world);
    there.then(|| Target { parent: Some(comment.to_owned()), root })
}

pub(super) fn handle(world: &mut World, request: &Request, below: &str, rest: &[&str]) -> Reply {
    let Some(target) = target(world, below) else { return error(404, "RESOURCE_NOT_FOUND") };
    let as_us = request.query("actor") == Some(author());
    match (request.method.as_str(), rest) {
        ("POST", []) => create(world, &target, &request.json()),
        ("GET", []) => list(world, &target, request),
        ("GET", [id]) => match world.said(id).and_then(|heard| said(heard, &target.root)) {
            Some(said) => Reply::json(200, &said),
            None => with(world, &target, id, |comment| Reply::json(200, &shown(comment))),
        },
        ("POST", [id]) if as_us && meant(request) == Some("PARTIAL_UPDATE") => {
            let words = text(&request.json(), "/patch/message/$set/text");
            with(world, &target, id, |comment| {
                comment.text = words.unwrap_or_default();
                comment.edits += 1;
                Reply::json(200, &shown(comment))
            })
        }
        ("DELETE", [id]) if as_us => with(world, &target, id, |comment| {
            comment.deleted = true;
            Reply::raw(204, Vec::new())
        }),
        _ => error(400, "ILLEGAL_ARGUMENT"),
    }
}

fn with(
    world: &mut World,
    target: &Target,
    id: &str,
    answer: impl FnOnce(&mut AppliedPost) -> Reply,
) -> Reply {
    let is = |comment: &AppliedPost| root(comment).as_ref() == Some(&target.root) && !comment.deleted;
    match world.post(id).filter(|comment| is(comment)) {
        Some(comment) => answer(comment),
        None => error(404, "RESOURCE_NOT_FOUND"),
    }
}

fn create(world: &mut World, target: &Target, asked: &Value) -> Reply {
    let words = text(asked, "/message/text").unwrap_or_default();
    let object = text(asked, "/object").and_then(|object| number(&object));
    let parent = text(asked, "/parentComment");
    let named = parent.as_deref().and_then(|urn| urn.strip_suffix(')')?.split_once(',')).map(|(_, id)| id);
    if words.is_empty()
        || text(asked, "/actor") != Some(author())
        || object.as_ref() != Some(&target.root)
        || named != target.parent.as_deref()
    {
        return error(422, "UNPROCESSABLE_ENTITY");
    }
    let mention = world.said(&target.root).map(|heard| heard.id.clone());
    let answers = target.parent.clone().or(mention);
    if answers.is_some() && world.silent {
        return error(403, "ACCESS_DENIED");
    }
    let follows = answers.is_none().then(|| target.root.clone());
    let record = Some(asked.clone());
    let id = world.add(AppliedPost { text: words, follows, answers, record, ..AppliedPost::default() });
    match world.post(&id) {
        Some(comment) => Reply::json(201, &shown(comment)).with("x-restli-id", id),
        None => error(500, "INTERNAL"),
    }
}

/// What is below the target itself, the organisation's own and what others say; not what is below that.
fn list(world: &World, target: &Target, request: &Request) -> Reply {
    let number = |name| request.query(name).and_then(|given| given.parse::<usize>().ok());
    let (start, count) = (number("start").unwrap_or(0), number("count").unwrap_or(10));
    let is_below = |comment: &&AppliedPost| match &target.parent {
        Some(parent) => comment.answers.as_ref() == Some(parent),
        None => [&comment.follows, &comment.answers].contains(&&Some(target.root.clone())),
    };
    let ours = world.posts.iter().filter(is_below).filter(|comment| !comment.deleted).map(shown);
    let below = Some((target.root.clone(), target.parent.clone()));
    let others = world.heard.iter().filter(|heard| said_below(heard) == below);
    let others = others.filter_map(|heard| said(heard, &target.root));
    let elements: Vec<Value> = others.chain(ours).skip(start).take(count).collect();
    Reply::json(200, &json!({ "paging": { "start": start, "count": count }, "elements": elements }))
}

/// A comment of others, where it is below this post.
fn said(heard: &Heard, root: &str) -> Option<Value> {
    let (post, parent) = said_below(heard).filter(|(post, _)| post == root)?;
    let activity = format!("urn:li:activity:{post}");
    let mut said = json!({
        "id": heard.id,
        "commentUrn": format!("urn:li:comment:({activity},{})", heard.id),
        "object": activity,
        "actor": public::owner(heard),
        "message": { "attributes": [], "text": heard.text },
        "created": { "time": heard.at.timestamp_millis() },
    });
    if let (Some(parent), Some(fields)) = (parent, said.as_object_mut()) {
        fields.insert("parentComment".to_owned(), format!("urn:li:comment:({activity},{parent})").into());
    }
    Some(said)
}

/// A comment has no headline: here that is whose it is.
fn shown(comment: &AppliedPost) -> Value {
    let activity = format!("urn:li:activity:{}", root(comment).unwrap_or_default());
    let parent = comment.record.as_ref().and_then(|record| text(record, "/parentComment"));
    let mut shown = json!({
        "id": comment.id,
        "commentUrn": format!("urn:li:comment:({activity},{})", comment.id),
        "object": activity,
        "actor": comment.title.clone().unwrap_or_else(author),
        "message": { "attributes": [], "text": comment.text },
        "created": { "time": comment.created_at.timestamp_millis() },
    });
    if let (Some(parent), Some(fields)) = (parent, shown.as_object_mut()) {
        fields.insert("parentComment".to_owned(), parent.into());
    }
    shown
}
