//! What may still keep a post back whose words were clear when they were last checked. A check is pure: under the same
//! handbook the same words are clear for ever, and only what surrounds them can have changed.
//! It does not know what any rule looks for, nor where it is remembered that words were clear.

#[cfg(test)]
mod proof;

use super::{check, said};
use crate::{
    Handbook, LinkState, Part, Parts, Reading, Report, Severity, Submission, Surroundings,
    handbook::ActiveRule,
};

/// Whether the words alone give no rule a reason to block, with no question answered and no exception made.
///
/// The words are all of a submission but its surroundings: text, link and further links, media, platform, length and
/// capacity, exactly. Rules that judge the surroundings are not asked; those that read a biography or the states of
/// links beside the words are asked about the words. The answer holds for the same words under a handbook with the same
/// [`Handbook::digest_input`], which tells the versions of the rules, too.
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
    let (leaving, active) = (handbook.leaving(), handbook.active());
    let added = reading.around().map(added).unwrap_or_default();
    if added.is_empty() {
        let rules = leaving.rules().iter().filter_map(|index| active.get(*index));
        let mut rules = rules.zip(leaving.alarm().woken(&reading.fields));
        return rules.any(|(rule, woken)| woken && blocks(reading, rule));
    }
    let mut rules = active.iter().zip(handbook.alarm().woken(&reading.fields));
    rules.any(|(rule, woken)| woken && rule.may_block_amid(added) && blocks(reading, rule))
}

/// What surroundings bring to read beside the words; of links, those of which a rule has anything to say.
fn added(around: &Surroundings) -> Parts {
    let bio = around.channel.as_ref().is_some_and(|channel| channel.bio.is_some());
    let links = around.links.iter().any(|link| matches!(link.state, LinkState::Dead | LinkState::Internal));
    let part = |is: bool, part| if is { Parts::of(&[part]) } else { Parts::default() };
    part(bio, Part::Bio).and(part(links, Part::Links))
}

fn blocks(reading: &Reading<'_, '_>, rule: &ActiveRule) -> bool {
    said(reading, rule).any(|(severity, _)| severity == Severity::Block)
}
