//! Enough of an AT Protocol server for a connector: sessions that end, records under keys that their writer chooses, blobs,
//! and handles of which one is known.

mod public;

use serde_json::{Value, json};

use super::{
    Call, SECRET, USERNAME,
    request::{Reply, Request},
    world::{AppliedMedia, AppliedPost, World},
};

const DID: &str = "did:plc:pressoffice";
/// The handles that it can resolve, and whose they are.
const KNOWN: [(&str, &str); 2] =
    [("ana.example.org", "did:plc:ana"), ("somebody.example.org", public::SOMEBODY)];

fn method(request: &Request) -> &str {
    request.url.path().trim_start_matches("/xrpc/")
}

pub(super) fn call(request: &Request) -> Call {
    let repost = || text(&request.json(), "collection").as_deref() == Some(public::REPOST);
    match method(request) {
        "com.atproto.repo.putRecord" if repost() => Call::Amplify,
        "com.atproto.repo.putRecord" if request.json().get("swapRecord").is_some_and(Value::is_null) => {
            Call::Create
        }
        "com.atproto.repo.putRecord" => Call::Edit,
        "com.atproto.repo.uploadBlob" => Call::Media,
        "com.atproto.repo.deleteRecord" => Call::Delete,
        _ => Call::Read,
    }
}

pub(super) fn handle(world: &mut World, request: &Request) -> Reply {
    let method = method(request);
    match method {
        "com.atproto.server.createSession" => return sign_in(world, request),
        "com.atproto.server.refreshSession" => return renew(world, request),
        _ => {}
    }
    let current = format!("Bearer access-{}", world.sessions);
    match request.header("authorization") {
        None => return error(401, "AuthMissing"),
        Some(_) if world.refuses_credential => return error(400, "InvalidToken"),
        Some(given) if given != current => return error(400, "ExpiredToken"),
        Some(_) => {}
    }
    match method {
        "com.atproto.identity.resolveHandle" => match request.query("handle") {
            Some(handle) => match KNOWN.iter().find(|(known, _)| *known == handle) {
                Some((_, did)) => Reply::json(200, &json!({ "did": did })),
                None => error(400, "InvalidRequest"),
            },
            None => error(400, "InvalidRequest"),
        },
        "com.atproto.server.getSession" => Reply::json(200, &json!({ "did": DID, "active": true })),
        "app.bsky.notification.listNotifications" | "app.bsky.feed.getPosts"
            if request.header("atproto-proxy").is_none() || !world.keeps_keys =>
        {
            error(501, "MethodNotImplemented")
        }
        "app.bsky.notification.listNotifications" => public::notifications(world, request),
        "app.bsky.feed.getPosts" => public::posts(world, request),
        "com.atproto.repo.putRecord" if call(request) == Call::Amplify => {
            public::repost(world, &request.json())
        }
        "com.atproto.repo.getRecord" => get(world, request),
        "com.atproto.repo.putRecord" if call(request) == Call::Create => create(world, &request.json()),
        "com.atproto.repo.putRecord" => edit(world, &request.json()),
        "com.atproto.repo.uploadBlob" => upload(world, request),
        "com.atproto.repo.deleteRecord" => {
            let key = text(&request.json(), "rkey");
            world.posts.iter_mut().filter(|post| post.marker == key).for_each(|post| post.deleted = true);
            Reply::json(200, &json!({ "commit": { "cid": "bafycommit", "rev": "3l" } }))
        }
        _ => error(404, "XRPCNotSupported"),
    }
}

fn error(status: u16, name: &str) -> Reply {
    Reply::json(status, &json!({ "error": name, "message": "…" }))
}

fn text(fields: &Value, name: &str) -> Option<String> {
    fields.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn session(world: &World) -> Reply {
    Reply::json(
        200,
        &json!({
            "did": DID, "handle": world.handle, "active": true,
            "accessJwt": format!("access-{}", world.sessions), "refreshJwt": format!("refresh-{}", world.sessions),
            "didDoc": { "id": DID, "service": [{ "id": "#atproto_pds", "type": "AtprotoPersonalDataServer",
                "serviceEndpoint": world.base_url }] },
        }),
    )
}

fn sign_in(world: &World, request: &Request) -> Reply {
    let asked = request.json();
    let who = text(&asked, "identifier");
    let known = who.is_some_and(|who| who == USERNAME || who == world.handle)
        && text(&asked, "password").as_deref() == Some(SECRET);
    if known && !world.refuses_credential { session(world) } else { error(401, "AuthenticationRequired") }
}

/// A refresh token outlives the access token that came with it by one.
fn renew(world: &World, request: &Request) -> Reply {
    let given = request.header("authorization").and_then(|given| given.strip_prefix("Bearer refresh-"));
    let fresh =
        given.and_then(|given| given.parse().ok()).is_some_and(|given: u64| given + 1 >= world.sessions);
    if fresh && !world.refuses_credential { session(world) } else { error(400, "ExpiredToken") }
}

fn cid(post: &AppliedPost) -> String {
    format!("bafy{}{}", post.id, post.edits)
}

fn written(post: &AppliedPost, changed: bool) -> Reply {
    let key = post.marker.as_deref().unwrap_or_default();
    let mut answer = json!({ "uri": format!("at://{DID}/app.bsky.feed.post/{key}"), "cid": cid(post),
        "validationStatus": "valid" });
    if let (true, Some(answer)) = (changed, answer.as_object_mut()) {
        answer.insert("commit".to_owned(), json!({ "cid": "bafycommit", "rev": "3l" }));
    }
    Reply::json(200, &answer)
}

fn here<'a>(world: &'a mut World, key: Option<&String>) -> Option<&'a mut AppliedPost> {
    world.posts.iter_mut().find(|post| post.marker.as_ref() == key && !post.deleted)
}

