//! How long words may be on an account. Knows what the account's platform stated when it was last looked at; where nobody has
//! looked, the platform's own limits hold, which the rules know. Pure.

use entity::{channel, channel::Abilities, revision, revision_target};
use guidelines::{LengthRule, LengthUnit, measure, overrun};

use super::platform;

/// What the account's platform stated of it; none before it was looked at.
pub(crate) fn abilities(channel: &channel::Model) -> Option<&Abilities> {
    channel.profile.as_ref()?.abilities.as_ref()
}

/// The account's own limit, counted as its platform counts; none where it stated none.
pub(crate) fn of_account(channel: &channel::Model) -> Option<LengthRule> {
    let most = abilities(channel)?.text_max?;
    let limit = u32::try_from(most).unwrap_or(u32::MAX);
    Some(LengthRule { limit, ..platform(channel.platform).length_rule() })
}

/// Whether words fit there by the platform's count and also by visible characters, with each link as long as it is: what
/// fits both ways fits whichever way the account counts.
pub(crate) fn fits(words: &str, rule: &LengthRule) -> bool {
    measure(words, &LengthRule::new(rule.limit, LengthUnit::Graphemes)) <= rule.limit
        && overrun(words, rule).is_none()
}

/// Letters that an answer on Mastodon keeps free for the name of whom it answers, which is put before it when it is sent: the
/// longest that Mastodon gives, its sign and a space. Another server's name does not count.
const NAME: u32 = 32;

/// Letters that an answer may have where it is a comment and a comment has a limit of its own, as the connectors hold it.
const fn of_comment(platform: channel::Platform) -> Option<u32> {
    match platform {
        channel::Platform::Facebook => Some(8_000),
        channel::Platform::Linkedin => Some(1_250),
        channel::Platform::Youtube => Some(10_000),
        _ => None,
    }
}

/// The limit that a target's whole text must keep: none of its own for most. What goes out as a thread need not fit whole;
/// its parts do, or the whole is measured after all.
pub(super) fn of_whole(
    revision: &revision::Model,
    target: &revision_target::Model,
    channel: &channel::Model,
) -> Option<LengthRule> {
    if revision.answers.is_some() && channel.platform == channel::Platform::Mastodon {
        let rule = of_account(channel).unwrap_or_else(|| platform(channel.platform).length_rule());
        return Some(LengthRule { limit: rule.limit.saturating_sub(NAME), ..rule });
    }
    if let Some(limit) = revision.answers.and_then(|_| of_comment(channel.platform)) {
        return Some(LengthRule { limit, ..platform(channel.platform).length_rule() });
    }
    let parts = target.parts.as_ref()?;
    let rule = of_account(channel)?;
    let in_parts = !parts.0.is_empty() && parts.0.iter().all(|part| fits(part, &rule));
    Some(if in_parts { LengthRule::new(u32::MAX, LengthUnit::Characters) } else { rule })
}
