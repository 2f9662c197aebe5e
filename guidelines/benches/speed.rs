//! How fast the whole catalogue is: `make bench`. One thread, the starter handbook, the development set's texts.
//!
//! Prints a table and ends with one JSON object. Figures are of one machine at one time: compare within a run.
#![expect(clippy::unwrap_used, reason = "a measurement that meets what it does not expect must end")]
#![expect(clippy::print_stdout, reason = "its output is its purpose")]

#[path = "speed/clock.rs"]
mod clock;
#[path = "speed/texts.rs"]
mod texts;

use std::{hint::black_box, time::Duration};

use clock::{each, per_second, rounds, tenths};
use guidelines::{
    Capacity, Handbook, Platform, Submission, Surroundings, answer_line, check, check_leaving,
    starter_handbook, words_clear,
};
use serde_json::{Value, json};
use texts::Texts;

const LONG_ENOUGH: Duration = Duration::from_secs(2);
const SLOWEST: usize = 10;

/// A handbook with the rules that are wanted on, all others off.
fn handbook(wanted: impl Fn(&str) -> bool) -> Handbook {
    let mut document = starter_handbook();
    document.supplement_adopted = true;
    for rule in &mut document.rules {
        rule.enabled = wanted(&rule.id);
    }
    Handbook::from_document(&document).unwrap()
}

fn submission<'a>(text: &'a str, around: &'a Surroundings, platform: Platform) -> Submission<'a> {
    Submission {
        platform: Some(platform),
        capacity: Some(Capacity::Official),
        around: Some(around),
        ..Submission::of_text(text)
    }
}

/// Nanoseconds per post of the fastest of several passes: what else the machine does only ever adds.
fn pace(texts: &[String], around: &Surroundings, handbook: &Handbook) -> f64 {
    let pass = || {
        for text in texts {
            black_box(check(&submission(black_box(text), around, Platform::Mastodon), handbook));
        }
    };
    rounds(Duration::from_millis(60), pass).iter().copied().fold(f64::INFINITY, f64::min)
        / clock::number(texts.len())
}

/// Rules by what each adds to a post alone, the slowest first. What several rules share is charged to each.
fn alone(texts: &[String], around: &Surroundings, engine: f64) -> Vec<(String, f64)> {
    let ids: Vec<String> = starter_handbook().rules.into_iter().map(|rule| rule.id).collect();
    let measured = |id: &String| {
        let pace = pace(texts, around, &handbook(|wanted| wanted == id));
        (id.clone(), (pace - engine).max(0.0))
    };
    let mut all: Vec<_> = ids.iter().map(measured).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    all
}

/// What it takes to check posts whose words are clear, at first and as they leave.
fn leaving(posts: &[String], around: &Surroundings, handbook: &Handbook) -> Value {
    let amid = |text| submission(text, around, Platform::Mastodon);
    let (held, clear): (Vec<&String>, Vec<&String>) = posts
        .iter()
        .filter(|text| words_clear(&amid(text), handbook))
        .partition(|text| check_leaving(&amid(text), handbook).blocks());
    let words = per_second(LONG_ENOUGH, &clear, |text| {
        black_box(words_clear(&amid(black_box(text)), handbook));
    });
    let whole = per_second(LONG_ENOUGH, &clear, |text| {
        black_box(check(&amid(black_box(text)), handbook));
    });
    let leaving = per_second(LONG_ENOUGH, &clear, |text| {
        black_box(check_leaving(&amid(black_box(text)), handbook));
    });
    json!({
        "posts": clear.len(),
        "held": held.len(),
        "wordsPerSecond": words.round(),
        "checksPerSecond": whole.round(),
        "leavingPerSecond": leaving.round(),
    })
}

