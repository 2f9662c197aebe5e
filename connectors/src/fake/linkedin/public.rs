//! What is made of posts on the fake LinkedIn, and what others publish there.

use serde_json::{Value, json};

use super::{
    super::{
        request::{Reply, Request},
        world::{AppliedPost, World},
    },
    author, error, is_post, text,
};

/// Of those in Rest.li's own list, whose signs must not be encoded.
pub(super) fn statistics(world: &World, request: &Request) -> Reply {
    if request.query("organizationalEntity") != Some(author()) {
        return error(403, "ACCESS_DENIED");
    }
    let query = request.url.query().unwrap_or_default();
    let list = query.split_once("&shares=List(").and_then(|(_, list)| list.split_once(')'));
    let Some((list, _)) = list else { return error(400, "ILLEGAL_ARGUMENT") };
    let urns = list.split(',').map(|urn| urn.replace("%3A", ":"));
    let elements: Vec<Value> = urns.filter_map(|urn| counted(world, &urn)).collect();
    Reply::json(200, &json!({ "paging": { "start": 0, "count": 10 }, "elements": elements }))
}

fn counted(world: &World, urn: &str) -> Option<Value> {
    let id = urn.strip_prefix("urn:li:share:")?;
    let post = world.posts.iter().find(|post| post.id == id && is_post(post))?;
    let counts = post.counts;
    Some(json!({ "organizationalEntity": author(), "share": urn, "totalShareStatistics": {
        "impressionCount": 400, "uniqueImpressionsCount": 300, "clickCount": -1, "engagement": 0.1,
        "likeCount": counts.likes, "shareCount": counts.shares, "commentCount": counts.replies } }))
}

/// Whether it passes something on without a word.
pub(super) fn is_bare_reshare(request: &Request) -> bool {
    let asked = request.json();
    asked.get("reshareContext").is_some() && text(&asked, "/commentary").as_deref() == Some("")
}

/// It takes the same reshare twice.
pub(super) fn reshare(world: &mut World, asked: &Value) -> Reply {
    let parent = text(asked, "/reshareContext/parent").unwrap_or_default();
    let there = world.others.iter().find(|post| format!("urn:li:share:{}", post.id) == parent);
    let Some(url) = there.map(|post| post.url.to_string()) else { return error(422, "UNPROCESSABLE_ENTITY") };
    if text(asked, "/author") != Some(author()) || text(asked, "/commentary").is_none() {
        return error(422, "UNPROCESSABLE_ENTITY");
    }
    world.amplified.push(url);
    let id = world.add(AppliedPost { record: Some(asked.clone()), ..AppliedPost::default() });
    Reply::raw(201, Vec::new()).with("x-restli-id", format!("urn:li:share:{id}"))
}
