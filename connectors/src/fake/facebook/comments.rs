//! Comments below the fake Page's posts, below one another, and below posts of others: whose they are, and how they are listed.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{
    super::{
        USERNAME,
        request::{Reply, Request},
        world::{AppliedPost, Heard, World},
    },
    PAGE, error, here, text,
};

/// Whoever says something without saying where does it in a post of their own.
const SOMEBODY: &str = "5550001";

/// What comments can stand below.
enum Top {
    /// A post of the Page, or a comment of it, by its number.
    Ours(String),
    /// What somebody said, by its number.
    Theirs(String),
}

fn top(world: &mut World, id: &str) -> Option<Top> {
    if let Some(heard) = said(world, id) {
        return Some(Top::Theirs(heard.id.clone()));
    }
    here(world, id).map(|post| Top::Ours(post.id.clone()))
}

/// What the platform calls it: a comment by its post's number and its own.
fn name(heard: &Heard) -> String {
    format!("{}_{}", root(heard), heard.id)
}

/// The number of the post that it stands below.
fn root(heard: &Heard) -> &str {
    match heard.answers.as_deref().and_then(|answers| answers.split_once('_')) {
        Some((PAGE, post)) => post,
        Some((root, _)) => root,
        None => SOMEBODY,
    }
}

/// The comment that it answers.
fn parent(heard: &Heard) -> Option<&str> {
    heard.answers.as_deref().filter(|answers| !answers.starts_with(PAGE))
}

fn said<'a>(world: &'a World, id: &str) -> Option<&'a Heard> {
    world.heard.iter().find(|heard| name(heard) == id)
}

pub(super) fn create(world: &mut World, root: &str, fields: &Value) -> Reply {
    let Some(top) = top(world, root) else { return error(400, 100, Some(33)) };
    let words = text(fields, "message").unwrap_or_default();
    if words.is_empty() {
        return error(400, 100, None);
    }
    if world.is_duplicate(&words) {
        return error(400, 506, None);
    }
    let post = AppliedPost { text: words, record: Some(fields.clone()), ..AppliedPost::default() };
    let (below, post) = match top {
        Top::Ours(id) => (id.clone(), AppliedPost { follows: Some(id), ..post }),
        Top::Theirs(_) if world.silent => return error(403, 200, None),
        Top::Theirs(id) => {
            // Of a comment below a post, and of one below another's post: either way the number of the post.
            let parts = root.split_once('_').map(|(above, own)| if above == SOMEBODY { own } else { above });
            (parts.unwrap_or_default().to_owned(), AppliedPost { answers: Some(id), ..post })
        }
    };
    let id = world.add(post);
    Reply::json(200, &json!({ "id": format!("{below}_{id}") }))
}

/// One that somebody wrote.
pub(super) fn shown(world: &World, id: &str) -> Option<Reply> {
    let heard = said(world, id)?;
    if world.silent && heard.answers.is_none() {
        return Some(error(403, 200, None));
    }
    Some(Reply::json(200, &theirs(world, heard)))
}

/// By rank, which nobody knows, or the newest first. The cursor is how many are left.
pub(super) fn list(world: &mut World, root: &str, request: &Request) -> Reply {
    let Some(top) = top(world, root) else { return error(400, 100, Some(33)) };
    let backwards = request.query("order").as_deref() == Some("reverse_chronological");
    page(world, &below(world, &top, backwards), request)
}

/// Posts of others that name the Page, the newest first.
pub(super) fn tagged(world: &World, request: &Request) -> Reply {
    let named = world.heard.iter().rev().filter(|heard| heard.answers.is_none());
    page(world, &named.map(Comment::Theirs).collect::<Vec<_>>(), request)
}

/// The newest comment of a post, as it is told beside it.
pub(super) fn newest(world: &World, post: &str, backwards: bool) -> Option<Value> {
    let first = below(world, &Top::Ours(post.to_owned()), backwards).into_iter().next()?.told(world);
    Some(json!({ "data": [{ "id": first.get("id"), "created_time": first.get("created_time") }] }))
}

