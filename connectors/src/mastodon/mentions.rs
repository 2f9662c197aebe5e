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

const PAGE: &str = "40";

pub(super) async fn read(server: &Server, since: Option<&str>) -> Result<Inbox, Failure> {
    if since.is_some_and(|id| !id.chars().all(|c| c.is_ascii_alphanumeric())) {
        return Err(Failure::refused("CURSOR_INVALID", "this is not the id of a notification"));
    }
    let me = Account::own(server).await?;
    let mut query = vec![("types[]", "mention"), ("limit", PAGE)];
    query.extend(since.map(|id| ("min_id", id)));
    let answer = server.call(Method::GET, "/api/v1/notifications", &query, Body::None).await?;
    let mut found: Vec<Notification> = answer.json()?;
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

/// Numbers and ULIDs: of two, the longer is younger, and of the same length the one that sorts later.
fn age(id: &str) -> (usize, &str) {
    (id.len(), id)
}

fn incoming(notification: Notification, me: &Account) -> Option<Incoming> {
    let status = notification.status.filter(|_| notification.kind == "mention")?;
    if status.visibility.as_deref() == Some("direct") {
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
    use super::*;

    #[test]
    fn younger_ids_come_later() {
        let rows = [("9", "10"), ("99", "100"), ("01ARZ3NDEKTSV4RRFFQ69G5FAV", "01BX5ZZKBKACTAV9WEVGEMMVRZ")];
        for (older, younger) in rows {
            assert!(age(older) < age(younger), "{older} {younger}");
        }
    }
}
