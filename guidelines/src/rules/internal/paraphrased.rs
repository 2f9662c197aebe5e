//! Whether a text retells what was said inside: an internal speaker, a private occasion, and reported speech.
//! It does not know who agreed to its being told: it asks.

use std::ops::Range;

use serde::Deserialize;

use crate::{Check, Example, Field, FieldKind, Hit, Office, Reading, Wake, lexicon::Lexicon, rule::rule};

rule!(
    Paraphrased, "GP6a.paraphrased-internal", version 1, "GP6a", Warn, asks: InternalPermission,
    what: "Finds sentences that retell what a colleague said on a private occasion (a stand-up, a staff meeting, a chat, an \
           internal e-mail), in English and French. Public meetings, press conferences and interviews pass.",
    why: "What colleagues say to one another stays inside unless they agreed that it may be told.",
    instead: "Ask them, and record who agreed; or tell what is public already.",
    fires: [
        Example::of("At this morning's stand-up our manager told us that the pilot is over."),
        Example::of("According to an internal e-mail, two sites will close."),
        Example::of("Our director mentioned in the staff meeting that funding ends in May."),
        Example::of("We were told at the all-hands that nobody will be replaced."),
        Example::of("Selon une note interne, la clinique fermera en mai."),
        Example::of("À la réunion d'équipe, notre directrice a dit que le projet s'arrête."),
    ],
    quiet: [
        Example::of("At the public meeting our director said that the pilot goes on."),
        Example::of("In an interview with the newspaper our dean said that more nurses are needed."),
        Example::of("Our stand-up desks have arrived."),
        Example::of("We love our team meetings: somebody always brings cake."),
        Example::of("According to a new study, sleep helps."),
        Example::of("En conférence de presse, la ministre a dit que le programme continue."),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More names of private occasions.
    occasions: Vec<String>,
    /// More titles of those who speak inside.
    speakers: Vec<String>,
}

/// Private occasions.
const OCCASIONS: &str = "stand-up, standup, stand up meeting, staff meeting, team meeting, all-staff, all staff, all-hands, all hands, \
    one-on-one, 1:1, huddle, internal meeting, closed meeting, closed session, leadership meeting, management meeting, \
    project meeting, steering committee, planning meeting, budget meeting, lab meeting, department meeting, our meeting, retreat, debrief, \
    team call, staff call, internal call, on slack, in slack, slack channel, teams chat, on teams, group chat, team chat, \
    internal e-mail, internal email, internal memo, staff memo, staff e-mail, staff email, in a memo, in an email, in an e-mail, \
    by e-mail, by email, in the hallway, at the water cooler, behind closed doors, privately, in private, in confidence, off the record, \
    réunion d'équipe, rencontre d'équipe, réunion interne, réunion du personnel, rencontre du personnel, réunion de service, \
    réunion de gestion, mêlée quotidienne, courriel interne, note de service, note interne, en privé, entre nous, sur slack, \
    sur teams, dans le clavardage, comité de direction, réunion du comité, à l'interne, dans un courriel";

/// Who speaks inside.
const SPEAKERS: &str = "our director, the director, our dean, the dean, our manager, my manager, the manager, our boss, my boss, \
    our supervisor, my supervisor, our ceo, the ceo, our chair, our pi, the pi, our lead, the team lead, our team lead, our coordinator, \
    the coordinator, our head, the head of, our executive, leadership, senior management, management, the executive, our vp, the vp, \
    a colleague, my colleague, colleagues, one of our, hr, our finance, the project lead, our project lead, our vice-president, \
    notre directrice, notre directeur, la directrice, le directeur, la direction, notre doyen, notre doyenne, le doyen, la doyenne, \
    ma patronne, mon patron, notre patron, ma gestionnaire, mon gestionnaire, notre gestionnaire, ma collègue, mon collègue, \
    une collègue, un collègue, la chef de projet, le chef de projet, les ressources humaines, la coordonnatrice, le coordonnateur";

/// Reported speech.
const REPORTS: &str = "told us, told me, told the team, told staff, told everyone, told everybody, told all of us, said, says, mentioned, admitted, announced, \
    confirmed, revealed, let slip, let us know, warned, shared that, informed us, hinted, promised, explained that, complained, \
    asked us, wants us, asked me, decided, nous a dit, m'a dit, a dit, nous a annoncé, a annoncé, a confirmé, a avoué, a mentionné, \
    a révélé, a laissé entendre, nous a demandé, nous a informés, a prévenu, a promis, a expliqué que, a décidé";

/// Reported speech that needs no speaker.
const TOLD: &str = "we were told, i was told, staff were told, we have been told, we just heard, we heard, i heard, we just learned, \
    we learned that, word is that, on nous a dit, on m'a dit, nous avons appris, on vient d'apprendre, on a appris";

/// Whole phrases that say it all.
const SOURCES: &str = "according to an internal, according to our internal, according to the internal, according to a leaked, \
    according to internal, according to a staff memo, according to a staff email, according to a staff e-mail, according to a colleague, \
    per an internal, as per the internal, internal sources say, an internal memo says, an internal email says, an internal e-mail says, \
    internal documents show, sources inside our, insiders say, word in the office is, rumour in the office, rumor in the office, \
    selon une note interne, selon un courriel interne, selon un document interne, d'après une note interne, d'après un courriel interne, \
    selon une note de service, selon des sources internes, selon un collègue, selon une collègue, un courriel interne indique";

/// Public occasions, and what is told publicly.
const PUBLIC: &str = "public, publique, publicly, press conference, news conference, press release, news release, interview, interviewed, \
    podcast, panel, webinar, open meeting, open house, annual general meeting, agm, conference, lecture, keynote, published, radio, \
    newspaper, tv, media, livestream, live stream, televised, conférence, entrevue, balado, communiqué, publié, publiée, journal, \
    assemblée générale, webinaire, média, médias, town council, city council, legislature, parliament, senate, training, advice";

struct Prepared {
    occasions: Lexicon,
    speakers: Lexicon,
    reports: Lexicon,
    told: Lexicon,
    sources: Lexicon,
    public: Lexicon,
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared {
        occasions: Lexicon::listed(OCCASIONS, &params.occasions)?,
        speakers: Lexicon::listed(SPEAKERS, &params.speakers)?,
        reports: Lexicon::listed(REPORTS, &[])?,
        told: Lexicon::listed(TOLD, &[])?,
        sources: Lexicon::listed(SOURCES, &[])?,
        public: Lexicon::listed(PUBLIC, &[])?,
    }))
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        Wake::Words(self.occasions.words().chain(self.sources.words()).collect())
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        reading
            .of_kinds(&[FieldKind::Text, FieldKind::AltText, FieldKind::Captions])
            .flat_map(|field| self.field(field))
            .collect()
    }
}

