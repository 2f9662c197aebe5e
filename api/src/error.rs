//! The one place where errors get their face: what the user can put right becomes data ([`UserError`]), what the client's
//! programmer or our machine caused becomes an entry of `errors` with `extensions.code`, and a fault of ours is masked and
//! logged once. Knows no operation.

use std::{fmt, sync::Arc};

use async_graphql::{ErrorExtensionValues, Response, ServerError};
use office::{Fault, OfficeError};

mod user;

pub(crate) use user::{Payload, UserError, payload, payloads};

/// What clients read of a fault of ours.
const MASKED: &str = "something went wrong here; it has been logged under this request id";

/// The codes of `extensions.code`. Apollo's words where they exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    Unauthenticated,
    Forbidden,
    NotFound,
    BadRequest,
    BadUserInput,
    RateLimited,
    TooComplex,
    ParseFailed,
    ValidationFailed,
    Timeout,
    Internal,
}

impl Code {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::BadRequest => "BAD_REQUEST",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::RateLimited => "RATE_LIMITED",
            Self::TooComplex => "QUERY_TOO_COMPLEX",
            Self::ParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::ValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::Timeout => "TIMEOUT",
            Self::Internal => "INTERNAL_SERVER_ERROR",
        }
    }
}

/// An error that the API itself raises; `?` carries it through resolvers.
#[derive(Debug, Clone)]
pub(crate) struct ApiError {
    pub(crate) code: Code,
    pub(crate) message: String,
}

impl ApiError {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// Nobody is signed in.
    pub(crate) fn unauthenticated() -> Self {
        Self::new(Code::Unauthenticated, "sign in first: send `Authorization: Bearer …`")
    }

    /// An argument is not usable.
    pub(crate) fn bad_input(message: impl Into<String>) -> Self {
        Self::new(Code::BadUserInput, message)
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<ApiError> for ServerError {
    /// For what is refused before it runs, and so has no place in the document.
    fn from(error: ApiError) -> Self {
        let mut told = Self::new(error.message, None);
        told.extensions.get_or_insert_with(ErrorExtensionValues::default).set("code", error.code.name());
        told
    }
}

/// A field that is null when it fails, without taking its parent with it: relations to other rows.
pub(crate) type Field<T> = Option<async_graphql::Result<T>>;

/// Runs a resolver whose field is null when it fails, without taking its neighbours with it. The resolver's state goes to the
/// heap before anything waits for it: the merged roots are as large as their largest field, several times over.
pub(crate) fn nullable<T>(
    body: impl Future<Output = async_graphql::Result<Option<T>>>,
) -> impl Future<Output = Field<T>> {
    let body = Box::pin(body);
    async move { body.await.transpose() }
}

/// Gives every error of an answer its code, masks faults and logs them once.
pub(crate) fn finish(response: &mut Response, request_id: &str) {
    for error in &mut response.errors {
        finish_one(error, request_id);
    }
}

fn finish_one(error: &mut ServerError, request_id: &str) {
    let (code, message) = describe(error, request_id);
    error.message = message;
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    extensions.set("code", code.name());
    if code == Code::Internal {
        extensions.set("requestId", request_id);
    }
}

fn describe(error: &ServerError, request_id: &str) -> (Code, String) {
    if let Some(ours) = error.source::<ApiError>() {
        return (ours.code, ours.message.clone());
    }
    let office = error.source::<OfficeError>();
    let shared = || error.source::<Arc<OfficeError>>().map(Arc::as_ref);
    match office.or_else(shared) {
        Some(OfficeError::Fault(fault)) => (Code::Internal, mask(fault, request_id, &path_of(error))),
        Some(told) => of_office(told),
        // What has no source was raised by the library about the client's values.
        None if error.source.is_none() && error.path.is_empty() => {
            (Code::ValidationFailed, error.message.clone())
        }
        None if error.source.is_none() => (Code::BadUserInput, error.message.clone()),
        None => {
            let fault = Fault::Internal(error.message.clone());
            (Code::Internal, mask(&fault, request_id, &path_of(error)))
        }
    }
}

fn path_of(error: &ServerError) -> String {
    error.path.iter().map(|part| format!("{part:?}")).collect::<Vec<_>>().join(".")
}

/// Logs a fault and returns what the client may know of it.
pub(crate) fn mask(fault: &Fault, request_id: &str, place: &str) -> String {
    tracing::error!(request.id = %request_id, place = %place, error = %fault, "a request met a fault");
    MASKED.to_owned()
}

/// The code and message of what the office told, for errors outside of payloads. Faults are masked, but not logged here.
pub(crate) fn of_office(error: &OfficeError) -> (Code, String) {
    match error {
        OfficeError::NotFound(_) => (Code::NotFound, error.to_string()),
        OfficeError::Forbidden(_) => (Code::Forbidden, error.to_string()),
        OfficeError::Refused(_) => (Code::BadUserInput, error.to_string()),
        OfficeError::Fault(_) => (Code::Internal, MASKED.to_owned()),
    }
}
