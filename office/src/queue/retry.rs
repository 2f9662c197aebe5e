//! How long to wait before the next try. Pure: the jitter comes from the post's own id, so that the same try of the same
//! post always waits the same time, and no two posts wait alike.

use chrono::TimeDelta;
use uuid::Uuid;

use crate::Limits;

/// The wait before the next try after `tries`: doubling with jitter between half and the whole, capped, and never
/// shorter than the platform's own wish.
pub fn backoff(limits: &Limits, id: Uuid, tries: i32, wish: Option<TimeDelta>) -> TimeDelta {
    let doublings = u32::try_from(tries.saturating_sub(1).clamp(0, 30)).unwrap_or(0);
    let full =
        limits.backoff_seconds.saturating_mul(1_i64 << doublings).min(limits.backoff_seconds_max).max(1);
    let full_ms = full.saturating_mul(1_000);
    let jittered = full_ms / 2 + spread(id, tries) * (full_ms / 2) / 1_000;
    TimeDelta::milliseconds(jittered).max(wish.unwrap_or_default())
}

/// A number from 0 to 1000 that looks random over posts and tries.
fn spread(id: Uuid, tries: i32) -> i64 {
    let mixed = id.as_bytes().iter().fold(u64::from(tries.unsigned_abs()), |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    i64::try_from((mixed >> 17) % 1_001).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn waits_grow_to_the_cap_and_respect_the_platforms_wish(bits in any::<u128>(), tries in 1i32..60, wish in 0i64..100_000) {
            let limits = Limits::default();
            let id = Uuid::from_u128(bits);
            let wait = backoff(&limits, id, tries, None);
            prop_assert!(wait >= TimeDelta::milliseconds(limits.backoff_seconds * 500));
            prop_assert!(wait <= TimeDelta::seconds(limits.backoff_seconds_max));
            let later = backoff(&limits, id, tries + 2, None);
            prop_assert!(later >= wait || later >= TimeDelta::seconds(limits.backoff_seconds_max / 2));
            prop_assert!(backoff(&limits, id, tries, Some(TimeDelta::seconds(wish))) >= TimeDelta::seconds(wish));
        }
    }
}
