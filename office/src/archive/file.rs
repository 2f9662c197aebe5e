//! Reading an archive that anybody may have made: every count, length and digest is bounded before it is believed, and what
//! is wrong is told with the file and the line. Knows no tables.

use std::{
    fs::File,
    io::{BufRead as _, BufReader, Read, Seek as _, SeekFrom},
    path::Path,
};

use aws_lc_rs::digest::{Context, SHA256};
use serde_json::{Map, Value};
use zip::{ZipArchive, read::ZipFile};

use super::manifest::{FORMAT, Form, MANIFEST, Manifest, MediaFile, README, TableFile};
use crate::{
    Limits,
    error::{OfficeError, Refusal, RefusalCode, Result, refuse},
};

/// Bytes of the record that ends a ZIP file, and of the one that leads to a larger one.
const END: u64 = 22;
const LOCATOR: u64 = 20;
/// Bytes of the list of files for each of them: 46, a name, extra fields.
const LISTED: u64 = 1_024;

/// An archive that is open.
pub(super) struct Archive {
    zip: ZipArchive<BufReader<File>>,
    limits: Limits,
}

/// What is wrong in an archive, and where.
pub(super) fn wrong(place: &str, what: impl std::fmt::Display) -> OfficeError {
    Refusal::new(RefusalCode::Invalid, "file", format!("{place}: {what}; nothing was imported")).into()
}

/// A line of a file in an archive.
pub(super) fn at(file: &str, line: u64) -> String {
    format!("{file} line {line}")
}

impl Archive {
    /// Opens the file; what it lists is bounded before the list is read.
    pub(super) fn open(path: &Path, limits: &Limits) -> Result<Self> {
        let name = path.display().to_string();
        let file = File::open(path).map_err(|error| wrong(&name, error))?;
        let mut file = BufReader::new(file);
        let listed = bounded(&mut file, limits).map_err(|what| wrong(&name, what))?;
        let zip =
            ZipArchive::new(file).map_err(|error| wrong(&name, format!("it is no archive: {error}")))?;
        // Of two files of one name this reader sees the last; another would show the first.
        if u64::try_from(zip.len()).unwrap_or(u64::MAX) != listed {
            return Err(wrong(&name, "it holds two files of one name"));
        }
        Ok(Self { zip, limits: limits.clone() })
    }

    /// The manifest, once it is one that this program can read; and that exactly what it names is there.
    pub(super) fn manifest(&mut self) -> Result<Manifest> {
        let most = u64::try_from(self.limits.archive_manifest_bytes).unwrap_or(u64::MAX);
        let mut text = Vec::new();
        let entry = self.entry(MANIFEST)?;
        entry.take(most.saturating_add(1)).read_to_end(&mut text).map_err(|error| wrong(MANIFEST, error))?;
        if text.len() > self.limits.archive_manifest_bytes {
            return Err(wrong(MANIFEST, "it is longer than limits.archive_manifest_bytes"));
        }
        let form: Form = serde_json::from_slice(&text).map_err(|error| wrong(MANIFEST, error))?;
        if form.format > FORMAT {
            let message = format!(
                "this archive has the format {}, of Masthead {}; this is Masthead {}, which reads up to {FORMAT}: install \
                 that version or a later one, and import it there",
                form.format,
                shown(&form.product),
                env!("CARGO_PKG_VERSION")
            );
            return refuse(RefusalCode::Invalid, "file", message);
        }
        let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| wrong(MANIFEST, error))?;
        self.holds(&manifest)?;
        Ok(manifest)
    }

    /// Whether the archive holds what the manifest names, nothing else, and no more than it may.
    fn holds(&self, manifest: &Manifest) -> Result<()> {
        let tables = manifest.tables.iter().map(|table| format!("rows/{}.jsonl", table.table));
        let media = manifest.media.iter().map(MediaFile::name);
        let mut named: Vec<String> = tables.chain(media).collect();
        named.extend([MANIFEST.to_owned(), README.to_owned()]);
        named.sort();
        if named.windows(2).any(|two| matches!(two, [one, other] if one == other)) {
            return Err(wrong(MANIFEST, "it names a file twice"));
        }
        for entry in self.zip.file_names_raw() {
            let name = String::from_utf8_lossy(entry);
            if named.binary_search_by(|known| known.as_str().cmp(&name)).is_err() {
                return Err(wrong(&shown(&name), "the manifest does not name this file"));
            }
        }
        if self.zip.len() != named.len() {
            return Err(wrong(MANIFEST, "it names files that the archive does not hold"));
        }
        let lengths = manifest.tables.iter().map(|table| table.bytes);
        let total =
            lengths.chain(manifest.media.iter().map(|file| file.bytes)).try_fold(0_u64, u64::checked_add);
        if total.is_none_or(|total| total > self.limits.archive_bytes) {
            return Err(wrong(MANIFEST, "it names more bytes than limits.archive_bytes"));
        }
        Ok(())
    }

    fn entry(&mut self, name: &str) -> Result<ZipFile<'_, BufReader<File>>> {
        let entry = self.zip.by_name(name).map_err(|error| wrong(name, error))?;
        if entry.encrypted() || !entry.is_file() {
            return Err(wrong(name, "it is not a plain file"));
        }
        Ok(entry)
    }

    /// The rows of a table.
    pub(super) fn rows(&mut self, file: &TableFile) -> Result<Rows<'_>> {
        let name = format!("rows/{}.jsonl", file.table);
        let most = self.limits.archive_row_bytes;
        let entry = Checked::new(self.entry(&name)?, file.bytes);
        let (rows, sha256) = (file.rows, file.sha256.clone());
        Ok(Rows { name, reader: BufReader::new(entry), line: 0, lines: rows, sha256, most })
    }

    /// The bytes of a medium.
    pub(super) fn medium(&mut self, file: &MediaFile) -> Result<Medium<'_>> {
        let name = file.name();
        let entry = Checked::new(self.entry(&name)?, file.bytes);
        Ok(Medium { name, entry, sha256: file.sha256.clone() })
    }
}

