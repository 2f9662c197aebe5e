//! The labels by which a text or a biography says that somebody speaks for themselves.
//! It does not know in which capacity they are to speak.

use std::ops::Range;

use crate::pattern::Regex;

use super::language::{Language, language};
use crate::{Field, Hit, Office, Shadow, pattern};

/// Ways of claiming a view for oneself that no handbook needs to list.
const OWN_VIEW: &str = r"\b(?:(?:views?|opinions?|thoughts|tweets|toots|posts|comments|takes)(?: (?:expressed|shared|posted|stated|and [a-z]+))?(?: here(?:in)?)?(?: are| is|:)?(?: all| entirely| solely| strictly| purely| very much)? (?:my|me) own\b|(?:views?|opinions?|tweets|posts|thoughts)(?: (?:expressed|here))*(?: are)?(?: all| entirely| solely)? mine\b|(?:views?|opinions?|tweets) ?(?:=|≠) ?(?:my own|mine|employers?'?s?)|my (?:personal|own) (?:views?|opinions?)\b|(?:speaking|writing|posting|tweeting|here) (?:only |strictly )?(?:for myself|in (?:a|my) (?:personal|private) capacity|as a private (?:citizen|person))|not (?:speaking )?(?:on behalf of|for) my (?:employer|organi[sz]ation|workplace)|(?:do|does)(?: not|n't)(?: necessarily)? (?:reflect|represent)(?: (?:the )?(?:views?|opinions?|positions?|those) of)? my (?:employer|organi[sz]ation|workplace)|not (?:those of )?my employer'?s?\b|n'engage(?:nt)? que (?:moi|(?:leur|son) auteure?|ma personne)|(?:mes |ces )?(?:opinions?|propos|idées|points? de vue)(?: (?:exprimée?s|ici))*(?: sont| est|:)?(?: strictement| purement)? (?:personnel(?:le)?s?|les miens|les miennes|à moi)\b|à titre (?:strictement |purement )?personnel\b|en mon (?:propre )?nom\b|ne (?:reflètent|représentent|engagent) pas(?: (?:ceux|celles|l'opinion|les opinions) de)? mon employeur)";

/// The labels of a handbook, and other ways of saying the same.
pub(super) struct Labels {
    listed: Vec<Label>,
    own_view: Regex,
    more: Regex,
}

struct Label {
    plain: String,
    text: String,
    french: bool,
}

impl Labels {
    /// Of an office, with more phrases that claim a view for oneself.
    pub(super) fn of(office: &Office, more: &[String]) -> Result<Self, String> {
        let listed = office.disclaimers().iter().map(|label| Label {
            plain: plain(&Shadow::of(&label.text)),
            text: label.text.clone(),
            french: label.language.to_lowercase().starts_with("fr"),
        });
        Ok(Self {
            listed: listed.filter(|label| !label.plain.is_empty()).collect(),
            own_view: pattern::any_case(OWN_VIEW)?,
            more: pattern::phrases(more)?,
        })
    }

    /// Whether one of the handbook's labels stands in a field.
    pub(super) fn is_labelled(&self, field: &Field<'_>) -> bool {
        let text = plain(&field.shadow);
        self.listed.iter().any(|label| text.contains(label.plain.as_str()))
    }

    /// Whether a field says in any words that these are somebody's own views.
    pub(super) fn is_owned(&self, field: &Field<'_>) -> bool {
        self.is_labelled(field) || self.own_view(field).is_some()
    }

    /// Where a field claims a view for oneself.
    pub(super) fn own_view(&self, field: &Field<'_>) -> Option<Range<usize>> {
        let folded = field.shadow.folded();
        let found = self.own_view.find(folded).or_else(|| self.more.find(folded))?;
        (!found.is_empty()).then(|| found.range())
    }

    /// A hit on a text without a label, with the labels to choose from and one of them appended.
    pub(super) fn missing(&self, field: &Field<'_>, message: &str) -> Hit {
        let french = language(field.lower()) == Language::French;
        let fitting = self.listed.iter().find(|label| label.french == french).or(self.listed.first());
        let Some(fitting) = fitting else {
            return Hit::whole(field.target.clone(), message)
                .suggesting("The handbook has no label for opinions: ask the coordinator to add one.");
        };
        let texts: Vec<&str> = self.listed.iter().map(|label| label.text.as_str()).collect();
        let end = field.shadow.folded().len();
        let gap = if field.shadow.folded().ends_with(char::is_whitespace) || end == 0 { "" } else { " " };
        Hit::at(field, &(end..end), message)
            .suggesting(format!("Add one of: {}", texts.join(" / ")))
            .fixed_by(format!("Add \"{}\"", fitting.text), [gap, fitting.text.as_str()].concat())
    }
}

/// Letters and digits in lower case with single spaces: how labels are compared.
fn plain(shadow: &Shadow<'_>) -> String {
    let lower = shadow.folded().to_lowercase().replace('\'', "");
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { String::new() } else { format!(" {} ", words.join(" ")) }
}
