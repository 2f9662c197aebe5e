//! What the public says to the Page: comments below its newest posts, and posts of others that name it. It knows that one list
//! of the newest comments tells below which posts there is news, so that only those are read; it does not know how somebody is
//! answered.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::Method;
use serde::Deserialize;
use url::Url;

use super::{
    failure::PERMISSION_MISSING,
    is_post_id,
    node::{Body, Page},
    place::{Cursor, Known, Place},
    post_route,
    posts::{Paging, read_time},
    walk::{self, List, Said},
};
use crate::{
    http::failure::{Failure, Verdict},
    legible::{Legible, or_nothing},
    reading::{Inbox, Incoming, IncomingKind},
};

/// What sets the name of a post of others apart from that of a comment: both are two numbers.
pub(super) const MENTION: &str = "mention:";
/// Comments below posts older than this are not read.
const OLDEST: TimeDelta = TimeDelta::days(90);
/// Nor those below more than the newest hundred: so many posts of an answer, and so many answers.
const POSTS: &str = "50";
const LISTS: usize = 2;
/// Posts whose comments are read at first, those with the newest.
const FIRST: usize = 10;
/// Answers after which no other post is begun in one reading: it is to end in time.
const ANSWERS: usize = 10;

const NEWEST: &str =
    "id,created_time,comments.filter(stream).order(reverse_chronological).limit(1){id,created_time}";
const COMMENTS: [(&str, &str); 3] = [
    ("fields", "id,message,created_time,from,permalink_url,is_hidden,parent{id,from}"),
    ("filter", "stream"),
    ("order", "reverse_chronological"),
];
const MENTIONS: [(&str, &str); 1] = [("fields", "id,message,created_time,from,permalink_url")];

#[derive(Debug, Deserialize)]
struct Listed {
    data: Legible<Post>,
    #[serde(default, deserialize_with = "or_nothing")]
    paging: Paging,
}

#[derive(Debug, Deserialize)]
struct Post {
    id: String,
    created_time: Option<String>,
    #[serde(default, deserialize_with = "or_nothing")]
    comments: Comments,
}

#[derive(Debug, Default, Deserialize)]
struct Comments {
    #[serde(default)]
    data: Legible<Said>,
}

impl Post {
    /// Its newest comment.
    fn newest(&self) -> Option<(i64, &str)> {
        self.comments.data.items.iter().filter_map(|said| Some((said.at()?, said.id.as_str()))).max()
    }

    /// Whether it has one of which nobody can say whether it is new.
    fn has_odd_comments(&self) -> bool {
        let comments = &self.comments.data;
        comments.odd > 0 || comments.items.iter().any(|said| said.at().is_none())
    }

    fn list(&self, now: i64) -> Result<List<'static>, Failure> {
        Ok(List { route: format!("{}/comments", post_route(&self.id)?), query: &COMMENTS, now })
    }
}

/// What a reading has come to.
#[derive(Default)]
struct Reading {
    told: Vec<(i64, Incoming)>,
    next: Cursor,
    more: bool,
}

pub(super) async fn read(page: &Page, now: DateTime<Utc>, since: Option<&str>) -> Result<Inbox, Failure> {
    let known = since.map(Cursor::read).transpose()?;
    let posts = newest_posts(page, now - OLDEST).await?;
    let mut reading = match &known {
        None => first(page, posts, now.timestamp()).await?,
        Some(known) => on(page, posts, known, now.timestamp()).await?,
    };
    let place = known.as_ref().and_then(|known| known.mentions.clone());
    let oldest = (now - OLDEST).timestamp();
    let begin = known.map(|known| place.clone().unwrap_or_else(|| Place::at(known.at.max(oldest))));
    match mentions(page, begin.as_ref(), now.timestamp()).await {
        Ok(news) => {
            reading.more |= news.more;
            reading.next.mentions = Some(news.place);
            let new = news.said.into_iter().filter_map(|(at, said)| Some((at, mention(page, said)?)));
            reading.told.extend(new);
        }
        // Comments are not to wait for it; what it would have told is told the next time.
        Err(failure) => {
            tracing::warn!(cause.code = failure.cause.code, "the platform does not tell who names the Page");
            let refused = failure.verdict == Verdict::Refused;
            reading.next.mentions = place.map(|place| if refused { place.begun_anew() } else { place });
        }
    }
    // What stands below two posts is one comment.
    let mut names = BTreeSet::new();
    reading.told.retain(|(_, item)| names.insert(item.remote_id.clone()));
    reading.told.sort_by_key(|(at, _)| *at);
    if since.is_none() {
        let older = reading.told.len().saturating_sub(walk::PAGE);
        reading.told.drain(..older);
    }
    reading.next.read_at = Some(now.timestamp());
    let items = reading.told.into_iter().map(|(_, item)| item).collect();
    Ok(Inbox { items, more: reading.more, cursor: serde_json::to_string(&reading.next).ok() })
}

