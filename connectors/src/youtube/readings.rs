//! How the channel's films stand, and how often they were seen. It changes nothing.

use serde::Deserialize;

use super::{
    api::Api,
    captions,
    film::{self, State},
    timeline,
};
use crate::{
    http::failure::Failure,
    message::Message,
    outcome::Cause,
    reading::{Difference, Figures, Standing},
};

/// Films that one question may be about.
const AT_ONCE: usize = 50;

#[derive(Deserialize)]
struct Counted {
    items: Vec<Film>,
}

#[derive(Deserialize)]
struct Film {
    id: String,
    statistics: Statistics,
}

/// Numbers as text; a count that the channel hides is left out.
#[derive(Deserialize)]
struct Statistics {
    #[serde(rename = "viewCount")]
    views: Option<String>,
    #[serde(rename = "likeCount")]
    likes: Option<String>,
    #[serde(rename = "commentCount")]
    comments: Option<String>,
}

pub(super) async fn read_back(api: &Api, remote_id: &str, message: &Message) -> Result<Standing, Failure> {
    film::checked_id(remote_id)?;
    let films = timeline::films(api, &[remote_id.to_owned()], "snippet,status").await?;
    let Some(film) = films.into_iter().find(|film| film.id == remote_id) else {
        return Ok(Standing::Gone);
    };
    Ok(match film.state() {
        State::Deleted => Standing::Gone,
        State::Aborted | State::Hidden(_) => Standing::Changed(Difference::NotPublic),
        State::Unclear => Standing::CannotTell(Cause::new(
            "FILM_UNCLEAR",
            "YouTube does not say what has become of the film",
        )),
        State::Out if !film.has_title_of(message) => Standing::Changed(Difference::Title),
        State::Out if !film.has_words_of(message) => Standing::Changed(Difference::Words),
        State::Out if !captions::has(api, remote_id, captions::of(message)).await? => {
            Standing::Changed(Difference::Captions)
        }
        State::Out => Standing::AsSent,
    })
}

pub(super) async fn figures(api: &Api, remote_ids: &[String]) -> Result<Vec<Figures>, Failure> {
    let ids: Vec<&str> = remote_ids.iter().map(String::as_str).filter(|id| film::is_id(id)).collect();
    let mut figures = Vec::with_capacity(ids.len());
    for some in ids.chunks(AT_ONCE) {
        let query = [("part", "statistics"), ("id", &some.join(","))];
        let counted: Counted = api.get("/youtube/v3/videos", &query).await?.json()?;
        figures.extend(counted.items.into_iter().map(|film| Figures {
            remote_id: film.id,
            impressions: number(film.statistics.views.as_deref()),
            likes: number(film.statistics.likes.as_deref()),
            replies: number(film.statistics.comments.as_deref()),
            ..Figures::default()
        }));
    }
    Ok(figures)
}

fn number(told: Option<&str>) -> Option<u64> {
    told?.parse().ok()
}