fn page(world: &World, all: &[Comment<'_>], request: &Request) -> Reply {
    let number = |name: &str| request.query(name).and_then(|value| value.parse::<usize>().ok());
    let limit = number("limit").unwrap_or(25);
    let from = number("after").map_or(0, |left| all.len().saturating_sub(left));
    let left = all.len().saturating_sub(from + limit);
    let page: Vec<Value> = all.iter().skip(from).take(limit).map(|comment| comment.told(world)).collect();
    let next = (left > 0).then_some("https://graph.facebook.com/?access_token=no");
    Reply::json(
        200,
        &json!({ "data": page, "paging": { "cursors": { "after": left.to_string() }, "next": next } }),
    )
}

enum Comment<'a> {
    Ours(&'a AppliedPost),
    Theirs(&'a Heard),
}

impl Comment<'_> {
    fn told(&self, world: &World) -> Value {
        match self {
            Self::Ours(post) => ours(world, post),
            Self::Theirs(heard) => theirs(world, heard),
        }
    }

    fn at(&self) -> DateTime<Utc> {
        match self {
            Self::Ours(post) => post.created_at,
            Self::Theirs(heard) => heard.at,
        }
    }

    fn number(&self) -> Option<u64> {
        match self {
            Self::Ours(post) => post.id.parse().ok(),
            Self::Theirs(heard) => heard.id.parse().ok(),
        }
    }
}

/// All that stands below it, answers to what stands there included.
fn below<'a>(world: &'a World, top: &Top, backwards: bool) -> Vec<Comment<'a>> {
    let answers =
        |heard: &Heard, id: &str| parent(heard).and_then(|parent| parent.rsplit('_').next()) == Some(id);
    let theirs = world.heard.iter().filter(|heard| match top {
        Top::Ours(id) => root(heard) == id || answers(heard, id),
        Top::Theirs(id) => answers(heard, id),
    });
    let own = world.posts.iter().filter(|post| !post.deleted).filter(|post| match top {
        Top::Ours(id) => {
            let answered = post.answers.as_deref().and_then(|id| world.said(id));
            post.follows.as_ref() == Some(id) || answered.is_some_and(|heard| root(heard) == id)
        }
        Top::Theirs(id) => post.answers.as_ref() == Some(id),
    });
    let mut all: Vec<Comment<'_>> = own.map(Comment::Ours).chain(theirs.map(Comment::Theirs)).collect();
    all.sort_by_cached_key(Comment::number);
    if backwards {
        all.sort_by_key(Comment::at);
        all.reverse();
    }
    all
}

fn ours(world: &World, post: &AppliedPost) -> Value {
    let answered = post.answers.as_deref().and_then(|id| world.said(id));
    let above = post.follows.as_deref().or(answered.map(root)).unwrap_or_default();
    let parent = answered.filter(|heard| heard.answers.is_some()).map(|heard| json!({ "id": name(heard) }));
    json!({
        "id": format!("{above}_{}", post.id),
        "message": post.text,
        "created_time": post.created_at.format("%Y-%m-%dT%H:%M:%S+0000").to_string(),
        // A comment has no headline: here that is whose it is.
        "from": { "id": post.title.as_deref().unwrap_or(PAGE) },
        "parent": parent,
    })
}

fn theirs(world: &World, heard: &Heard) -> Value {
    let id = name(heard);
    let from = match heard.author.as_str() {
        // Not everybody lets it be told who they are.
        "" => None,
        USERNAME => Some(json!({ "id": PAGE, "name": "Press office" })),
        author => Some(json!({ "id": "5550002", "name": author })),
    };
    let parent = parent(heard).map(|parent| {
        let own = said(world, parent).is_none();
        json!({ "id": parent, "from": own.then(|| json!({ "id": PAGE })) })
    });
    json!({
        "id": id,
        "message": heard.text,
        "created_time": heard.at.format("%Y-%m-%dT%H:%M:%S+0000").to_string(),
        "permalink_url": format!("https://www.facebook.com/somebody/{id}"),
        "is_hidden": heard.private,
        "from": from,
        "parent": parent,
    })
}
