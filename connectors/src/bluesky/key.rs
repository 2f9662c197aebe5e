//! The record key of a message: the same for every attempt, so that a repeat meets the first one. It knows what a key must
//! look like; it does not know records.
//!
//! Posts take no key but a TID: 53 bits of microseconds and ten of a clock's number, in thirteen letters that sort by time.
//! The queue's own keys are `UUIDv7`s; their time gives the key's fortnight, a digest all the rest. Keys that hold no time get
//! a fortnight of 2024. None lies in the future: not every reader of a repository likes that.

use aws_lc_rs::digest;

const LETTERS: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";
/// 2^40 microseconds are twelve days and a half; with the clock's ten bits, fifty bits tell two messages of them apart.
const FORTNIGHT_BITS: u32 = 40;
const CLOCK_BITS: u32 = 10;
/// 2024-01-01, in milliseconds.
const NO_TIME: u64 = 1_704_067_200_000;

/// The key of the message with this idempotency key.
pub(super) fn record_key(idempotency_key: &str) -> String {
    let digest = digest::digest(&digest::SHA256, idempotency_key.as_bytes());
    let random = digest.as_ref().iter().take(8).fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
    let micros = time_of(idempotency_key).unwrap_or(NO_TIME).saturating_mul(1000);
    let fortnight = (micros >> FORTNIGHT_BITS).saturating_sub(1);
    let low = random >> (64 - FORTNIGHT_BITS - CLOCK_BITS);
    encode(((fortnight << (FORTNIGHT_BITS + CLOCK_BITS)) | low) & (u64::MAX >> 1))
}

/// Milliseconds since 1970 of a `UUIDv7`.
fn time_of(key: &str) -> Option<u64> {
    let bytes = hex::decode(key.replace('-', "")).ok().filter(|bytes| bytes.len() == 16)?;
    let (time, rest) = bytes.split_at_checked(6)?;
    let is_seven = rest.first().is_some_and(|version| version >> 4 == 7);
    is_seven.then(|| time.iter().fold(0, |bits, byte| (bits << 8) | u64::from(*byte)))
}

fn encode(value: u64) -> String {
    let letter = |place: u32| {
        let at = usize::try_from((value >> (place * 5)) & 31).unwrap_or_default();
        char::from(LETTERS.get(at).copied().unwrap_or(b'2'))
    };
    (0..13).rev().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(key: &str) -> u64 {
        key.bytes().fold(0, |value, letter| {
            (value << 5) | u64::try_from(LETTERS.iter().position(|known| *known == letter).unwrap()).unwrap()
        })
    }

    #[test]
    fn a_key_is_a_tid_of_the_past_that_depends_on_the_message_alone() {
        let first = "0193a6c8-7d1e-7c10-9a55-0c1f0d3f7f11";
        let key = record_key(first);
        assert_eq!(key, record_key(first));
        assert_ne!(key, record_key("0193a6c8-7d1e-7c10-9a55-0c1f0d3f7f12"));
        assert!(key.len() == 13 && key.bytes().all(|letter| LETTERS.contains(&letter)));
        assert!("234567abcdefghij".contains(key.chars().next().unwrap()), "the highest bit is nought");
        let (made, tid) = (u64::from_str_radix("0193a6c87d1e", 16).unwrap() * 1000, decode(&key) >> 10);
        assert!(tid <= made && made - tid < 1 << 41, "{made} {tid}");
    }

    #[test]
    fn any_other_key_has_one_too() {
        for other in ["", "k1", "not-a-uuid-at-all", "0193a6c8-7d1e-4c10-9a55-0c1f0d3f7f11"] {
            let key = record_key(other);
            assert!(key.len() == 13 && decode(&key) >> 10 < NO_TIME * 1000, "{other}: {key}");
        }
    }

    #[test]
    fn many_messages_of_one_instant_have_keys_of_their_own() {
        let keys: std::collections::HashSet<String> =
            (0..50_000).map(|n| record_key(&format!("0193a6c8-7d1e-7c10-9a55-{n:012x}"))).collect();
        assert_eq!(keys.len(), 50_000);
    }
}
