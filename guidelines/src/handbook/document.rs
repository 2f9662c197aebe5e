//! A handbook as it is written down and stored. It does not know whether it makes sense: `Handbook` does.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::OfficeFacts;

use super::{HandbookError, find_rule};
use crate::{Params, Rule, Severity};

/// A handbook, as JSON or TOML has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandbookDocument {
    /// Its title.
    pub title: String,
    /// Its version, counted from one; where an office keeps it, the office counts.
    #[serde(default)]
    pub version: u32,
    /// Its clauses.
    pub clauses: Vec<Clause>,
    /// Its rules, with what the office has decided about each.
    #[serde(default)]
    pub rules: Vec<RuleSettings>,
    /// What rules need to know of the office.
    #[serde(default)]
    pub office: OfficeFacts,
    /// Texts to start from.
    #[serde(default)]
    pub templates: Vec<Template>,
    /// Where to learn the tools.
    #[serde(default)]
    pub training: Vec<Training>,
    /// What an approver is asked.
    #[serde(default)]
    pub checklist: Vec<ChecklistItem>,
    /// The labels that mark a personal opinion.
    #[serde(default)]
    pub disclaimers: Vec<Disclaimer>,
    /// Whether the office has adopted the supplement: rules on length, accessibility and links that are no policy.
    #[serde(default)]
    pub supplement_adopted: bool,
    /// The handbook of the institution above, as the office reviewed it. Where both speak, the stricter holds.
    #[serde(default)]
    pub university: Option<Box<HandbookDocument>>,
    /// When the institution published its handbook, as far as the office knows.
    #[serde(default)]
    pub university_published_on: Option<NaiveDate>,
    /// When the office last reviewed the institution's handbook.
    #[serde(default)]
    pub university_reviewed_on: Option<NaiveDate>,
}

/// Whose words a clause stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Source {
    /// The office's own policy.
    #[default]
    Policy,
    /// The policy of the institution above it.
    University,
    /// An addition that the office has adopted; never shown as the policy's.
    Supplement,
}

/// One clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its id, for ever.
    pub id: String,
    /// A short name.
    pub title: String,
    /// What it asks.
    pub text: String,
    /// Whose it is.
    #[serde(default)]
    pub source: Source,
}

/// What an office has decided about one rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSettings {
    /// The rule.
    pub id: String,
    /// The clause that it serves.
    pub clause: String,
    /// What it does to a post where its evidence is good; where it is thin, one grade less.
    pub severity: Severity,
    /// Whether it is on.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Its parameters; what is left out has the rule's default.
    #[serde(default)]
    pub params: Params,
    /// Words that, in the same sentence, make thin evidence good.
    #[serde(default)]
    pub hotwords: Vec<String>,
    /// Words that are never a finding: a place that holds one of them is passed over.
    #[serde(default)]
    pub exclusions: Vec<String>,
    /// Whether the Coordinator may make an exception; a rule that nobody may except stays so.
    #[serde(default = "yes")]
    pub waivable: bool,
    /// The office's own examples, which are run before the handbook may come into force.
    #[serde(default)]
    pub examples: OwnExamples,
}

/// Texts by which an office tells that a rule does what it wants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OwnExamples {
    /// Texts that the rule must speak up on.
    pub fires: Vec<String>,
    /// Texts that it must leave alone.
    pub quiet: Vec<String>,
}

const fn yes() -> bool {
    true
}

/// A text to start from, with `{placeholders}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Its text.
    pub body: String,
}

/// Where to learn a tool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Training {
    /// The tool.
    pub tool: String,
    /// What is there.
    pub title: String,
    /// Where it is.
    pub url: String,
}

/// A question for an approver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChecklistItem {
    /// The clause behind it.
    pub clause: String,
    /// The question.
    pub question: String,
}

/// A label that marks a personal opinion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclaimer {
    /// The language that it is in: `en`, `fr`, …
    pub language: String,
    /// The label.
    pub text: String,
}

impl HandbookDocument {
    /// One clause.
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.id == id)
    }

    /// The same content as the same bytes: JSON with sorted keys, and the versions of the rules.
    pub(super) fn canonical(&self) -> Result<String, HandbookError> {
        let value = serde_json::to_value(self)
            .map_err(|error| HandbookError::NotSerializable { reason: error.to_string() })?;
        let mut out = String::new();
        write_sorted(&value, &mut out);
        for settings in &self.rules {
            out.push('\n');
            out.push_str(&settings.id);
            out.push(' ');
            out.push_str(&find_rule(&settings.id).map_or(0, Rule::version).to_string());
        }
        Ok(out)
    }
}

fn write_sorted(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| key.as_str());
            out.push('{');
            for (index, (key, value)) in entries.into_iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write_sorted(value, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                write_sorted(item, out);
            }
            out.push(']');
        }
        plain => out.push_str(&plain.to_string()),
    }
}
