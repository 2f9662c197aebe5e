//! Messages of colleagues, pasted and quoted.

use super::assert_marks;

const PASTED_MESSAGES: &[&str] = &[
    "Look at this!\n[[From: Ann Lee\nSent: Monday, May 4, 2026 9:02 AM\nTo: All staff\nSubject: cuts\n\nWe will lose two posts.]] #sad",
    "ICYMI [[From: Ann Lee To: Ben Roy Subject: parking fees - they go up in June]]",
    "[[De : Anne Roy\nEnvoyé : 4 mai 2026\nÀ : Équipe\nObjet : budget\n\nNous manquons de fonds.]]\n\n#Budget",
    "[[Subject: new director\nHi all, she starts in June. Not public yet.]]",
    "[[---------- Forwarded message ---------\nFrom: Ann <ann@office.example.org>\nDate: Mon, May 4\nSubject: x\nTo: Ben\n\nHi Ben,\n\nWe keep the old vendor.\n\nBest,\nAnn]]",
    "[[Begin forwarded message:\n\nFrom: Ann Lee\nSubject: the audit\n\nIt failed.]]",
    "[[On May 4, 2026, at 9:14, Ann Lee wrote:\n> It failed.]]\nWow.",
    "[[Le 4 mai 2026 à 9 h 14, Anne Roy <a@office.example.org> a écrit :\n> Pas avant juin.\n> Merci]]",
    "Our thread:\n[[> hold this until the board meets\n> ok, will do]]",
    "From the team e-mail:\n[[> we will not tell the sites yet]]",
    "[[Fwd: Re: layoffs in the lab]]",
    "[[TR : RE : entente avec le fournisseur]]",
    "[[[09:14] Ann Lee: did the site close?\n[09:15] Ben Roy: yes, do not tell anyone]]",
    "[[[2026-05-04, 09:14:22] Ann: it is out\n[2026-05-04, 09:15:01] Ben: delete it]]",
    "[[Ann Lee  9:14 AM\nwe lost the grant\nBen Roy  9:15 AM\nouch]]",
    "[[04/05/2026, 09:14 - Ann Lee: the ethics board said no]]",
    "Oh no\n[[[9:14 AM] Ann Lee: please take that post down]]",
    "From our Slack: [[[9:14 AM] Ann Lee: the vendor is bankrupt]]",
    "In an e-mail to all staff, our director wrote: [[\"there is no money for year two\"]].",
    "[[\"There is no money for year two,\"]] the dean wrote in an email to staff.",
    "The memo reads: [[\"all travel is cancelled until further notice\"]]",
    "Dans un courriel au personnel, la directrice écrit : [[« il n'y a plus d'argent pour l'an deux »]].",
    "Our manager just messaged: [[\"please stop recruiting at site four\"]]",
    "Per our Teams chat: [[\"nobody tells the ministry before Friday\"]]",
];

#[test]
fn pasted_messages() {
    assert_marks("GP6a.quoted-email", PASTED_MESSAGES);
}

const SPEAKING_OF_MESSAGES: &[&str] = &[
    "From: 9 am\nTo: 5 pm\nCome and see us!",
    "FWD thinking: what 2030 will bring",
    "Put the study's name in the subject line: it helps us.",
    "RE: your questions about the flu shot, here are answers.",
    "[10:00] Welcome: Dr. Lee\n[10:15] Keynote: Dr. Roy",
    "[9:00 AM] Ann Lee: Keynote on sleep",
    "[1/3] Our thread on sleep: a summary",
    "\"It gave me my life back,\" wrote a participant in an email to us.",
    "The Globe wrote: \"a model for the whole country\".",
    "A patient told us in a message: \"you saved my dad, thank you\".",
    "Send us an e-mail with \"I want to take part in HeartHub\" in it.",
    "Results: p > 0.05\nn > 300",
    "From Vancouver to Kelowna: our nurses travel far.",
    "Our newsletter says: \"sleep is the best medicine we have\".",
    "Adults > 65 years are welcome > sign up",
    "Subject: adults with diabetes. Where: Vancouver.",
    "Date: May 5\nTime: 6 pm\nWhere: Library",
    "10:00 - Doors: free\n11:00 - Talk: Dr. Lee",
    "Key message: \"wash your hands before you cook anything\"",
    "From our team: \"happy holidays to every one of you\"",
    "We reply to every e-mail within two days.",
    "She wrote on the wall: \"hope is a thing with feathers\"",
];

#[test]
fn speaking_of_messages() {
    assert_marks("GP6a.quoted-email", SPEAKING_OF_MESSAGES);
}

const RETOLD: &[&str] = &[
    "[[In Tuesday's team meeting, our lead let slip that the trial ended early.]]",
    "[[My boss told me over the phone in confidence that the clinic moves.]]",
    "[[Our finance colleague said in the hallway that year two is not funded.]] Oh well.",
    "[[We heard in the leadership meeting that two posts will go.]]",
    "[[On nous a dit à la rencontre du personnel que le budget est coupé.]]",
    "[[Notre gestionnaire a confirmé à l'interne que la clinique ferme.]]",
    "At the town council our director said the clinic stays.",
    "On the radio this morning, our dean said more nurses are coming.",
    "Our stand-up comedy night for charity: the dean told jokes.",
    "Team meeting at 9! Bring cake.",
    "Our webinar on how to run a good team meeting: management said yes to it.",
    "The minister said in the legislature that funding continues.",
];

#[test]
fn retelling_what_was_said_inside() {
    assert_marks("GP6a.paraphrased-internal", RETOLD);
}

const UNSOURCED: &[&str] = &[
    "[[“I was scared, and then the nurse called me back.”]]\n\nThis is why we do it. #HeartHub",
    "A participant's words stay with us: [[\"you gave me my evenings back.\"]]",
    "[[« On m'a enfin écoutée, et j'ai compris. »]] Merci à l'équipe!",
    "“I was scared,” says Lena Park, “and then the nurse called me back.”",
    "“My mom is home again thanks to you.” - Sam R., caregiver",
    "Dr. Lee: \"we are proud of what they did here.\"",
    "Today's theme is \"we are all in this together now\".",
    "New paper: “Do we sleep less than they did?”",
    "We say \"no\" to \"one size fits all\" care.",
    "Vote for \"My Heart, My Data, My Choice\" in the photo contest",
    "As @lena puts it: \"we never felt alone in this\"",
    "« On m'a enfin écoutée », raconte Anne Roy, patiente partenaire.",
    "Search for \"how do I get my results\" on our page",
];

#[test]
fn quotations_without_a_speaker() {
    assert_marks("GP4.quote-unsourced", UNSOURCED);
}
