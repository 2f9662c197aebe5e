//! A change: one write transaction, its audit entries, and what is told to others once it is committed.
//!
//! Every function that changes something begins one, writes through it, notes what it did, and commits; dropped
//! without commit, nothing of it happened.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::OfficeId;
use sea_orm::DatabaseTransaction;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Office, Requester,
    audit::{self, Pending},
    error::Result,
    events::Event,
};

/// A transaction that writes.
#[derive(Debug)]
pub(crate) struct Change<'a> {
    office: &'a Office,
    requester: Requester,
    tx: DatabaseTransaction,
    /// The instant of the change: one for all of its rows.
    pub(crate) now: DateTime<Utc>,
    entries: Vec<Pending>,
    wake: bool,
}

impl Office {
    /// Begins a change on behalf of the requester.
    pub(crate) async fn begin(&self, requester: &Requester) -> Result<Change<'_>> {
        let tx = self.db.write().await?;
        let now = self.clock.now();
        Ok(Change { office: self, requester: requester.clone(), tx, now, entries: Vec::new(), wake: false })
    }
}

impl Change<'_> {
    /// The transaction, for queries.
    pub(crate) fn tx(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// A new id of any table.
    pub(crate) fn id<T: From<Uuid>>(&self) -> T {
        self.office.ids.next().into()
    }

    /// The requester's office.
    pub(crate) fn office_id(&self) -> OfficeId {
        self.requester.office_id
    }

    /// Who changes.
    pub(crate) fn requester(&self) -> &Requester {
        &self.requester
    }

    /// Notes what was done, for the audit chain. `detail` holds states, ids and numbers: never post text, tokens or
    /// addresses.
    pub(crate) fn note(
        &mut self,
        action: &'static str,
        subject_kind: &'static str,
        subject_id: Uuid,
        detail: Value,
    ) {
        self.note_in(self.requester.office_id, action, subject_kind, subject_id, detail);
    }

    /// The same in a named office: the worker serves many.
    pub(crate) fn note_in(
        &mut self,
        office_id: OfficeId,
        action: &'static str,
        subject_kind: &'static str,
        subject_id: Uuid,
        detail: Value,
    ) {
        let (actor, request_id) = (self.requester.actor.clone(), self.requester.request_id.clone());
        self.entries.push(Pending { office_id, actor, request_id, action, subject_kind, subject_id, detail });
    }

    /// The queue changed: workers look again once this is committed.
    pub(crate) fn wake_workers(&mut self) {
        self.wake = true;
    }

    /// Writes the audit entries, commits, and tells subscribers and workers.
    pub(crate) async fn commit(self) -> Result<()> {
        let mut by_office: BTreeMap<OfficeId, Vec<&Pending>> = BTreeMap::new();
        for entry in &self.entries {
            by_office.entry(entry.office_id).or_default().push(entry);
        }
        let mut events = Vec::new();
        for (office_id, entries) in by_office {
            let newest =
                audit::append(&self.tx, self.office.ids.as_ref(), self.now, office_id, &entries).await?;
            events.push(Event { office_id, sequence: newest });
        }
        self.tx.commit().await?;
        for event in events {
            self.office.events.send(event);
        }
        if self.wake {
            self.office.wake.notify_waiters();
        }
        Ok(())
    }
}
