//! One place, one finding: where rules see the same words, the better evidence speaks and names the others.
//! It does not know what any rule looks for.

use std::cmp::Reverse;

use crate::{Finding, Validation};

/// Findings of which none with evidence overlaps another in its target. The same rule in two layers speaks once, as the
/// stricter has it.
pub(super) fn resolve(mut found: Vec<Finding>) -> Vec<Finding> {
    found.sort_by_key(rank);
    let mut kept: Vec<Finding> = Vec::with_capacity(found.len());
    for finding in found {
        match kept.iter_mut().find(|better| covers(better, &finding)) {
            Some(better) if better.rule == finding.rule || better.also.contains(&finding.rule) => {}
            Some(better) => better.also.push(finding.rule),
            None => kept.push(finding),
        }
    }
    kept
}

/// Validated before pattern, longer before shorter, stricter before milder, the upper layer before the lower.
fn rank(finding: &Finding) -> impl Ord + use<> {
    let evidence = finding.evidence.as_ref();
    (
        evidence.map_or(Validation::NotApplicable, |evidence| evidence.validation),
        Reverse(evidence.map_or(0, |evidence| evidence.context.len().min(1))),
        Reverse(finding.span.map_or(0, |span| span.byte_end.saturating_sub(span.byte_start))),
        finding.severity,
        finding.layer,
    )
}

fn covers(better: &Finding, finding: &Finding) -> bool {
    if better.target != finding.target {
        return false;
    }
    if better.rule == finding.rule && better.span == finding.span && better.layer != finding.layer {
        return true;
    }
    let (Some(a), Some(b)) = (better.span, finding.span) else { return false };
    let both = better.evidence.is_some() && finding.evidence.is_some();
    both && better.rule != finding.rule && a.byte_start < b.byte_end && b.byte_start < a.byte_end
}
