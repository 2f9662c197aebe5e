//! Whole drafts against findings: rules that must speak, and rules that must not. It does not know what rules look for.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::{Answers, Told};

/// A draft with what is expected of it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Case {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) title: String,
    pub(crate) expect: Vec<Expected>,
    #[serde(default)]
    pub(crate) forbid: Vec<String>,
}

/// A finding that must be there.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Expected {
    pub(crate) rule: String,
    #[serde(default)]
    pub(crate) severity: String,
}

/// One clause's sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) found: u32,
    pub(crate) missed: u32,
    pub(crate) raised: u32,
    pub(crate) quiet: u32,
}

/// All sums.
#[derive(Clone, Debug, Default)]
pub(crate) struct RulesScore {
    pub(crate) clauses: BTreeMap<String, Kept>,
    pub(crate) cases: u32,
    pub(crate) right: u32,
    pub(crate) severity_right: u32,
    pub(crate) severity_of: u32,
    pub(crate) errors: Vec<String>,
}

/// Whether a rule is the one that is meant: by its name, or by the beginning of either up to a full stop.
fn names(meant: &str, rule: &str) -> bool {
    let begins = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with('.'));
    meant == rule || begins(rule, meant) || begins(meant, rule)
}

/// Scores answers to drafts.
pub(crate) fn score(cases: &[Case], answers: &Answers) -> RulesScore {
    let mut score = RulesScore::default();
    for case in cases {
        score.cases += 1;
        let all_right = score.case(case, answers.findings(&case.id));
        score.right += u32::from(all_right);
    }
    score
}

impl RulesScore {
    fn case(&mut self, case: &Case, told: &[Told]) -> bool {
        let mut right = true;
        for expected in &case.expect {
            let heard: Vec<_> = told.iter().filter(|told| names(&expected.rule, &told.rule)).collect();
            if heard.is_empty() {
                right = false;
                self.clause(&expected.rule).missed += 1;
                self.error("MISS", case, &expected.rule);
            } else {
                self.clause(&expected.rule).found += 1;
                self.severity_of += 1;
                let as_severe = heard.iter().any(|told| told.severity == expected.severity);
                self.severity_right += u32::from(as_severe);
            }
        }
        for rule in &case.forbid {
            if told.iter().any(|told| names(rule, &told.rule)) {
                right = false;
                self.clause(rule).raised += 1;
                self.error("FALSE", case, rule);
            } else {
                self.clause(rule).quiet += 1;
            }
        }
        right
    }

    fn clause(&mut self, rule: &str) -> &mut Kept {
        let clause = rule.split('.').next().unwrap_or_default();
        self.clauses.entry(clause.to_owned()).or_default()
    }

    fn error(&mut self, kind: &str, case: &Case, rule: &str) {
        self.errors.push([kind, &case.id, rule, &case.title].join("\t"));
    }

    pub(crate) fn total(&self) -> Kept {
        self.clauses.values().fold(Kept::default(), |sum, kept| Kept {
            found: sum.found + kept.found,
            missed: sum.missed + kept.missed,
            raised: sum.raised + kept.raised,
            quiet: sum.quiet + kept.quiet,
        })
    }

    pub(crate) fn table(&self) -> String {
        let row = |(clause, kept): (&String, &Kept)| {
            let Kept { found, missed, raised, quiet } = kept;
            format!("{clause:8} {found:5} {missed:6} | {raised:5} {quiet:5}\n")
        };
        let rows: String = self.clauses.iter().map(row).collect();
        let Kept { found, missed, raised, quiet } = self.total();
        format!(
            "clause   found missed | wrongly raised, rightly quiet\n{rows}\
             cases wholly right {}/{}; expected findings {found}/{}; forbidden raised {raised}/{}; \
             severity right {}/{}\n",
            self.right,
            self.cases,
            found + missed,
            raised + quiet,
            self.severity_right,
            self.severity_of
        )
    }

    pub(crate) fn json(&self) -> Value {
        let told = |kept: &Kept| {
            json!({ "expectedFound": kept.found, "expectedMissed": kept.missed,
                "forbiddenRaised": kept.raised, "forbiddenQuiet": kept.quiet })
        };
        let clauses: serde_json::Map<_, _> =
            self.clauses.iter().map(|(clause, kept)| (clause.clone(), told(kept))).collect();
        let Kept { found, missed, raised, quiet } = self.total();
        json!({
            "cases": self.cases,
            "casesRight": self.right,
            "expectedFound": found,
            "expectedMissed": missed,
            "forbiddenRaised": raised,
            "forbiddenQuiet": quiet,
            "severityRight": self.severity_right,
            "severityOf": self.severity_of,
            "clauses": clauses,
        })
    }
}
