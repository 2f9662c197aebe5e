//! What may still keep a post back whose words were clear when they were last checked. A check is pure: under the same
//! handbook the same words are clear for ever, and only what surrounds them can have changed.
//! It does not know what any rule looks for, nor where it is remembered that words were clear.

#[cfg(test)]
mod proof;

use super::{check, said};
use crate::{
    Handbook, LinkState, Reading, Report, Severity, Submission, Surroundings,
    handbook::{ActiveRule, Panel},
};

/// Whether the words alone give no rule a reason to block, with no question answered and no exception made.
///
/// The words are all of a submission but its surroundings, exactly: text, link and further links, media, platform, length
/// and capacity; and the channel's biography. Rules that judge what else surrounds them are not asked. The answer holds
/// for the same words under a handbook with the same [`Handbook::digest_input`], which tells the versions of the rules,
/// too.
pub fn words_clear(submission: &Submission<'_>, handbook: &Handbook) -> bool {
    let reading = Reading::of_words(submission);
    let woken = handbook.alarm().woken(&reading.fields);
    let mut rules = handbook.active().iter().zip(woken).filter(|(rule, _)| rule.is_of_words());
    !rules.any(|(rule, woken)| woken && rule.may_block() && blocks(&reading, rule))
}

/// The findings of [`check`] that block, for a submission whose words are clear under the same handbook
/// ([`words_clear`]); of others it may miss some.
///
/// Exactly these: the same findings with the same keys, in the same order, so that whoever knows exceptions decides as
/// after a check. What does not block is left out. It asks only rules that can block for what surrounds the words; where
/// none of them does, nothing blocks, and that is nearly always. Where one does, everything is asked again, for another
/// rule may have seen the same place with better evidence. Parts that [`Handbook::leaving_needs`] does not name may be
/// absent.
pub fn check_leaving(submission: &Submission<'_>, handbook: &Handbook) -> Report {
    if !is_held(&Reading::of(submission), handbook) {
        return Report::default();
    }
    let mut report = check(submission, handbook);
    report.findings.retain(|finding| finding.severity == Severity::Block);
    report
}

/// Whether a rule blocks for what surrounds the words.
fn is_held(reading: &Reading<'_, '_>, handbook: &Handbook) -> bool {
    let leaving = handbook.leaving();
    let links = reading.around().is_some_and(tells_of_links).then_some(&leaving.links);
    [Some(&leaving.around), links].into_iter().flatten().any(|panel| any_blocks(panel, reading, handbook))
}

fn any_blocks(panel: &Panel, reading: &Reading<'_, '_>, handbook: &Handbook) -> bool {
    let rules = panel.rules.iter().filter_map(|index| handbook.active().get(*index));
    rules.zip(panel.alarm.woken(&reading.fields)).any(|(rule, woken)| woken && blocks(reading, rule))
}

/// Whether a link has fared so that any rule has something to say of it.
fn tells_of_links(around: &Surroundings) -> bool {
    around.links.iter().any(|link| matches!(link.state, LinkState::Dead | LinkState::Internal))
}

fn blocks(reading: &Reading<'_, '_>, rule: &ActiveRule) -> bool {
    said(reading, rule).any(|(severity, _)| severity == Severity::Block)
}
