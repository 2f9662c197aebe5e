//! What is made of posts on the fake LinkedIn, what is said of them, and what others publish there.

use serde_json::{Value, json};

use super::{
    super::{
        USERNAME,
        request::{Reply, Request},
        world::{AppliedPost, Heard, World},
    },
    author, comments, error, is_post, text,
};

/// What the page is notified of, newest first: real ones come in no order that is documented.
pub(super) fn notifications(world: &World, request: &Request) -> Reply {
    if request.query("organizationalEntity") != Some(author()) {
        return error(403, "ACCESS_DENIED");
    }
    let query = request.url.query().unwrap_or_default();
    let within = |from: &str| query.split_once(from)?.1.split_once(')').map(|(inner, _)| inner.to_owned());
    let times = within("&timeRange=(start:").and_then(|times| {
        let (start, end) = times.split_once(",end:")?;
        Some((start.parse::<i64>().ok()?, end.parse::<i64>().ok()?))
    });
    let Some((start, end)) = times.filter(|(start, end)| start < end) else {
        return error(400, "ILLEGAL_ARGUMENT");
    };
    let Some(actions) =
        within("&actions=List(").filter(|_| request.query("q").as_deref() == Some("criteria"))
    else {
        return error(400, "ILLEGAL_ARGUMENT");
    };
    let number = |name| request.query(name).and_then(|given| given.parse::<usize>().ok());
    let (first, count) = (number("start").unwrap_or(0), number("count").unwrap_or(10));
    let asked = |heard: &&Heard| (start..=end).contains(&heard.at.timestamp_millis());
    let notices = world.heard.iter().rev().filter(asked).map(notice);
    let of_action = |notice: &Value| {
        let action = text(notice, "/action");
        actions.split(',').any(|asked| action.as_deref() == Some(asked))
    };
    let elements: Vec<Value> = notices.filter(of_action).skip(first).take(count).collect();
    Reply::json(200, &json!({ "paging": { "start": first, "count": count }, "elements": elements }))
}

pub(super) fn owner(heard: &Heard) -> String {
    if heard.author == USERNAME { author() } else { format!("urn:li:person:{}", heard.author) }
}

/// A comment is named in short there, and its post by its activity.
fn notice(heard: &Heard) -> Value {
    let told = |entity: &str| json!({ "entity": entity, "owner": owner(heard), "text": heard.text });
    let (id, at) = (heard.id.parse::<i64>().unwrap_or_default(), heard.at.timestamp_millis());
    if let Some((post, _)) = comments::said_below(heard) {
        let comment = format!("urn:li:comment:(urn:li:activity:{post},{})", heard.id);
        json!({ "notificationId": id, "organizationalEntity": author(), "action": "COMMENT",
            "sourcePost": format!("urn:li:activity:{post}"), "lastModifiedAt": at,
            "decoratedSourcePost": { "entity": format!("urn:li:share:{post}"), "owner": author() },
            "generatedActivity": format!("urn:li:comment:(activity:{post},{})", heard.id),
            "decoratedGeneratedActivity": { "comment": told(&comment) } })
    } else {
        let share = format!("urn:li:share:{}", heard.id);
        json!({ "notificationId": id, "organizationalEntity": author(), "action": "SHARE_MENTION",
            "lastModifiedAt": at, "generatedActivity": share,
            "decoratedGeneratedActivity": { "share": told(&share) } })
    }
}

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