fn main() {
    // `cargo test` builds and runs benches in test mode; measuring there would prove nothing.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    println!("Measuring the guideline rules: half a minute, one thread.");
    let texts = Texts::of_set(concat!(env!("CARGO_MANIFEST_DIR"), "/sets/development"));
    let around = texts::surroundings();
    let whole = handbook(|_| true);
    let compiling = rounds(Duration::from_millis(500), || {
        black_box(Handbook::from_document(whole.document()).unwrap());
    });
    let mean = clock::number(texts.posts.iter().map(|text| text.chars().count()).sum())
        / clock::number(texts.posts.len());
    let bare = per_second(LONG_ENOUGH, &texts.posts, |text| {
        black_box(check(&Submission::of_text(black_box(text)), &whole));
    });
    let posts = per_second(LONG_ENOUGH, &texts.posts, |text| {
        black_box(check(&submission(black_box(text), &around, Platform::Mastodon), &whole));
    });
    let on_x = per_second(LONG_ENOUGH, &texts.posts, |text| {
        black_box(check(&submission(black_box(text), &around, Platform::X), &whole));
    });
    let drafts = per_second(LONG_ENOUGH, &texts.drafts, |line| {
        black_box(answer_line(black_box(line), &whole).unwrap());
    });
    let long = each(LONG_ENOUGH, &texts.long, |text| {
        black_box(check(&submission(black_box(text), &around, Platform::Mastodon), &whole));
    });
    let engine = pace(&texts.posts, &around, &handbook(|_| false));
    let rules = alone(&texts.posts, &around, engine);
    let sum: f64 = rules.iter().map(|(_, ns)| ns).sum();
    let count = rules.len();
    let figures = json!({
        "rules": count,
        "posts": texts.posts.len(),
        "longTexts": texts.long.len(),
        "meanCharacters": mean.round(),
        "postsPerSecond": posts.round(),
        "postsOnXPerSecond": on_x.round(),
        "barePostsPerSecond": bare.round(),
        "leaving": leaving(&texts.posts, &around, &whole),
        "draftLinesPerSecond": drafts.round(),
        "p50Us": tenths(clock::percentile(&long, 0.5) / 1e3),
        "p99Us": tenths(clock::percentile(&long, 0.99) / 1e3),
        "compileMs": tenths(clock::percentile(&compiling, 0.5) / 1e6),
        "engineNs": engine.round(),
        "allRulesAloneNs": sum.round(),
        "slowest": rules.iter().take(SLOWEST).map(|(id, ns)| json!({ "rule": id, "ns": ns.round() })).collect::<Vec<_>>(),
    });
    print(&figures);
    println!("{figures}");
}

fn print(figures: &Value) {
    let rows = [
        ("rules, all on", "rules", ""),
        ("different posts", "posts", ""),
        ("of 400 to 600 characters, joined from them", "longTexts", ""),
        ("characters a post, on average", "meanCharacters", ""),
        ("posts on Mastodon with surroundings, a second and core", "postsPerSecond", ""),
        ("the same on X, whose parser weighs them, a second and core", "postsOnXPerSecond", ""),
        ("bare texts, a second and core", "barePostsPerSecond", ""),
        ("drafts as JSON lines, read and answered, a second and core", "draftLinesPerSecond", ""),
        ("texts of 400 to 600 characters: the middle one takes", "p50Us", "µs"),
        ("texts of 400 to 600 characters: 99 in 100 take at most", "p99Us", "µs"),
        ("compiling a handbook", "compileMs", "ms"),
        ("a post with every rule off", "engineNs", "ns"),
        ("all rules, each measured alone", "allRulesAloneNs", "ns"),
    ];
    for (what, key, unit) in rows {
        println!("{what:60} {:>10} {unit}", figures[key].to_string());
    }
    let rows = [
        ("posts that may leave", "posts"),
        ("others whose words are clear, held by what surrounds them", "held"),
        ("their words alone, a second and core", "wordsPerSecond"),
        ("whole checks of them with surroundings, a second and core", "checksPerSecond"),
        ("the same as they leave, a second and core", "leavingPerSecond"),
    ];
    for (what, key) in rows {
        println!("{what:60} {:>10}", figures.pointer(&format!("/leaving/{key}")).unwrap().to_string());
    }
    println!("slowest rules, on average a post:");
    for rule in figures["slowest"].as_array().unwrap() {
        println!("{:60} {:>10} ns", rule["rule"].as_str().unwrap(), rule["ns"].to_string());
    }
}
