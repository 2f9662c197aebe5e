//! What a plan says: validating it, and what its items are known by. An item keeps its id from version to version: where
//! the client names it, or where its words are those of an earlier version.

use std::collections::HashSet;

use chrono::{DateTime, Months, NaiveDate, Utc};
use entity::{
    GoalId, InitiativeId, KeyMessageId, MemberId, plan,
    plan::{Embargo, Embargoes, Goal, Goals, KeyMessage, KeyMessages, Lines, PlanState, Topic, Topics},
};
use sea_orm::{QueryOrder, QuerySelect};
use serde::Serialize;
use uuid::Uuid;

use super::of;
use crate::{
    Limits, Office, calendar,
    change::Change,
    error::{RefusalCode, Result, refuse},
    fields, offices,
};

/// Versions back that an item is known by its id or words.
const VERSIONS_BACK: u64 = 200;

/// A new version of a plan: all of it. A part may be empty while it is being written; only a complete plan is approved.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PlanContent {
    /// Target audiences.
    pub audiences: Vec<String>,
    /// Stakeholders: whom the project concerns.
    pub stakeholders: Vec<String>,
    /// Partners: who does it together with the office.
    pub partners: Vec<String>,
    /// Key messages.
    pub key_messages: Vec<KeyMessageInput>,
    /// What may be shared.
    pub shareable: Vec<TopicInput>,
    /// What may not be shared.
    pub not_shareable: Vec<EmbargoInput>,
    /// Goals with their measures.
    pub goals: Vec<GoalInput>,
    /// Topics that draw journalists.
    pub contentious: Vec<String>,
    /// When it is to be looked at again; none: after the months of the settings.
    pub review_on: Option<NaiveDate>,
}

/// A key message.
#[derive(Debug, Clone, Default, Serialize)]
pub struct KeyMessageInput {
    /// Which one of an earlier version it is; none: the one with the same words, or a new one.
    pub id: Option<KeyMessageId>,
    /// Its words.
    pub text: String,
}

/// Something that may be shared.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TopicInput {
    /// Words that name it.
    pub topic: String,
    /// From when it may be; none: at once.
    pub from: Option<DateTime<Utc>>,
}

/// Something that may not be shared.
#[derive(Debug, Clone, Serialize)]
pub struct EmbargoInput {
    /// Words that name it.
    pub topic: String,
    /// When it may be; none: never.
    pub until: Option<DateTime<Utc>>,
}

/// A goal.
#[derive(Debug, Clone, Default, Serialize)]
pub struct GoalInput {
    /// Which one of an earlier version it is; none: the one with the same words, or a new one.
    pub id: Option<GoalId>,
    /// What is wanted.
    pub goal: String,
    /// How one tells that it is met.
    pub measure: Option<String>,
    /// What the figures count; none where the measure says it.
    pub unit: Option<String>,
    /// The figure at the beginning; none where it is not known.
    pub baseline: Option<f64>,
    /// The figure that is wanted.
    pub target: Option<f64>,
    /// The day by which.
    pub due_on: Option<NaiveDate>,
}

/// The row of version `number`, validated.
pub(super) async fn row(
    office: &Office,
    change: &Change<'_>,
    (initiative_id, written_by, number): (InitiativeId, MemberId, i32),
    content: &PlanContent,
) -> Result<plan::Model> {
    let limits = &office.limits;
    let lines = |field: &str, values: &[String]| {
        Ok::<_, crate::OfficeError>(Lines(fields::paragraphs(limits, field, values)?))
    };
    one_or_the_other(content)?;
    let earlier = Earlier::of(change, initiative_id).await?;
    let today = calendar::day(change.now, &offices::zone(change.tx(), change.office_id()).await?)?;
    Ok(plan::Model {
        id: change.id(),
        office_id: change.office_id(),
        initiative_id,
        number,
        audiences: lines("audiences", &content.audiences)?,
        stakeholders: lines("stakeholders", &content.stakeholders)?,
        partners: lines("partners", &content.partners)?,
        key_messages: key_messages(limits, change, &earlier, &content.key_messages)?,
        shareable: topics(limits, today, &content.shareable)?,
        not_shareable: embargoes(limits, today, &content.not_shareable)?,
        goals: goals(limits, change, (&earlier, today), &content.goals)?,
        contentious: lines("contentious", &content.contentious)?,
        review_on: Some(review_day(limits, today, content.review_on)?),
        state: PlanState::Draft,
        written_by,
        decided_by: None,
        decided_at: None,
        created_at: change.now,
    })
}

