//! Writing down figures of goals.

use async_graphql::{Context, ID, InputObject, Object};
use office::{plans, policy::op};

use super::{Measurement, goal::MeasurementSource};
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id, scalars::Date},
};

/// A figure.
#[derive(Debug, InputObject)]
pub(crate) struct RecordMeasurementInput {
    /// Chosen by the client, new for each figure: the same call with the same key answers with the same figure.
    client_key: Option<String>,
    /// Whose plan has the goal.
    initiative_id: ID,
    /// Which goal (`Goal.id`) of the plan in force, or of the newest version where none is.
    goal_id: ID,
    /// The figure, in the goal's unit.
    value: f64,
    /// The day for which it holds, in the office's zone; today when left out.
    measured_on: Option<Date>,
    /// Where it comes from.
    #[graphql(default_with = "MeasurementSource::Manual")]
    source: MeasurementSource,
    /// What is to be said of it.
    note: Option<String>,
}

payloads! {
    /// What `recordMeasurement` answers.
    RecordMeasurementPayload {
        /// The figure.
        measurement: Measurement,
    }
}

/// Mutations of figures.
#[derive(Debug, Default)]
pub(crate) struct MeasurementMutation;

#[Object]
impl MeasurementMutation {
    /// Writes a figure of a goal down: `Goal.progress` is worked out from the last one. Figures are kept; a wrong one is put
    /// right by another for the same day. Codes: `NOT_FOUND` for the initiative or the goal, `NOT_RESPONSIBLE`, `INVALID`
    /// for a day to come, `ILLEGAL_STATE` when the initiative was declined, `TOO_LONG`, `KEY_REUSED`.
    async fn record_measurement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The figure.")] input: RecordMeasurementInput,
    ) -> Field<RecordMeasurementPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::RecordMeasurement>()?;
            let office = ctx.office()?;
            let outcome = async { plans::record(office, &permit, figure(input)?).await };
            payload(outcome.await, |row| RecordMeasurementPayload::done(row.into()))
        })
        .await
    }
}

fn figure(input: RecordMeasurementInput) -> office::Result<plans::RecordMeasurement> {
    Ok(plans::RecordMeasurement {
        client_key: input.client_key,
        initiative_id: id::decode(&input.initiative_id)?,
        goal_id: id::decode(&input.goal_id)?,
        value: input.value,
        measured_on: input.measured_on.map(|day| day.0),
        source: input.source.into(),
        note: input.note,
    })
}
