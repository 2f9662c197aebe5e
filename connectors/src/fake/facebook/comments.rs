//! Comments below the fake Page's posts.

use serde_json::{Value, json};

use super::{
    super::{
        request::{Reply, Request},
        world::{AppliedPost, World},
    },
    PAGE, error, here, text,
};

pub(super) fn create(world: &mut World, root: &str, fields: &Value) -> Reply {
    let Some(root) = here(world, root).map(|post| post.id.clone()) else { return error(400, 100, Some(33)) };
    let words = text(fields, "message").unwrap_or_default();
    if words.is_empty() {
        return error(400, 100, None);
    }
    if world.is_duplicate(&words) {
        return error(400, 506, None);
    }
    let (follows, record) = (Some(root.clone()), Some(fields.clone()));
    let id = world.add(AppliedPost { text: words, record, follows, ..AppliedPost::default() });
    Reply::json(200, &json!({ "id": format!("{root}_{id}") }))
}

/// The best first, by nobody knows what; the cursor is how many were shown.
pub(super) fn list(world: &mut World, root: &str, request: &Request) -> Reply {
    let Some(root) = here(world, root).map(|post| post.id.clone()) else { return error(400, 100, Some(33)) };
    let number = |name: &str| request.query(name).and_then(|value| value.parse::<usize>().ok());
    let (from, limit) = (number("after").unwrap_or(0), number("limit").unwrap_or(25));
    let below = |post: &&AppliedPost| post.follows.as_ref() == Some(&root) && !post.deleted;
    let all: Vec<Value> = world.posts.iter().filter(below).map(|post| item(&root, post)).collect();
    let page: Vec<&Value> = all.iter().skip(from).take(limit).collect();
    let next = (from + limit < all.len()).then_some("https://graph.facebook.com/?access_token=no");
    let paging = json!({ "cursors": { "after": (from + limit).to_string() }, "next": next });
    Reply::json(200, &json!({ "data": page, "paging": paging }))
}

fn item(root: &str, post: &AppliedPost) -> Value {
    json!({
        "id": format!("{root}_{}", post.id),
        "message": post.text,
        "created_time": post.created_at.format("%Y-%m-%dT%H:%M:%S+0000").to_string(),
        // A comment has no headline: here that is whose it is.
        "from": { "id": post.title.as_deref().unwrap_or(PAGE) },
    })
}