/// The day on which a plan is looked at again.
fn review_day(limits: &Limits, today: NaiveDate, wanted: Option<NaiveDate>) -> Result<NaiveDate> {
    match wanted {
        Some(day) if day > today => fields::near(limits, "reviewOn", Some(day), today).map(|()| day),
        Some(_) => refuse(RefusalCode::Invalid, "reviewOn", "a plan is looked at again on a day to come"),
        None => Ok(next_review(limits, today)),
    }
}

/// The day of review where nobody names one.
pub(super) fn next_review(limits: &Limits, today: NaiveDate) -> NaiveDate {
    today.checked_add_months(Months::new(limits.plan_review_months)).unwrap_or(NaiveDate::MAX)
}

/// What earlier versions had: the one in force first, then those that were, then those that nobody approved, each newest first.
struct Earlier {
    messages: Vec<KeyMessage>,
    goals: Vec<Goal>,
}

impl Earlier {
    async fn of(change: &Change<'_>, id: InitiativeId) -> Result<Self> {
        let rows = of(change.office_id(), id)
            .select_only()
            .column(plan::Column::KeyMessages)
            .column(plan::Column::Goals)
            .column(plan::Column::State)
            .order_by_desc(plan::Column::Number)
            .limit(VERSIONS_BACK)
            .into_tuple::<(KeyMessages, Goals, PlanState)>()
            .all(change.tx())
            .await?;
        let mut rows = rows;
        // What is said and measured belongs to what was in force.
        rows.sort_by_key(|(_, _, state)| match state {
            PlanState::Approved => 0,
            PlanState::Superseded => 1,
            PlanState::Draft => 2,
        });
        let (messages, goals): (Vec<_>, Vec<_>) =
            rows.into_iter().map(|(one, other, _)| (one.0, other.0)).unzip();
        Ok(Self { messages: messages.concat(), goals: goals.concat() })
    }
}

/// The id of an item: of the one that is named, of the one with the same words, or a new one; each is used once.
fn identified<Id: Copy + Into<Uuid> + From<Uuid>>(
    change: &Change<'_>,
    (field, named, words): (&str, Option<Id>, &str),
    earlier: impl Iterator<Item = (Id, String)> + Clone,
    used: &mut HashSet<Uuid>,
) -> Result<Id> {
    let id = match named {
        Some(id) if earlier.clone().any(|(known, _)| known.into() == id.into()) => id,
        Some(_) => {
            let message = "no earlier version of this plan has this id: leave it out for a new item";
            return refuse(RefusalCode::NotFound, &format!("{field}.id"), message);
        }
        None => {
            let mut same = earlier.filter(|(known, text)| text == words && !used.contains(&(*known).into()));
            same.next().map_or_else(|| change.id(), |(known, _)| known)
        }
    };
    if used.insert(id.into()) {
        return Ok(id);
    }
    refuse(RefusalCode::Invalid, &format!("{field}.id"), "this item is in the list twice")
}

fn key_messages(
    limits: &Limits,
    change: &Change<'_>,
    earlier: &Earlier,
    inputs: &[KeyMessageInput],
) -> Result<KeyMessages> {
    fields::at_most(limits.list_items, "keyMessages", inputs.len())?;
    let mut used = HashSet::new();
    let known = earlier.messages.iter().map(|message| (message.id, message.text.clone()));
    let message = |(i, input): (usize, &KeyMessageInput)| {
        let field = format!("keyMessages.{i}");
        let text = fields::paragraph(limits, &format!("{field}.text"), &input.text)?;
        let id = identified(change, (&field, input.id, &text), known.clone(), &mut used)?;
        Ok(KeyMessage { id, text })
    };
    let messages: Vec<_> = inputs.iter().enumerate().map(message).collect::<Result<_>>()?;
    for (i, message) in messages.iter().enumerate() {
        let same = |before: &KeyMessage| fields::seen_name(&before.text) == fields::seen_name(&message.text);
        if messages.iter().take(i).any(same) {
            return refuse(
                RefusalCode::Invalid,
                &format!("keyMessages.{i}.text"),
                "this message is in the list twice",
            );
        }
    }
    Ok(KeyMessages(messages))
}

