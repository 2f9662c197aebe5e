//! The request gate: a document comes to execution only when it parses, is valid, and costs no more than allowed. Built on
//! an exact validator whose limits hold before anything is spread out, and on our own cost walk, so that a small document
//! that means a large one is refused in well under a millisecond. Knows documents; does not know who sends them.

use std::sync::Arc;

use apollo_compiler::{
    ExecutableDocument, Schema, executable::OperationType, introspection, parser::Parser,
    request::coerce_variable_values, response::JsonMap, validation::Valid,
};
use async_graphql::{
    ServerError,
    parser::{parse_query, types::ExecutableDocument as ParsedDocument},
};
use office::sha256_hex;
use serde_json::{Map, Value};

use crate::{ApiSettings, error::Code};

mod cost;
mod refusal;
mod verdicts;

use cost::{Measure, Sizes};
use verdicts::Verdicts;

/// Nesting that the parser follows; deeper than any document that the depth limit lets pass.
const RECURSION: usize = 64;

/// Longer documents are not remembered.
const REMEMBERED_BYTES: usize = 16 * 1024;

/// What an operation is.
pub(crate) type Kind = OperationType;

/// A document that is valid for the schema.
#[derive(Debug)]
pub(crate) struct Document {
    valid: Valid<ExecutableDocument>,
    parsed: ParsedDocument,
}

/// An operation that may run.
#[derive(Debug)]
pub(crate) struct Admitted {
    document: Arc<Document>,
    /// What it is.
    pub(crate) kind: Kind,
    /// What it costs.
    pub(crate) cost: u64,
    /// Whether it reads the schema itself.
    pub(crate) introspects: bool,
}

impl Admitted {
    /// The document, in the form that execution takes.
    pub(crate) fn parsed(&self) -> ParsedDocument {
        self.document.parsed.clone()
    }
}

/// Why a document does not come through.
pub(crate) type Refused = Arc<Vec<ServerError>>;

/// The gate of one schema.
#[derive(Debug)]
pub(crate) struct Gate {
    schema: Valid<Schema>,
    settings: Arc<ApiSettings>,
    verdicts: Verdicts,
}

impl Gate {
    /// For the schema of this text; an error when the text is no valid schema.
    pub(crate) fn new(sdl: &str, settings: Arc<ApiSettings>) -> Result<Self, String> {
        let schema = Schema::parse_and_validate(sdl, "schema.graphql");
        let schema = schema.map_err(|errors| errors.errors.to_string())?;
        let verdicts = Verdicts::new(settings.documents);
        Ok(Self { schema, settings, verdicts })
    }

    /// Whether this operation may run with these variables.
    pub(crate) fn admit(
        &self,
        query: &str,
        operation: Option<&str>,
        variables: &Map<String, Value>,
    ) -> Result<Admitted, Refused> {
        let document = self.document(query)?;
        let valid = &document.valid;
        let found = valid
            .operations
            .get(operation)
            .map_err(|error| refusal::one(Code::BadRequest, error.to_graphql_error(&valid.sources)))?;
        let given: JsonMap = serde_json::to_value(variables)
            .and_then(serde_json::from_value)
            .map_err(|error| refusal::plain(Code::BadUserInput, format!("variables: {error}")))?;
        let coerced = coerce_variable_values(&self.schema, found, &given)
            .map_err(|error| refusal::one(Code::BadUserInput, error.to_graphql_error(&valid.sources)))?;
        let sizes = Sizes::new(&coerced, self.settings.channels_page_size_max.into());
        let measure = cost::measure(valid, found, &sizes);
        self.within_limits(&measure)?;
        if measure.introspects {
            introspection::check_max_depth(valid, found)
                .map_err(|error| refusal::one(Code::TooComplex, error.to_graphql_error(&valid.sources)))?;
        }
        let (kind, cost, introspects) = (found.operation_type, measure.fixed.max(1), measure.introspects);
        Ok(Admitted { document, kind, cost, introspects })
    }

    fn within_limits(&self, measure: &Measure) -> Result<(), Refused> {
        let settings = &self.settings;
        let limits = [
            ("nests", measure.depth, settings.depth),
            ("has root fields", measure.fields, settings.root_fields),
            ("selects with its fragments", measure.selections, settings.selections),
            ("costs", measure.fixed, settings.cost),
        ];
        for (what, is, limit) in limits {
            if is > limit {
                let message = format!("this operation {what} {is}, more than {limit}: ask for less at once");
                return Err(refusal::plain(Code::TooComplex, message));
            }
        }
        Ok(())
    }

    fn document(&self, query: &str) -> Result<Arc<Document>, Refused> {
        if query.len() > REMEMBERED_BYTES {
            return self.read(query);
        }
        let key = sha256_hex(query.as_bytes());
        if let Some(verdict) = self.verdicts.get(&key) {
            return verdict;
        }
        let verdict = self.read(query);
        self.verdicts.put(key, verdict.clone());
        verdict
    }

    fn read(&self, query: &str) -> Result<Arc<Document>, Refused> {
        let mut parser = Parser::new().token_limit(self.settings.tokens).recursion_limit(RECURSION);
        let ast = parser.parse_ast(query, "query");
        if parser.tokens_reached() > self.settings.tokens || parser.recursion_reached() > RECURSION {
            let message = format!("this document is longer than {} tokens or too deep", self.settings.tokens);
            return Err(refusal::plain(Code::TooComplex, message));
        }
        let ast = ast.map_err(|broken| refusal::list(Code::ParseFailed, &broken.errors))?;
        let document = ast.to_executable_validate(&self.schema);
        let valid = document.map_err(|wrong| refusal::list(Code::ValidationFailed, &wrong.errors))?;
        let written = cost::written(&valid);
        for (what, is, limit) in [
            ("aliases", written.aliases, self.settings.aliases),
            ("directives", written.directives, self.settings.directives),
        ] {
            if is > limit {
                let message = format!("this document has {is} {what}, more than {limit}");
                return Err(refusal::plain(Code::TooComplex, message));
            }
        }
        let parsed =
            parse_query(query).map_err(|error| refusal::plain(Code::ParseFailed, error.to_string()))?;
        Ok(Arc::new(Document { valid, parsed }))
    }
}

#[cfg(test)]
mod tests;
