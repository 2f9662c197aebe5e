//! Whether a text says anything once links, tags, mentions and emoji are gone. It does not know whether what it says is worth it.

use std::ops::Range;

use serde::Deserialize;

use crate::{Check, Example, Field, Hit, MediaView, Office, Platform, Reading, rule::rule};

rule!(
    NoValue, "CC4.no-value", version 1, "CC4", Advise,
    what: "Finds texts of which nothing is left without their links, tags, mentions, emoji and filler such as \"read more\". A \
           picture whose alternative text says what it shows is worth something.",
    why: "People are there to hear you: say what is behind the link.",
    instead: "Add a sentence that says what it is and why it matters.",
    fires: [
        Example::of("https://example.org/report #RuralHealth"),
        Example::of("@clinic @lab 👏👏 #TeamWork"),
        Example::of("👉 Read more: example.org/a").on(Platform::Mastodon),
        Example::of("ICYMI #Forum").picturing("forum.png", Some("forum")),
        Example::of("À lire : https://example.org/rapport"),
    ],
    quiet: [
        Example::of("Our report on rural care is out: https://example.org/report"),
        Example::of("#Forum").picturing("forum.png", Some("Forty people listen to a nurse on a stage")),
        Example::of("Thanks, @clinic!"),
        Example::of("Merci! 💙"),
        Example::of(""),
    ],
);

/// Words that say nothing by themselves.
const FILLER: &str = "rt,via,cc,ht,h/t,mt,icymi,fyi,tbt,psa,link,links,lien,liens,url,read,more,here,click,see,watch,this,it,the,now,new,look,check,out,at,to,on,in,and,or,of,for,a,an,by,with,below,above,thread,blog,post,web,site,website,info,details,learn,full,story,article,page,bio,wow,yes,yay,lol,up,our,us,lire,voir,ici,la,le,les,suite,plus,pour,en,savoir,cliquez,à,et,de,du,dans,par,sur,nouveau,nouvelle,regardez,consultez,détails,visit,visitez,pic,video,vidéo,photo,http,https,www,com";

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More words that say nothing by themselves.
    filler: Vec<String>,
}

struct Prepared {
    filler: std::collections::HashSet<String>,
}

#[expect(clippy::unnecessary_wraps, reason = "every rule is prepared by the same signature")]
fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    let more = params.filler.iter().map(|word| word.trim().to_lowercase());
    Ok(Box::new(Prepared { filler: FILLER.split(',').map(str::to_owned).chain(more).collect() }))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let Some(field) = reading.text() else {
            return Vec::new();
        };
        let nothing = !self.says_something(field) && !field.shadow.folded().trim().is_empty();
        let shown = || reading.submission.media.iter().any(|medium| is_described(medium));
        if !nothing || shown() {
            return Vec::new();
        }
        let message = "Nothing is left of this text without its links, tags, mentions and emoji.";
        vec![Hit::whole(field.target.clone(), message).suggesting("Say what it is and why it matters.")]
    }
}

impl Prepared {
    fn says_something(&self, field: &Field<'_>) -> bool {
        let lower = field.lower();
        let mut at = 0;
        for token in lower.split_inclusive(char::is_whitespace) {
            let range = at..at + token.len();
            at = range.end;
            // Most texts begin with a plain word: they are settled before anything is looked up.
            let plain = token
                .trim_end()
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '\'' | '-' | ',' | '!' | ':'));
            if self.has_word(token) && (plain || self.has_word_outside(field, &range)) {
                return true;
            }
        }
        false
    }

    fn has_word_outside(&self, field: &Field<'_>, range: &Range<usize>) -> bool {
        let mut from = range.start;
        for part in field.protected() {
            let gap = from..part.range.start.clamp(from, range.end);
            if self.has_word(field.lower().get(gap).unwrap_or_default()) {
                return true;
            }
            from = part.range.end.clamp(from, range.end);
        }
        self.has_word(field.lower().get(from..range.end).unwrap_or_default())
    }

    /// A word of two letters or more that is no filler.
    fn has_word(&self, text: &str) -> bool {
        text.split(|c: char| !(c.is_alphanumeric() || c == '\'')).any(|word| {
            word.chars().filter(|c| c.is_alphabetic()).nth(1).is_some() && !self.filler.contains(word)
        })
    }
}

fn is_described(medium: &MediaView<'_>) -> bool {
    let alt = medium.alt_text.unwrap_or_default().to_lowercase();
    let words = alt.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    !medium.decorative && words > 2 && alt != medium.file_name.to_lowercase()
}
