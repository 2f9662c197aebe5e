//! Whether a text promises to disappear. It does not know whether anybody deletes it.

use serde::Deserialize;

use super::context::{self, Words, excerpt, is_address};
use crate::{Check, Example, Hit, Office, Reading, Wake, rule::rule};

rule!(
    Ephemeral, "CC5.ephemeral", version 1, "CC5", Advise,
    what: "Finds texts that promise to disappear, in English and French: \"deleting this later\", \"screenshot it before \
           it's gone\". Closing dates, stored data and advice to delete something else pass.",
    why: "What is posted remains, and anybody may publish it again elsewhere.",
    instead: "Post it only if it may stay; then leave out the promise.",
    fires: [
        Example::of("I should not say this. Will delete in an hour."),
        Example::of("Might take this down later, so read it now"),
        Example::of("Screenshot this before it's gone!"),
        Example::of("Je vais supprimer cette publication ce soir."),
        Example::of("Faites une capture d'écran avant que ça disparaisse."),
    ],
    quiet: [
        Example::of("We delete all recordings once the study ends."),
        Example::of("Got a text like this? Delete it right away."),
        Example::of("Tickets will be gone soon: register before Friday."),
        Example::of("Nous supprimons les données après cinq ans."),
    ],
);

const PROMISES: &[&str] = &[
    r"(?:i'll|i will|we'll|we will|i'm|i am|we're|we are|will|gonna|going to|about to|might|may|probably|have to|i'll probably|plan to|planning to)(?: (?:be|just|probably|likely|have to|definitely|soon|gonna|going to))* (?:delete|deleting|remove|removing|erase|erasing|pull|pulling)(?: (?:this|the|my|our))(?: (?:one|post|tweet|toot|thread|story|message|skeet|comment|video|note|photo|pic))?(?: (?:soon|later|tonight|tomorrow|shortly|eventually|again|anyway|after|once|when|in (?:a|an|one|two|\d+) ?(?:few |couple of )?(?:sec|min|hour|day|h)\w*|by (?:tonight|tomorrow|noon|midnight|morning)|at (?:noon|midnight|\d\S*)|before|if))",
    r"(?:i'll|i will|we'll|we will|will|gonna|might|may|probably|i'm|we're) (?:probably |likely |be )?(?:delete|deleting) (?:this|the) (?:post|tweet|toot|thread|message|skeet|comment)",
    r"(?:i'll|i will|we'll|we will|will|gonna|going to|might|may|probably)(?: (?:probably|likely))? delete(?: it)? (?:soon|later|tonight|tomorrow|shortly|in (?:a|an|one|two|\d+) ?(?:few |couple of )?(?:sec|min|hour|h)\w*)",
    r"deleting (?:this|it)(?: (?:post|tweet|toot|thread|one|story|message|skeet))?(?: (?:soon|later|tonight|tomorrow|shortly|eventually|again|anyway|in (?:a|an|one|two|\d+)\b[^.!?\n]{0,12}(?:sec|min|hour|day|h)\w*|by \w+|at \w+|before \w+|after \w+))",
    r"(?:deleting|delete|deletes|removing) (?:soon|later|shortly|in (?:a|an|one|two|\d+) ?(?:few )?(?:min|hour|sec|h)\w*)",
    r"(?:this|my|our) (?:post|tweet|toot|thread|message|skeet|video|note)? ?(?:will|is going to|is gonna|gets|might|may)(?: (?:probably|likely|soon))? (?:be deleted|be removed|be gone|be taken down|disappear|vanish|self-?destruct|come down|get deleted|go away|deleted)",
    r"(?:i'll|i will|we'll|we will|will|gonna|might|may|probably|i'm|we're)(?: (?:probably|likely|be|soon))* (?:take|taking|pull|pulling|bring|bringing) (?:this|it|this (?:post|tweet|thread|one)) (?:down|back down)(?: (?:soon|later|tonight|tomorrow|shortly|in \w+ \w+))?",
    r"(?:this|it|this (?:post|tweet|thread|video)) (?:won't|will not) (?:be|stay) (?:up|here|online|live)(?: for)? (?:long|forever)|(?:going to|about to|have to|need to) (?:take|pull) (?:this|it) down (?:soon|later|tonight|tomorrow|shortly|in \w+ \w+)",
    r"taking (?:this|it|this (?:post|tweet|thread|one)) down (?:soon|later|tonight|tomorrow|shortly|in \w+ \w+)",
    r"(?:screenshot|screen-?shot|screencap|screen grab|screengrab|save|copy|read|share|grab|see) (?:this|it|this (?:post|tweet|thread|one))?,? ?(?:now |quickly |quick |fast |while you can |while it's (?:up|here|still up)|,? ?)?(?:before (?:it's|it is|this is|it gets|this gets|it disappears|this disappears|it vanishes|i (?:delete|take|get|have to|change my mind|remove)|we (?:delete|take|remove)|they (?:delete|take|remove|make))|while it's (?:still )?up|while it lasts)(?: (?:gone|deleted|removed|taken down|disappears|it|this|down))?",
    r"(?:quick,? )?before (?:i|we|they) (?:delete|take down|remove|take) (?:this|it)(?: down)?|(?:before|until) (?:it|this)(?:'s| is| gets) (?:deleted|taken down|removed)",
    r"(?:tweet|post|write) and delete|self-?destructs? (?:in|after)|this (?:message|post|tweet) self-?destructs?|gone (?:in|by) (?:an hour|tomorrow|the morning|24 hours),? so (?:screenshot|read|save)|here today,? (?:deleted|gone) tomorrow",
    r"(?:je |j'|on |nous )(?:(?:vais|va|allons|devrai|risque de|risque d'|compte) ?)?(?:(?:probablement|sûrement|peut-être) )?(?:supprimer|supprimerai|supprime|supprimerons|supprimons|effacer|efface|effacerai|effacerons|retirer|retirerai|retire|enlever|enlève)(?: (?:probablement|sûrement))? (?:ça|ceci|le tout|(?:ce|cette|mon|ma) (?:message|publication|post|gazouillis|tweet|fil|statut|commentaire))(?: [^.!?\n]{0,25})?",
    r"(?:ce|cette|mon) (?:message|publication|post|gazouillis|tweet|fil|statut) (?:sera|va être|va|s'|disparaîtra|disparaitra|devrait être) ?(?:supprimée?|effacée?|retirée?|enlevée?|disparaître|disparaitre|autodétruira|autodétruire|bientôt|s'autodétruire|sous peu|dans)(?: [^.!?\n]{0,20})?",
    r"(?:capture d'écran|saisie d'écran|capturez|lisez|sauvegardez|enregistrez|à lire|partagez)[^.!?\n]{0,30}? avant (?:qu'(?:il|elle|on|ils)|que (?:ça|ce soit|je|nous|cela)|suppression|que (?:ce|cette))[^.!?\n]{0,30}",
    r"à supprimer (?:bientôt|plus tard|ce soir|demain)|s'autodétruira|suppression (?:imminente|dans une heure|ce soir)|je supprime (?:bientôt|plus tard|ce soir|demain|dans)",
];

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More phrases that promise so.
    phrases: Vec<String>,
}

