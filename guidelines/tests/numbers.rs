//! Numbers with check digits, made up, in many notations and sentences: what is valid is found, what only looks alike is not.
#![expect(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that cannot go on has failed"
)]

use guidelines::{Handbook, Submission, check, starter_handbook};
use proptest::{prelude::*, sample::select};

thread_local! {
    static HANDBOOK: Handbook = Handbook::from_document(&starter_handbook()).unwrap();
}

const SIN: &[&str] = &[
    "Her SIN is {}.",
    "SIN: {}",
    "We still have your social insurance number, {}, on file.",
    "NAS : {}",
    "Le numéro d’assurance sociale de Julie ({}) circule.",
    "{} is his SIN, sorry!",
    "S.I.N. {} was typed twice",
    "Paid to Ana Silva, SIN {}, for two sessions.",
    "Form: name Tom Roy / SIN {} / phone on file",
    "Son NAS, {}, est sur la photo",
];
const PHN: &[&str] = &[
    "My PHN is {}, can you help?",
    "PHN {}",
    "Care card no. {} keeps failing.",
    "Her personal health number ({}) was on screen.",
    "BC Services Card: {}",
    "Numéro d’assurance maladie : {}",
    "{} was the PHN on the label",
    "Health card {} expired last week",
    "Carte santé {} refusée",
    "PHN #{} belongs to our 100th patient",
];
const ONTARIO: &[&str] = &[
    "OHIP {}",
    "Her OHIP number is {}.",
    "Ontario health card {} expired",
    "Carte santé : {}",
    "Health card no. {}",
];
const CARD: &[&str] = &[
    "Visa {} was charged twice.",
    "Card number: {}",
    "{}, exp 08/28",
    "Whose card is this? {}",
    "Carte de crédit {} refusée",
    "Refund to {} failed",
    "Her own MasterCard, {}, works",
];
const OTHERS: &[&str] = &[
    "Lot {} is recalled.",
    "Meeting ID: {}",
    "Tracking number {}: kits are on the way",
    "Invoice no. {} is paid",
    "Order #{} has left",
    "Grant number {} ends in May",
    "Serial number {}",
    "Numéro de lot : {}",
    "Ref. {}",
    "Commande n° {} expédiée",
    "$ {} for rural care",
    "See https://data.example/{}",
    "Conference code {}, then press #",
];

fn luhn_digit(body: &str) -> u32 {
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| match (place % 2, u32::from(byte - b'0')) {
            (0, digit) if digit > 4 => digit * 2 - 9,
            (0, digit) => digit * 2,
            (_, digit) => digit,
        })
        .sum();
    (10 - sum % 10) % 10
}

fn with_luhn(body: &str) -> String {
    format!("{body}{}", luhn_digit(body))
}

/// A British Columbian number, where the digits allow one.
fn bc(middle: &str) -> Option<String> {
    let weights = [2, 4, 8, 5, 10, 9, 7, 3];
    let sum: u32 =
        middle.bytes().zip(weights).map(|(byte, weight)| u32::from(byte - b'0') * weight % 11).sum();
    let check = (11 - sum % 11) % 11;
    (check < 10).then(|| format!("9{middle}{check}"))
}

fn grouped(digits: &str, shape: &[usize], sign: &str) -> String {
    let (mut at, mut groups) = (0, Vec::new());
    for length in shape {
        groups.push(&digits[at..at + length]);
        at += length;
    }
    groups.join(sign)
}

fn wide(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_digit() { char::from_u32(c as u32 + 0xfee0).unwrap() } else { c })
        .collect()
}

fn signs() -> impl Strategy<Value = &'static str> {
    select(vec![" ", "-", ".", "", "\u{a0}", "\u{2011}", "\u{2013}", "\u{202f}", " - "])
}

/// Whether a rule speaks of the number in a sentence.
fn found(rule: &str, frame: &str, number: &str) -> bool {
    let text = frame.replace("{}", number);
    let start = text.find(number).unwrap();
    let report = HANDBOOK.with(|handbook| check(&Submission::of_text(&text), handbook));
    report.findings.iter().any(|finding| {
        let span = finding.span.map(|span| (span.byte_start as usize, span.byte_end as usize));
        finding.rule == rule && span.is_some_and(|(from, to)| from <= start && to >= start + number.len())
    })
}

fn quiet(frame: &str, number: &str) -> bool {
    let text = frame.replace("{}", number);
    let report = HANDBOOK.with(|handbook| check(&Submission::of_text(&text), handbook));
    !report
        .findings
        .iter()
        .any(|finding| matches!(finding.rule.as_str(), "CC1b.sin" | "CC1b.phn" | "CC1b.card"))
}

