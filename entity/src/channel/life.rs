//! What a review of a channel comes to, and what is left of one that is retired.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What a review of a channel comes to.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Verdict {
    /// It goes on.
    Keep,
    /// It rests.
    Rest,
    /// It is to be retired: a coordinator does that.
    Retire,
}

/// What becomes of the public page of an account that is retired.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PublicPage {
    /// It stays, with what was said there.
    KeptAsArchive,
    /// It stays, and says that nobody is there any more.
    MarkedClosed,
    /// It is gone.
    Deleted,
}
