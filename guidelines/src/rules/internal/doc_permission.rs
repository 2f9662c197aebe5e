//! Whether a medium is a document, or a picture of one, that somebody must have released.
//! It does not see what is in a file: it knows its name, its type, and what people said of it.

use serde::Deserialize;

use crate::{Check, Example, Hit, MediaView, Office, Reading, lexicon::Lexicon, rule::rule};

rule!(
    DocPermission, "GP6b.doc-permission", version 1, "GP6b", Block, asks: DocumentRelease,
    what: "Asks who released a document that is shown: a medium that somebody called one, PDF and office files, and \
           pictures whose name or alternative text speaks of minutes, memos, drafts, budgets, contracts or screenshots. \
           A medium that was declared to be no document passes.",
    why: "Sensitive project documents come out only when the project team has released them.",
    instead: "Ask the project team, and record who released it and when.",
    fires: [
        Example::of("Our plan").showing(MediaView {
            document: Some(true),
            ..MediaView::of("plan.png", "image/png", Some("A page"))
        }),
        Example::of("Our plan").showing(MediaView::of("poster.pdf", "application/pdf", None)),
        Example::of("Look").picturing("Board-Minutes_2027.png", Some("A page")),
        Example::of("Look").picturing("Screenshot 2027-01-04 at 9.14.png", Some("A table")),
        Example::of("Look").picturing("a1.png", Some("Screenshot of an e-mail from the dean")),
        Example::of("Regardez").picturing("ébauche_budget.png", Some("Un tableau")),
    ],
    quiet: [
        Example::of("Our team").picturing("team.png", Some("Five people at a desk")),
        Example::of("Five minutes of calm").picturing("lake.png", Some("A lake")),
        Example::of("Our plan").showing(MediaView {
            document: Some(false),
            ..MediaView::of("draft-poster.png", "image/png", Some("Our poster"))
        }),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More words in a file's name that make it a document.
    words: Vec<String>,
}

/// Words in a file's name, `_` and `-` read as blanks.
const WORDS: &str = "minutes, memo, memorandum, draft, drafts, budget, budgets, contract, contracts, agreement, mou, nda, invoice, \
    briefing, briefing note, proposal, transcript, payroll, roster, letter, email, e mail, spreadsheet, scan, scanned, confidential, \
    internal, screenshot*, screen shot, screen capture, screengrab, printscreen, capture d écran, capture decran, captureécran, \
    procès verbal, proces verbal, pv, ébauche, ebauche, contrat, entente, facture, note de service, compte rendu, courriel, lettre, \
    embargo, embargoed, strategy, workplan, work plan, terms of reference, agenda, org chart, deck, slides, excel, powerpoint, chat log, slack";

/// How an alternative text begins that shows a document.
const SHOWN: &str = "screenshot of, a screenshot of, screen capture of, scan of, a scan of, scanned, photo of a document, photo of the minutes, \
    photo of a letter, photo of an email, photo of an e-mail, copy of the minutes, copy of a memo, copy of a letter, page of the report, \
    capture d'écran, numérisation, copie du, copie de la, photo d'un document, photo d'une lettre";

struct Prepared {
    words: Lexicon,
    shown: Lexicon,
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared {
        words: Lexicon::listed(WORDS, &params.words)?,
        shown: Lexicon::listed(SHOWN, &[])?,
    }))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let media = reading.submission.media.iter().enumerate();
        media.filter_map(|(index, medium)| self.medium(index, medium)).collect()
    }
}

impl Prepared {
    fn medium(&self, index: usize, medium: &MediaView<'_>) -> Option<Hit> {
        let noticed = match medium.document {
            Some(false) => return None,
            Some(true) => "it was declared to be one".to_owned(),
            None => self.noticed(medium)?,
        };
        let message = format!("{} is a document or shows one ({noticed}).", medium.file_name);
        Some(Hit::whole(format!("media[{index}]"), message).suggesting(
            "Say who of the project team released it and when, or declare that it is no document.",
        ))
    }

    fn noticed(&self, medium: &MediaView<'_>) -> Option<String> {
        if is_office_file(medium.media_type, medium.file_name) {
            return Some("by its type".to_owned());
        }
        let name: String = medium
            .file_name
            .to_lowercase()
            .chars()
            .map(|c| if c.is_alphabetic() { c } else { ' ' })
            .collect();
        if self.words.is_in(&name) {
            return Some("by its name".to_owned());
        }
        let alt = medium.alt_text.unwrap_or_default().trim_start().to_lowercase();
        let opens = self.shown.find_in(&alt).next().is_some_and(|entry| entry.range.start == 0);
        opens.then(|| "by its alternative text".to_owned())
    }
}

fn is_office_file(media_type: &str, file_name: &str) -> bool {
    let kind = media_type.to_ascii_lowercase();
    let ending = file_name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let office =
        ["pdf", "msword", "officedocument", "ms-excel", "ms-powerpoint", "opendocument", "rtf", "csv"];
    let endings = [
        "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf", "csv", "msg", "eml",
        "pages", "numbers", "key",
    ];
    office.iter().any(|known| kind.contains(known))
        || ending.is_some_and(|ending| endings.contains(&ending.as_str()))
}
