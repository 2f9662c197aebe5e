//! What the fuzz targets ask of any bytes, asked of their corpus and of many small changes to it, on stable.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../fuzz/bodies.rs"]
#[expect(clippy::expect_used, reason = "what does not hold must end the run")]
mod bodies;

use std::{fs, panic, path::Path};

type Target = fn(&[u8]);

/// Each target, and how many changed seeds it is given.
const TARGETS: [(&str, Target, usize); 4] = [
    ("check_text", bodies::check_text, 700),
    ("shadow", bodies::shadow, 900),
    ("answer_line", bodies::answer_line_any, 350),
    ("handbook_document", bodies::handbook_document, 50),
];

/// What is put into seeds: what rules react to, and what breaks careless code.
const PIECES: [&[u8]; 20] = [
    b"604-555-0184",
    b"sam@gmail.com",
    b" lives at 12 Elm Street",
    b"CONFIDENTIAL ",
    b"\r\n> ",
    b"From: Ann\nTo: Ben\n",
    b"\0",
    b"\xff",
    b"\"",
    b"{\"",
    b"999999999999999999999",
    b"@#",
    b"https://",
    "\u{301}".as_bytes(),
    "\u{200d}".as_bytes(),
    "\u{202e}".as_bytes(),
    "\u{1f1e8}".as_bytes(),
    "\u{e9}".as_bytes(),
    "\u{feff}".as_bytes(),
    "\u{ff16}\u{ff10}\u{ff14}".as_bytes(),
];

/// Splitmix64: the same changes on every machine.
#[derive(Debug)]
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let wide = u64::try_from(most.max(1)).unwrap();
        usize::try_from((z ^ (z >> 31)) % wide).unwrap()
    }

    fn pick<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        of.get(self.below(of.len())).unwrap()
    }
}

fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut found: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap()))
        .collect();
    found.sort();
    found
}

/// A few changes to a seed, and sometimes a part of another.
fn changed(seed: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len() + 1);
        let to = (at + 1 + dice.below(12)).min(bytes.len());
        match dice.below(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..to)),
            2 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << dice.below(8);
                }
            }
            3 => {
                let twice = bytes.get(at..to).unwrap_or_default().repeat(1 + dice.below(20));
                bytes.splice(at..at, twice);
            }
            4 => drop(bytes.splice(at..at, dice.pick(&PIECES).iter().copied())),
            _ => {
                let from = dice.below(other.len() + 1);
                let part = other.get(from..(from + 40).min(other.len())).unwrap_or_default();
                bytes.splice(at..at, part.iter().copied());
            }
        }
    }
    bytes.truncate(1_200);
    bytes
}

/// Runs a target; what it was given is told if it fails.
fn survives(target: Target, name: &str, data: &[u8]) {
    let outcome = panic::catch_unwind(|| target(data));
    assert!(outcome.is_ok(), "{name} fails on {:?}", String::from_utf8_lossy(data));
}

#[test]
fn every_seed_is_survived() {
    for (name, target, _) in TARGETS {
        let seeds = seeds(name);
        assert!(seeds.len() >= 9, "{name} has lost its corpus");
        for (seed, data) in seeds {
            survives(target, &format!("{name}, seed {seed}"), &data);
        }
    }
}

#[test]
fn changed_seeds_are_survived() {
    let mut dice = Dice(20_261_122);
    for (name, target, times) in TARGETS {
        let seeds = seeds(name);
        for number in 0..times {
            let (seed, data) = dice.pick(&seeds);
            let (_, other) = dice.pick(&seeds);
            let data = changed(data, other, &mut dice);
            survives(target, &format!("{name}, change {number} of seed {seed}"), &data);
        }
    }
}
