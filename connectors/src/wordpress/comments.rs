//! What readers wrote below the site's posts, and how much. It knows that ids grow, and that a page may shift while the next
//! one is asked for; it does not know what is made of it.

use std::collections::BTreeMap;

use reqwest::Method;

use super::{
    site::{Body, Site},
    wire::{Comment, Id, User},
};
use crate::{
    html,
    http::{answer::Answer, failure::Failure},
    reading::{Figures, Inbox, Incoming, IncomingKind},
};

const PAGE: usize = 50;
/// Comments of the page before that are asked for once more: so many may have gone since.
const OVERLAP: usize = 10;
/// Posts that are asked for at once.
const POSTS: usize = 100;

pub(super) async fn read(site: &Site, since: Option<&str>) -> Result<Inbox, Failure> {
    let since = since
        .map(str::parse::<u64>)
        .transpose()
        .map_err(|_not_ours| Failure::refused("CURSOR_INVALID", "this is not the id of a comment"))?;
    let me = User::own(site).await?;
    let (mut kept, mut more, mut offset) = (BTreeMap::new(), false, 0);
    loop {
        let (page, is_last) = page(site, offset).await?;
        let reached = page.iter().any(|comment| since.is_none_or(|since| comment.id <= since));
        let newer = page.into_iter().filter(|comment| since.is_none_or(|since| comment.id > since));
        kept.extend(newer.map(|comment| (comment.id, comment)));
        // The oldest are told first; the younger ones the next time.
        while kept.len() > PAGE {
            kept.pop_last();
            more = true;
        }
        if reached || is_last {
            break;
        }
        offset += PAGE - OVERLAP;
    }
    let newest = kept.keys().next_back().copied().or(since).unwrap_or(0);
    let of_others = kept.into_values().filter(|comment| comment.author != me.id);
    Ok(Inbox { items: of_others.map(incoming).collect(), cursor: Some(newest.to_string()), more })
}

/// Newest first, and whether there are no older ones.
async fn page(site: &Site, offset: usize) -> Result<(Vec<Comment>, bool), Failure> {
    let (offset_text, limit) = (offset.to_string(), PAGE.to_string());
    let query = [
        ("context", "edit"),
        ("status", "all"),
        ("orderby", "id"),
        ("order", "desc"),
        ("per_page", limit.as_str()),
        ("offset", offset_text.as_str()),
        ("_fields", "id,post,author,author_name,content,link,date_gmt"),
    ];
    let answer = site.call(Method::GET, "/wp/v2/comments", &query, Body::None).await?;
    let page: Vec<Comment> = answer.json()?;
    // A page may be short without being the last: what the user may not read is left out of it.
    let is_last = total(&answer).map_or(page.len() < PAGE, |total| offset + PAGE >= total);
    Ok((page, is_last))
}

fn total(answer: &Answer) -> Option<usize> {
    answer.header("x-wp-total")?.trim().parse().ok()
}

fn incoming(comment: Comment) -> Incoming {
    Incoming {
        remote_id: comment.id.to_string(),
        kind: IncomingKind::Comment,
        text: html::plain(&comment.content.raw),
        said_at: comment.said_at(),
        author: comment.author_name,
        url: comment.link,
        answers: (comment.post > 0).then(|| comment.post.to_string()),
    }
}

/// How many comments those of the posts have that are public.
pub(super) async fn metrics(site: &Site, remote_ids: &[String]) -> Result<Vec<Figures>, Failure> {
    let mut figures = Vec::with_capacity(remote_ids.len());
    for ids in remote_ids.chunks(POSTS) {
        let public = public(site, ids).await?;
        for remote_id in ids.iter().filter(|id| public.contains(id)) {
            let query = [("post", remote_id.as_str()), ("per_page", "1"), ("_fields", "id")];
            let answer = site.call(Method::GET, "/wp/v2/comments", &query, Body::None).await?;
            answer.json::<Vec<Id>>()?;
            let Some(comments) = total(&answer).and_then(|total| u64::try_from(total).ok()) else { continue };
            let told =
                Figures { remote_id: remote_id.clone(), replies: Some(comments), ..Figures::default() };
            figures.push(told);
        }
    }
    Ok(figures)
}

/// Those that are there for everybody. A stranger is not answered.
async fn public(site: &Site, ids: &[String]) -> Result<Vec<String>, Failure> {
    let numbers: Vec<&str> = ids.iter().map(String::as_str).filter(|id| id.parse::<u64>().is_ok()).collect();
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let (include, limit) = (numbers.join(","), POSTS.to_string());
    let query =
        [("context", "edit"), ("include", include.as_str()), ("per_page", limit.as_str()), ("_fields", "id")];
    let answer = site.call(Method::GET, "/wp/v2/posts", &query, Body::None).await?;
    Ok(answer.json::<Vec<Id>>()?.into_iter().map(|post| post.id.to_string()).collect())
}
