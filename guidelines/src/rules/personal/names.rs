//! Which capitalised words are a person's name. It does not know who that is, or whether they are ill.

use std::{collections::HashSet, ops::Range};

use crate::pattern::Regex;

use crate::pattern;

/// Given names, in lower case.
const GIVEN: &str = include_str!("../../../words/given.txt");

/// Words that are written with a capital and are no part of a name.
const NO_NAME: &str = "a an and the our my your his her their its this that these those we you he she they it i in on at of to for from with by as if when while \
    since after before today tonight tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday january february march april may june july august \
    september october november december spring summer fall autumn winter lundi mardi mercredi jeudi vendredi samedi dimanche hello hi hey dear bonjour bonsoir bravo \
    congratulations congrats félicitations thanks thank merci welcome bienvenue meet get well soon happy good morning reminder update breaking please join see read watch \
    listen learn call text email visit contact ask photo credit video live new big great thrilled proud sad heartbreaking sorry rest peace remembering photo no yes not \
    but so or also just only how what who where why which let let's talk bell world les le la l un une des du de et à au aux en dans pour par sur avec sans notre nos votre vos son sa ses leur leurs \
    ce cette ces il elle ils elles nous vous je tu on si quand depuis après avant hier demain aujourd'hui janvier février mars avril mai juin juillet août septembre octobre novembre décembre prompt rétablissement bon courage patient patients patiente \
    participant participants client resident résident résidente baby bébé mother father mom dad son daughter sister brother nurse infirmière doctor physician surgeon \
    professor professeur professeure minister ministre premier mayor maire mairesse director directeur directrice manager president président présidente chair ceo dean coach captain \
    chief elder knowledge keeper sir lady lord king queen prince princess saint st ste sainte grandma grandpa grandmother grandfather uncle aunt auntie \
    hospital hôpital clinic clinique centre center university université college collège school école faculty faculté institute institut department département ministry \
    ministère health santé care medicine médecine medical médical research recherche science sciences study étude trial essai project projet program programme network réseau \
    office bureau unit unité ward floor étage wing aile room chambre bed lit emergency urgence icu er team équipe lab laboratory laboratoire society société foundation \
    fondation association council conseil agency agence authority autorité group groupe board committee comité conference conférence forum symposium webinar week semaine month \
    mois day jour year année awareness lecture award prize prix fund fonds scholarship bourse fellowship chair memorial house maison lodge park parc street rue avenue road \
    chemin drive boulevard highway lane way place court crescent square hall building pavilion pavillon tower plaza mall library bibliothèque museum musée theatre théâtre \
    hotel station airport bridge lake river island islands bay mountain valley beach city town village county district region north south east west northern southern eastern \
    western central upper lower united british columbia alberta saskatchewan manitoba ontario québec quebec brunswick nova scotia newfoundland labrador edward yukon \
    northwest nunavut canada canadian canadien canadienne america american europe european asia africa vancouver victoria surrey burnaby richmond kelowna kamloops nanaimo \
    toronto ottawa montréal montreal calgary edmonton winnipeg regina saskatoon halifax fredericton moncton charlottetown hamilton london kingston gatineau laval sherbrooke \
    whitehorse yellowknife iqaluit rupert albert's rock bear george pacific atlantic arctic coast coastal fraser interior island first nation nations indigenous inuit métis cree haida \
    heart lung kidney liver brain cancer diabetes disease syndrome disorder disability type stage grade class phase version part chapter figure table chart series session day \
    covid crohn's crohn alzheimer's alzheimer parkinson's parkinson huntington's hodgkin's hodgkin down tourette graves hepatitis influenza flu zoom teams facebook twitter \
    instagram linkedin youtube google microsoft apple amazon data digital virtual online mobile app web site website blog newsletter podcast press release public private \
    national provincial federal regional international global world children's women's men's youth family families community communities mental wellness prevention policy \
    privacy security safety quality access support services service line helpline crisis information info info-aidant annual general open access red blue green white black golden \
    cross crescent mount royal memorial lions gate sacred connects connect hub strategy innovation partners partnership alliance initiative campaign collaborative collective \
    coalition registry act bill treaty charter budget report annual survey census number card credit visa mastercard social insurance personal lot serial order invoice grant meeting \
    conference id form sheet list file record folder account member staff intern student visitor guest speaker author editor";

