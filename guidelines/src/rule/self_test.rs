//! Running the examples of a rule's manual. It does not know which rules there are.

use crate::{Check, Example, Hit, ListEntry, Office, OfficeFacts, Params, Reading, Rule, wake::Alarm};

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
    let owned = |list: &[&str]| list.iter().map(|&entry| ListEntry::plain(entry)).collect();
    OfficeFacts {
        phones: owned(&["604-555-0100"]),
        emails: owned(&["front.desk@mail.example.net"]),
        email_domains: owned(&["office.example.org"]),
        addresses: owned(&["5950 University Boulevard, Vancouver"]),
        internal_hosts: owned(&["intranet.office.example.org"]),
        acronyms: owned(&["BCEHO", "ECOP", "BC"]),
        names: owned(&["Pacific eHealth Office"]),
        ..OfficeFacts::default()
    }
}

/// Runs every example of one rule, with its default parameters.
#[cfg(test)]
pub(crate) fn self_test(rule: &dyn Rule) -> Result<(), SelfTestFailure> {
    self_tests([rule])
}

/// The same for several rules: their office is put together once.
pub(crate) fn self_tests<'r>(rules: impl IntoIterator<Item = &'r dyn Rule>) -> Result<(), SelfTestFailure> {
    let office = Office::of(&example_office(), &crate::handbook::default_disclaimers());
    rules.into_iter().try_for_each(|rule| examples_of(rule, &office))
}

fn examples_of(rule: &dyn Rule, office: &Office) -> Result<(), SelfTestFailure> {
    let named = || rule.id().to_owned();
    let check = rule
        .prepare(&Params::new(), office)
        .map_err(|reason| SelfTestFailure::DoesNotCompile { rule: named(), reason })?;
    let manual = rule.manual();
    // What cannot be woken is quiet, and so fails on what it should fire on.
    let alarm = Alarm::of(&[check.wakes()]).ok();
    for example in manual.fires {
        if said(check.as_ref(), alarm.as_ref(), example).is_empty() {
            return Err(SelfTestFailure::Quiet { rule: named(), example: example.describe() });
        }
    }
    for example in manual.quiet {
        if let Some(hit) = said(check.as_ref(), alarm.as_ref(), example).into_iter().next() {
            return Err(SelfTestFailure::Fires {
                rule: named(),
                example: example.describe(),
                message: hit.message,
            });
        }
    }
    Ok(())
}

/// What a rule says of an example: nothing, too, where the example does not even wake it.
fn said(check: &dyn Check, alarm: Option<&Alarm>, example: &Example) -> Vec<Hit> {
    let (text, around) = (example.whole_text(), example.surroundings());
    let submission = example.submission(&text, around.as_ref());
    let reading = Reading::of(&submission);
    let awake = alarm.map(|alarm| alarm.woken(&reading.fields));
    if awake.is_some_and(|awake| awake == [true]) { check.check(&reading) } else { Vec::new() }
}
