//! What a platform says otherwise than it is: odd items, times that are none, places that lead nowhere. It does not know any
//! dialect.

use std::fmt;

use serde_json::Value;

use super::{
    FakePlatform,
    request::{Reply, Request},
};

type Change = Box<dyn FnMut(&str, &mut Value) + Send>;

/// Changes the answers to questions before they go out.
#[derive(Default)]
pub(super) struct Twist(Option<Change>);

impl Twist {
    pub(super) fn new(change: impl FnMut(&str, &mut Value) + Send + 'static) -> Self {
        Self(Some(Box::new(change)))
    }

    pub(super) fn pass(&mut self, request: &Request, reply: &mut Reply) {
        if let Some(change) = &mut self.0 {
            let target = format!("{}?{}", request.url.path(), request.url.query().unwrap_or_default());
            reply.change(|said| change(&target, said));
        }
    }
}

impl fmt::Debug for Twist {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Twist").field(&self.0.is_some()).finish()
    }
}

impl FakePlatform {
    /// From now on whatever it is asked and answers in JSON passes through this, which is told the target with its parameters.
    pub fn twist(&self, twist: impl FnMut(&str, &mut Value) + Send + 'static) {
        self.world().twist = Twist::new(twist);
    }

    /// It tells the truth again.
    pub fn untwist(&self) {
        self.world().twist = Twist::default();
    }
}