/// Titles before a patient's or anybody's name.
const PLAIN_TITLES: &str = "mr mrs ms miss mx m mme mlle monsieur madame mademoiselle";
/// Titles before somebody's name who is at work.
const WORK_TITLES: &str = "dr dre drs prof pr rn md nurse professor professeur professeure doctor docteur docteure minister ministre premier senator sénateur sénatrice mayor \
    chief elder president président présidente director coach captain sir dame lord rev sister father mp mla mpp justice judge dean chair nurse-practitioner pharmacist midwife therapist \
    surgeon infirmière infirmier";

/// How sure it is that the words are a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sureness {
    /// Two or three capitalised words that mean nothing else.
    Shaped,
    /// The first is a given name.
    Known,
    /// There is a title before it.
    Titled,
}

/// A person's name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    /// Where it stands, its title included.
    pub(super) range: Range<usize>,
    /// How sure it is.
    pub(super) sureness: Sureness,
    /// Whether the title says that this person is at work.
    pub(super) at_work: bool,
}

/// What finds names.
#[derive(Clone, Debug)]
pub(super) struct Names {
    capitalised: Regex,
    given: HashSet<&'static str>,
    none: HashSet<&'static str>,
    plain: HashSet<&'static str>,
    work: HashSet<&'static str>,
}

impl Names {
    pub(super) fn of() -> Result<Self, String> {
        Ok(Self {
            capitalised: pattern::exact_case(
                r"\p{Lu}\p{L}*(?:['\-]\p{Lu}\p{L}+|-\p{Ll}+)*(?:\.?[ ](?:\p{Lu}\.|(?:de|da|del|della|di|dos|van|von|der|den|ten|bin|ibn|al|el|la|le|du)[ ](?:(?:la|der|den)[ ])?\p{Lu}\p{L}*|\p{Lu}\p{L}*(?:['\-]\p{Lu}\p{L}+|-\p{Ll}+)*))*",
            )?,
            given: GIVEN.split_whitespace().collect(),
            none: NO_NAME.split_whitespace().collect(),
            plain: PLAIN_TITLES.split_whitespace().collect(),
            work: WORK_TITLES.split_whitespace().collect(),
        })
    }

    /// The people named in a text, in order.
    pub(super) fn people(&self, text: &str) -> Vec<Person> {
        let mut people = Vec::new();
        for run in self.capitalised.find_iter(text) {
            let words: Vec<Range<usize>> = words(run.as_str(), run.start());
            let mut at = 0;
            while at < words.len() {
                match self.person(text, &words, at) {
                    Some((mut person, taken)) => {
                        let written = text.get(person.range.clone()).unwrap_or_default();
                        person.range.end = person.range.start + written.trim_end_matches('.').len();
                        people.push(person);
                        at += taken;
                    }
                    None => at += 1,
                }
            }
        }
        people
    }

    /// The person whose name begins with a word, and how many words that takes.
    fn person(&self, text: &str, words: &[Range<usize>], at: usize) -> Option<(Person, usize)> {
        let word_at = |index: usize| words.get(index).and_then(|range| text.get(range.clone()));
        let here = word_at(at)?;
        let lower = here.trim_end_matches('.').to_lowercase();
        let plain = self.plain.contains(lower.as_str());
        let at_work = self.work.contains(lower.as_str());
        if plain || at_work {
            let taken = self.extent(text, words, at + 1, 3);
            let end = words.get(at + taken)?.end;
            let person = Person { range: words.get(at)?.start..end, sureness: Sureness::Titled, at_work };
            return (taken > 0).then_some((person, taken + 1));
        }
        let known = self.is_given(here);
        if here.ends_with('.') || (!known && !self.can_be(here)) {
            return None;
        }
        let more = self.extent(text, words, at + 1, 2);
        let end = words.get(at + more)?.end;
        let sureness = if known { Sureness::Known } else { Sureness::Shaped };
        let shaped =
            known || (at..=at + more).all(|index| word_at(index).is_some_and(|word| self.can_be(word)));
        let person = Person { range: words.get(at)?.start..end, sureness, at_work: false };
        (more > 0 && shaped).then_some((person, more + 1))
    }

