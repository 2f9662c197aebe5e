//! The marks of confidentiality, English and French, and how far each of them reaches.
//! It does not know whether a mark is meant or only spoken of: `meant` does.

use std::ops::Range;

use crate::pattern::Regex;

use super::{
    super::gate::Gate,
    meant::Meant,
    reach::{sentence_end, with_date},
};
use crate::{Field, pattern};

/// What may follow a mark, and what of it belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tail {
    /// Anything.
    Open,
    /// Not its object: "do not distribute" is a mark, "do not distribute needles" is none.
    Closed,
    /// A date belongs to it.
    Date,
    /// The sentence belongs to it.
    Sentence,
}

/// What may follow, words of which one stands in the mark, and the mark, in lower case. A group named `m` is the mark where the match is more than that.
const MARKS: &[(Tail, &str, &str)] = &[
    (
        Tail::Open,
        "confiden",
        r"(?:strictly|highly|company|commercially?|business|private (?:and|&)|privileged (?:and|&)|protected (?:and|&))[ \-]confidential|confidential (?:and|&) (?:privileged|proprietary)|(?:commercial(?:ly)?|cabinet|committee|board)[ \-](?:in[ \-])?confidence\b|(?:supplied|told (?:us|me|the team)) in (?:strict )?confidence",
    ),
    (
        Tail::Open,
        "marked,stamped,labelled,labeled,classified,classification,sensitivity,status",
        r"(?:(?:marked|stamped|labelled|labeled|classified)(?: as)?|classification\s?:|sensitivity\s?:|status\s?:)\s?[\x22']?(?:strictly |highly )?(?:confidential|internal(?: use)?(?: only)?|restricted|protected [abc]|secret|embargoed|confidentiel(?:le)?)\b",
    ),
    (
        Tail::Sentence,
        "confidential",
        r"confidential\s?[-:|/,.(]{1,2}\s?(?:not for|do not|don't|internal|draft|for (?:internal|your eyes|board|staff|discussion|review|committee|the (?:team|board|committee|working group))|please|until|shared with|property of)",
    ),
    (
        Tail::Open,
        "confidential,internal,privileged,restricted,unreleased,leaked",
        r"(?:confidential|internal|privileged|restricted|unreleased|leaked) (?:draft|memo|memorandum|briefing(?: note)?|minutes|report to the board|board (?:paper|document|minutes)|working (?:paper|draft)|discussion paper)\b",
    ),
    (
        Tail::Date,
        "not for,not yet for",
        r"(?:(?:draft|internal|confidential|sensitive|private|preliminary|privileged|interim)\s?[-:|/,]\s?)?(?:this is |strictly )?not (?:yet )?for (?:immediate |public |external |wider |general |further |onward )?(?:distribution|release|circulation|publication|dissemination|attribution|quotation|citation|sharing|disclosure|broadcast|use outside|posting)\b(?:,? (?:or|and)(?: (?:public|external|further))? (?:distribution|release|circulation|publication|broadcast|citation|attribution|sharing))?(?: outside[^\n.:;,]{0,40}| beyond[^\n.:;,]{0,40}| (?:before|until|prior to|without)\b)?",
    ),
    (
        Tail::Closed,
        "do not,don't,not to be",
        r"(?:(?:draft|internal|confidential|sensitive|private|preliminary|privileged|interim)\s?[-:|/,]\s?)?(?:please )?(?:do not|don't|not to be) (?:distribute|distributed|circulate|circulated|disseminate|forward|forwarded|cite|cited|quote|quoted|copy|repost|redistribute|share|shared|publish|published|release|released|post|leak|retweet|disclose|disclosed)\b(?:,? (?:or|and|&|/)?\s?(?:copy|cite|quote|circulate|distribute|forward|share|post|publish|print)\b){0,4}",
    ),
    (
        Tail::Sentence,
        "do not,don't,not to be,never",
        r"(?:please )?(?:do not|don't|not to be|never) (?:share|shared|post|posted|publish|published|released?|disclosed?|forward|forwarded|circulate|circulated|distribute|distributed|discuss|talk about|tweet|repeat)(?: (?:this|these|it|any of this|the (?:attached|following|draft|numbers|results|news|slides|deck|document|report|minutes|file|below)|anything|details?))*(?: (?:outside|externally|beyond|further|publicly|widely|with (?:anyone|media|the (?:media|press|public))|before (?:the|it|we|[a-z]+day|\d)|until (?:the|it|we|[a-z]+day|\d)|without (?:permission|approval|the|our|written|prior)|on social))\b",
    ),
    (
        Tail::Sentence,
        "keep this,keep these,keep it,keep the",
        r"(?:please )?keep (?:this|these|it|the (?:numbers|results|news|draft|attached))(?: (?:strictly|news|one))? (?:confidential|internal|in[ \-]house|between us|under wraps|off (?:social|the record)|to yourselves|within the (?:team|office|group|committee|unit|department)|inside the (?:team|office))\b",
    ),
    (
        Tail::Open,
        "internal, only,-only",
        r"(?:strictly |is |are )?(?:for )?internal[ \-](?:use|distribution|circulation|eyes|purposes|audience|review|discussion|reference)(?: (?:only|within [a-z ]{2,20}))\b|for internal (?:use|distribution|circulation|eyes|purposes|audience|staff|review|discussion|reference|consumption)(?: only)?\b|\binternal[ \-]only\b|internal use(?: document)?\b|(?:for|intended for|restricted to|limited to) (?:staff|employees|(?:board|committee|team|working group|project team|council) members|the (?:board|project team|committee|working group)|authori[sz]ed (?:staff|personnel|users))(?: eyes)? only\b|\b(?:staff|employees?|internal|board|team|committee)[ \-](?:eyes|use)[ \-]only\b",
    ),
    (
        Tail::Open,
        "eyes only,eyes-only,need to know,need-to-know",
        r"(?:for )?(?:your|board|committee|staff|team) eyes only|\beyes[ \-]only\b|\bneed[ \-]to[ \-]know(?: basis| only)",
    ),
    (
        Tail::Closed,
        "limited,restricted,official use, only,information,material,decisional,advice to",
        r"(?:restricted|limited) (?:distribution|circulation)|(?:for )?official use only|for official use|(?:for )?(?:review|discussion|consultation|comment) (?:purposes )?only|(?:proprietary|sensitive|privileged) (?:information|material)|pre-?decisional|advice to (?:the )?minister",
    ),
    (
        Tail::Date,
        "embargo",
        r"(?:strictly |still |under (?:strict |a strict |an )?)*embargo(?:ed)?(?: (?:is |remains |stays )?(?:in (?:place|effect|force)|lifts?|ends?|expires?|holds?|date|time|release))?\s?(?:until|till|'til|til|to|for(?: release)?|through|on|at|[:\-])",
    ),
    (
        Tail::Date,
        "embargo",
        r"embargo (?:lifts|ends|expires|is lifted|will be lifted|will lift)\b(?: (?:on|at))?",
    ),
    (
        Tail::Date,
        "hold ,held for,release date",
        r"(?:please )?(?:hold (?:for release|publication|all posts|this post|this)(?: until| till)|held? for release(?: until| till)?|release date\s?:)\b",
    ),
    (
        Tail::Open,
        "embargo",
        r"(?:still |is |are |remains? |strictly )?under (?:strict |a strict |an |a )?(?:media |press |news )?embargo\b|strict embargo|(?:still|strictly|currently) embargoed|embargoed (?:copy|draft|version|release|results?|report|paper|findings|data|study|manuscript|press release|news release)\b",
    ),
    (
        Tail::Open,
        "in camera,in-camera",
        r"(?P<m>\bin[ \-]camera)(?: [\p{L}]+){0,2}? (?:sessions?|meetings?|minutes|discussions?|items?|decisions?|votes?|portion|agenda|reports?|deliberations?|hearing|part|talks?|motion|briefing)\b|\b(?:met|meets?|meeting|held|discussed|decided|voted|approved|passed|sessions?|meetings?|went|moved|goes|discussions?|minutes|during|agreed|debated|sat|board|council|committee) (?P<n>in[ \-]camera)\b|(?m:^\W{0,4}(?P<o>in[ \-]camera)\s?[:\-])",
    ),
    (
        Tail::Open,
        "closed,private board",
        r"\b(?:in |from (?:the|our|a|today's|yesterday's) |during (?:the|our|a) )?(?:closed[ \-](?:door )?|private board )(?:sessions?|meetings?)(?: minutes)?\b",
    ),
    (
        Tail::Open,
        "privilege,nda,non-disclosure,cabinet confidence,off the record,on background",
        r"(?:solicitor|attorney|lawyer)[ \-]client privileged?|legally privileged|subject to (?:solicitor[ \-]client |legal )?privilege|litigation privilege|privileged communication|\b(?:under|covered by|subject to) (?:an |our |the )?(?:nda|non-disclosure agreement)\b|cabinet confidence|\b(?:this is|told us|said|strictly) off the record\b|on background only",
    ),
    (
        Tail::Sentence,
        "confidentiality,confidentialité",
        r"(?:confidentiality (?:notice|note|warning|caution|statement)|avis de confidentialité)\s?:",
    ),
    (
        Tail::Sentence,
        "this e,this m,this c,this t,this d,this r,this p,this f",
        r"(?:the (?:information|contents?)(?: contained)? (?:in|of) )?\bthis (?:e-?mail|message|communication|transmission|document|report|presentation|file|deck)(?:,? ?(?:and|including|together with|or) (?:any|all|its)[^\n.]{0,50}?,?)? (?:is|are|may be|may contain|contains?|is intended)\b[^\n.]{0,60}(?:confidential|privileged|intended|proprietary)",
    ),
    (
        Tail::Sentence,
        "recipient,addressee,for the use,in error",
        r"(?:intended )?(?:solely|only|exclusively) for the (?:use of the )?(?:named |intended )?(?:addressee|recipient|individual|person)|if you (?:are not the intended recipient|have received this (?:e-?mail|message|communication|transmission|document) in error)|not the intended recipient|(?:received|receive) this (?:e-?mail|message|communication|transmission) in error",
    ),
    (Tail::Open, "tlp", r"\btlp\s?[:\-]?\s?(?:red|amber(?:\s?\+\s?strict)?|green)\b"),
    (
        Tail::Open,
        "confidentiel,protégé,interne,privilégiée",
        r"(?:strictement|hautement|document|note|rapport|version|ébauche|mémo|renseignements?) (?:strictement )?(?:confidentiel(?:le)?s?|protégés? [abc])\b|(?:note|document|mémo|courriel|rapport|ébauche) (?:de service )?internes?\b|information privilégiée",
    ),
    (
        Tail::Sentence,
        "confidentiel",
        r"\bconfidentiel(?:le)?\s?[-:|(/,.]\s?(?:ne pas|usage|interne|non|réservé|ébauche|à l'usage|pour|document)",
    ),
    (
        Tail::Open,
        "interne,réservé",
        r"(?:réservée? )?(?:à (?:l')?|pour |d')?(?:usage|utilisation|diffusion|circulation) (?:strictement |exclusivement )?interne(?: seulement| uniquement| exclusif| exclusivement)?\b|\binterne seulement|réservée? (?:au personnel|à l'équipe|aux membres du (?:comité|conseil)|au (?:comité|conseil)|à l'interne)",
    ),
    (
        Tail::Closed,
        "ne pas,ne diffusez,ne distribuez,ne partagez,ne publiez,ne transférez",
        r"(?:(?:ébauche|interne|confidentiel(?:le)?|provisoire|brouillon)\s?[-:|/,]\s?)?(?:(?:prière de |merci de |svp )?ne pas (?:diffuser|distribuer|transférer|faire suivre|publier|partager|reproduire|citer|divulguer|circuler|faire circuler|relayer)|ne (?:diffusez|distribuez|partagez|publiez|transférez) pas)(?:(?:,| ou| et| ni)+ (?:diffuser|citer|distribuer|publier|partager|transférer|reproduire|divulguer)){0,3}",
    ),
    (
        Tail::Sentence,
        "ne pas,ne diffusez,ne distribuez,ne partagez,ne publiez,ne transférez",
        r"(?:prière de |merci de |svp )?(?:ne pas (?:diffuser|distribuer|transférer|publier|partager|divulguer|circuler|faire circuler)|ne (?:diffusez|distribuez|partagez|publiez|transférez) pas) (?:ceci |cela |ce document |ces (?:chiffres|résultats) )?(?:à l'ext|hors |avant |sans |en dehors|au-delà)",
    ),
    (
        Tail::Open,
        "destiné,diffusion,distribution,pas pour,encore pour",
        r"non destinée?s? à la (?:diffusion|publication)|(?:diffusion|distribution) (?:restreinte|limitée|interdite)|pas (?:encore )?pour (?:diffusion|publication)",
    ),
    (
        Tail::Date,
        "embargo,ne pas,non ",
        r"(?:(?:sous|strict) )?(?:strict )?embargo (?:(?:est )?(?:en vigueur|maintenu) )?(?:jusqu'(?:au|à la|à|en|aux)|levé le|:|-)|(?:ne pas|à ne pas|non) (?:publier|diffuser|relayer) avant",
    ),
    (
        Tail::Open,
        "embargo,huis clos,huis-clos,secret professionnel",
        r"\bsous embargo\b|\b(?:séances?|réunions?|réunie?s?|rencontres?|discussions?|délibérations?|délibérée?s?|tenue?s?|portion|point|conseil|comité)(?: [\p{L}']+){0,4}? (?P<m>à huis[ \-]clos)\b|(?P<n>(?:du|au|notre) huis[ \-]clos)|(?m:^\W{0,4}(?P<o>(?:à )?huis[ \-]clos)\s?[:\-])|protégée?s? par le secret professionnel",
    ),
    (
        Tail::Sentence,
        "courriel,message,document,destinataire",
        r"ce (?:courriel|message|document)[^\n.]{0,60}(?:est|sont|peut contenir|contient|peuvent)[^\n.]{0,40}(?:confidentiel|privilégi)|(?:si vous avez )?reçu ce (?:courriel|message) par erreur|n'êtes pas le destinataire",
    ),
];

