//! One resumable upload. Its last piece makes the film, and the session makes no more than one; everything before that piece is
//! preparation, and a later attempt goes on with it. It does not know what is said of the film.

use bytes::Bytes;
use serde_json::Value;
use url::Url;

use super::{
    api::{Api, Piece},
    film::Film,
};
use crate::{
    http::{
        answer::Answer,
        failure::{Failure, Verdict},
    },
    message::MediaPart,
    prepared::{Handing, digest_of},
};

/// Every piece but the last has a multiple of this many bytes: the protocol asks for it.
const GRAIN: u64 = 256 * 1024;
const PIECE: u64 = 8 * 1024 * 1024;
/// How often a session is asked after the last piece, before the outcome is left open.
const ASKED: usize = 3;
/// A message has one film.
const FILM: usize = 0;
const UPLOAD_LOST: &str = "UPLOAD_LOST";

/// An upload that lacks its last piece. That one is small, so that publishing takes as short a time as can be.
#[derive(Debug)]
pub(super) struct Session {
    place: Url,
    media_type: String,
    length: u64,
    from: u64,
    last: Bytes,
}

/// Where an upload is when all that goes before publishing is done.
pub(super) enum Uploaded {
    /// It lacks its last piece.
    Ready(Session),
    /// An earlier attempt sent that one, and its answer was lost.
    Made(Film),
    /// The platform claims to have made a film of what it was not sent.
    Claimed,
}

/// How far an upload is.
enum Progress {
    /// So many bytes are there.
    Has(u64),
    /// The film is made.
    Made(Film),
}

impl Session {
    /// Sends all but an upload's last piece, as often as it takes within the preparation; what an earlier attempt sent is not
    /// sent again.
    pub(super) async fn upload(
        api: &Api,
        body: &Value,
        film: &MediaPart,
        handing: &Handing,
    ) -> Result<Uploaded, Failure> {
        let of = digest_of(film, &body.to_string());
        let (session, mut has) = match Self::resume(api, film, handing, &of).await? {
            Some((_, Progress::Made(film))) => return Ok(Uploaded::Made(film)),
            Some((session, Progress::Has(has))) => (session, has),
            None => {
                let query = [("uploadType", "resumable"), ("part", "snippet,status")];
                let asked = api.ask_for_upload(&query, body, film.content.length(), &film.media_type);
                let place = api.upload_address(asked.await?.header(reqwest::header::LOCATION))?;
                let session = Self::at(place, film).await?;
                session.note(handing, &of, 0);
                (session, 0)
            }
        };
        while has < session.from {
            let piece = film.content.piece(has, PIECE.min(session.from - has)).await?;
            match session.reached(api, has, piece).await? {
                Progress::Has(now) if now <= session.from && now % GRAIN == 0 => {
                    if now > has {
                        session.note(handing, &of, now);
                    } else {
                        tokio::time::sleep(api.limits().poll_every).await;
                    }
                    has = now;
                }
                Progress::Has(_) => {
                    return Err(Failure::not_sent(
                        "GARBAGE_ANSWER",
                        "the platform claims bytes that it was not sent",
                    ));
                }
                Progress::Made(_) => return Ok(Uploaded::Claimed),
            }
        }
        Ok(Uploaded::Ready(session))
    }

    async fn at(place: Url, film: &MediaPart) -> Result<Self, Failure> {
        let length = film.content.length();
        let from = length.saturating_sub(1) / GRAIN * GRAIN;
        let last = film.content.piece(from, GRAIN).await?;
        Ok(Self { place, media_type: film.media_type.clone(), length, from, last })
    }

    /// The upload that an earlier attempt began, and how far it is; none where the platform has forgotten it, or has a part of
    /// the last piece only, which nobody can go on from.
    async fn resume(
        api: &Api,
        film: &MediaPart,
        handing: &Handing,
        of: &str,
    ) -> Result<Option<(Self, Progress)>, Failure> {
        let kept = handing.kept(FILM, of);
        let Some((had, place)) = kept.as_deref().and_then(|kept| kept.split_once(' ')) else {
            return Ok(None);
        };
        let session = Self::at(api.upload_address(Some(place))?, film).await?;
        match session.ask(api).await {
            Ok(Progress::Has(has)) if has > session.from || has % GRAIN != 0 => {}
            Ok(Progress::Has(has)) => {
                if had.parse().is_ok_and(|had: u64| has > had) {
                    session.note(handing, of, has);
                }
                return Ok(Some((session, Progress::Has(has))));
            }
            Ok(made) => return Ok(Some((session, made))),
            Err(lost) if lost.cause.code == UPLOAD_LOST => {}
            Err(failure) => return Err(failure),
        }
        handing.forget(FILM);
        Ok(None)
    }

