//! Where connectors leave what the next one for the same account needs: what a platform gave them at signing in, since
//! platforms count log-ins, or an upload that it has whole. It does not know what that is, and holds it in memory only.

use std::{
    any::Any,
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use aws_lc_rs::digest;

/// Accounts that are remembered at once; beyond it all are forgotten, which costs each a log-in.
const MOST: usize = 4096;

/// Whose session it is: a digest, so that no credential is kept a second time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Whose([u8; 32]);

impl Whose {
    /// One account by all that signs it in: with another password it is another.
    pub(crate) fn of(parts: &[&str]) -> Self {
        let mut context = digest::Context::new(&digest::SHA256);
        for part in parts {
            context.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            context.update(part.as_bytes());
        }
        let mut whose = [0; 32];
        whose.copy_from_slice(context.finish().as_ref());
        Self(whose)
    }
}

type Kept = Arc<dyn Any + Send + Sync>;

/// The sessions of one process.
#[derive(Clone, Default)]
pub(crate) struct Sessions(Arc<Mutex<HashMap<Whose, Kept>>>);

impl Sessions {
    pub(crate) fn get<T: Send + Sync + 'static>(&self, whose: Whose) -> Option<Arc<T>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&whose).cloned()?;
        kept.downcast().ok()
    }

    pub(crate) fn keep<T: Send + Sync + 'static>(&self, whose: Whose, session: Arc<T>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST && !kept.contains_key(&whose) {
            kept.clear();
        }
        kept.insert(whose, session);
    }

    pub(crate) fn forget(&self, whose: Whose) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&whose);
    }
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sessions").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_belongs_to_one_account_and_password() {
        let sessions = Sessions::default();
        let ours = Whose::of(&["https://a.example", "press", "one"]);
        sessions.keep(ours, Arc::new(7_u8));
        assert_eq!(sessions.get::<u8>(ours).as_deref(), Some(&7));
        for other in [["https://a.example", "press", "two"], ["https://a.example", "pres", "sone"]] {
            assert_eq!(sessions.get::<u8>(Whose::of(&other)), None);
        }
        sessions.forget(ours);
        assert_eq!(sessions.get::<u8>(ours), None);
    }
}
