//! What is wrong with a question to the directory, as a problem document (RFC 9457) that says what would be right.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use office::OfficeError;
use serde_json::{Map, Value, json};

use super::open_to_all;
use crate::{directory::Form, error};

/// A question that cannot be answered.
#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    /// The parameter that it is about.
    parameter: Option<String>,
    /// What may stand there.
    allowed: Vec<String>,
}

impl Problem {
    /// A parameter that does not fit.
    pub(super) fn bad(parameter: &str, detail: impl Into<String>, allowed: &[&str]) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            code: "BAD_PARAMETER",
            detail: detail.into(),
            parameter: Some(parameter.to_owned()),
            allowed: allowed.iter().map(|word| (*word).to_owned()).collect(),
        }
    }

    /// An address with a suffix that is none of ours.
    pub(super) fn no_form() -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            code: "NO_SUCH_FORM",
            detail: "the directory has no such form".to_owned(),
            parameter: None,
            allowed: Form::SUFFIXED.iter().map(|form| format!("/directory{}", form.suffix())).collect(),
        }
    }

    /// The answer.
    pub(super) fn answer(self) -> HttpResponse {
        let mut document = Map::new();
        document.insert("type".to_owned(), json!("about:blank"));
        document.insert("title".to_owned(), json!(self.status.canonical_reason()));
        document.insert("status".to_owned(), json!(self.status.as_u16()));
        document.insert("code".to_owned(), json!(self.code));
        document.insert("detail".to_owned(), json!(self.detail));
        if let Some(parameter) = self.parameter {
            document.insert("parameter".to_owned(), json!(parameter));
        }
        if !self.allowed.is_empty() {
            document.insert("allowed".to_owned(), json!(self.allowed));
        }
        let mut response = HttpResponse::build(self.status);
        open_to_all(&mut response);
        response
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::CONTENT_TYPE, "application/problem+json"))
            .body(Value::Object(document).to_string())
    }
}

impl From<OfficeError> for Problem {
    fn from(fault: OfficeError) -> Self {
        let plain =
            |status, code, detail| Self { status, code, detail, parameter: None, allowed: Vec::new() };
        match fault {
            OfficeError::NotFound(_) => {
                plain(StatusCode::NOT_FOUND, "NO_SUCH_OFFICE", "there is no such office here".to_owned())
            }
            OfficeError::Refused(refusal) => {
                Self::bad(&refusal.field.join("."), refusal.message.clone(), &[])
            }
            fault => {
                tracing::error!(error = %fault, "the directory could not be shown");
                let (_, message) = error::of_office(&fault);
                plain(StatusCode::INTERNAL_SERVER_ERROR, "FAULT", message)
            }
        }
    }
}
