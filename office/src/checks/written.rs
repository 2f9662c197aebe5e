//! Links as they are written in a revision and its variants. Knows nothing of what is behind them.

use entity::revision;
use guidelines::Shadow;

use super::load::Targets;

/// The links of a revision as they are written, so that a rule finds what is known of each.
pub(super) fn written_links(revision: &revision::Model, targets: &Targets) -> Vec<String> {
    let variants = targets.get(&revision.id).into_iter().flatten();
    let variants = variants.filter_map(|(target, _)| target.text.as_deref());
    let texts = std::iter::once(revision.text.as_str()).chain(variants);
    let found = texts.flat_map(|text| {
        Shadow::of(text).links().into_iter().map(|link| link.text.to_owned()).collect::<Vec<_>>()
    });
    found.chain(revision.link.clone()).collect()
}
