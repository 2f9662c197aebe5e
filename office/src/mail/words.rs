//! What mails say, in English and in French. Pure. Short, plain, and without anything that belongs to a post.

use entity::{initiative, initiative::InitiativeState, mail::MailKind};

use super::Words;

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

    /// The mail, in the office's language.
    pub(super) fn write(&self, tag: &str) -> Words {
        let language = Language::of(tag);
        let (title, first) = self.news(language);
        let name = &self.initiative.name;
        let mut body = format!("{first}\n");
        match &self.news {
            News::Proposed(channels) => {
                body.push_str(&self.answers(language, channels));
                let ask = language.say(
                    "Please acknowledge it, ask about it, or decline it with a reason. Nothing of it goes out before.",
                    "Veuillez en prendre acte, poser une question ou la refuser avec un motif. Rien n’en est publié avant.",
                );
                body.push_str(&format!("\n{ask}\n"));
            }
            News::Asked(question) => {
                let ask = language.say("Please answer it in Masthead.", "Veuillez y répondre dans Masthead.");
                body.push_str(&format!("\n{question}\n\n{ask}\n"));
            }
            News::Answered(question, answer) => {
                body.push_str(&format!("\n> {}\n\n{answer}\n", question.replace('\n', "\n> ")));
            }
            News::Decided => {
                if let Some(reason) = &self.initiative.decision_reason {
                    body.push_str(&format!("\n{reason}\n"));
                }
            }
            News::Closing => {}
        }
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

    /// The five questions with their answers.
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
            (("For how long", "Pour combien de temps"), period),
            (("Who takes over", "Qui prend la suite"), or(&row.successor)),
            (
                ("Which existing channels could carry it", "Quels canaux existants pourraient la porter"),
                or(&existing),
            ),
        ];
        let mut told = String::new();
        for ((english, french), said) in lines {
            told.push_str(&format!("\n{}: {said}", language.say(english, french)));
        }
        told.push('\n');
        told
    }
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
    format!("\n{}: {link}\n\n{why}\n", language.say("Open it", "L’ouvrir"))
}