fn topics(limits: &Limits, today: NaiveDate, inputs: &[TopicInput]) -> Result<Topics> {
    fields::at_most(limits.list_items, "shareable", inputs.len())?;
    let topic = |(i, input): (usize, &TopicInput)| {
        let topic = fields::paragraph(limits, &format!("shareable.{i}.topic"), &input.topic)?;
        let day = input.from.map(|from| from.date_naive());
        fields::near(limits, &format!("shareable.{i}.from"), day, today)?;
        Ok(Topic { topic, from: input.from })
    };
    Ok(Topics(inputs.iter().enumerate().map(topic).collect::<Result<_>>()?))
}

/// A topic may be shared or is kept back: a plan that says both says nothing.
fn one_or_the_other(content: &PlanContent) -> Result<()> {
    let shared: HashSet<String> =
        content.shareable.iter().map(|entry| fields::seen_name(&entry.topic)).collect();
    let twice = |entry: &EmbargoInput| shared.contains(&fields::seen_name(&entry.topic));
    let twice = content.not_shareable.iter().position(twice);
    let Some(place) = twice else { return Ok(()) };
    let message = "the plan says of this topic that it may be shared and that it may not: leave one of them out; to share it \
                   later, give its day in `shareable`";
    refuse(RefusalCode::Invalid, &format!("notShareable.{place}.topic"), message)
}

fn embargoes(limits: &Limits, today: NaiveDate, inputs: &[EmbargoInput]) -> Result<Embargoes> {
    fields::at_most(limits.list_items, "notShareable", inputs.len())?;
    let embargo = |(i, input): (usize, &EmbargoInput)| {
        let field = format!("notShareable.{i}.topic");
        let topic = fields::line(limits, &field, &input.topic)?;
        if !topic.chars().any(char::is_alphanumeric) {
            let message = "a topic has letters or digits: nothing could tell of this one";
            return refuse(RefusalCode::Invalid, &field, message);
        }
        let day = input.until.map(|until| until.date_naive());
        fields::near(limits, &format!("notShareable.{i}.until"), day, today)?;
        Ok(Embargo { topic, until: input.until })
    };
    Ok(Embargoes(inputs.iter().enumerate().map(embargo).collect::<Result<_>>()?))
}

fn goals(
    limits: &Limits,
    change: &Change<'_>,
    (earlier, today): (&Earlier, NaiveDate),
    inputs: &[GoalInput],
) -> Result<Goals> {
    fields::at_most(limits.list_items, "goals", inputs.len())?;
    let mut used = HashSet::new();
    let known = earlier.goals.iter().map(|goal| (goal.id, goal.goal.clone()));
    let goal = |(i, input): (usize, &GoalInput)| {
        let field = format!("goals.{i}");
        let words = fields::paragraph(limits, &format!("{field}.goal"), &input.goal)?;
        let id = identified(change, (&field, input.id, &words), known.clone(), &mut used)?;
        let before = earlier.goals.iter().find(|goal| goal.id == id);
        if input.target.is_some() && input.target == input.baseline {
            let message = "the target is where it begins: a goal wants another figure";
            return refuse(RefusalCode::Invalid, &format!("{field}.target"), message);
        }
        fields::figure(limits, &format!("{field}.target"), input.target)?;
        fields::figure(limits, &format!("{field}.baseline"), input.baseline)?;
        fields::near(limits, &format!("{field}.dueOn"), input.due_on, today)?;
        let measure =
            fields::optional_paragraph(limits, &format!("{field}.measure"), input.measure.as_deref())?;
        Ok(Goal {
            id,
            goal: words,
            measure: measure.unwrap_or_default(),
            unit: fields::optional_line(limits, &format!("{field}.unit"), input.unit.as_deref())?,
            baseline: input.baseline,
            target: input.target,
            due_on: input.due_on,
            since: before.map_or(Some(today), |goal| goal.since),
        })
    };
    Ok(Goals(inputs.iter().enumerate().map(goal).collect::<Result<_>>()?))
}

/// What a plan keeps back: what may not be shared, or not yet.
pub(crate) fn kept_back(plan: &plan::Model) -> impl Iterator<Item = Embargo> {
    let not_yet = |topic: &Topic| Some(Embargo { topic: topic.topic.clone(), until: Some(topic.from?) });
    plan.not_shareable.0.iter().cloned().chain(plan.shareable.0.iter().filter_map(not_yet))
}
