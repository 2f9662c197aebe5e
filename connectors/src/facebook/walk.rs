//! One list of what others said, read from the newest back to a place. It knows how an item looks; it does not know what is made
//! of it.

use std::collections::BTreeSet;

use reqwest::Method;
use serde::Deserialize;

use super::{
    is_post_id,
    node::{Body, Created, Page},
    place::{Place, Rest},
    posts::{Paging, read_time},
};
use crate::{
    http::failure::Failure,
    legible::{Legible, or_nothing},
};

/// Items of one answer. As many of the longest words, each sign of them escaped, are still an answer that we take.
pub(super) const PAGE: usize = 40;
/// Answers of one list in one reading; the rest is read the next time.
const PAGES: usize = 10;

/// Where a list is, and what is asked of it.
pub(super) struct List<'a> {
    pub(super) route: String,
    pub(super) query: &'a [(&'a str, &'a str)],
    /// What the time is, in seconds.
    pub(super) now: i64,
}

/// A comment, or a post of somebody else.
#[derive(Debug, Deserialize)]
pub(super) struct Said {
    pub(super) id: String,
    #[serde(default, deserialize_with = "or_nothing")]
    pub(super) message: String,
    #[serde(default, deserialize_with = "or_nothing")]
    created_time: Option<String>,
    #[serde(default, deserialize_with = "or_nothing")]
    pub(super) from: Option<Author>,
    #[serde(default, deserialize_with = "or_nothing")]
    pub(super) permalink_url: Option<String>,
    #[serde(default, deserialize_with = "or_nothing")]
    pub(super) parent: Option<Parent>,
    pub(super) is_hidden: Option<bool>,
}

/// The platform does not tell of everybody who they are.
#[derive(Debug, Deserialize)]
pub(super) struct Author {
    pub(super) id: String,
    pub(super) name: Option<String>,
}

/// The comment that a comment answers.
#[derive(Debug, Deserialize)]
pub(super) struct Parent {
    pub(super) id: String,
    pub(super) from: Option<Created>,
}

impl Said {
    /// When it was said, in seconds. Without that it has no place.
    pub(super) fn at(&self) -> Option<i64> {
        Some(read_time(self.created_time.as_deref()?)?.timestamp())
    }
}

#[derive(Debug, Deserialize)]
struct Listed {
    data: Legible<Said>,
    #[serde(default, deserialize_with = "or_nothing")]
    paging: Paging,
}

/// What was read.
pub(super) struct Walked {
    /// Newest first, each with its time: everything back to where the walk ends, known or not.
    pub(super) said: Vec<(i64, Said)>,
    /// Where to go on, if it was too much.
    pub(super) left: Option<String>,
    /// Whether the platform told as the next of it what it had told already: then there is no way on.
    astray: bool,
    /// In so many answers.
    pub(super) pages: usize,
}

impl Walked {
    pub(super) fn ids(&self) -> impl Iterator<Item = (i64, &str)> + Clone {
        self.said.iter().map(|(at, said)| (*at, said.id.as_str()))
    }
}

/// Reads back to what was said before `until`, or as many answers as `most`.
pub(super) async fn back(
    page: &Page,
    list: &List<'_>,
    (until, from): (i64, Option<&str>),
    most: usize,
) -> Result<Walked, Failure> {
    let limit = PAGE.to_string();
    let left = from.map(str::to_owned);
    let mut walked = Walked { said: Vec::new(), left, astray: false, pages: 0 };
    let mut seen = BTreeSet::new();
    while walked.pages < most {
        let mut query = list.query.to_vec();
        query.push(("limit", &limit));
        query.extend(walked.left.as_deref().map(|after| ("after", after)));
        let listed: Listed = page.call(Method::GET, &list.route, &query, Body::None).await?.json()?;
        walked.pages += 1;
        let told = listed.data.items.into_iter().filter(|said| is_post_id(&said.id));
        let timed: Vec<(i64, Said)> = told.filter_map(|said| Some((said.at()?, said))).collect();
        // One with an odd time among newer ones is not the end of those.
        let is_back = timed.last().is_some_and(|(at, _)| *at < until);
        let (all, known) = (timed.len(), seen.len());
        let mut new = timed;
        new.retain(|(_, said)| seen.insert(said.id.clone()));
        walked.astray = all > 0 && seen.len() == known;
        walked.said.extend(new.into_iter().filter(|(at, _)| *at >= until));
        // A page may be short, and more may follow: only the platform's word is the end of it.
        walked.left = listed.paging.after().filter(|_| !is_back);
        if walked.left.is_none() || walked.astray {
            break;
        }
    }
    Ok(walked)
}

/// What is new since a place, oldest first.
pub(super) struct News {
    pub(super) said: Vec<(i64, Said)>,
    pub(super) place: Place,
    pub(super) pages: usize,
    /// Whether there is more now.
    pub(super) more: bool,
}

/// Reads on from a place: first what an earlier reading left, then what is newer.
pub(super) async fn on(page: &Page, list: &List<'_>, place: &Place) -> Result<News, Failure> {
    let (until, from) = match &place.rest {
        Some(rest) => (&rest.until, rest.after.as_deref()),
        None => (&place.known, None),
    };
    let mut walked = back(page, list, (until.at, from), PAGES).await?;
    let known = match &place.rest {
        Some(_) => place.known.clone().and(walked.ids()),
        None => place.known.then(walked.ids(), list.now),
    };
    let left = walked.left.take();
    let is_whole = left.is_none();
    let on = left.filter(|_| !walked.astray);
    let rest = on.and_then(|after| Rest::on(after, until.clone(), place.rest.as_ref()));
    let more = rest.is_some();
    // Where there is no way on, it is walked again from the newest, at the next reading.
    let rest = rest.or_else(|| (!is_whole).then(|| Rest { until: until.clone(), ..Rest::default() }));
    let is_new = |(at, said): &(i64, Said)| until.lacks(*at, &said.id) && !place.known.ids.contains(&said.id);
    let said = walked.said.into_iter().rev().filter(is_new).collect();
    Ok(News { said, place: Place { known, rest }, pages: walked.pages, more })
}
