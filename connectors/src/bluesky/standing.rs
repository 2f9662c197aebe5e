//! How a post stands now, compared with the message that it was made from, and how often it was answered. It knows that the
//! account's own server keeps the record, and another one counts; it changes nothing.

use serde::Deserialize;

use super::{
    account::{Account, Body},
    record::{COLLECTION, Kept},
    records::{self, key_in},
};
use crate::{
    http::failure::Failure,
    message::Message,
    reading::{Difference, Figures, Standing},
};

/// Posts that are asked for at once.
const POSTS: usize = 25;

pub(super) async fn read_back(
    account: &Account,
    remote_id: &str,
    message: &Message,
) -> Result<Standing, Failure> {
    let session = account.session().await?;
    let key = key_in(remote_id, &session)?;
    let Some(kept) = records::get::<Kept>(account, &session, COLLECTION, &key).await? else {
        // A server that the account has moved away from has none of its records.
        account.check_home().await?;
        return Ok(Standing::Gone);
    };
    Ok(difference(&kept, message).map_or(Standing::AsSent, Standing::Changed))
}

fn difference(kept: &Kept, message: &Message) -> Option<Difference> {
    let post = &kept.value;
    if !post.has_words_of(message) || !post.leads_where(message) {
        return Some(Difference::Words);
    }
    if post.quotes_what(message) == Some(false) {
        return Some(Difference::Quote);
    }
    let told = post.alts();
    if post.shows_more(message) || told.len() != message.media.len() {
        return Some(Difference::Media);
    }
    let sent = message.media.iter().map(|part| part.alt_text.as_deref().unwrap_or_default());
    (!sent.eq(told)).then_some(Difference::AltText)
}

#[derive(Deserialize)]
struct Counted {
    posts: Vec<PostView>,
}

/// A post as an `AppView` shows it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PostView {
    uri: String,
    like_count: Option<u64>,
    repost_count: Option<u64>,
    quote_count: Option<u64>,
    reply_count: Option<u64>,
}

/// The figures of those that are there.
pub(super) async fn metrics(account: &Account, remote_ids: &[String]) -> Result<Vec<Figures>, Failure> {
    let session = account.session().await?;
    let mut figures = Vec::with_capacity(remote_ids.len());
    for ids in remote_ids.chunks(POSTS) {
        let mut named = Vec::with_capacity(ids.len());
        for id in ids {
            named.push((id, records::uri(&session, COLLECTION, &key_in(id, &session)?)));
        }
        let query: Vec<(&str, &str)> = named.iter().map(|(_, uri)| ("uris", uri.as_str())).collect();
        let answer = account.call("app.bsky.feed.getPosts", Body::Public(&query)).await?;
        let counted: Counted = answer.json()?;
        figures.extend(named.iter().filter_map(|(id, uri)| {
            let post = counted.posts.iter().find(|post| post.uri == *uri)?;
            Some(Figures {
                remote_id: (*id).to_owned(),
                impressions: None,
                likes: post.like_count,
                // Older servers do not count quotes apart.
                shares: post.repost_count.map(|passed_on| passed_on + post.quote_count.unwrap_or(0)),
                replies: post.reply_count,
                clicks: None,
            })
        }));
    }
    Ok(figures)
}
