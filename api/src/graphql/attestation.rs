//! What people answer to the questions of guideline rules. Calls `office::attestations`.

mod mutation;
mod object;

pub(crate) use mutation::AttestationMutation;
pub(crate) use object::{Attestation, AttestationKind, Question};