/// The Page's newest posts, each with its newest comment.
async fn newest_posts(page: &Page, since: DateTime<Utc>) -> Result<Vec<Post>, Failure> {
    let (route, from) = (page.route("/published_posts"), since.timestamp().to_string());
    let (mut posts, mut after) = (Vec::new(), None::<String>);
    for _ in 0..LISTS {
        let mut query = vec![("fields", NEWEST), ("limit", POSTS), ("since", from.as_str())];
        query.extend(after.as_deref().map(|after| ("after", after)));
        let listed: Listed = page.call(Method::GET, &route, &query, Body::None).await?.json()?;
        for post in listed.data.items {
            let at = post.created_time.as_deref().and_then(read_time);
            let is_told = posts.iter().any(|told: &Post| told.id == post.id);
            if is_post_id(&post.id) && !is_told && at.is_none_or(|at| at >= since) {
                posts.push(post);
            }
        }
        after = listed.paging.after();
        if after.is_none() {
            break;
        }
    }
    Ok(posts)
}

/// Of a Page that was never read, only the newest is told.
async fn first(page: &Page, mut posts: Vec<Post>, now: i64) -> Result<Reading, Failure> {
    posts.retain(|post| post.newest().is_some());
    posts.sort_by_key(|post| std::cmp::Reverse(post.newest().map(|(at, _)| at)));
    posts.truncate(FIRST);
    let everything = Known::default();
    let mut read = Vec::with_capacity(posts.len());
    for post in posts {
        read.push((walk::back(page, &post.list(now)?, (everything.at, None), 1).await?, post));
    }
    let at = everything.then(read.iter().flat_map(|(walked, _)| walked.ids()), now).at;
    let mut reading = Reading { next: Cursor { at, ..Cursor::default() }, ..Reading::default() };
    for (walked, post) in read {
        let known = Place::at(at).known.and(walked.ids());
        reading.next.posts.insert(post.id.clone(), Place { known, rest: None });
        let oldest_first = walked.said.into_iter().rev();
        reading.told.extend(oldest_first.filter_map(|(at, said)| Some((at, comment(page, &post.id, said)?))));
    }
    Ok(reading)
}

/// Whether a post's comments are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    /// There is something new.
    News,
    /// There may be: something is listed late, or what is told of the newest does not say. That can wait for the next reading.
    Perhaps,
    Nothing,
}

impl Look {
    fn of(post: &Post, known: &Cursor, now: i64) -> Self {
        let place = known.below(&post.id);
        let newest = post.newest();
        if place.rest.is_some() || newest.is_some_and(|(at, id)| at <= now && place.lacks(at, id)) {
            Self::News
        } else if post.has_odd_comments() || newest.is_some_and(|(at, _)| known.may_lack_more(at)) {
            Self::Perhaps
        } else {
            Self::Nothing
        }
    }
}

