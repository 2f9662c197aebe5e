//! Running the examples of a rule's manual. It does not know which rules there are.

use crate::{Office, OfficeFacts, Params, Reading, Rule};

/// A rule does not do what its manual says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SelfTestFailure {
    /// It cannot even be compiled with its defaults.
    #[error("rule {rule} does not compile with its default parameters: {reason}")]
    DoesNotCompile {
        /// The rule.
        rule: String,
        /// Why.
        reason: String,
    },
    /// An example that should fire does not.
    #[error("rule {rule} is quiet on its own example {example}: correct the rule or the example")]
    Quiet {
        /// The rule.
        rule: String,
        /// The example.
        example: String,
    },
    /// An example that should be left alone fires.
    #[error("rule {rule} fires on the example {example}, which its manual says it leaves alone ({message})")]
    Fires {
        /// The rule.
        rule: String,
        /// The example.
        example: String,
        /// What it said.
        message: String,
    },
}

/// The office that examples are written for.
fn example_office() -> OfficeFacts {
    let owned = |list: &[&str]| list.iter().map(|&entry| entry.to_owned()).collect();
    OfficeFacts {
        phones: owned(&["604-555-0100"]),
        emails: owned(&["front.desk@mail.example.net"]),
        email_domains: owned(&["office.example.org"]),
        addresses: owned(&["5950 University Boulevard, Vancouver"]),
        internal_hosts: owned(&["intranet.office.example.org"]),
        acronyms: owned(&["BCEHO", "ECOP", "BC"]),
    }
}

/// Runs every example of one rule, with its default parameters.
pub(crate) fn self_test(rule: &dyn Rule) -> Result<(), SelfTestFailure> {
    let named = || rule.id().to_owned();
    let office = Office::of(&example_office(), &crate::handbook::default_disclaimers());
    let check = rule
        .prepare(&Params::new(), &office)
        .map_err(|reason| SelfTestFailure::DoesNotCompile { rule: named(), reason })?;
    let manual = rule.manual();
    for example in manual.fires {
        let text = example.whole_text();
        if check.check(&Reading::of(&example.submission(&text))).is_empty() {
            return Err(SelfTestFailure::Quiet { rule: named(), example: example.describe() });
        }
    }
    for example in manual.quiet {
        let text = example.whole_text();
        if let Some(hit) = check.check(&Reading::of(&example.submission(&text))).into_iter().next() {
            return Err(SelfTestFailure::Fires {
                rule: named(),
                example: example.describe(),
                message: hit.message,
            });
        }
    }
    Ok(())
}
