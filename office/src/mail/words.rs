//! What mails say, in English and in French. Pure. Short, plain, and without anything that belongs to a post.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{initiative, initiative::InitiativeState, mail::MailKind};

use super::Words;
use crate::tasks::TaskKind;

/// What is told.
#[derive(Debug)]
pub(crate) struct Told<'a> {
    /// Of which initiative.
    pub(crate) initiative: &'a initiative::Model,
    /// Who did it, by name.
    pub(crate) who: &'a str,
    /// What happened.
    pub(crate) news: News<'a>,
}

/// What happened to an initiative.
#[derive(Debug)]
pub(crate) enum News<'a> {
    /// It was proposed; its channels that exist already, by name.
    Proposed(&'a [String]),
    /// A coordinator asks this.
    Asked(&'a str),
    /// To this question the answer is that.
    Answered(&'a str, &'a str),
    /// A coordinator acknowledged or declined it.
    Decided,
    /// Its end has begun or is complete.
    Closing,
}

/// Whether a kind of mail asks its recipient to act: it cannot be turned off.
pub fn obliged(kind: MailKind) -> bool {
    matches!(kind, MailKind::InitiativeProposed | MailKind::InitiativeAsked | MailKind::TasksDue)
}

/// In which language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// English.
    English,
    /// French.
    French,
}

impl Language {
    /// By the office's tag; what is neither is told in English.
    pub(crate) fn of(tag: &str) -> Self {
        let french = tag.split('-').next().is_some_and(|base| base.eq_ignore_ascii_case("fr"));
        if french { Self::French } else { Self::English }
    }

    /// How a clause of the handbook is cited.
    pub(crate) fn clause(self, id: &str) -> String {
        format!("{} {id}", self.say("handbook, clause", "guide, clause"))
    }

    /// What it says, in this language.
    pub(crate) fn say<'a>(self, english: &'a str, french: &'a str) -> &'a str {
        match self {
            Self::English => english,
            Self::French => french,
        }
    }
}

