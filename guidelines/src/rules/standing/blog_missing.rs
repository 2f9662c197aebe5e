//! Whether an initiative that has been running for a while blogs. It does not read the blog.

use chrono::TimeDelta;
use serde::Deserialize;

use super::around::{amid, day, judged};
use crate::{Check, Example, Hit, InitiativeView, Office, Surroundings, rule::rule};

rule!(
    BlogMissing, "PS2.blog-missing", version 2, "PS2", Warn, reads: [Time, Initiative, Blog],
    what: "Finds initiatives whose next post on the office's blog is overdue; where nobody said how often they blog, those that began, or were announced, more than eight weeks ago and have not one post there.",
    why: "Whoever manages a project writes about it on the office's web site; the policy makes it a duty.",
    instead: "Write a post about the initiative for the office's blog.",
    fires: [
        Example::of("We are hiring.").amid("an initiative of half a year without a blog post", || {
            amid(InitiativeView { started_on: day(-180), blog_posts: Some(0), ..InitiativeView::default() })
        }),
        Example::of("Come to our open day.").amid("an initiative of nine weeks without a blog post", || {
            amid(InitiativeView { started_on: day(-63), blog_posts: Some(0), ..InitiativeView::default() })
        }),
        Example::of("We are hiring.").amid("an initiative announced half a year ago", || {
            amid(InitiativeView { notified_on: day(-180), blog_posts: Some(0), ..InitiativeView::default() })
        }),
        Example::of("We are hiring.").amid("a duty to blog whose day has passed", || {
            amid(InitiativeView { blog_posts: Some(2), blog_due_on: day(-1), ..InitiativeView::default() })
        }),
    ],
    quiet: [
        Example::of("We are hiring.").amid("a duty to blog whose day has come and not passed", || {
            let started_on = day(-180);
            amid(InitiativeView { started_on, blog_posts: Some(0), blog_due_on: day(0), ..InitiativeView::default() })
        }),
        Example::of("We are hiring.").amid("an initiative that blogs", || {
            amid(InitiativeView { started_on: day(-180), blog_posts: Some(2), ..InitiativeView::default() })
        }),
        Example::of("We are hiring.").amid("an initiative that has just begun", || {
            amid(InitiativeView { started_on: day(-30), blog_posts: Some(0), ..InitiativeView::default() })
        }),
        Example::of("We are hiring.").amid("a blog of which nobody knows", || {
            amid(InitiativeView { started_on: day(-180), ..InitiativeView::default() })
        }),
    ],
);

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// So many weeks after its beginning an initiative has blogged.
    weeks: u32,
}

impl Default for Params {
    fn default() -> Self {
        Self { weeks: 8 }
    }
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    let weeks = params.weeks;
    judged(move |around| missing(around, weeks))
}

fn missing(around: &Surroundings, weeks: u32) -> Option<Hit> {
    let initiative = around.initiative.as_ref()?;
    if let Some(due) = initiative.blog_due_on {
        let late = || format!("The initiative's next post on the blog was due by {due}.");
        let hit = (around.now?.date_naive() > due).then(|| Hit::whole("initiative", late()));
        return hit.map(|hit| hit.suggesting("Write a post about the initiative for the office's blog."));
    }
    let since = initiative.started_on.or(initiative.notified_on)?;
    let age = around.now?.date_naive().signed_duration_since(since);
    if initiative.blog_posts != Some(0) || age <= TimeDelta::weeks(i64::from(weeks)) {
        return None;
    }
    let message =
        format!("The initiative has run for {} weeks and has no post on the blog.", age.num_weeks());
    Some(Hit::whole("initiative", message).suggesting("Write its first post for the office's blog."))
}
