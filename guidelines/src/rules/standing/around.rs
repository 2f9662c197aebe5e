//! Rules that judge nothing but the surroundings: how they are asked, and surroundings for their examples.
//! It does not know any rule.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Deserialize;

use crate::{
    ChannelKind, ChannelView, Check, DraftView, Hit, InitiativeView, Neighbour, PlanView, Reading,
    Surroundings,
};

/// The parameters of a rule that has none.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct NoParams {}

/// A check that needs no words: a bare text never makes it speak.
struct Judged<F>(F);

impl<F: Fn(&Surroundings) -> Option<Hit> + Send + Sync> Check for Judged<F> {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        reading.around().and_then(&self.0).into_iter().collect()
    }
}

/// Makes a check of a judgement.
pub(super) fn judged<F>(judge: F) -> Result<Box<dyn Check>, String>
where
    F: Fn(&Surroundings) -> Option<Hit> + Send + Sync + 'static,
{
    ready(Judged(judge))
}

/// A check that always compiles.
#[expect(clippy::unnecessary_wraps, reason = "it is what `prepare` answers with, and other rules may fail")]
pub(super) fn ready(check: impl Check + 'static) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(check))
}

/// Whether nobody has written anything there.
pub(super) fn is_blank(text: Option<&String>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

/// Whether a list is known, and known to be empty.
pub(super) fn is_known_empty(list: Option<&Vec<String>>) -> bool {
    list.is_some_and(|list| list.iter().all(|entry| entry.trim().is_empty()))
}

/// The instant of an example, and hours after it.
pub(super) fn instant(hours: i64) -> DateTime<Utc> {
    let noon = DateTime::from_timestamp(1_900_065_600, 0).unwrap_or_default();
    noon.checked_add_signed(TimeDelta::hours(hours)).unwrap_or(noon)
}

/// The day of an example, and days after it.
pub(super) fn day(days: i64) -> Option<NaiveDate> {
    let noon = 1_900_065_600_i64.checked_add(days.checked_mul(86_400)?)?;
    Some(DateTime::from_timestamp(noon, 0)?.date_naive())
}

/// An example's surroundings: a channel.
pub(super) fn on(channel: ChannelView) -> Surroundings {
    Surroundings { now: Some(instant(0)), channel: Some(channel), ..Surroundings::default() }
}

/// An example's channel of a kind.
pub(super) fn kind(kind: ChannelKind) -> ChannelView {
    ChannelView { handle: "northclinics".to_owned(), kind, ..ChannelView::default() }
}

/// An example's channel with a biography.
pub(super) fn with_bio(kind: ChannelKind, bio: &str) -> ChannelView {
    ChannelView { kind, bio: Some(bio.to_owned()), ..ChannelView::default() }
}

/// An example's surroundings: an initiative.
pub(super) fn amid(initiative: InitiativeView) -> Surroundings {
    Surroundings {
        now: Some(instant(0)),
        initiative: Some(InitiativeView { name: "SleepWell".to_owned(), ..initiative }),
        ..Surroundings::default()
    }
}

/// An example's surroundings: an initiative with an approved plan.
pub(super) fn planned(plan: PlanView) -> Surroundings {
    let plan = PlanView { approved: true, ..plan };
    amid(InitiativeView { plan: Some(plan), ..InitiativeView::default() })
}

/// An example's surroundings: a draft.
pub(super) fn drafted(draft: DraftView) -> Surroundings {
    Surroundings { now: Some(instant(0)), draft, ..Surroundings::default() }
}

/// An example's surroundings: another post on the channel, hours away from this one.
pub(super) fn beside(text: &str, hours: i64) -> Surroundings {
    let other = Neighbour {
        id: "post-7".to_owned(),
        same_channel: true,
        published: hours < 0,
        at: instant(hours),
        text: text.to_owned(),
    };
    Surroundings {
        now: Some(instant(0)),
        scheduled_at: Some(instant(0)),
        neighbours: vec![other],
        ..Surroundings::default()
    }
}

/// A list of texts.
pub(super) fn listed(list: &[&str]) -> Vec<String> {
    list.iter().map(|&entry| entry.to_owned()).collect()
}