/// Marks that are marks only in capitals, or at the head of a line.
const CAPITALS: &str = r"[(\[*]+\s?(?:[Ss]trictly )?[Cc]onfidential\s?[)\]*]+|[(\[*]+\s?[Cc]onfidentiel(?:le)?\s?[)\]*]+|\bCONFIDENTIAL\b(?:\s?[-:|]\s?[A-Z][A-Z ]{3,40}[A-Z]\b)?|\bCONFIDENTIEL(?:LE)?\b|\bPROTECTED\s?[-/\x22']?\s?[ABC]\b|\bProtected [\x22']?[ABC]\b|\bprotected [ABC]\b|\b(?:PROTÉGÉE?|Protégée?|PROTEGE)\s?[-/]?\s?[ABC]\b|\bNOT FOR (?:RELEASE|SHARING)\b|\bINTERNAL(?: USE)?(?: ONLY)?\b|\bEMBARGO(?:ED)?\b|\bTOP SECRET\b|\bSECRET\s?[-:/]|\bRESTRICTED\b(?:\s?[-:])|\bSTAFF ONLY\b|\bWITHOUT PREJUDICE\b|\b(?:SENSITIVE|PRIVILEGED|CLASSIFIED)\b(?:\s?[-:/])|\bUSAGE INTERNE\b|\bDRAFT\s?[-:|]\s?(?:INTERNAL|CONFIDENTIAL)\b|(?m:^[^\p{L}\n]{0,6}(?:Confidential|Confidentiel|Strictly confidential|Embargoed|Embargo|Without prejudice)\s?(?:[-:|]\s|$)|(?:Internal|Interne)\s?[-:|]\s(?:[Dd]o not|[Nn]ot for|[Pp]lease|[Ff]or|[Dd]raft|[Ss]taff|[Nn]e pas|[Mm]emo|[Uu]sage|[Nn]ote)\b)";