struct Prepared {
    promises: Words,
    stored: Words,
    more: Vec<String>,
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    let more = context::plain(&params.phrases);
    Ok(Box::new(Prepared {
        promises: Words::with(PROMISES, &more)?,
        stored: Words::of(
            "data|records?|recordings?|samples?|account|données|enregistrements?|échantillons?|dossiers?|compte|phishing|spam|scam|hameçonnage|tickets?|spots?|seats|posting|registration|billets|places",
        )?,
        more,
    }))
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        let stems = "delet|remov|eras|pull|down|disappear|vanish|destruct|before it|before this|before i|before we|before they|screenshot|screen|while it|be gone|tomorrow|supprim|effac|retir|enlev|enlèv|autodétrui|disparai|disparaî|avant qu|avant suppression|go away|until it|until this|gone";
        context::stems(stems, &self.more)
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let Some(field) = reading.text() else {
            return Vec::new();
        };
        let lower = field.lower();
        let found = self.promises.find_in(lower).find(|range| {
            let sentence = context::part(lower, &context::sentence(lower, range));
            !self.stored.is_in(sentence) && !context::asks(sentence) && !context::is_quoted(lower, range)
        });
        let found =
            found.map(|range| context::trimmed(lower, &range)).filter(|range| !is_address(field, range));
        found
            .map(|range| {
                Hit::at(field, &range, "Deleted posts stay: others keep and publish them again.")
                    .showing(excerpt(field, &range))
                    .suggesting("Post it only if it may stay, and leave out the promise.")
            })
            .into_iter()
            .collect()
    }
}
