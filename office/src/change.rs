//! A change: one write transaction, its audit entries, and what is told to others once it is committed.
//!
//! Every function that changes something begins one, writes through it, notes what it did, and commits; dropped
//! without commit, nothing of it happened.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::{MemberId, OfficeId, channel, directory_change::ChangeKind};
use sea_orm::{ConnectionTrait as _, DatabaseBackend, DatabaseTransaction};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Actor, Database, Limits, Office, Requester,
    audit::{self, Pending},
    directory::changes::{self as directory, Told},
    error::Result,
    news::{Event, News, Ring},
    rights,
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
    told: Vec<Told>,
    ring: Ring,
}

impl Office {
    /// Begins a change on behalf of the requester.
    pub(crate) async fn begin(&self, requester: &Requester) -> Result<Change<'_>> {
        let tx = self.db.write().await?;
        let now = self.clock.now();
        Ok(Change {
            office: self,
            requester: requester.clone(),
            tx,
            now,
            entries: Vec::new(),
            told: Vec::new(),
            ring: Ring::default(),
        })
    }
}

impl Office {
    /// The same, at the time of the clock that decides leases.
    pub(crate) async fn begin_by_database_clock(&self, requester: &Requester) -> Result<Change<'_>> {
        let mut change = self.begin(requester).await?;
        change.now = Database::now(&change.tx, self.clock.as_ref()).await?;
        Ok(change)
    }
}

impl Change<'_> {
    /// Which engine, for statements that the engines write differently.
    pub(crate) fn engine(&self) -> DatabaseBackend {
        self.tx.get_database_backend()
    }

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

    /// What the public sees of a channel is as in `row` from this change on. Nothing for a channel that it never saw.
    pub(crate) fn tell_public(&mut self, kind: ChangeKind, row: &channel::Model) {
        self.told.extend(Told::of(kind, row));
    }

    /// Mail was written: whoever sends it looks once this is committed.
    pub(crate) fn ring_for_mail(&mut self) {
        self.ring.mail = true;
    }

    /// The numbers that bound everything.
    pub(crate) fn limits(&self) -> &Limits {
        &self.office.limits
    }

    /// The queue changed: workers look again once this is committed.
    pub(crate) fn wake_workers(&mut self) {
        self.ring.workers = true;
    }

    /// The worker of this process has room again and looks itself; others need not.
    pub(crate) fn wake_own_worker(&mut self) {
        self.ring.own_worker = true;
    }

    /// A gate may have opened or shut: what is held is looked at again.
    pub(crate) fn move_gates(&mut self) {
        self.ring.workers = true;
        self.ring.gates = true;
    }

    /// Refuses what is done in the name of somebody who lost the right to it meanwhile. Changes of one office follow each
    /// other from the writing of their audit entries on: whoever left before is seen here to have left.
    async fn still_may(&self) -> Result<()> {
        match &self.requester.actor {
            // Their row is here as it will be: of roles that they change themselves the version was compared.
            Actor::Member { id, .. } if self.changes_member(*id) => rights::is_here(&self.tx, *id).await,
            _ => rights::stand(&self.tx, &self.requester).await,
        }
    }

    fn changes_member(&self, id: MemberId) -> bool {
        self.entries.iter().any(|entry| entry.subject_kind == "Member" && entry.subject_id == id.0)
    }

    /// Writes what the public sees and the audit entries, commits, and tells subscribers and workers, of other processes as well.
    pub(crate) async fn commit(mut self) -> Result<()> {
        let told = std::mem::take(&mut self.told);
        if !told.is_empty()
            || self.entries.iter().any(|entry| directory::also_shown(entry.action, &entry.detail))
        {
            directory::append(&self.tx, self.office.ids.as_ref(), self.now, told).await?;
        }
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
        self.still_may().await?;
        let news = News { process: self.office.bell.process(), events, ring: self.ring };
        news.post(&self.tx).await?;
        self.tx.commit().await?;
        self.office.bell.hear(&news);
        Ok(())
    }
}