fn is_plain(digits: &str) -> bool {
    let steps: Vec<i16> = digits
        .as_bytes()
        .windows(2)
        .map(|pair| (i16::from(pair[1]) - i16::from(pair[0])).rem_euclid(10))
        .collect();
    steps.windows(2).any(|pair| pair[0] != pair[1])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn social_insurance_numbers_are_found(body in "[1-79][0-9]{7}", sign in signs(), frame in select(SIN), full in any::<bool>()) {
        let digits = with_luhn(&body);
        prop_assume!(is_plain(&digits));
        let number = grouped(&digits, &[3, 3, 3], sign);
        let number = if full { wide(&number) } else { number };
        prop_assert!(found("CC1b.sin", frame, &number), "{}", frame.replace("{}", &number));
    }

    #[test]
    fn health_numbers_are_found(
        middle in "[0-9]{8}", body in "[1-8][0-9]{8}", sign in signs(), frame in select(PHN), ontario in select(ONTARIO),
        shape in select(vec![vec![4, 3, 3], vec![3, 3, 4], vec![10]]), version in select(vec!["", " AB", "-XK"]),
    ) {
        if let Some(digits) = bc(&middle).filter(|digits| is_plain(digits)) {
            let number = grouped(&digits, &shape, sign);
            prop_assert!(found("CC1b.phn", frame, &number), "{}", frame.replace("{}", &number));
        }
        let digits = with_luhn(&body);
        prop_assume!(is_plain(&digits));
        let number = format!("{}{version}", grouped(&digits, &[4, 3, 3], sign));
        prop_assert!(found("CC1b.phn", ontario, &number), "{}", ontario.replace("{}", &number));
    }

    #[test]
    fn payment_cards_are_found(
        visa in "4[0-9]{14}", master in "5[1-5][0-9]{13}", amex in "3[47][0-9]{12}", sign in signs(), frame in select(CARD),
    ) {
        for (body, shape) in [(visa, vec![4, 4, 4, 4]), (master, vec![4, 4, 4, 4]), (amex, vec![4, 6, 5])] {
            let number = grouped(&with_luhn(&body), &shape, sign);
            prop_assert!(found("CC1b.card", frame, &number), "{}", frame.replace("{}", &number));
        }
    }

    #[test]
    fn wrong_check_digits_are_left_alone(
        sin in "[1-79][0-9]{7}", card in "4[0-9]{14}", off in 1u32..10, sign in signs(), frame in select(SIN), paid in select(CARD),
    ) {
        let wrong = format!("{sin}{}", (luhn_digit(&sin) + off) % 10);
        let number = grouped(&wrong, &[3, 3, 3], sign);
        prop_assert!(quiet(frame, &number), "{}", frame.replace("{}", &number));
        let wrong = format!("{card}{}", (luhn_digit(&card) + off) % 10);
        let number = grouped(&wrong, &[4, 4, 4, 4], sign);
        prop_assert!(quiet(paid, &number), "{}", paid.replace("{}", &number));
    }

    #[test]
    fn numbers_of_other_things_are_left_alone(
        sin in "[1-79][0-9]{7}", middle in "[0-9]{8}", card in "4[0-9]{14}", sign in signs(), frame in select(OTHERS),
    ) {
        let mut numbers = vec![grouped(&with_luhn(&sin), &[3, 3, 3], sign), grouped(&with_luhn(&card), &[4, 4, 4, 4], sign)];
        numbers.extend(bc(&middle).map(|digits| grouped(&digits, &[4, 3, 3], sign)));
        for number in numbers {
            let number = if frame.contains("https") { number.replace(' ', "") } else { number };
            prop_assert!(quiet(frame, &number), "{}", frame.replace("{}", &number));
        }
    }

    #[test]
    fn any_mixture_is_read_and_never_repeated(
        pieces in prop::collection::vec(prop_oneof![
            "\\PC{0,6}",
            select(vec![
                "SIN 130 692 544", "PHN 9698 658 215", "４５３９ ５７８７ ６３６２ １４８６", "TREM 8052 1234", "DOB ", "1967-04-27", "née le ", "1er mai 1985",
                "MRN ", "RCH-567547", "Mrs. Chan", " Marie-Ève O’Brien", "’s diabetes", " get well soon ", "ward 6B ", "\n\n", ". ", "é", "\u{202f}", "\u{1F600}", "#130692544",
                "NWT health care N1234567", " and ", "(", "$", "10.1000/", "NCT04012345",
                "A:\\", "\\\\fs02\\", "https://intranet.example.org/", "/home/", "SharePoint ",
            ]).prop_map(str::to_owned),
        ], 0..14),
    ) {
        let text = pieces.concat();
        let report = HANDBOOK.with(|handbook| check(&Submission::of_text(&text), handbook));
        for finding in &report.findings {
            let shown = [finding.excerpt.as_deref(), Some(finding.message.as_str()), finding.suggestion.as_deref()];
            for secret in ["130 692 544", "9698 658 215", "1967-04-27", "567547", "O’Brien", "Chan"] {
                prop_assert!(shown.iter().flatten().all(|words| !words.contains(secret)), "{finding:?}");
            }
            if let Some(span) = finding.span {
                prop_assert!(text.get(span.byte_start as usize..span.byte_end as usize).is_some(), "{finding:?}");
            }
        }
    }
}
