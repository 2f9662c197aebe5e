//! Verdicts on documents that came before, by their hash: bounded, in two generations, so that what is asked for often
//! stays. Knows no rule.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use super::{Document, Refused};

type Verdict = Result<Arc<Document>, Refused>;

#[derive(Default)]
struct Generations {
    young: HashMap<String, Verdict>,
    old: HashMap<String, Verdict>,
}

/// The verdicts.
pub(super) struct Verdicts {
    generation: usize,
    known: Mutex<Generations>,
}

impl fmt::Debug for Verdicts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Verdicts(..)")
    }
}

impl Verdicts {
    /// Remembers about as many as `documents`.
    pub(super) fn new(documents: usize) -> Self {
        Self { generation: (documents / 2).max(1), known: Mutex::default() }
    }

    pub(super) fn get(&self, key: &str) -> Option<Verdict> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(verdict) = known.young.get(key) {
            return Some(verdict.clone());
        }
        let (key, verdict) = known.old.remove_entry(key)?;
        self.insert(&mut known, key, verdict.clone());
        Some(verdict)
    }

    pub(super) fn put(&self, key: String, verdict: Verdict) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        self.insert(&mut known, key, verdict);
    }

    fn insert(&self, known: &mut Generations, key: String, verdict: Verdict) {
        if known.young.len() >= self.generation {
            known.old = std::mem::take(&mut known.young);
        }
        known.young.insert(key, verdict);
    }
}
