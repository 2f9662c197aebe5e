//! Relations to other rows, through the request's loaders: null when the row is not there, and null with an error when
//! reading failed, so that neither takes the parent with it.

use std::sync::Arc;

use async_graphql::Context;
use chrono::NaiveDate;
use entity::OfficeId;
use office::{OfficeError, calendar, read::Owned};
use uuid::Uuid;

use super::{
    context::ContextExt as _,
    loaders::{Relation, Row, rows::OwnOffice},
};
use crate::error::Field;

/// The row with this id, wrapped.
pub(crate) async fn one<E, T>(
    ctx: &Context<'_>,
    id: impl Into<Uuid>,
    wrap: impl FnOnce(Arc<E::Model>) -> T,
) -> Field<T>
where
    E: Owned,
    E::Model: Row,
{
    let read = async { async_graphql::Result::Ok(ctx.loaders()?.one::<E>(id).await?) };
    read.await.map(|row| row.map(wrap)).transpose()
}

/// The same for a reference that may be missing.
pub(crate) async fn maybe<E, T>(
    ctx: &Context<'_>,
    id: Option<impl Into<Uuid>>,
    wrap: impl FnOnce(Arc<E::Model>) -> T,
) -> Field<T>
where
    E: Owned,
    E::Model: Row,
{
    one::<E, T>(ctx, id?, wrap).await
}

/// The rows that belong to this parent, in the order of their ids.
pub(crate) async fn many<R: Relation>(
    ctx: &Context<'_>,
    parent: impl Into<Uuid>,
) -> async_graphql::Result<Vec<Arc<R::Row>>> {
    Ok(ctx.loaders()?.children::<R>(parent).await?)
}

/// The viewer's office, loaded once for the request.
pub(crate) async fn own_office(
    ctx: &Context<'_>,
    office_id: OfficeId,
) -> async_graphql::Result<Arc<entity::office::Model>> {
    let own = many::<OwnOffice>(ctx, office_id).await?;
    Ok(own.into_iter().next().ok_or(OfficeError::NotFound("office"))?)
}

/// Which day it is in the office's zone.
pub(crate) async fn today(ctx: &Context<'_>, office_id: OfficeId) -> async_graphql::Result<NaiveDate> {
    let own = own_office(ctx, office_id).await?;
    Ok(calendar::day(ctx.office()?.now(), &own.time_zone)?)
}
