//! What a rule is: a name, a manual whose examples are its tests, and a check compiled from parameters.
//! It does not know any rule, nor the handbook that turns rules on.

mod example;
mod self_test;

use std::ops::Range;

use serde::de::DeserializeOwned;

pub use example::Example;
pub use self_test::SelfTestFailure;
#[cfg(test)]
pub(crate) use self_test::self_test;
pub(crate) use self_test::self_tests;

use crate::{AttestationKind, Evidence, Field, Fix, Office, Parts, Reading, Severity, Span, Wake};

/// A rule's parameters as a handbook holds them: a map, empty for the defaults.
pub type Params = serde_json::Map<String, serde_json::Value>;

/// A guideline rule. Adding one is adding a file under `rules/` and a line in its list.
pub trait Rule: Send + Sync {
    /// Its name, for ever: the clause and what it looks for.
    fn id(&self) -> &'static str;
    /// Raised whenever it starts to say something else of the same text.
    fn version(&self) -> u32;
    /// What it is for, with examples that are run as tests.
    fn manual(&self) -> Manual;
    /// Compiles it for an office. The error tells whoever wrote the parameters what is wrong.
    fn prepare(&self, params: &Params, office: &Office) -> Result<Box<dyn Check>, String>;
}

/// A rule compiled for one handbook.
pub trait Check: Send + Sync {
    /// What must stand in a submission for it to be asked at all.
    fn wakes(&self) -> Wake {
        Wake::Always
    }

    /// Everything it has to say.
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit>;
}

/// A rule's manual.
#[derive(Clone, Copy, Debug)]
pub struct Manual {
    /// The clause that the starter handbook has it cite.
    pub clause: &'static str,
    /// How serious it is in the starter handbook.
    pub severity: Severity,
    /// Who may make an exception to what it finds.
    pub waiver: Waiver,
    /// The question whose answer settles what it finds; absent where only other words do.
    pub asks: Option<AttestationKind>,
    /// What it reads of what surrounds the words; a rule that reads more than it says fails a test.
    pub reads: Parts,
    /// Whether its evidence may be [`Weight::Grave`].
    pub grave: bool,
    /// What it does.
    pub what: &'static str,
    /// Why it is there.
    pub why: &'static str,
    /// What to do instead.
    pub instead: &'static str,
    /// Submissions that it speaks up on.
    pub fires: &'static [Example],
    /// Submissions that it leaves alone.
    pub quiet: &'static [Example],
}

/// Who may make an exception to what a rule finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Waiver {
    /// The Coordinator, with a reason.
    Coordinator,
    /// Nobody: the words must change.
    Never,
}

/// How good a rule's evidence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It earns one grade more.
    Grave,
    /// It earns the severity that the handbook gives the rule.
    Sure,
    /// It earns one grade less.
    Unsure,
}

/// One place that a rule speaks of, before the handbook has said how serious that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// How good the evidence is.
    pub weight: Weight,
    /// The part of the submission.
    pub target: String,
    /// Where in it.
    pub span: Option<Span>,
    /// What stands there, masked.
    pub excerpt: Option<String>,
    /// What is wrong and why it was noticed.
    pub message: String,
    /// What to do instead.
    pub suggestion: Option<String>,
    /// Why it was noticed, fact by fact.
    pub evidence: Option<Evidence>,
    /// A replacement that is safe to make.
    pub fix: Option<Fix>,
}

