//! Lifecycles as pure, exhaustive state machines. The tables here are what the code obeys and what `docs/lifecycle.md`
//! is drawn from. Knows states and events; knows no database, no clock and nobody's rights.

use std::collections::BTreeSet;

use crate::error::{Refusal, RefusalCode};

mod channel;
mod draft;
mod handbook;
mod initiative;
mod mail;
mod post;
mod recurrence;

pub use channel::ChannelEvent;
pub use draft::DraftEvent;
pub use handbook::HandbookEvent;
pub use initiative::InitiativeEvent;
pub use mail::MailEvent;
pub use post::PostEvent;
pub use recurrence::RecurrenceEvent;

/// A state machine: where each event leads from each state.
pub trait Lifecycle: Copy + Eq + Ord + std::fmt::Debug + 'static {
    /// What can happen.
    type Event: Copy + std::fmt::Debug + 'static;
    /// What the thing is called.
    const NAME: &'static str;
    /// The first state.
    const START: Self;
    /// Every state.
    fn states() -> Vec<Self>;
    /// Every event.
    fn events() -> &'static [Self::Event];
    /// Where the event leads; none: it cannot happen in this state.
    fn after(self, event: Self::Event) -> Option<Self>;
    /// The event in words, as an arrow's label and in refusals.
    fn label(event: Self::Event) -> &'static str;
    /// The state as the API shows it.
    fn code(self) -> String;

    /// The next state, or a refusal that names both.
    fn next(self, event: Self::Event) -> Result<Self, Refusal> {
        self.after(event).ok_or_else(|| {
            let possible =
                Self::events().iter().filter(|e| self.after(**e).is_some()).map(|e| Self::label(*e));
            let possible = possible.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ");
            let hint = if possible.is_empty() {
                "nothing can happen to it any more".to_owned()
            } else {
                format!("possible now: {possible}")
            };
            Refusal::new(
                RefusalCode::IllegalState,
                "",
                format!(
                    "{} that is {} cannot be: {}; {hint}",
                    one(Self::NAME),
                    self.code(),
                    Self::label(event)
                ),
            )
        })
    }

    /// Whether nothing leads out of it.
    fn is_terminal(self) -> bool {
        Self::events().iter().all(|event| self.after(*event).is_none())
    }
}

/// A thing of this name, with its article.
fn one(name: &str) -> String {
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {name}")
}

/// The machine as a Mermaid state diagram.
pub fn diagram<M: Lifecycle>() -> String {
    let mut out = String::from("```mermaid\nstateDiagram-v2\n");
    out.push_str(&format!("    [*] --> {}\n", M::START.code()));
    for state in M::states() {
        for event in M::events() {
            if let Some(next) = state.after(*event) {
                out.push_str(&format!("    {} --> {}: {}\n", state.code(), next.code(), M::label(*event)));
            }
        }
        if state.is_terminal() {
            out.push_str(&format!("    {} --> [*]\n", state.code()));
        }
    }
    out.push_str("```\n");
    out
}

/// All machines, as committed in `docs/lifecycle.md`.
pub fn lifecycle_markdown() -> String {
    format!(
        "# Lifecycles\n\nDrawn from `office::lifecycle`, the code that enforces them; a test keeps this file current.\n\n\
         ## Initiative\n\n{}\n## Channel\n\n{}\n## Draft\n\n{}\n## Post\n\n{}\n## Recurrence\n\n{}\n## Handbook version\n\n{}\n## Mail\n\n{}",
        diagram::<entity::initiative::InitiativeState>(),
        diagram::<entity::channel::ChannelState>(),
        diagram::<entity::draft::DraftState>(),
        diagram::<entity::post::PostState>(),
        diagram::<entity::recurrence::RecurrenceState>(),
        diagram::<entity::handbook::HandbookState>(),
        diagram::<entity::mail::MailState>(),
    )
}

