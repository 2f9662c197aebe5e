//! Whether a longer text is hard to read, by the usual formulas: Flesch-Kincaid for English, Kandel-Moles for French.
//! It counts words and syllables; it does not know what is said.

use std::collections::HashSet;

use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::{
    Check, Example, Field, Hit, InitiativeView, Office, PlanView, Reading, Surroundings, rule::rule,
};

rule!(
    Readability, "X.readability", version 1, "X5", Advise, reads: [Plan],
    what: "Reckons how hard a text of more than forty words is to read: its Flesch-Kincaid grade if it is English, its \
           Kandel-Moles score if it is French. Where the plan sets a grade for its readers, that is the limit. Addresses, tags and mentions are left out.",
    why: "A hurried reader, and one who reads in a second language, gets through short sentences of short words.",
    instead: "Make two sentences of the longest, and say it in everyday words.",
    fires: [
        Example::of("The implementation of interdisciplinary telehealth infrastructure necessitates comprehensive organizational \
            transformation, encompassing regulatory harmonization, interoperability specifications, and multidimensional evaluation \
            methodologies, notwithstanding considerable heterogeneity of institutional capabilities and the administrative \
            complexities that invariably characterize collaborative initiatives involving geographically distributed communities \
            and underrepresented populations."),
        Example::of("L'implantation d'infrastructures interdisciplinaires de télésanté nécessite une transformation organisationnelle \
            considérable, comprenant l'harmonisation réglementaire, l'interopérabilité des spécifications techniques ainsi que des \
            méthodologies d'évaluation multidimensionnelles, nonobstant l'hétérogénéité particulièrement importante des capacités \
            institutionnelles et les complexités administratives caractérisant invariablement les initiatives collaboratives des \
            communautés géographiquement dispersées et des populations traditionnellement marginalisées."),
        Example::of("We want to understand how people with chronic conditions manage appointments and medications at home. \
            Participants complete three online questionnaires about everyday difficulties, describe their experiences in an \
            interview with a researcher, and receive a summary of the results when the study is finished next autumn.")
            .amid("a plan for readers of grade 8", plain_words),
    ],
    quiet: [
        Example::of("We want to know how people sleep. So we ask you to wear a small watch for a week. It counts how long you sleep and \
            how often you wake. You can keep the watch when the week is over. It takes two minutes to sign up, and you can stop \
            at any time. We will tell you what we find."),
        Example::of("Interdisciplinary telehealth infrastructure necessitates transformation."),
        Example::of("Nous voulons savoir comment vous dormez. Vous portez une montre pendant une semaine. Elle compte vos heures de sommeil. \
            Vous pouvez garder la montre. Il faut deux minutes pour vous inscrire, et vous pouvez arrêter quand vous voulez. Nous vous \
            dirons ce que nous aurons trouvé à la fin de l'étude."),
    ],
);

fn plain_words() -> Surroundings {
    let plan = PlanView { reading_grade: Some(8), ..PlanView::default() };
    let initiative = InitiativeView { plan: Some(plan), ..InitiativeView::default() };
    Surroundings { initiative: Some(initiative), ..Surroundings::default() }
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// The highest Flesch-Kincaid grade that passes.
    grade: f64,
    /// The lowest Kandel-Moles score that passes.
    score: f64,
    /// Texts of up to so many words pass.
    words: u32,
}

impl Default for Params {
    fn default() -> Self {
        Self { grade: 15.0, score: 25.0, words: 40 }
    }
}

struct Prepared {
    params: Params,
    french: HashSet<&'static str>,
    english: HashSet<&'static str>,
}