/// A name that somebody else chose, fit to be printed.
fn shown(name: &str) -> String {
    name.chars().take(100).collect::<String>().escape_debug().to_string()
}

/// How many files it lists. Refuses a file whose list is longer than it may be: it would be read into memory as a whole.
fn bounded(file: &mut BufReader<File>, limits: &Limits) -> std::result::Result<u64, String> {
    let broken = |_error| "it is no archive, or only the beginning of one".to_owned();
    let most = u64::try_from(limits.archive_files).unwrap_or(u64::MAX);
    let length = file.get_ref().metadata().map_err(broken)?.len();
    let start = length.checked_sub(END).ok_or("it is no archive")?;
    let end = read::<22>(file, start).map_err(broken)?;
    if !end.starts_with(b"PK\x05\x06") || !end.ends_with(&[0, 0]) {
        return Err("it is no archive, or only the beginning of one".to_owned());
    }
    let (mut files, mut listed) = (number(&end, 10, 2), number(&end, 12, 4));
    let larger = start.checked_sub(LOCATOR).map(|at| read::<20>(file, at)).transpose().map_err(broken)?;
    if let Some(locator) = larger.filter(|locator| locator.starts_with(b"PK\x06\x07")) {
        let record = read::<56>(file, number(&locator, 8, 8)).map_err(broken)?;
        (files, listed) = (number(&record, 32, 8), number(&record, 40, 8));
    }
    if files > most || listed > most.saturating_mul(LISTED) {
        return Err("it lists more files than limits.archive_files".to_owned());
    }
    file.rewind().map_err(broken)?;
    Ok(files)
}

fn read<const N: usize>(file: &mut BufReader<File>, at: u64) -> std::io::Result<[u8; N]> {
    let mut bytes = [0; N];
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn number(bytes: &[u8], at: usize, length: usize) -> u64 {
    let digits = bytes.iter().skip(at).take(length).rev();
    digits.fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// A file in an archive, digested as it is read, and never read further than the manifest says that it goes.
struct Checked<'a> {
    entry: ZipFile<'a, BufReader<File>>,
    digest: Context,
    left: u64,
}

impl<'a> Checked<'a> {
    fn new(entry: ZipFile<'a, BufReader<File>>, bytes: u64) -> Self {
        Self { entry, digest: Context::new(&SHA256), left: bytes }
    }

    fn end(self, sha256: &str) -> std::result::Result<(), &'static str> {
        if self.left > 0 {
            return Err("it is shorter than the manifest says");
        }
        if hex::encode(self.digest.finish()) != sha256 {
            return Err("its digest is not the one in the manifest");
        }
        Ok(())
    }
}

impl Read for Checked<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.entry.read(into)?;
        let longer = || std::io::Error::other("it is longer than the manifest says");
        self.left = self.left.checked_sub(u64::try_from(count).unwrap_or(u64::MAX)).ok_or_else(longer)?;
        self.digest.update(into.get(..count).unwrap_or_default());
        Ok(count)
    }
}

/// The rows of one table, line by line.
pub(super) struct Rows<'a> {
    name: String,
    reader: BufReader<Checked<'a>>,
    line: u64,
    lines: u64,
    sha256: String,
    most: usize,
}

/// One row.
pub(super) struct Row {
    pub(super) line: u64,
    /// Bytes of its line.
    pub(super) length: usize,
    pub(super) object: Map<String, Value>,
}

impl Rows<'_> {
    /// The next row; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Row>> {
        let mut text = Vec::new();
        let most = u64::try_from(self.most).unwrap_or(u64::MAX);
        self.line += 1;
        let place = at(&self.name, self.line);
        let mut reader = (&mut self.reader).take(most.saturating_add(1));
        reader.read_until(b'\n', &mut text).map_err(|error| wrong(&place, error))?;
        if text.is_empty() {
            self.line -= 1;
            return Ok(None);
        }
        if text.len() > self.most {
            return Err(wrong(&place, "the line is longer than limits.archive_row_bytes"));
        }
        if self.line > self.lines {
            return Err(wrong(&place, "there are more rows than the manifest says"));
        }
        match serde_json::from_slice(&text) {
            Ok(Value::Object(object)) => Ok(Some(Row { line: self.line, length: text.len(), object })),
            Ok(_) => Err(wrong(&place, "the line is not an object")),
            Err(_) => Err(wrong(&place, "the line is not JSON")),
        }
    }

    /// That there were as many rows as the manifest says, with its digest.
    pub(super) fn end(self) -> Result<()> {
        if self.line != self.lines {
            return Err(wrong(&self.name, "there are fewer rows than the manifest says"));
        }
        self.reader.into_inner().end(&self.sha256).map_err(|what| wrong(&self.name, what))
    }
}

/// The bytes of one medium.
pub(super) struct Medium<'a> {
    name: String,
    entry: Checked<'a>,
    sha256: String,
}

impl Medium<'_> {
    /// The next bytes; none at the end.
    pub(super) fn next(&mut self, buffer: &mut [u8]) -> Result<usize> {
        self.entry.read(buffer).map_err(|error| wrong(&self.name, error))
    }

    /// That they were what the manifest says.
    pub(super) fn end(self) -> Result<()> {
        self.entry.end(&self.sha256).map_err(|what| wrong(&self.name, what))
    }
}