/// What is new below each post since.
async fn on(page: &Page, posts: Vec<Post>, known: &Cursor, now: i64) -> Result<Reading, Failure> {
    let mut reading = Reading { next: Cursor { at: known.at, ..Cursor::default() }, ..Reading::default() };
    let mut posts: Vec<(Look, Post)> =
        posts.into_iter().map(|post| (Look::of(&post, known, now), post)).collect();
    // Those where somebody has waited for the longest.
    posts.sort_by_key(|(look, post)| (*look, post.newest().map(|(at, _)| at)));
    let (mut answers, mut is_read, mut denied) = (0, false, None);
    for (look, post) in posts {
        let mut place = known.below(&post.id);
        if look != Look::Nothing && answers < ANSWERS {
            match walk::on(page, &post.list(now)?, &place).await {
                Ok(news) => {
                    (answers, is_read) = (answers + news.pages, true);
                    place = news.place;
                    reading.more |= news.more;
                    let new = news.said.into_iter();
                    reading
                        .told
                        .extend(new.filter_map(|(at, said)| Some((at, comment(page, &post.id, said)?))));
                }
                // It may have been taken back just now, or not be for the Page to read; the others are read all the same.
                Err(failure) if failure.verdict == Verdict::Refused || is_denied(&failure) => {
                    let code = failure.cause.code.as_str();
                    tracing::warn!(cause.code = code, "the platform does not list the comments below a post");
                    answers += 1;
                    place = place.begun_anew();
                    denied = denied.or(is_denied(&failure).then_some(failure));
                }
                Err(failure) => return Err(failure),
            }
        } else if look == Look::News {
            reading.more = true;
        }
        if known.posts.contains_key(&post.id) || look != Look::Nothing {
            reading.next.posts.insert(post.id, place);
        }
    }
    // Where none is for the Page to read, the token lacks a permission.
    denied.filter(|_| !is_read).map_or(Ok(reading), Err)
}

fn is_denied(failure: &Failure) -> bool {
    failure.cause.code == PERMISSION_MISSING
}

/// Posts of others that name the Page.
async fn mentions(page: &Page, place: Option<&Place>, now: i64) -> Result<walk::News, Failure> {
    let list = List { route: page.route("/tagged"), query: &MENTIONS, now };
    if let Some(place) = place {
        return walk::on(page, &list, place).await;
    }
    let walked = walk::back(page, &list, (0, None), 1).await?;
    let place = Place { known: Known::default().then(walked.ids(), now), rest: None };
    Ok(walk::News { said: walked.said.into_iter().rev().collect(), place, pages: walked.pages, more: false })
}

/// None: it is the Page's own, or not for everybody to read.
fn comment(page: &Page, post: &str, said: Said) -> Option<Incoming> {
    let ours = |id: &str| page.is(id);
    let to_us =
        said.parent.as_ref().and_then(|parent| parent.from.as_ref()).is_some_and(|from| ours(&from.id));
    let number = said.id.rsplit('_').next().unwrap_or_default();
    let address = format!("https://www.facebook.com/{post}?comment_id={number}");
    let kind = if to_us { IncomingKind::Reply } else { IncomingKind::Comment };
    let told = incoming(page, said, kind)?;
    Some(Incoming { url: told.url.or(Some(address)), answers: Some(post.to_owned()), ..told })
}

fn mention(page: &Page, said: Said) -> Option<Incoming> {
    let told = incoming(page, said, IncomingKind::Mention)?;
    Some(Incoming { remote_id: format!("{MENTION}{}", told.remote_id), ..told })
}

fn incoming(page: &Page, said: Said, kind: IncomingKind) -> Option<Incoming> {
    let own = said.from.as_ref().is_some_and(|from| page.is(&from.id));
    if own || said.is_hidden == Some(true) || !is_post_id(&said.id) {
        return None;
    }
    let said_at = said.at().and_then(|at| DateTime::from_timestamp(at, 0));
    Some(Incoming {
        kind,
        author: said.from.map(|from| from.name.unwrap_or(from.id)).unwrap_or_default(),
        text: said.message,
        url: said.permalink_url.filter(|url| is_on_facebook(url)),
        answers: None,
        said_at,
        remote_id: said.id,
    })
}

/// Whoever opens it is to come to the platform, whatever it told.
fn is_on_facebook(address: &str) -> bool {
    let is_there = |host: &str| host == "facebook.com" || host.ends_with(".facebook.com");
    Url::parse(address).is_ok_and(|url| url.scheme() == "https" && url.host_str().is_some_and(is_there))
}
