//! The initiative and its communications plan, as rules see them. It does not know who approves either.

use chrono::{DateTime, NaiveDate, Utc};

/// An initiative.
#[derive(Clone, Debug, Default)]
pub struct InitiativeView {
    /// Its name.
    pub name: String,
    /// Whether the Coordinator was told of it; absent where not known.
    pub notified: Option<bool>,
    /// When the Coordinator was told of it; absent where not known.
    pub notified_on: Option<NaiveDate>,
    /// When it began.
    pub started_on: Option<NaiveDate>,
    /// When it ends.
    pub ends_on: Option<NaiveDate>,
    /// How many posts it has on the office's blog; absent where not known.
    pub blog_posts: Option<u32>,
    /// The last day for its next post on the blog, where it has a duty to blog so often.
    pub blog_due_on: Option<NaiveDate>,
    /// Its plan in force; absent where it has none.
    pub plan: Option<PlanView>,
}

/// A communications plan. Absent lists are not known; empty ones are known to be empty.
#[derive(Clone, Debug, Default)]
pub struct PlanView {
    /// Whether it is approved.
    pub approved: bool,
    /// Whether it was made with the Coordinator; absent where not known.
    pub coordinator_consulted: Option<bool>,
    /// Whom the initiative wants to reach.
    pub audiences: Option<Vec<String>>,
    /// Stakeholders and partners.
    pub stakeholders: Option<Vec<String>>,
    /// Key messages.
    pub key_messages: Option<Vec<String>>,
    /// Topics that may be shared.
    pub shareable: Option<Vec<String>>,
    /// Topics that may not, or not yet.
    pub kept_back: Vec<KeptBack>,
    /// The initiative's hashtags, with or without their sign.
    pub hashtags: Vec<String>,
    /// Goals.
    pub goals: Option<Vec<String>>,
    /// How to tell that the goals are met.
    pub measures: Option<Vec<String>>,
    /// Topics that draw journalists.
    pub contentious: Vec<String>,
    /// The school grade that its readers are written for; absent where the plan sets none.
    pub reading_grade: Option<u32>,
}

/// A topic that the plan keeps back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptBack {
    /// The topic, or an address.
    pub topic: String,
    /// Until when; absent where it is kept back for good.
    pub until: Option<DateTime<Utc>>,
}
