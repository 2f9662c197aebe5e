//! Stems that mean the same in English and French, for what plans commonly keep back. It does not know most words.

use std::{collections::HashMap, sync::LazyLock};

/// Groups of stems; the first stands for all of them.
const SAME: &[&[&str]] = &[
    &["interim", "intermediair", "provisoir"],
    &["result", "resultat", "finding", "constat"],
    &["perform", "rendement"],
    &["site", "emplac"],
    &["vendor", "fournisseur", "supplier"],
    &["name", "nom", "nam"],
    &["cost", "cout"],
    &["fund", "financ"],
    &["salary", "salair"],
    &["contract", "contrat"],
    &["data", "donnee", "donne"],
    &["recruit", "recrut"],
    &["hire", "embauch", "hir"],
    &["staff", "personnel"],
    &["patient", "patiente"],
    &["clinic", "cliniqu"],
    &["event", "evene", "evenement"],
    &["team", "equip"],
    &["news", "new", "nouvell"],
    &["publish", "publie", "publy", "publication", "publi"],
    &["merger", "merg", "fusion"],
    &["closur", "fermetur"],
    &["delay", "retard"],
    &["complaint", "plaint"],
    &["trial", "essai"],
    &["study", "etud"],
    &["survey", "sondag"],
    &["launch", "lanc"],
    &["security", "securit"],
    &["breach", "atteint", "brech"],
    &["audit", "verification"],
    &["pricing", "pric", "price", "prix"],
    &["date", "dat"],
    &["minute", "minut"],
    &["meet", "reunion"],
    &["work", "fonctionn"],
];

/// Words that come close to one another: a match by them is less sure.
const CLOSE: &[&[&str]] = &[
    &["interim", "preliminary", "preliminair", "early", "midpoint"],
    &["result", "outcom"],
    &["budget", "fund"],
];

/// Each stem with the one that stands for its group; where a stem is in several, the first counts.
static STANDS_FOR: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let mut found = HashMap::new();
    for group in SAME {
        for stem in *group {
            if let Some(first) = group.first() {
                found.entry(*stem).or_insert(*first);
            }
        }
    }
    found
});

/// The stem that stands for all of the same meaning.
pub(super) fn common(stem: &str) -> &str {
    STANDS_FOR.get(stem).copied().unwrap_or(stem)
}

/// Every stem by which a word may stand for this one or come close to it: itself among them, and more rather than fewer.
pub(super) fn related(stem: &str) -> impl Iterator<Item = &str> {
    let close =
        CLOSE.iter().filter(move |group| group.contains(&stem)).flat_map(|group| group.iter().copied());
    std::iter::once(stem).chain(close).flat_map(|one| {
        let same = SAME.iter().filter(move |group| group.first() == Some(&one));
        std::iter::once(one).chain(same.flat_map(|group| group.iter().copied()))
    })
}

/// Whether two stems, each standing for its meaning, come close.
pub(super) fn are_close(one: &str, other: &str) -> bool {
    CLOSE.iter().any(|group| group.contains(&one) && group.contains(&other))
}