#[expect(clippy::unnecessary_wraps, reason = "every rule is prepared by the same signature")]
fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    let Params { grade, score, words } = *params;
    Ok(Box::new(Prepared {
        params: Params { grade, score, words },
        french: FRENCH.split(' ').collect(),
        english: ENGLISH.split(' ').collect(),
    }))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let Some(field) = reading.text() else { return Vec::new() };
        let most = usize::try_from(self.params.words).unwrap_or(usize::MAX);
        if field.lower().split_whitespace().take(most.saturating_add(1)).count() <= most {
            return Vec::new();
        }
        let counts = self.counts(field);
        if counts.words <= self.params.words {
            return Vec::new();
        }
        let plan = reading.around().and_then(|around| around.initiative.as_ref()?.plan.as_ref());
        let limit = plan.and_then(|plan| plan.reading_grade).map_or(self.params.grade, f64::from);
        let message = if counts.is_french() {
            let score = counts.kandel_moles();
            (score < self.params.score).then(|| {
                format!("Hard to read: {score:.0} on the scale of Kandel and Moles, where 100 is easy.")
            })
        } else {
            let grade = counts.flesch_kincaid();
            (grade > limit).then(|| format!("Hard to read: about grade {grade:.0} by Flesch and Kincaid."))
        };
        let longest = counts.longest;
        let hit = |message| {
            Hit::whole(field.target.clone(), message).suggesting(format!(
                "Make two sentences of the longest, which has {longest} words, and say it in everyday words."
            ))
        };
        message.map(hit).into_iter().collect()
    }
}

impl Prepared {
    fn counts(&self, field: &Field<'_>) -> Counts {
        let mut counts = Counts::default();
        let lower = field.lower();
        let (mut current, mut end) = (0, 0);
        for (at, word) in lower.unicode_word_indices() {
            let between = lower.get(end..at).unwrap_or_default();
            end = at + word.len();
            if current > 0 && between.contains(['.', '!', '?', '…', '\n', ';']) {
                counts.close(current);
                current = 0;
            }
            if !word.starts_with(char::is_alphabetic) || field.protection(&(at..end)).is_some() {
                continue;
            }
            current += 1;
            self.add(&mut counts, word);
        }
        if current > 0 {
            counts.close(current);
        }
        counts
    }

    fn add(&self, counts: &mut Counts, word: &str) {
        // "l'eau" is two words to a reader of French, and one to Unicode.
        for part in word.split('\'') {
            counts.french += u32::from(self.french.contains(part));
            counts.english += u32::from(self.english.contains(part));
        }
        counts.words += 1;
        let groups = vowel_groups(word);
        counts.french_syllables += silent(groups, word, &["e", "es", "ent"]);
        counts.english_syllables += silent(groups, word, &["e", "es", "ed"]);
    }
}

/// Small words by which a language is known.
const FRENCH: &str = "le la les des une du et est dans pour que qui sur avec nous vous au aux ce cette son ses leur par plus pas notre votre";
const ENGLISH: &str = "the of and to in is for that with on are this be we you our your from by at an as it they their not has have";

/// What formulas count.
#[derive(Default)]
struct Counts {
    words: u32,
    sentences: u32,
    longest: u32,
    english_syllables: u32,
    french_syllables: u32,
    english: u32,
    french: u32,
}

impl Counts {
    fn close(&mut self, words: u32) {
        self.sentences += 1;
        self.longest = self.longest.max(words);
    }

    const fn is_french(&self) -> bool {
        self.french > self.english
    }

    fn flesch_kincaid(&self) -> f64 {
        0.39 * self.per_sentence() + 11.8 * ratio(self.english_syllables, self.words) - 15.59
    }

    fn kandel_moles(&self) -> f64 {
        207.0 - 1.015 * self.per_sentence() - 73.6 * ratio(self.french_syllables, self.words)
    }

    fn per_sentence(&self) -> f64 {
        ratio(self.words, self.sentences)
    }
}

fn ratio(all: u32, parts: u32) -> f64 {
    f64::from(all) / f64::from(parts.max(1))
}

fn vowel_groups(word: &str) -> u32 {
    let mut groups = 0;
    let mut inside = false;
    for c in word.chars() {
        let vowel = "aeiouyàâäéèêëîïôöùûüœæ".contains(c);
        groups += u32::from(vowel && !inside);
        inside = vowel;
    }
    groups
}

/// Syllables without an ending that is not spoken.
fn silent(groups: u32, word: &str, endings: &[&str]) -> u32 {
    let spoken =
        word.ends_with("le") || word.ends_with("ted") || word.ends_with("ded") || word.ends_with("ses");
    let mute = !spoken
        && endings.iter().any(|ending| {
            word.strip_suffix(ending).is_some_and(|stem| stem.ends_with(|c: char| !"aeiouyé".contains(c)))
        });
    groups.saturating_sub(u32::from(mute)).max(1)
}
