//! Large films on their way into the store: through files without a name, which are gone with the process. It does not know
//! what is in a film.

use std::{
    fs::File,
    io::{BufReader, BufWriter, Read as _, Seek as _, SeekFrom},
    sync::Arc,
};

use object_store::{ObjectStore, buffered, path::Path};
use tokio::io::AsyncWriteExt as _;

use super::film::{self, Film, NotCopied};
use crate::error::{Fault, RefusalCode, Result, refuse};

/// Bytes by which a type is told.
const FIRST: usize = 8 * 1024;

/// A film without its metadata, in another file that stands at its beginning. Blocking. `most`: bytes that anything else may
/// have.
pub(super) fn clean(mut film: File, length: u64, most: u64) -> Result<(File, Film)> {
    let mut first = Vec::with_capacity(FIRST);
    film.rewind().map_err(fault)?;
    (&film).take(u64::try_from(FIRST).unwrap_or(u64::MAX)).read_to_end(&mut first).map_err(fault)?;
    if infer::get(&first).is_none_or(|kind| kind.mime_type() != "video/mp4") {
        let message = format!("only a film (video/mp4) may have more than {most} bytes");
        return refuse(RefusalCode::Invalid, "", message);
    }
    film.seek(SeekFrom::Start(0)).map_err(fault)?;
    let mut clean = tempfile::tempfile().map_err(fault)?;
    let told = film::copy(&mut BufReader::new(film), length, &mut BufWriter::new(&clean));
    let told = match told {
        Ok(told) => told,
        Err(NotCopied::Unstrippable(why)) => return refuse(RefusalCode::Invalid, "", why.to_string()),
        Err(NotCopied::Io(error)) => return Err(fault(error).into()),
    };
    clean.rewind().map_err(fault)?;
    Ok((clean, told))
}

/// Puts a file into the store, part by part. One that is not finished is not there.
pub(super) async fn store(store: &Arc<dyn ObjectStore>, to: &Path, file: File) -> Result<()> {
    let mut from = tokio::fs::File::from_std(file);
    let mut writer = buffered::BufWriter::new(Arc::clone(store), to.clone());
    let copied = tokio::io::copy(&mut from, &mut writer).await;
    if let Err(error) = copied {
        // What was put so far is forgotten, as far as the store answers at all.
        drop(writer.abort().await);
        return Err(fault(error).into());
    }
    Ok(writer.shutdown().await.map_err(fault)?)
}

fn fault(error: impl std::fmt::Display) -> Fault {
    Fault::Media(error.to_string())
}