/// Writes the machine from one table: each line is an event, its label, and the states it leads between.
macro_rules! lifecycle {
    ($state:ty, $event:ident, $name:literal, start $start:ident, $($(#[$doc:meta])* $variant:ident $label:literal: $($from:ident)|+ => $to:ident;)+) => {
        /// What can happen; each variant's arrows are in `docs/lifecycle.md`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $event { $($(#[$doc])* $variant,)+ }

        impl $crate::lifecycle::Lifecycle for $state {
            type Event = $event;
            const NAME: &'static str = $name;
            const START: Self = Self::$start;
            fn states() -> Vec<Self> {
                use sea_orm::Iterable;
                Self::iter().collect()
            }
            fn events() -> &'static [Self::Event] {
                &[$($event::$variant),+]
            }
            fn after(self, event: Self::Event) -> Option<Self> {
                match event {
                    $($event::$variant => match self { $(Self::$from)|+ => Some(Self::$to), _ => None },)+
                }
            }
            fn label(event: Self::Event) -> &'static str {
                match event { $($event::$variant => $label,)+ }
            }
            fn code(self) -> String {
                use sea_orm::ActiveEnum;
                self.to_value()
            }
        }
    };
}
pub(crate) use lifecycle;

#[cfg(test)]
mod tests {
    use entity::{
        channel::ChannelState, draft::DraftState, handbook::HandbookState, initiative::InitiativeState,
        mail::MailState, post::PostState,
    };
    use proptest::prelude::*;

    use super::*;

    /// Every state that some walk from the start reaches.
    fn reachable<M: Lifecycle>() -> BTreeSet<M> {
        let mut found = BTreeSet::from([M::START]);
        loop {
            let next: BTreeSet<M> = found
                .iter()
                .flat_map(|state| M::events().iter().filter_map(|event| state.after(*event)))
                .collect();
            let before = found.len();
            found.extend(next);
            if found.len() == before {
                return found;
            }
        }
    }

    fn every_state_is_reachable<M: Lifecycle>() {
        assert_eq!(reachable::<M>().into_iter().collect::<Vec<_>>(), M::states(), "{}", M::NAME);
    }

    #[test]
    fn no_state_is_unreachable() {
        every_state_is_reachable::<InitiativeState>();
        every_state_is_reachable::<ChannelState>();
        every_state_is_reachable::<DraftState>();
        every_state_is_reachable::<PostState>();
        every_state_is_reachable::<HandbookState>();
        every_state_is_reachable::<MailState>();
    }

    #[test]
    fn what_may_be_out_is_never_sent_again_without_being_looked_up() {
        let from_unconfirmed: Vec<_> = PostState::events()
            .iter()
            .filter(|event| PostState::Unconfirmed.after(**event).is_some())
            .collect();
        assert_eq!(from_unconfirmed, [&PostEvent::Confirm, &PostEvent::FindAbsent]);
        for state in [PostState::Published, PostState::Corrected, PostState::Withdrawn, PostState::Drifted] {
            let next = PostState::events().iter().filter_map(|event| state.after(*event));
            assert!(next.into_iter().all(|next| !matches!(
                next,
                PostState::Sending | PostState::Scheduled | PostState::Retrying
            )));
        }
    }

    #[test]
    fn only_a_person_s_time_brings_back_what_was_missed() {
        let back: Vec<_> = PostState::events()
            .iter()
            .filter(|event| PostState::Missed.after(**event) == Some(PostState::Scheduled))
            .collect();
        assert_eq!(back, [&PostEvent::Reschedule]);
    }

    proptest! {
        #[test]
        fn a_walk_is_refused_or_ends_where_the_table_says(walk in prop::collection::vec(0..PostState::events().len(), 0..40)) {
            let mut state = PostState::START;
            for step in walk {
                let event = PostState::events()[step];
                match state.next(event) {
                    Ok(next) => state = next,
                    Err(refusal) => {
                        prop_assert_eq!(refusal.code, RefusalCode::IllegalState);
                        prop_assert!(refusal.message.contains(&state.code()));
                    }
                }
            }
            prop_assert!(PostState::states().contains(&state));
        }
    }
}