    /// The next attempt goes on from here.
    fn note(&self, handing: &Handing, of: &str, has: u64) {
        handing.keep(FILM, of, format!("{has} {}", self.place));
    }

    /// Sends the last piece.
    pub(super) async fn publish(&self, api: &Api) -> Result<Film, Failure> {
        match self.send(api, self.from, self.last.clone(), api.limits().total).await? {
            Progress::Made(film) => Ok(film),
            Progress::Has(_) => {
                Err(Failure::not_sent("UPLOAD_INCOMPLETE", "the platform did not take the film's end"))
            }
        }
    }

    /// What came of a last piece whose answer was lost. That the session lacks something proves nothing: the piece may still be
    /// on its way.
    pub(super) async fn made(&self, api: &Api) -> Option<Film> {
        for _ in 0..ASKED {
            match self.ask(api).await {
                Ok(Progress::Made(film)) => return Some(film),
                Ok(Progress::Has(_)) | Err(_) => tokio::time::sleep(api.limits().poll_every).await,
            }
        }
        None
    }

    /// Sends a piece; where that was lost, the session is asked how far it is, until it answers or the preparation ends.
    async fn reached(&self, api: &Api, from: u64, piece: Bytes) -> Result<Progress, Failure> {
        let mut told = self.send(api, from, piece, api.limits().preparation).await;
        loop {
            match told {
                Err(lost) if lost.verdict == Verdict::Unknown => {
                    tokio::time::sleep(api.limits().poll_every).await;
                    told = self.ask(api).await;
                }
                told => return told,
            }
        }
    }

    async fn send(
        &self,
        api: &Api,
        from: u64,
        content: Bytes,
        within: std::time::Duration,
    ) -> Result<Progress, Failure> {
        let sent = u64::try_from(content.len()).unwrap_or(u64::MAX);
        let last = from.saturating_add(sent).saturating_sub(1);
        let range = format!("bytes {from}-{last}/{}", self.length);
        let piece = Piece { content, media_type: &self.media_type, range, within };
        progress(api, api.put(&self.place, piece).await?)
    }

    async fn ask(&self, api: &Api) -> Result<Progress, Failure> {
        let range = format!("bytes */{}", self.length);
        let within = api.limits().total;
        let piece = Piece { content: Bytes::new(), media_type: &self.media_type, range, within };
        progress(api, api.put(&self.place, piece).await?)
    }
}

fn progress(api: &Api, answer: Answer) -> Result<Progress, Failure> {
    match answer.status {
        // With an address it is a redirect like any other.
        308 if answer.header(reqwest::header::LOCATION).is_none() => {
            let has = answer.header(reqwest::header::RANGE).map_or(Some(0), held);
            let garbage =
                || Failure::unknown("GARBAGE_ANSWER", "the platform does not say what it has of the film");
            has.map(Progress::Has).ok_or_else(|| garbage().with_status(308))
        }
        200 | 201 => answer.json().map(Progress::Made),
        status @ (404 | 410) => {
            let detail = "the platform has forgotten the upload, which begins anew with the next attempt";
            Err(Failure::not_sent(UPLOAD_LOST, detail).with_status(status))
        }
        _ => Err(api.checked(answer).err().unwrap_or_else(|| {
            Failure::unknown("UNEXPECTED_ANSWER", "the platform answered with an unexpected status")
        })),
    }
}

/// How many bytes `bytes=0-41` means.
fn held(range: &str) -> Option<u64> {
    let last = range.trim().strip_prefix("bytes=").unwrap_or(range.trim()).strip_prefix("0-")?;
    last.parse::<u64>().ok()?.checked_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_tells_how_many_bytes_are_there() {
        let rows = [
            ("bytes=0-0", Some(1)),
            ("bytes=0-262143", Some(262_144)),
            ("0-41", Some(42)),
            ("bytes=1-41", None),
            ("bytes=0-", None),
            ("bytes=0-18446744073709551615", None),
            ("", None),
        ];
        for (range, bytes) in rows {
            assert_eq!(held(range), bytes, "{range}");
        }
    }
}