impl Hit {
    /// About a whole part of the submission.
    pub fn whole(target: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            weight: Weight::Sure,
            target: target.into(),
            span: None,
            excerpt: None,
            message: message.into(),
            suggestion: None,
            evidence: None,
            fix: None,
        }
    }

    /// About a place in a field, given as a range of its shadow.
    pub fn at(field: &Field<'_>, range: &Range<usize>, message: impl Into<String>) -> Self {
        Self { span: Some(field.shadow.span(range)), ..Self::whole(field.target.clone(), message) }
    }

    /// With what may be shown of the place.
    #[must_use]
    pub fn showing(mut self, excerpt: impl Into<String>) -> Self {
        self.excerpt = Some(excerpt.into());
        self
    }

    /// With what to do instead.
    #[must_use]
    pub fn suggesting(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }

    /// With the facts behind it.
    #[must_use]
    pub fn because(mut self, evidence: Evidence) -> Self {
        self.evidence = Some(evidence);
        self
    }

    /// With a replacement for the place, where that is safe: `field` is the one that [`Self::at`] was given.
    #[must_use]
    pub fn fixed_by(mut self, label: impl Into<String>, replacement: impl Into<String>) -> Self {
        self.fix = self.span.map(|span| Fix {
            label: label.into(),
            byte_start: span.byte_start,
            byte_end: span.byte_end,
            replacement: replacement.into(),
        });
        self
    }

    /// With a weight.
    #[must_use]
    pub const fn weighing(mut self, weight: Weight) -> Self {
        self.weight = weight;
        self
    }
}

/// Reads parameters into what a rule wants of them; what is not given has the rule's default.
pub(crate) fn read_params<P: DeserializeOwned>(params: &Params) -> Result<P, String> {
    serde_json::from_value(serde_json::Value::Object(params.clone())).map_err(|error| error.to_string())
}

/// Declares a rule's type with its manual, once, as both its documentation and its [`Manual`].
macro_rules! rule {
    ($name:ident, $id:literal, version $version:literal, $clause:literal, $severity:ident,
     $(waiver: $waiver:ident,)? $(asks: $asks:ident,)? $(reads: [$($reads:ident),+],)? $(grave: $grave:literal,)?
     what: $what:literal, why: $why:literal, instead: $instead:literal,
     fires: [$($fires:expr),+ $(,)?], quiet: [$($quiet:expr),+ $(,)?] $(,)?) => {
        #[doc = concat!("`", $id, "`\n\n**What it does.** ", $what, "\n\n**Why** (clause ", $clause, "). ", $why,
            "\n\n**Examples that fire.**")]
        $(#[doc = concat!("- `", stringify!($fires), "`")])+
        #[doc = "\n**Examples that do not.**"]
        $(#[doc = concat!("- `", stringify!($quiet), "`")])+
        #[doc = concat!("\n**What to do instead.** ", $instead)]
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $name;

        impl $name {
            const ID: &'static str = $id;
            const VERSION: u32 = $version;
            const MANUAL: $crate::Manual = $crate::Manual {
                clause: $clause,
                severity: $crate::Severity::$severity,
                waiver: $crate::rule::waiver!($($waiver)?),
                asks: $crate::rule::asks!($($asks)?),
                reads: $crate::Parts::of(&[$($($crate::Part::$reads),+)?]),
                grave: $crate::rule::grave!($($grave)?),
                what: $what,
                why: $why,
                instead: $instead,
                fires: &[$($fires),+],
                quiet: &[$($quiet),+],
            };
        }

        impl $crate::Rule for $name {
            fn id(&self) -> &'static str {
                Self::ID
            }

            fn version(&self) -> u32 {
                Self::VERSION
            }

            fn manual(&self) -> $crate::Manual {
                Self::MANUAL
            }

            fn prepare(
                &self,
                params: &$crate::Params,
                office: &$crate::Office,
            ) -> Result<Box<dyn $crate::Check>, String> {
                prepare(&$crate::rule::read_params(params)?, office)
            }
        }
    };
}
pub(crate) use rule;

macro_rules! waiver {
    () => {
        $crate::Waiver::Coordinator
    };
    ($waiver:ident) => {
        $crate::Waiver::$waiver
    };
}
pub(crate) use waiver;

macro_rules! asks {
    () => {
        None
    };
    ($kind:ident) => {
        Some($crate::AttestationKind::$kind)
    };
}
pub(crate) use asks;

macro_rules! grave {
    () => {
        false
    };
    ($grave:literal) => {
        $grave
    };
}
pub(crate) use grave;
