//! `masthead queue list`.

use office::entity::post::{self, PostState};
use office::{
    Office, Requester,
    lifecycle::Lifecycle as _,
    paging::{Direction, PageRequest},
    posts::{self, PostFilter},
};
use serde::Serialize;

use super::find;
use crate::{
    cli::StateName,
    output::{self, Form},
};

/// Characters of a title in a table.
const TITLE_CHARS: usize = 40;

/// States that are not over: what is listed unless others are asked for.
const OPEN: [PostState; 6] = [
    PostState::Scheduled,
    PostState::Sending,
    PostState::Retrying,
    PostState::Unconfirmed,
    PostState::Held,
    PostState::Missed,
];

/// What to list.
pub(super) struct Wish {
    pub(super) state: Vec<StateName>,
    pub(super) channel: Option<String>,
    pub(super) initiative: Option<String>,
    pub(super) due_from: Option<String>,
    pub(super) due_before: Option<String>,
    pub(super) limit: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: String,
    state: String,
    local_time: String,
    time_zone: String,
    due_at: String,
    channel: String,
    title: String,
}

impl From<StateName> for PostState {
    fn from(name: StateName) -> Self {
        match name {
            StateName::Scheduled => Self::Scheduled,
            StateName::Sending => Self::Sending,
            StateName::Retrying => Self::Retrying,
            StateName::Unconfirmed => Self::Unconfirmed,
            StateName::Held => Self::Held,
            StateName::Missed => Self::Missed,
            StateName::Rejected => Self::Rejected,
            StateName::Published => Self::Published,
            StateName::Cancelled => Self::Cancelled,
            StateName::Corrected => Self::Corrected,
            StateName::Withdrawn => Self::Withdrawn,
            StateName::Drifted => Self::Drifted,
        }
    }
}

pub(super) async fn run(office: &Office, who: &Requester, wish: Wish, form: Form) -> anyhow::Result<()> {
    let mut states: Vec<_> = wish.state.into_iter().map(PostState::from).collect();
    if states.is_empty() {
        states.extend(OPEN);
    }
    let filter = PostFilter {
        states,
        channel_id: match &wish.channel {
            Some(word) => Some(find::channel(office, who, word).await?),
            None => None,
        },
        initiative_id: match &wish.initiative {
            Some(word) => Some(find::initiative(office, who, word).await?),
            None => None,
        },
        draft_id: None,
        recurrence_id: None,
        due_from: find::time_opt(office, who, wish.due_from.as_ref()).await?,
        due_before: find::time_opt(office, who, wish.due_before.as_ref()).await?,
    };
    let (permit, request) = (who.permit()?, PageRequest::first(wish.limit));
    let page = posts::list(office, &permit, &filter, Direction::Ascending, &request).await?;
    let names = posts::names(office, &permit, &page.items).await?;
    let rows: Vec<_> = page.items.iter().map(|post| row(post, &names)).collect();
    output::list(form, &["id", "state", "due", "channel", "title"], &rows, |row| {
        vec![
            row.id.clone(),
            row.state.clone(),
            due(&row.local_time, &row.time_zone),
            row.channel.clone(),
            shortened(&row.title),
        ]
    })?;
    if page.has_next && form == Form::Text {
        output::message(&format!(
            "there are more: ask for them with --limit, or for less with --state or --due-before; {} are shown",
            rows.len()
        ));
    }
    Ok(())
}

fn row(post: &post::Model, names: &posts::Names) -> Row {
    Row {
        id: post.id.to_string(),
        state: post.state.code(),
        local_time: post.local_time.clone(),
        time_zone: post.time_zone.clone(),
        due_at: post.due_at.to_rfc3339(),
        channel: names.channels.get(&post.channel_id).map(find::named).unwrap_or_default(),
        title: names.titles.get(&post.draft_id).cloned().unwrap_or_default(),
    }
}

/// A local time with its zone, to the minute.
pub(super) fn due(local_time: &str, time_zone: &str) -> String {
    let minutes = local_time.get(..16).unwrap_or(local_time);
    format!("{minutes} {time_zone}")
}

fn shortened(title: &str) -> String {
    if title.chars().count() <= TITLE_CHARS {
        return title.to_owned();
    }
    title.chars().take(TITLE_CHARS - 1).chain(std::iter::once('…')).collect()
}