impl Prepared {
    fn field(&self, field: &Field<'_>) -> Vec<Hit> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for entry in self.sources.find(field) {
            self.keep(field, &entry.range, &mut ranges, |_| true);
        }
        for entry in self.occasions.find(field) {
            self.keep(field, &entry.range, &mut ranges, |sentence| {
                self.told.is_in(sentence) || (self.speakers.is_in(sentence) && self.reports.is_in(sentence))
            });
        }
        ranges.iter().map(|range| hit(field, range)).collect()
    }

    fn keep(
        &self,
        field: &Field<'_>,
        at: &Range<usize>,
        ranges: &mut Vec<Range<usize>>,
        tells: impl Fn(&str) -> bool,
    ) {
        let sentence = field.shadow.sentence_around(at);
        let words = field.lower().get(sentence.clone()).unwrap_or_default();
        // What stands in quotation marks is quoted, not retold: another rule's.
        let known = ranges.iter().any(|range| range.start < sentence.end && sentence.start < range.end);
        if known
            || words.contains('"')
            || words.trim_end().ends_with('?')
            || self.public.is_in(words)
            || !tells(words)
        {
            return;
        }
        let start = sentence.start + (words.len() - words.trim_start().len());
        ranges.push(start..sentence.start + words.trim_end().len());
    }
}

fn hit(field: &Field<'_>, range: &Range<usize>) -> Hit {
    Hit::at(field, range, "This retells what was said inside; did they agree that it may be told?")
        .suggesting("Record who agreed and when, or tell only what is public already.")
}
