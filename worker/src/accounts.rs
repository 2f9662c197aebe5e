//! What is asked of platforms about accounts rather than posts: the credential that a person agreed to, the next credential
//! before the present one ends, and what the public reads on the account. It decides nothing: `office` says when, and what
//! becomes of the answers.

use chrono::TimeDelta;
use connectors::{
    Capabilities, FollowKind, Http, VerifyFailure,
    oauth::{self, App, Exchange, GrantFailure},
};
use entity::{
    WorkerId, channel,
    channel::{Abilities, Profile},
};
use office::{
    Office, Result,
    channels::{self, Answered, AppSecret, DueRefresh, GrantOutcome, Granted, Looked},
};

use crate::{
    message,
    outcome::{cause, ours, wish},
};

/// Accounts that are asked about in one go.
const AT_ONCE: u64 = 20;

/// Whoever asks about accounts: a worker, or a command that does not wait for one.
#[derive(Debug, Clone)]
pub struct Accounts {
    office: Office,
    http: Http,
    id: WorkerId,
}

impl Accounts {
    /// `id` is new for each process.
    pub fn new(office: Office, http: Http, id: WorkerId) -> Self {
        Self { office, http, id }
    }

    /// Fetches the credentials that people have agreed to. Their codes are good for seconds.
    pub async fn fetch(&self) -> Result<()> {
        for answered in channels::claim_answered(&self.office, self.id, AT_ONCE).await? {
            let outcome = self.exchange(&answered).await;
            channels::settle_authorization(&self.office, self.id, &answered, outcome).await?;
        }
        Ok(())
    }

    async fn exchange(&self, answered: &Answered) -> GrantOutcome {
        let exchange = Exchange::Code {
            code: &answered.code,
            verifier: &answered.verifier,
            redirect_uri: &answered.redirect_uri,
        };
        let asked =
            channel::Model { settings: answered.authorization.settings.clone(), ..answered.channel.clone() };
        self.grant(&asked, answered.app.clone(), exchange).await
    }

    /// Refreshes the credentials whose time has come.
    pub async fn refresh(&self) -> Result<()> {
        for due in channels::claim_refreshes(&self.office, self.id, AT_ONCE).await? {
            let outcome = self.renew(&due).await;
            if let GrantOutcome::Refused(cause) | GrantOutcome::Unreachable(cause, _) = &outcome {
                tracing::warn!(channel.id = %due.channel.id, cause.code, "a credential was not refreshed");
            }
            channels::settle_refresh(&self.office, self.id, &due, outcome).await?;
        }
        Ok(())
    }

    async fn renew(&self, due: &DueRefresh) -> GrantOutcome {
        match due.app.clone() {
            Some(app) => self.grant(&due.channel, app, Exchange::Refresh(&due.token)).await,
            None => GrantOutcome::Refused(ours("APP_MISSING", "the office has taken its application away")),
        }
    }

    async fn grant(&self, channel: &channel::Model, app: AppSecret, exchange: Exchange<'_>) -> GrantOutcome {
        let Some(kind) = message::kind(channel.platform) else {
            return GrantOutcome::Refused(ours(
                "NO_CONNECTOR",
                "Masthead has no connector for this platform",
            ));
        };
        let app = App { client_id: app.client_id, client_secret: app.client_secret };
        let settings = message::settings(channel);
        match oauth::grant(kind, &settings, &app, exchange, &self.http).await {
            Ok(grant) => GrantOutcome::Granted(Granted {
                access: grant.access,
                refresh: grant.refresh,
                lifetime: grant.lifetime.and_then(|lifetime| TimeDelta::from_std(lifetime).ok()),
                scopes: Some(grant.scopes.join(" ")).filter(|scopes| !scopes.is_empty()),
                missing_scopes: grant.missing_scopes,
            }),
            Err(GrantFailure::Denied(why) | GrantFailure::AppRejected(why) | GrantFailure::Settings(why)) => {
                GrantOutcome::Refused(cause(why))
            }
            Err(GrantFailure::Unreachable { cause: why, retry_after }) => {
                GrantOutcome::Unreachable(cause(why), wish(retry_after))
            }
        }
    }

    /// Looks at the accounts that are to be looked at.
    pub async fn look(&self) -> Result<()> {
        for channel in channels::to_look_at(&self.office, AT_ONCE).await? {
            self.look_at(&channel).await?;
        }
        Ok(())
    }

    /// Looks at one account, and records what it shows. Posts nothing.
    pub async fn look_at(&self, channel: &channel::Model) -> Result<channel::Model> {
        let looked = self.ask(channel).await;
        if let Looked::Rejected(cause) | Looked::Unanswered(cause) = &looked {
            tracing::warn!(channel.id = %channel.id, cause.code, "the account could not be looked at");
        }
        channels::record_look(&self.office, self.id, channel, looked).await
    }

    async fn ask(&self, channel: &channel::Model) -> Looked {
        let connector = match message::connect(&self.office, &self.http, self.id, channel) {
            Ok(connector) => connector,
            Err(why) => return Looked::Rejected(message::unconnected(&why)),
        };
        match connector.verify().await {
            Ok(found) => Looked::Accepted(Box::new(Profile {
                handle: found.handle,
                display_name: found.display_name,
                url: found.url,
                bio: found.bio,
                bio_shown: found.capabilities.live_bio,
                abilities: Some(abilities(&found.capabilities)),
                read_at: self.office.now(),
            })),
            Err(VerifyFailure::CredentialRejected(why) | VerifyFailure::Refused(why)) => {
                Looked::Rejected(cause(why))
            }
            Err(VerifyFailure::Unreachable { cause: why, .. }) => Looked::Unanswered(cause(why)),
        }
    }
}

fn abilities(can: &Capabilities) -> Abilities {
    let follow = match can.follow {
        FollowKind::Thread => "THREAD",
        FollowKind::Comment => "COMMENT",
        FollowKind::Alone => "ALONE",
    };
    Abilities {
        text_max: can.text.max.and_then(|max| u64::try_from(max).ok()),
        media_max: u64::try_from(can.max_media).unwrap_or(u64::MAX),
        media_types: can.media_types.clone(),
        media_bytes_max: can.max_media_bytes,
        alt_text: can.alt_text,
        captions: Some(can.captions),
        edit: can.edit,
        delete: can.delete,
        follow: follow.to_owned(),
        read_back: can.read_back,
        inbound: can.inbound,
        metrics: can.metrics,
        amplify: can.amplify,
        quotes: Some(can.quotes),
        replies: Some(can.replies),
    }
}
