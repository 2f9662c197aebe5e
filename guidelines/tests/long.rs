//! The longest text that is taken, made of what rules look for again and again, is checked in bounded work: a rule that
//! compares everything with everything would not end within this test's patience.

use guidelines::{Handbook, Submission, check, starter_handbook};

/// As long as a draft may be.
const LONGEST: usize = 65_000;

#[test]
fn repetitions_of_what_rules_look_for_are_checked() {
    let handbook = Handbook::from_document(&starter_handbook()).unwrap();
    for piece in [
        "born May 3, 1950 ",
        "DOB 1950-05-03, ",
        "604-555-0184 ",
        "Mrs. Lee has COPD. ",
        "Sam Lee 046 454 286 ",
        "at 12 Elm Street, ",
        "sam@gmail.com ",
        "password: hunter22! ",
        "From: Ann\nTo: Ben\n",
        "« we close » said ",
        "everyone agrees it must ",
        "http://10.0.0.1/a ",
    ] {
        let text = piece.repeat(LONGEST / piece.len());
        let report = check(&Submission::of_text(&text), &handbook);
        assert_eq!(report, check(&Submission::of_text(&text), &handbook), "{piece}");
    }
}
