//! What coordinators ask about a proposed initiative, and what they are answered: a short thread that stays with it.

use entity::{
    InitiativeId, InitiativeQuestionId, initiative, initiative::InitiativeState, initiative_question,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait as _, QueryFilter,
};
use serde_json::json;

use super::acting;
use crate::{
    Office,
    change::Change,
    error::{RefusalCode, Result, refuse},
    fields,
    mail::{self, News, Told},
    policy::{self, Permit, op},
    rows::locked,
};

/// A coordinator asks; who proposed the initiative and who owns it are told.
pub async fn ask(
    office: &Office,
    permit: &Permit<op::AskAboutInitiative>,
    id: InitiativeId,
    question: &str,
) -> Result<initiative_question::Model> {
    let question = fields::paragraph(&office.limits, "question", question)?;
    let Some(asked_by) = permit.requester().member_id() else {
        return refuse(RefusalCode::NotResponsible, "", "only a coordinator can ask");
    };
    let mut change = office.begin(permit.requester()).await?;
    let initiative = locked::<initiative::Entity>(&change, id).await?;
    if initiative.state != InitiativeState::Proposed {
        let message = "this initiative is decided: write to its project manager instead";
        return refuse(RefusalCode::IllegalState, "initiativeId", message);
    }
    bounded(&change, id).await?;
    let row = initiative_question::Model {
        id: change.id(),
        office_id: change.office_id(),
        initiative_id: id,
        question,
        asked_by,
        asked_at: change.now,
        answer: None,
        answered_by: None,
        answered_at: None,
    };
    let row = initiative_question::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    change.note("askAboutInitiative", "Initiative", id.0, json!({ "question": row.id }));
    let who = acting(&change).await?;
    let told = Told { initiative: &initiative, who: &who, news: News::Asked(&row.question) };
    let members = mail::recipients(&change, &[initiative.proposed_by, initiative.manager_id]).await?;
    mail::tell(&mut change, &members, &told, &format!("asked|{}", row.id)).await?;
    change.commit().await?;
    Ok(row)
}

async fn bounded(change: &Change<'_>, id: InitiativeId) -> Result<()> {
    let asked = initiative_question::Entity::find()
        .filter(initiative_question::Column::InitiativeId.eq(id))
        .count(change.tx())
        .await?;
    if asked >= change.limits().initiative_questions {
        let message = format!("{asked} questions were asked about it: decide, or talk to its people");
        return refuse(RefusalCode::TooLong, "question", message);
    }
    Ok(())
}

/// Answers a question; who asked is told.
pub async fn answer(
    office: &Office,
    permit: &Permit<op::AnswerInitiativeQuestion>,
    id: InitiativeQuestionId,
    answer: &str,
) -> Result<initiative_question::Model> {
    let answer = fields::paragraph(&office.limits, "answer", answer)?;
    let mut change = office.begin(permit.requester()).await?;
    let before = locked::<initiative_question::Entity>(&change, id).await?;
    let initiative = locked::<initiative::Entity>(&change, before.initiative_id).await?;
    if permit.requester().member_id() != Some(initiative.proposed_by) {
        policy::manages(permit.requester(), initiative.manager_id)?;
    }
    if before.answered_at.is_some() {
        return refuse(RefusalCode::IllegalState, "questionId", "this question was answered already");
    }
    let mut edit = initiative_question::ActiveModel::from(before);
    edit.answer = Set(Some(answer.clone()));
    edit.answered_by = Set(permit.requester().member_id());
    edit.answered_at = Set(Some(change.now));
    let row = edit.update(change.tx()).await?;
    change.note("answerInitiativeQuestion", "Initiative", initiative.id.0, json!({ "question": row.id }));
    let who = acting(&change).await?;
    let told = Told { initiative: &initiative, who: &who, news: News::Answered(&row.question, &answer) };
    let members = mail::recipients(&change, &[row.asked_by]).await?;
    mail::tell(&mut change, &members, &told, &format!("answered|{}", row.id)).await?;
    change.commit().await?;
    Ok(row)
}