fn get(world: &mut World, request: &Request) -> Reply {
    if request.query("repo").as_deref() != Some(DID) {
        return error(400, "InvalidRequest");
    }
    if request.query("collection").as_deref() == Some("app.bsky.actor.profile") {
        let profile = json!({ "displayName": "Press office", "description": "Run by the press office" });
        return Reply::json(200, &json!({ "uri": "at://", "cid": "bafyprofile", "value": profile }));
    }
    if request.query("collection").as_deref() == Some(public::REPOST) {
        return public::kept(world, request.query("rkey").as_deref());
    }
    match here(world, request.query("rkey").as_ref()) {
        Some(post) => Reply::json(200, &json!({ "uri": "at://", "cid": cid(post), "value": post.record })),
        None => error(400, "RecordNotFound"),
    }
}

fn images(record: &Value) -> Vec<Value> {
    let beside_a_quote = || record.pointer("/embed/media/images");
    let images = record.pointer("/embed/images").or_else(beside_a_quote).and_then(Value::as_array);
    images.cloned().unwrap_or_default()
}

/// What a record quotes, as it names it.
fn quoted(record: &Value) -> Option<&Value> {
    let place = match record.pointer("/embed/$type").and_then(Value::as_str)? {
        "app.bsky.embed.record" => "/embed/record",
        "app.bsky.embed.recordWithMedia" => "/embed/record/record",
        _ => return None,
    };
    record.pointer(place)
}

fn link(image: &Value) -> String {
    image.pointer("/image/ref/$link").and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn create(world: &mut World, asked: &Value) -> Reply {
    let (key, record) = (text(asked, "rkey"), asked.get("record").cloned().unwrap_or_default());
    if let Some(first) = here(world, key.as_ref()) {
        return if first.record.as_ref() == Some(&record) {
            written(first, false)
        } else {
            error(400, "InvalidSwap")
        };
    }
    let words = text(&record, "text").unwrap_or_default();
    let is_key = key.as_ref().is_some_and(|key| key.len() == 13);
    if !is_key || world.is_duplicate(&words) || text(asked, "repo").as_deref() != Some(DID) {
        return error(400, "InvalidRequest");
    }
    let answered = record.pointer("/reply/parent/uri").and_then(Value::as_str).unwrap_or_default().to_owned();
    let follows = world.known_as(&answered).filter(|_| !answered.is_empty()).map(|post| post.id.clone());
    let quotes = quoted(&record).and_then(|place| public::address(world, place));
    let answers = public::answered(world, &record);
    let images = images(&record);
    for image in &images {
        let alt_text = text(image, "alt");
        world
            .media
            .iter_mut()
            .filter(|media| media.id == link(image))
            .for_each(|media| media.alt_text.clone_from(&alt_text));
    }
    let id = world.add(AppliedPost {
        marker: key,
        text: words,
        language: record.pointer("/langs/0").and_then(Value::as_str).map(str::to_owned),
        media: images.iter().map(link).collect(),
        record: Some(record),
        follows,
        answers,
        quotes,
        ..AppliedPost::default()
    });
    let post = world.post(&id).cloned().unwrap_or_default();
    written(&post, true)
}

fn edit(world: &mut World, asked: &Value) -> Reply {
    let record = asked.get("record").cloned().unwrap_or_default();
    let quotes = quoted(&record).and_then(|place| public::address(world, place));
    match here(world, text(asked, "rkey").as_ref()) {
        Some(post) if text(asked, "swapRecord") == Some(cid(post)) => {
            post.text = text(&record, "text").unwrap_or_default();
            post.media = images(&record).iter().map(link).collect();
            (post.record, post.quotes) = (Some(record), quotes);
            post.edits += 1;
            written(post, true)
        }
        _ => error(400, "InvalidSwap"),
    }
}

fn upload(world: &mut World, request: &Request) -> Reply {
    let media_type = request.header("content-type").unwrap_or_default().to_owned();
    let id = format!("bafkrei{}", world.next_id());
    world.media.push(AppliedMedia { id: id.clone(), slug: None, alt_text: None, processing: 0 });
    let blob = json!({ "$type": "blob", "ref": { "$link": id }, "mimeType": media_type,
        "size": request.bytes().len() });
    Reply::json(200, &json!({ "blob": blob }))
}