impl Told<'_> {
    fn kind(&self) -> MailKind {
        match self.news {
            News::Proposed(_) => MailKind::InitiativeProposed,
            News::Asked(_) => MailKind::InitiativeAsked,
            News::Answered(..) => MailKind::InitiativeAnswered,
            News::Decided => MailKind::InitiativeDecided,
            News::Closing => MailKind::InitiativeClosing,
        }
    }

    /// What then waits for somebody, whose clause the mail names; none where nothing does.
    pub(super) fn task(&self) -> Option<TaskKind> {
        match (&self.news, self.initiative.state) {
            (News::Proposed(_), _) | (News::Answered(..), InitiativeState::Proposed) => {
                Some(TaskKind::DecideInitiative)
            }
            (News::Asked(_), _) => Some(TaskKind::AnswerInitiativeQuestion),
            (News::Decided, InitiativeState::Active) => Some(TaskKind::CompletePlan),
            (News::Closing, InitiativeState::Closing) => Some(TaskKind::CompleteClosing),
            _ => None,
        }
    }

    /// Since when that waits, where the mail says by when it should be done. `now` is when it is told.
    pub(super) fn waits_since(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self.news {
            News::Proposed(_) | News::Answered(..) => Some(self.initiative.created_at),
            News::Asked(_) | News::Closing => Some(now),
            News::Decided => None,
        }
    }

    /// What is to be done next, by when, and by which clause; empty where nothing is.
    fn next(&self, language: Language, by: Option<NaiveDate>) -> String {
        let Some(task) = self.task() else { return String::new() };
        let by = by.map(|day| format!("{}{day}", language.say(" by ", " d’ici le "))).unwrap_or_default();
        let said = match (task, language) {
            (TaskKind::AnswerInitiativeQuestion, Language::English) => {
                format!("Please answer it{by}. Nothing of the initiative goes out before it is decided.")
            }
            (TaskKind::AnswerInitiativeQuestion, Language::French) => {
                format!("Veuillez y répondre{by}. Rien de l’initiative n’est publié avant la décision.")
            }
            (TaskKind::CompletePlan, Language::English) => {
                "Next comes its communications plan: nothing of it goes out before a coordinator has approved that."
                    .to_owned()
            }
            (TaskKind::CompletePlan, Language::French) => {
                "Vient ensuite son plan de communication : rien n’en est publié avant qu’il soit approuvé."
                    .to_owned()
            }
            (TaskKind::CompleteClosing, Language::English) => format!(
                "Nothing new of it goes out. A coordinator completes the closing{by}: each of its channels is retired or handed \
                 on, no post of it waits, and each goal of its plan has its result."
            ),
            (TaskKind::CompleteClosing, Language::French) => format!(
                "Rien de nouveau n’en est publié. Une personne qui coordonne achève la clôture{by} : chaque canal est retiré ou \
                 transmis, aucune publication n’attend, et chaque objectif du plan a son résultat."
            ),
            (_, Language::English) => format!(
                "Please acknowledge it, ask about it, or decline it with a reason{by}. Nothing of it goes out before."
            ),
            (_, Language::French) => format!(
                "Veuillez en prendre acte, poser une question ou la refuser avec un motif{by}. Rien n’en est publié avant."
            ),
        };
        let clause = task.clause().map(|clause| language.clause(clause)).unwrap_or_default();
        format!("\n{} ({clause}).\n", said.trim_end_matches('.'))
    }

    /// The mail, in the office's language; `by` is when what it asks for should be done.
    pub(super) fn write(&self, tag: &str, by: Option<NaiveDate>) -> Words {
        let language = Language::of(tag);
        let (title, first) = self.news(language);
        let name = &self.initiative.name;
        let mut body = format!("{first}\n");
        match &self.news {
            News::Proposed(channels) => {
                body.push_str(&self.answers(language, channels));
            }
            News::Asked(question) => body.push_str(&format!("\n{}\n", quoted(question))),
            News::Answered(question, answer) => {
                body.push_str(&format!("\n{}\n\n{answer}\n", quoted(question)));
            }
            News::Decided => {
                if let Some(reason) = &self.initiative.decision_reason {
                    let declined = self.initiative.state == InitiativeState::Declined;
                    let label = if declined {
                        language.say("Reason: ", "Motif : ")
                    } else {
                        language.say("Remark: ", "Remarque : ")
                    };
                    body.push_str(&format!("\n{label}{reason}\n"));
                }
            }
            News::Closing => body.push_str(&self.results(language)),
        }
        body.push_str(&self.next(language, by));
        Words {
            kind: self.kind(),
            initiative_id: Some(self.initiative.id),
            subject: format!("{title}{}{name}", language.say(": ", " : ")),
            body,
        }
    }

    /// The subject's beginning, and the first sentence.
    fn news(&self, language: Language) -> (&'static str, String) {
        use InitiativeState::{Active, Closed};
        let (who, name) = (self.who, &self.initiative.name);
        let done = |english: &str, french: &str| match language {
            Language::English => format!("{who} {english} “{name}”."),
            Language::French => format!("{who} {french} « {name} »."),
        };
        let state = self.initiative.state;
        let (title, english, french) = match (&self.news, state) {
            (News::Proposed(_), _) => {
                (("New initiative", "Nouvelle initiative"), "proposes the initiative", "propose l’initiative")
            }
            (News::Asked(_), _) => (
                ("Question about an initiative", "Question sur une initiative"),
                "asks about the initiative",
                "pose une question sur l’initiative",
            ),
            (News::Answered(..), _) => (
                ("Answer about an initiative", "Réponse sur une initiative"),
                "answers about the initiative",
                "répond au sujet de l’initiative",
            ),
            (News::Decided, Active) => (
                ("Initiative acknowledged", "Initiative acceptée"),
                "acknowledged the initiative",
                "a pris acte de l’initiative",
            ),
            (News::Decided, _) => (
                ("Initiative declined", "Initiative refusée"),
                "declined the initiative",
                "a refusé l’initiative",
            ),
            (News::Closing, Closed) => {
                (("Initiative closed", "Initiative close"), "closed the initiative", "a clos l’initiative")
            }
            (News::Closing, _) => (
                ("Initiative closing", "Initiative en clôture"),
                "began to close the initiative",
                "a commencé à clore l’initiative",
            ),
        };
        let title = if language == Language::English { title.0 } else { title.1 };
        (title, done(english, french))
    }

    /// What became of the plan's goals, once it is closed.
    fn results(&self, language: Language) -> String {
        let results = &self.initiative.results.0;
        if results.is_empty() {
            return String::new();
        }
        let mut told = format!("\n{}\n", language.say("What became of its goals:", "Ses objectifs :"));
        for one in results {
            told.push_str(&format!("- {}{}{}\n", one.goal, language.say(": ", " : "), one.result));
        }
        told
    }

    /// What an announcement must say, with what it does.
    fn answers(&self, language: Language, channels: &[String]) -> String {
        let row = self.initiative;
        let unsaid = language.say("(not said yet)", "(pas encore dit)");
        let or = |text: &str| if text.is_empty() { unsaid.to_owned() } else { text.to_owned() };
        let until = row.ends_on.map_or_else(
            || language.say("no planned end", "sans fin prévue").to_owned(),
            |day| day.to_string(),
        );
        let existing = channels.join(", ");
        let note = row.existing_channels_note.as_deref().unwrap_or_default();
        let existing = [existing.as_str(), note]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join("; ");
        let period = format!("{} – {until}", row.starts_on);
        let lines = [
            (("What for", "À quoi elle sert"), or(&row.purpose)),
            (("Whom for", "Pour qui"), or(&row.audience)),
            (("Who runs it", "Qui la mène"), or(&row.run_by)),
            (("Who works on it", "Qui y travaille"), or(&row.staffing)),
            (("For how long", "Pour combien de temps"), period),
            (("Who takes over", "Qui prend la suite"), or(&row.successor)),
            (
                ("Which existing channels could carry it", "Quels canaux existants pourraient la porter"),
                or(&existing),
            ),
        ];
        let mut told = String::new();
        for ((english, french), said) in lines {
            told.push_str(&format!("\n{}{}{said}", language.say(english, french), language.say(": ", " : ")));
        }
        told.push('\n');
        told
    }
}

/// Somebody's words, set apart from ours.
fn quoted(words: &str) -> String {
    format!("> {}", words.replace('\n', "\n> "))
}

/// The last lines of a mail: where the thing is, and why one gets it. `tag` is the office's language, `link` where the thing
/// opens.
pub fn closing_lines(tag: &str, office: &str, link: &str, kind: MailKind) -> String {
    let language = Language::of(tag);
    let why = match (obliged(kind), language) {
        (true, Language::English) => format!("You get this because {office} counts on you to act on it."),
        (true, Language::French) => format!("Vous recevez ce message parce que {office} compte sur vous."),
        (false, Language::English) => {
            format!("You get this as a member of {office}. You can turn this kind of mail off.")
        }
        (false, Language::French) => format!(
            "Vous recevez ce message comme membre de {office}. Vous pouvez désactiver ce type de message."
        ),
    };
    let (english, french) = match kind {
        MailKind::TasksDue => ("Your tasks: ", "Vos tâches : "),
        _ => ("Open it: ", "L’ouvrir : "),
    };
    format!("\n{}{link}\n\n{why}\n", language.say(english, french))
}

#[cfg(test)]
mod tests;