    /// How many words from one on belong to a name, initials and particles included.
    fn extent(&self, text: &str, words: &[Range<usize>], from: usize, most: usize) -> usize {
        let mut count = 0;
        let mut most = most;
        for range in words.iter().skip(from) {
            let word = text.get(range.clone()).unwrap_or_default();
            let full_stop = words.get((from + count).wrapping_sub(1)).is_some_and(|before| {
                text.get(before.clone()).is_some_and(|before| before.len() > 2 && before.ends_with('.'))
            });
            let titled = from + count > 0 && count == 0;
            let initial = word.len() == 2 && word.ends_with('.');
            most += usize::from(initial);
            // Surnames that are small words elsewhere.
            let short = matches!(word.trim_end_matches('.'), "Le" | "La" | "An" | "Do" | "So" | "Ho" | "May");
            let fits = initial || short || word.contains(' ') || self.can_be(word);
            if count == most || !fits || (full_stop && !titled) {
                break;
            }
            count += 1;
        }
        count
    }

    /// Where given names stand, by themselves or before others.
    pub(super) fn given<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        let runs = self.capitalised.find_iter(text);
        runs.flat_map(|run| words(run.as_str(), run.start())).filter_map(|range| {
            let word = text.get(range.clone())?;
            (self.is_given(word) && self.can_be(word)).then_some(range.start)
        })
    }

    fn is_given(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let mut parts = lower.split('-');
        self.given.contains(lower.as_str())
            || parts.next().is_some_and(|first| first.len() < lower.len() && self.given.contains(first))
    }

    /// Whether a word can be a part of a name: a capital, then small letters, and no word that means something else.
    fn can_be(&self, word: &str) -> bool {
        let word = word.trim_end_matches('.');
        let lower = word.to_lowercase();
        let small = word.chars().skip(1).filter(|c| c.is_lowercase()).count();
        let inner = word.strip_prefix("Mc").or_else(|| word.strip_prefix("Mac")).unwrap_or(word);
        let camel = inner.split(['-', '\'', ' ']).any(|part| part.chars().skip(1).any(char::is_uppercase));
        small > 0
            && !camel
            && (!self.none.contains(lower.as_str())
                || matches!(
                    lower.as_str(),
                    "fraser"
                        | "george"
                        | "london"
                        | "hamilton"
                        | "kingston"
                        | "park"
                        | "lane"
                        | "hall"
                        | "house"
                        | "king"
                        | "chase"
                        | "graves"
                        | "parkinson"
                        | "richmond"
                        | "white"
                        | "black"
                        | "green"
                ))
    }

    /// Whether a name stands right before or right behind a place.
    pub(super) fn stands_beside(&self, text: &str, range: &Range<usize>) -> bool {
        let bound = |at: usize| {
            let mut at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let from = bound(range.start.saturating_sub(50));
        let to = bound(range.end + 50);
        let glue =
            |gap: &str| gap.chars().all(|c| matches!(c, ' ' | ',' | ':' | ';' | '(' | ')' | '-' | '|' | '/'));
        let before = text.get(from..range.start).unwrap_or_default();
        let after = text.get(range.end..to).unwrap_or_default();
        self.people(before).last().is_some_and(|person| before.get(person.range.end..).is_some_and(glue))
            || self
                .people(after)
                .first()
                .is_some_and(|person| after.get(..person.range.start).is_some_and(glue))
    }
}

/// The words of a run, a particle with the word behind it.
fn words(run: &str, offset: usize) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    let mut open: Option<usize> = None;
    for piece in run.split(' ') {
        let range = offset + at..offset + at + piece.len();
        at += piece.len() + 1;
        let particle = piece.chars().next().is_some_and(char::is_lowercase);
        let start = open.take().unwrap_or(range.start);
        if particle {
            open = Some(start);
        } else {
            words.push(start..range.end);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        Names::of().unwrap().people(text).into_iter().filter_map(|person| text.get(person.range)).collect()
    }

    #[test]
    fn people_have_names() {
        assert_eq!(found("Get well soon Minh Wong! Our Care Connects team"), ["Minh Wong"]);
        assert_eq!(found("Tom Park's note for Mrs. Chan and M. Roy"), ["Tom Park", "Mrs. Chan", "M. Roy"]);
        assert_eq!(
            found("Marie-Ève O'Brien and Jean de la Croix"),
            ["Marie-Ève O'Brien", "Jean de la Croix"]
        );
        assert_eq!(found("Vancouver General Hospital, Prince Rupert, Youth Wellness Online"), [""; 0]);
        assert_eq!(found("Dr. Lee and Okwudili Anozie"), ["Dr. Lee", "Okwudili Anozie"]);
    }
}
