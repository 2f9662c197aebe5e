//! Edits of values that may be taken away: a field that is left out stays, `null` clears it, a value replaces it.

use async_graphql::{ID, MaybeUndefined};
use office::{Edit, Result};

use super::id::{self, Global};

/// What the client wants with a value.
pub(crate) fn edit<T>(given: MaybeUndefined<T>) -> Edit<T> {
    match given {
        MaybeUndefined::Undefined => Edit::Keep,
        MaybeUndefined::Null => Edit::Clear,
        MaybeUndefined::Value(value) => Edit::Set(value),
    }
}

/// The same of a global id.
pub(crate) fn edit_id<T: Global>(given: &MaybeUndefined<ID>) -> Result<Edit<T>> {
    Ok(match given {
        MaybeUndefined::Undefined => Edit::Keep,
        MaybeUndefined::Null => Edit::Clear,
        MaybeUndefined::Value(id) => Edit::Set(id::decode(id)?),
    })
}
