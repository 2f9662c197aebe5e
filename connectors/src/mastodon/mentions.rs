//! What others said to the account, by its notifications. It knows that ids grow, that a page comes newest first, and that what
//! was said in private is not for an office's inbox; it does not know what is made of it.

use reqwest::Method;

use super::{
    server::{Body, Server},
    wire::{Account, Notification, Status},
};
use crate::{
    html,
    http::failure::Failure,
    reading::{Inbox, Incoming, IncomingKind},
};

/// Notifications that are asked for at once; fewer where their words are too long for one answer.
const PAGES: [&str; 3] = ["40", "10", "1"];
/// Letters of an id, at most.
const ID: usize = 64;

pub(super) async fn read(server: &Server, since: Option<&str>) -> Result<Inbox, Failure> {
    if since.is_some_and(|id| !is_id(id)) {
        return Err(Failure::refused("CURSOR_INVALID", "this is not the id of a notification"));
    }
    let me = Account::own(server).await?;
    let mut found = list(server, since).await?;
    // A server may answer in any order, and may not know the parameter.
    found.retain(|notification| since.is_none_or(|id| age(&notification.id) > age(id)));
    found.sort_by(|a, b| age(&a.id).cmp(&age(&b.id)));
    let cursor = found.last().map(|newest| newest.id.clone());
    Ok(Inbox {
        // A server may give fewer at once than it was asked for: only an empty page is surely the last.
        more: since.is_some() && cursor.is_some(),
        items: found.into_iter().filter_map(|notification| incoming(notification, &me)).collect(),
        cursor,
    })
}

/// One page. What cannot be read is left out of it: one odd thing that somebody's server wrote must not hide the others.
async fn list(server: &Server, since: Option<&str>) -> Result<Vec<Notification>, Failure> {
    let mut too_large = None;
    for limit in PAGES {
        let mut query = vec![("types[]", "mention"), ("limit", limit)];
        query.extend(since.map(|id| ("min_id", id)));
        match server.call(Method::GET, "/api/v1/notifications", &query, Body::None).await {
            Err(failure) if failure.cause.code == "ANSWER_TOO_LARGE" => too_large = Some(failure),
            Err(failure) => return Err(failure),
            Ok(answer) => {
                return Ok(legible(answer.json()?));
            }
        }
    }
    let never = || Failure::unknown("ANSWER_TOO_LARGE", "the platform's answer is larger than we take");
    Err(too_large.unwrap_or_else(never))
}

fn legible(page: Vec<serde_json::Value>) -> Vec<Notification> {
    let read = page.into_iter().filter_map(|item| serde_json::from_value(item).ok());
    read.filter(|notification: &Notification| is_id(&notification.id)).collect()
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= ID && id.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Numbers and ULIDs: of two, the longer is younger, and of the same length the one that sorts later.
fn age(id: &str) -> (usize, &str) {
    (id.len(), id)
}

fn incoming(notification: Notification, me: &Account) -> Option<Incoming> {
    if notification.kind != "mention" {
        return None;
    }
    let status: Status = serde_json::from_value(notification.status).ok()?;
    // Whatever is not plainly for everybody was said to some.
    if !matches!(status.visibility.as_deref(), Some("public" | "unlisted")) {
        return None;
    }
    let answers = answered(&status, me);
    Some(Incoming {
        remote_id: status.id,
        kind: if answers.is_some() { IncomingKind::Reply } else { IncomingKind::Mention },
        author: status.account.map(|author| author.acct).unwrap_or_default(),
        text: html::plain(&status.content),
        url: status.url,
        answers,
        said_at: status.created_at,
    })
}

/// Our status that it answers: in a thread of others it only names us.
fn answered(status: &Status, me: &Account) -> Option<String> {
    status.in_reply_to_id.clone().filter(|_| status.in_reply_to_account_id.as_deref() == Some(&me.id))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn younger_ids_come_later() {
        let rows = [("9", "10"), ("99", "100"), ("01ARZ3NDEKTSV4RRFFQ69G5FAV", "01BX5ZZKBKACTAV9WEVGEMMVRZ")];
        for (older, younger) in rows {
            assert!(age(older) < age(younger), "{older} {younger}");
        }
    }

    #[test]
    fn one_odd_thing_hides_no_other_and_what_is_not_for_everybody_is_left_where_it_is() {
        let status = |id: serde_json::Value, visibility: &str| {
            json!({ "id": id, "visibility": visibility, "content": "", "url": "https://else.example/1",
                "created_at": "2026-11-28T10:00:00Z" })
        };
        let of =
            |id: &str, status: serde_json::Value| json!({ "id": id, "type": "mention", "status": status });
        let mut garbled = status(json!("5"), "public");
        garbled["created_at"] = json!("yesterday");
        let page = vec![
            of("1", status(json!("1"), "public")),
            of("2", status(json!(2), "public")),
            of("3", status(json!("3"), "private")),
            of("4", status(json!("4"), "limited")),
            of("5", garbled),
            of("6", status(json!("6"), "unlisted")),
            of("7", serde_json::Value::Null),
            of("8/../x", status(json!("8"), "public")),
            json!({ "id": 9 }),
        ];
        let found = legible(page);
        assert_eq!(found.last().map(|last| last.id.as_str()), Some("7"), "it is read on after what is odd");
        let me: Account =
            serde_json::from_value(json!({ "id": "1", "acct": "press", "username": "press" })).unwrap();
        let told: Vec<_> = found.into_iter().filter_map(|one| incoming(one, &me)).collect();
        assert_eq!(told.iter().map(|one| one.remote_id.as_str()).collect::<Vec<_>>(), ["1", "6"]);
    }
}