/// The compiled marks.
#[derive(Debug)]
pub(super) struct Marks {
    compiled: Vec<(Tail, Regex)>,
    gate: Gate,
    capitals: Regex,
    meant: Meant,
}

impl Marks {
    pub(super) fn compile() -> Result<Self, String> {
        let marks = MARKS.iter().map(|&(tail, _, mark)| {
            // What begins with a letter begins a word.
            Ok((tail, pattern::exact_case(&format!(r"(?:\b|^)(?:{mark})"))?))
        });
        Ok(Self {
            compiled: marks.collect::<Result<_, String>>()?,
            gate: Gate::of(MARKS.iter().map(|&(_, words, _)| words))?,
            capitals: pattern::exact_case(CAPITALS)?,
            meant: Meant::compile()?,
        })
    }

    /// The marks in a field, in no particular order; they may overlap.
    pub(super) fn find(&self, field: &Field<'_>) -> Vec<Range<usize>> {
        let lower = field.lower();
        let mut found = Vec::new();
        let worth = self.gate.worth(lower);
        let marks = self.compiled.iter().enumerate().filter(|(index, _)| worth.is(*index));
        for (_, (tail, mark)) in marks {
            for captures in mark.captures_iter(lower) {
                let named = captures.name("m");
                let named = named
                    .or_else(|| named_in(mark, &captures, "n"))
                    .or_else(|| named_in(mark, &captures, "o"));
                let Some(place) = named.or_else(|| captures.get(0)) else { continue };
                found.extend(self.whole(field, *tail, place.range()));
            }
        }
        for place in self.capitals.find_iter(field.shadow.folded()) {
            found.extend(self.whole(field, Tail::Open, place.range()));
        }
        found
    }

    /// A mark with what belongs to it, where it is meant.
    fn whole(&self, field: &Field<'_>, tail: Tail, range: Range<usize>) -> Option<Range<usize>> {
        let text = field.lower();
        let range = match tail {
            Tail::Open => range,
            Tail::Closed if self.meant.is_closed(text.get(range.end..)?) => range,
            Tail::Closed => return None,
            Tail::Date => range.start..with_date(text, range.end),
            Tail::Sentence => range.start..sentence_end(text, range.end),
        };
        let shown = text.get(range.clone())?;
        let kept = shown.trim_end().trim_end_matches([':', '-', '|', ',', '/', ' ', '\n']);
        let range = range.start..range.start + kept.len();
        (!kept.is_empty() && self.meant.is_meant(field, &range)).then_some(range)
    }
}

fn named_in<'t>(mark: &Regex, captures: &regex::Captures<'t>, name: &str) -> Option<regex::Match<'t>> {
    mark.capture_names().flatten().any(|known| known == name).then(|| captures.name(name)).flatten()
}
