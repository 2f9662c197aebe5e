//! How an initiative ends: begun, then completed once its channels, its queue and its plan's goals are settled.

use entity::{
    GoalId, InitiativeId, channel,
    channel::ChannelState,
    initiative,
    initiative::{GoalResult, GoalResults},
    plan::Goal,
};
use sea_orm::{ActiveEnum as _, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use serde_json::json;

use super::{acting, save};
use crate::{
    Office, blogging,
    change::Change,
    error::{Refusal, RefusalCode, Result, refuse},
    fields,
    lifecycle::{InitiativeEvent, Lifecycle as _},
    mail::{self, News, Told},
    plans,
    policy::{self, Permit, op},
    posts::{self, Ending},
    recurrences,
    rows::locked,
};

/// Channels, and posts, that a refusal names.
const NAMED_AT_MOST: u64 = 50;

/// What becomes of posts that wait when closing begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueFate {
    /// They stay, held; somebody settles each before it is closed.
    Keep,
    /// They are cancelled, and its recurrences end.
    Cancel,
}

/// What became of one goal.
#[derive(Debug, Clone, Serialize)]
pub struct ResultInput {
    /// Which goal.
    pub goal_id: Option<GoalId>,
    /// The goal in the plan's words, where its id is not given.
    pub goal: Option<String>,
    /// What became of it.
    pub result: String,
}

/// Begins its end: nothing new goes out, and each of its channels is to be settled.
pub async fn close(
    office: &Office,
    permit: &Permit<op::CloseInitiative>,
    id: InitiativeId,
    queue: QueueFate,
) -> Result<initiative::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let before = locked::<initiative::Entity>(&change, id).await?;
    policy::manages(permit.requester(), before.manager_id)?;
    let mut after = before.clone();
    after.state = before.state.next(InitiativeEvent::Close)?;
    let row = save(&change, &before, after).await?;
    if queue == QueueFate::Cancel {
        recurrences::end_of_initiative(&mut change, id).await?;
        posts::cancel_waiting(&mut change, Ending::Initiative(id)).await?;
    }
    blogging::end_with(&mut change, id).await?;
    change.note("closeInitiative", "Initiative", row.id.0, json!({ "state": row.state }));
    tell(&mut change, &row).await?;
    change.move_gates();
    change.commit().await?;
    Ok(row)
}

/// Ends it. Each channel that it ran must be retired, or handed to the whole office or another initiative; no post of it may
/// wait; and each goal of its plan in force needs a result.
pub async fn complete_closing(
    office: &Office,
    permit: &Permit<op::CompleteClosing>,
    id: InitiativeId,
    results: &[ResultInput],
) -> Result<initiative::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let before = locked::<initiative::Entity>(&change, id).await?;
    let mut after = before.clone();
    after.state = before.state.next(InitiativeEvent::Complete)?;
    channels_settled(&change, id).await?;
    queue_settled(&change, id).await?;
    after.results = goal_results(&change, id, results).await?;
    // Those that closing kept: nothing of it is repeated any more.
    recurrences::end_of_initiative(&mut change, id).await?;
    let row = save(&change, &before, after).await?;
    let detail = json!({ "state": row.state, "results": row.results.0.len() });
    change.note("completeClosing", "Initiative", row.id.0, detail);
    tell(&mut change, &row).await?;
    change.commit().await?;
    Ok(row)
}

async fn tell(change: &mut Change<'_>, row: &initiative::Model) -> Result<()> {
    let who = acting(change).await?;
    let told = Told { initiative: row, who: &who, news: News::Closing };
    let mut members = mail::coordinators(change).await?;
    members.extend(mail::recipients(change, &[row.proposed_by, row.manager_id]).await?);
    mail::tell(change, &members, &told, &format!("{}|{}", row.state.code(), row.id)).await
}

