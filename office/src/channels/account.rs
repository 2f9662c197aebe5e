//! Whether the account that a channel's credential opens is the channel's own. What the platform shows of it is compared with
//! the record: posts of the office must not go out under another name. Pure but for what a change of the record asks.

use entity::{
    channel,
    channel::{CredentialState, Platform, Profile},
};

use url::Url;

use super::Looked;
use crate::{change::Change, directory::same_account, queue::Cause};

/// Why a look at an account is not taken for one at the channel's.
const ANOTHER: &str = "ANOTHER_ACCOUNT";

/// What a look found, which is a refusal where the platform takes the credential for another account.
pub(super) fn judged(row: &channel::Model, looked: Looked) -> Looked {
    let cause = match &looked {
        Looked::Accepted(profile) => opens_another(row, profile),
        Looked::Rejected(_) | Looked::Unanswered(_) => None,
    };
    cause.map_or(looked, Looked::Rejected)
}

/// The cause to write down when this is another account than the channel's. None where nobody can tell: a site is posted to as
/// one of its users, a receiver has a name of its own, and numbers of accounts are no handles.
fn opens_another(row: &channel::Model, profile: &Profile) -> Option<Cause> {
    if row.platform.is_site() || is_own(row, profile) != Some(false) {
        return None;
    }
    let (found, own) = (bare(&profile.handle), bare(&row.handle));
    let host = |url: &str| Url::parse(url).ok()?.host_str().map(|host| format!(" on {host}"));
    let (at, own_at) = (profile.url.as_deref().and_then(host), host(&row.url));
    let (at, own_at) = (at.unwrap_or_default(), own_at.unwrap_or_default());
    let detail = format!(
        "the credential opens the account @{found}{at}, and this channel is @{own}{own_at}: give its record the handle and \
         address that the account has now, or connect it with a credential of its own account"
    );
    Some(Cause { code: ANOTHER.to_owned(), detail, http_status: None })
}

fn is_own(row: &channel::Model, profile: &Profile) -> Option<bool> {
    let (found, own) = (bare(&profile.handle), bare(&row.handle));
    // One name is an account on each server of the fediverse.
    let tells = row.platform != Platform::Mastodon || profile.url.is_none();
    let local = |handle: &str| handle.split('@').next().unwrap_or_default().to_lowercase();
    if tells && local(found) == local(own) {
        return Some(true);
    }
    let Some(url) = &profile.url else {
        let number = found.chars().all(|c| c.is_ascii_digit());
        return (!number).then_some(false);
    };
    same_account(row.platform, (own, &row.url), (found, url))
}

fn bare(handle: &str) -> &str {
    handle.strip_prefix('@').unwrap_or(handle)
}

/// What was found where the credential opens another account; none where it does not, or was not looked at.
pub(crate) fn another(row: &channel::Model) -> Option<&str> {
    let cause = row.profile_cause.as_deref().filter(|_| row.credential_state == CredentialState::Rejected)?;
    cause.strip_prefix(ANOTHER)?.strip_prefix(": ")
}

/// A channel whose record names another account is looked at before anything goes out: its credential may be of the one before.
pub(super) fn try_anew(change: &mut Change<'_>, row: &mut channel::Model) {
    if row.credential_sealed.is_none() {
        return;
    }
    row.credential_state = CredentialState::Untested;
    row.credential_checked_at = None;
    row.profile_due_at = None;
    row.profile_cause = None;
    change.move_gates();
}

/// Whether the record that waits names another account than the public one.
pub(super) fn moves(row: &channel::Model) -> bool {
    row.published.as_ref().is_some_and(|shown| {
        let (old, new) =
            ((shown.handle.as_str(), shown.url.as_str()), (row.handle.as_str(), row.url.as_str()));
        old != new && same_account(row.platform, new, old) != Some(true)
    })
}
