//! What a platform gave for a code or a refresh token, and how it becomes a channel's credential. It does not know how it was
//! asked for.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{ChannelId, PlatformAppId, channel, channel::CredentialState};
use secrecy::{ExposeSecret as _, SecretString};

use super::connection;
use crate::{Office, error::Result, queue::Cause};

/// What came of asking for a credential.
#[derive(Debug, Clone)]
pub enum GrantOutcome {
    /// Here it is.
    Granted(Granted),
    /// It is not given: a person must begin again.
    Refused(Cause),
    /// No trustworthy answer: the same may be tried again, not before this has passed.
    Unreachable(Cause, Option<TimeDelta>),
}

/// A credential.
#[derive(Debug, Clone)]
pub struct Granted {
    /// What the connector signs in with.
    pub access: SecretString,
    /// With what the next is got; absent: with what this was got, or there is none.
    pub refresh: Option<SecretString>,
    /// How long it is good; absent: not known, or for ever.
    pub lifetime: Option<TimeDelta>,
    /// What it may do, with spaces between; absent: the platform did not say.
    pub scopes: Option<String>,
    /// What it should be able to do and is not.
    pub missing_scopes: Vec<String>,
}

/// An application as its secret is used.
#[derive(Debug, Clone)]
pub struct AppSecret {
    /// Its public name.
    pub client_id: String,
    /// Its secret.
    pub client_secret: Option<SecretString>,
}

impl Granted {
    /// Puts it into a channel's row, to be tried at once.
    pub(super) fn store(
        &self,
        office: &Office,
        row: &mut channel::Model,
        app: PlatformAppId,
        now: DateTime<Utc>,
    ) -> Result<()> {
        row.credential_sealed = Some(connection::seal(office, row.id, &self.access)?);
        row.credential_state = CredentialState::Untested;
        row.credential_checked_at = None;
        row.credential_app_id = Some(app);
        row.credential_scopes.clone_from(&self.scopes);
        row.credential_expires_at = self.lifetime.map(|lifetime| now + lifetime);
        if let Some(token) = &self.refresh {
            row.refresh_sealed = Some(office.vault.seal(&context(row.id), token.expose_secret().as_bytes())?);
        }
        let renewable = row.refresh_sealed.is_some();
        row.refresh_at = self.lifetime.filter(|_| renewable).map(|lifetime| now + early(office, lifetime));
        row.refresh_lease_until = None;
        row.refresh_failures = 0;
        row.refresh_cause = None;
        Ok(())
    }
}

/// How long after it was given a credential is refreshed: well before its end, and never at once.
fn early(office: &Office, lifetime: TimeDelta) -> TimeDelta {
    let ahead = TimeDelta::seconds(office.limits.refresh_ahead_seconds).max(lifetime / 10);
    // A credential that hardly lives is not asked for without a break.
    (lifetime - ahead).max(lifetime / 2).max(TimeDelta::seconds(office.limits.backoff_seconds))
}

/// Forgets all that belonged to a credential which is refreshed.
pub(super) fn forget_refresh(row: &mut channel::Model) {
    row.credential_app_id = None;
    row.credential_scopes = None;
    row.refresh_sealed = None;
    row.refresh_at = None;
    row.refresh_lease_until = None;
    row.refresh_failures = 0;
    row.refresh_cause = None;
    row.refreshed_at = None;
}

fn context(id: ChannelId) -> String {
    format!("channel|refresh|{id}")
}

/// The refresh token of a channel, for the worker.
pub(super) fn open_refresh(office: &Office, row: &channel::Model) -> Result<Option<SecretString>> {
    row.refresh_sealed.as_ref().map(|sealed| office.vault.open_text(&context(row.id), sealed)).transpose()
}
