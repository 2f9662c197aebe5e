//! From a document to rules that run: each layer is checked and compiled; where both have the same rule, the stricter
//! holds. It does not know what any rule looks for.

use std::collections::HashSet;

use super::{Clause, HandbookDocument, HandbookError, Office, OwnExamples, RuleSettings, Source, find_rule};
use crate::{Check, Layer, Manual, Severity, Submission, lexicon::Lexicon, submission::Reading, wake::Alarm};

/// A rule as the handbook has it.
pub(crate) struct ActiveRule {
    pub(crate) id: &'static str,
    pub(crate) manual_version: u32,
    pub(crate) manual: Manual,
    pub(crate) layer: Layer,
    pub(crate) clause: Clause,
    pub(crate) severity: Severity,
    pub(crate) waivable: bool,
    pub(crate) hotwords: Lexicon,
    pub(crate) exclusions: Vec<String>,
    pub(crate) check: Box<dyn Check>,
}

impl ActiveRule {
    /// Whether anything that it says can keep a post from leaving.
    pub(crate) fn may_block(&self) -> bool {
        match self.severity {
            Severity::Block => true,
            Severity::Warn => self.manual.grave,
            Severity::Advise => false,
        }
    }
}

/// The rules of a document that are on, those of the upper layer first.
pub(super) fn active_rules(document: &HandbookDocument) -> Result<Vec<ActiveRule>, HandbookError> {
    validate(document)?;
    let office = Office::of(&document.office, &document.disclaimers);
    let mut active = Vec::new();
    if let Some(upper) = document.university.as_deref() {
        if upper.university.is_some() {
            return Err(HandbookError::TooManyLayers);
        }
        validate(upper)?;
        compile_layer(upper, Layer::University, &office, &mut active)?;
    }
    compile_layer(document, Layer::Office, &office, &mut active)?;
    Ok(active)
}

fn compile_layer(
    document: &HandbookDocument,
    layer: Layer,
    office: &Office,
    active: &mut Vec<ActiveRule>,
) -> Result<(), HandbookError> {
    for settings in &document.rules {
        let compiled = compile(settings, document, layer, office)?;
        let off = document.is_supplement(settings) && !document.supplement_adopted;
        if settings.enabled && !off {
            active.push(compiled);
        }
    }
    Ok(())
}

fn compile(
    settings: &RuleSettings,
    document: &HandbookDocument,
    layer: Layer,
    office: &Office,
) -> Result<ActiveRule, HandbookError> {
    let rule = find_rule(&settings.id).ok_or_else(|| HandbookError::unknown_rule(&settings.id))?;
    let clause = document.clause(&settings.clause).ok_or_else(|| HandbookError::MissingClause {
        rule: settings.id.clone(),
        clause: settings.clause.clone(),
    })?;
    let invalid = |reason| HandbookError::InvalidParams { rule: settings.id.clone(), reason };
    let exclusions = settings.exclusions.iter().map(|words| words.trim().to_lowercase());
    Ok(ActiveRule {
        id: rule.id(),
        manual_version: rule.version(),
        manual: rule.manual(),
        layer,
        clause: clause.clone(),
        severity: settings.severity,
        waivable: settings.waivable,
        hotwords: Lexicon::of(&settings.hotwords).map_err(invalid)?,
        exclusions: exclusions.filter(|words| !words.is_empty()).collect(),
        check: rule.prepare(&settings.params, office).map_err(invalid)?,
    })
}

fn validate(document: &HandbookDocument) -> Result<(), HandbookError> {
    unique(document.clauses.iter().map(|clause| clause.id.as_str()), |id| HandbookError::DuplicateClause {
        id,
    })?;
    unique(document.rules.iter().map(|rule| rule.id.as_str()), |id| HandbookError::DuplicateRule { id })?;
    for item in &document.checklist {
        document.clause(&item.clause).ok_or_else(|| HandbookError::ChecklistWithoutClause {
            question: item.question.clone(),
            clause: item.clause.clone(),
        })?;
    }
    Ok(())
}

fn unique<'d>(
    ids: impl Iterator<Item = &'d str>,
    error: impl Fn(String) -> HandbookError,
) -> Result<(), HandbookError> {
    let mut seen = HashSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(error(id.to_owned()));
        }
    }
    Ok(())
}

/// Runs the office's own examples, each with the rule as its layer has it.
pub(super) fn own_examples(document: &HandbookDocument) -> Result<(), HandbookError> {
    let office = Office::of(&document.office, &document.disclaimers);
    let layers = document.university.as_deref().into_iter().chain([document]);
    let has_own = |settings: &&RuleSettings| settings.examples != OwnExamples::default();
    for settings in layers.flat_map(|layer| &layer.rules).filter(has_own) {
        let rule = find_rule(&settings.id).ok_or_else(|| HandbookError::unknown_rule(&settings.id))?;
        let invalid = |reason| HandbookError::InvalidParams { rule: settings.id.clone(), reason };
        let check = rule.prepare(&settings.params, &office).map_err(invalid)?;
        let fails = |what, example: &String| HandbookError::ExampleFails {
            rule: settings.id.clone(),
            what,
            example: example.clone(),
        };
        for example in &settings.examples.fires {
            if !speaks(check.as_ref(), example)? {
                return Err(fails("is quiet on", example));
            }
        }
        for example in &settings.examples.quiet {
            if speaks(check.as_ref(), example)? {
                return Err(fails("fires on", example));
            }
        }
    }
    Ok(())
}

fn speaks(check: &dyn Check, text: &str) -> Result<bool, HandbookError> {
    let submission = Submission::of_text(text);
    let reading = Reading::of(&submission);
    let awake = Alarm::of(&[check.wakes()])?.woken(&reading.fields) == [true];
    Ok(awake && !check.check(&reading).is_empty())
}

impl HandbookDocument {
    /// Whether a rule serves a clause of the supplement.
    pub(super) fn is_supplement(&self, settings: &RuleSettings) -> bool {
        self.clause(&settings.clause).is_some_and(|clause| clause.source == Source::Supplement)
    }
}