async fn channels_settled(change: &Change<'_>, id: InitiativeId) -> Result<()> {
    let channels = channel::Entity::find()
        .filter(channel::Column::OfficeId.eq(change.office_id()))
        .filter(channel::Column::InitiativeId.eq(id))
        .filter(channel::Column::State.is_not_in([ChannelState::Retired, ChannelState::Declined]))
        .order_by_asc(channel::Column::Handle)
        .limit(NAMED_AT_MOST)
        .all(change.tx())
        .await?;
    if channels.is_empty() {
        return Ok(());
    }
    let name =
        |row: channel::Model| format!("{} ({}, {})", row.handle, row.platform.to_value(), row.state.code());
    let names: Vec<_> = channels.into_iter().map(name).collect();
    let message = format!(
        "these channels are not settled: {}; retire each (retireChannel), decline what is only asked for (declineChannel), or hand it to the whole office",
        names.join(", ")
    );
    refuse(RefusalCode::IllegalState, "", message)
}

async fn queue_settled(change: &Change<'_>, id: InitiativeId) -> Result<()> {
    let waiting = posts::unsettled(change, Ending::Initiative(id), NAMED_AT_MOST).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let message = "posts of it are not settled: cancel each that waits, and let what is being sent or looked up come to its end";
    Err(Refusal::new(RefusalCode::IllegalState, "", message).with_posts(waiting).into())
}

async fn goal_results(change: &Change<'_>, id: InitiativeId, inputs: &[ResultInput]) -> Result<GoalResults> {
    let limits = change.limits();
    fields::at_most(limits.list_items, "results", inputs.len())?;
    let plan = plans::current(change.tx(), change.office_id(), id).await?;
    let goals: Vec<_> = plan.map(|plan| plan.goals.0).unwrap_or_default();
    let mut results: Vec<GoalResult> = Vec::new();
    for (i, input) in inputs.iter().enumerate() {
        let goal = meant(&goals, input, &format!("results.{i}"))?;
        if results.iter().any(|before| before.goal_id == Some(goal.id)) {
            let message = format!("“{}” has a result already in this list", goal.goal);
            return refuse(RefusalCode::Invalid, &format!("results.{i}"), message);
        }
        let result = fields::paragraph(limits, &format!("results.{i}.result"), &input.result)?;
        results.push(GoalResult { goal_id: Some(goal.id), goal: goal.goal.clone(), result });
    }
    let open = goals.iter().filter(|goal| results.iter().all(|result| result.goal_id != Some(goal.id)));
    let open: Vec<_> = open.map(|goal| format!("“{}”", goal.goal)).collect();
    if !open.is_empty() {
        let message = format!("say what became of each goal of the plan; missing: {}", open.join(", "));
        return refuse(RefusalCode::Required, "results", message);
    }
    Ok(GoalResults(results))
}

/// The goal that an input names, by its id or by its words.
fn meant<'g>(goals: &'g [Goal], input: &ResultInput, field: &str) -> Result<&'g Goal> {
    if let Some(id) = input.goal_id {
        let Some(goal) = goals.iter().find(|goal| goal.id == id) else {
            let message = "this is no goal of the plan in force";
            return refuse(RefusalCode::Invalid, &format!("{field}.goalId"), message);
        };
        if input.goal.as_deref().is_some_and(|words| words.trim() != goal.goal) {
            let message = "`goalId` is of another goal than these words: name it by one of them";
            return refuse(RefusalCode::Invalid, &format!("{field}.goal"), message);
        }
        return Ok(goal);
    }
    let words = input.goal.as_deref().unwrap_or_default().trim();
    let mut alike = goals.iter().filter(|goal| goal.goal == words);
    let field = format!("{field}.goal");
    match (alike.next(), alike.next()) {
        (Some(goal), None) => Ok(goal),
        (Some(_), Some(_)) => {
            refuse(RefusalCode::Invalid, &field, "two goals have these words: name it by `goalId`")
        }
        (None, _) if words.is_empty() => {
            refuse(RefusalCode::Required, &field, "name the goal, by `goalId` or by its words")
        }
        (None, _) => {
            let message = format!(
                "“{words}” is no goal of the plan in force: name it by `goalId`, or by its words as they are"
            );
            refuse(RefusalCode::Invalid, &field, message)
        }
    }
}
