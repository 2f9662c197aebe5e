//! The name of a plan: a digest of exactly what it does to which version of which post. It carries what it was made of, so
//! that nothing is stored for a dry run and a refusal can still say which posts fare otherwise now. Pure.

use std::collections::{BTreeSet, HashMap};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use entity::{PostId, bulk_act::Outcome};
use uuid::Uuid;

use super::Act;
use crate::{
    error::{RefusalCode, Result, refuse},
    vault::{sha256, sha256_hex},
};

/// Hex digits of the digest of all.
const WHOLE: usize = 64;
/// Bytes of a post's id, and of the digest of its line.
const ID: usize = 16;
const LINE: usize = 4;

/// The name of a plan.
pub(super) fn of(act: &Act, outcomes: &[Outcome]) -> Result<String> {
    // What a hold says is part of what is done.
    let mut whole = match act {
        Act::Hold { reason } => sha256(reason.as_bytes()),
        _ => Vec::new(),
    };
    let mut parts = Vec::with_capacity(outcomes.len().saturating_mul(ID + LINE));
    for outcome in outcomes {
        let line = line(outcome)?;
        parts.extend_from_slice(outcome.post_id.0.as_bytes());
        parts.extend(line.iter().take(LINE));
        whole.extend(line);
    }
    Ok(format!("{}.{}", sha256_hex(&whole), URL_SAFE_NO_PAD.encode(parts)))
}

/// The posts that fare otherwise in this plan than in the one that was expected; none when the two are the same.
pub(super) fn differing(expected: &str, act: &Act, outcomes: &[Outcome]) -> Result<Option<Vec<PostId>>> {
    let expected = Expected::read(expected)?;
    if of(act, outcomes)?.starts_with(&expected.whole) {
        return Ok(None);
    }
    let mut differing: BTreeSet<PostId> = expected.lines.keys().copied().collect();
    for outcome in outcomes {
        let line = line(outcome)?;
        let same = expected.lines.get(&outcome.post_id).is_some_and(|told| line.starts_with(told));
        if same {
            differing.remove(&outcome.post_id);
        } else {
            differing.insert(outcome.post_id);
        }
    }
    Ok(Some(differing.into_iter().collect()))
}

/// SHA-256 of what becomes of one post.
fn line(outcome: &Outcome) -> Result<Vec<u8>> {
    Ok(sha256(&serde_json::to_vec(outcome)?))
}

/// What a token says.
struct Expected {
    whole: String,
    lines: HashMap<PostId, Vec<u8>>,
}

impl Expected {
    fn read(token: &str) -> Result<Self> {
        let broken = || {
            let message = "this is not the plan of a dry run: give back `plan` as it was answered";
            refuse(RefusalCode::Invalid, "expect", message)
        };
        let Some((whole, parts)) = token.split_once('.') else { return broken() };
        if whole.len() != WHOLE || !whole.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return broken();
        }
        let Ok(parts) = URL_SAFE_NO_PAD.decode(parts) else { return broken() };
        let mut lines = HashMap::new();
        for part in parts.chunks(ID + LINE) {
            let Some((id, line)) = part.split_at_checked(ID) else { return broken() };
            let Ok(id) = Uuid::from_slice(id) else { return broken() };
            lines.insert(PostId(id), line.to_vec());
        }
        Ok(Self { whole: whole.to_owned(), lines })
    }
}
