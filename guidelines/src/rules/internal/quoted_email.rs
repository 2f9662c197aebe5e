//! Whether a text quotes an internal message. It does not know who wrote the message or who may quote it.

mod shape;

use serde::Deserialize;

use self::shape::{Quote, Shapes};
use crate::{Check, Example, Field, FieldKind, Hit, Office, Reading, Wake, Weight, mask, rule::rule};

rule!(
    QuotedEmail, "GP6a.quoted-email", version 2, "GP6a", Block,
    what: "Finds pasted messages: header blocks (From, Sent, To, Subject; De, Envoyé, À, Objet), \"On ... wrote:\" and \
           \"a écrit :\", lines quoted with >, FW: and RE: chains, pasted chat, and sentences quoted from a message of a \
           colleague.",
    why: "Internal communication stays internal: nobody's messages are quoted without the project team's permission.",
    instead: "Say it in your own words, and ask the person whether you may quote them.",
    fires: [
        Example::of("From: Ann Lee\nTo: Ben Roy\nSubject: new hire\n\nShe starts in June."),
        Example::of("-----Original Message-----\nFrom: Ann Lee\nSent: Monday\n\nShe starts in June."),
        Example::of("On Fri, May 8, 2026 at 2:05 PM Ann Lee <ann@office.example.org> wrote:\n> Not before June."),
        Example::of("Le ven. 8 mai 2026 à 14:05, Anne Roy a écrit :\n> Pas avant juin."),
        Example::of("> We should wait.\n> The dean is away."),
        Example::of("FW: RE: site visit\nPlease see below."),
        Example::of("In yesterday's memo the dean wrote \"we will close the lab before summer\"."),
        Example::of("[10:42 AM] Ann Lee: did you see it?\n[10:43 AM] Ben Roy: not yet"),
    ],
    quiet: [
        Example::of("How to read headers: From says who, Subject says what."),
        Example::of("FWD looking: ideas for the next decade."),
        Example::of("From: Vancouver. To: Kelowna. Our nurses travel far."),
        Example::of("\"It changed my life,\" said a participant in our trial."),
        Example::of("Adults > 65 years are welcome."),
        Example::of("Subscribe to our e-mail newsletter \"Heart Matters and Other Stories\"."),
    ],
);

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Params {}

struct Prepared {
    shapes: Shapes,
}

fn prepare(_: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared { shapes: Shapes::compile()? }))
}

/// What must stand in a text for a message to be quoted in it; read in lower case.
const WAKING: &str = "from:,from :,de:,de :,expéditeur,subject:,subject :,objet:,objet :,forwarded,transféré,original message,\
    message d'origine,wrote,écrit,>,fw:,fw :,fwd:,fwd :,tr:,tr :,re:,re :,ré:,ré :,],am\n,pm\n,m.\n,0\n,1\n,2\n,3\n,4\n,5\n,6\n,7\n,8\n,9\n, - ,):,) :,\
    email,e-mail,memo,message,slack,teams,chat,thread,dm,inbox,whatsapp,texted,courriel,mémo,clavardage,note interne,note de service,\
    to staff,to all staff,from my,get outlook,de mon";

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        Wake::Words(WAKING.split(',').map(str::to_owned).collect())
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let fields = reading.of_kinds(&[FieldKind::Text, FieldKind::AltText, FieldKind::Captions]);
        fields
            .flat_map(|field| self.shapes.quotes(field).into_iter().map(|quote| hit(field, &quote)))
            .collect()
    }
}

fn hit(field: &Field<'_>, quote: &Quote) -> Hit {
    Hit::at(field, &quote.range, format!("This looks like {}.", quote.kind.describe()))
        .weighing(if quote.kind == shape::Kind::Reply { Weight::Unsure } else { Weight::Sure })
        .showing(mask::opening(field.shadow.part(&quote.range), 3))
        .suggesting("Say it in your own words, or ask the person and the project team for permission.")
}
