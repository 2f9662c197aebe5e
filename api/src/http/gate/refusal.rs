//! How the gate words a refusal: entries of `errors` with their code and place. Knows no rule.

use std::sync::Arc;

use apollo_compiler::{response::GraphQLError, validation::DiagnosticList};
use async_graphql::{Pos, ServerError};

use super::Refused;
use crate::error::{ApiError, Code};

/// Errors told of one document, at most.
const ERRORS: usize = 10;

/// One error without a place.
pub(super) fn plain(code: Code, message: String) -> Refused {
    Arc::new(vec![ApiError::new(code, message).into()])
}

/// One error of the validator.
pub(super) fn one(code: Code, error: GraphQLError) -> Refused {
    Arc::new(vec![of(code, error)])
}

/// The first errors of the validator.
pub(super) fn list(code: Code, errors: &DiagnosticList) -> Refused {
    let told = errors.iter().take(ERRORS);
    Arc::new(told.map(|error| of(code, error.unstable_to_json_compat())).collect())
}

fn of(code: Code, error: GraphQLError) -> ServerError {
    let mut told = ServerError::from(ApiError::new(code, error.message));
    told.locations =
        error.locations.iter().map(|place| Pos { line: place.line, column: place.column }).collect();
    told
}
