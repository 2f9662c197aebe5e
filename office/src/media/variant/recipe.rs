//! Whether a medium fits an account, and by which recipe a picture is made to. Pure: types, sizes and limits in, a recipe
//! out. It does not know what a picture shows.

use entity::channel::Abilities;
use serde::Serialize;
use thiserror::Error;

use crate::{limits::Limits, media::misnamed, vault::sha256_hex};

/// Types of pictures that can be read. Films are never changed.
const READ: [&str; 4] = ["image/jpeg", "image/png", "image/webp", "image/gif"];

/// Why a picture cannot be made to fit, and what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unfit {
    /// It moves: made again it would stand still.
    #[error("it moves, and moving pictures are not changed: use a smaller one, or one of another type")]
    Moves,
    /// Its colours are those of printing.
    #[error("it has the colours of printing (CMYK): export it in RGB and create a new upload")]
    Printing,
    /// It cannot be read.
    #[error("it cannot be read: export it again as JPEG or PNG and create a new upload")]
    Damaged,
    /// Reading it would need too much room.
    #[error("it is too large to be read: export it with fewer pixels and create a new upload")]
    TooManyPixels,
    /// Not even the smallest that may be made is small enough.
    #[error(
        "it would have to be made too small to be seen: use a simpler picture, or leave this channel out"
    )]
    TooLarge,
}

/// A type of which pictures are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Jpeg,
    Png,
}

impl Kind {
    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// The type of a file that begins and ends as its type does.
    pub(super) fn of_whole(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            return bytes.ends_with(&[0xff, 0xd9]).then_some(Self::Jpeg);
        }
        let png = bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.ends_with(b"IEND\xae\x42\x60\x82");
        png.then_some(Self::Png)
    }

    /// The name with the ending of this type.
    pub(super) fn named(self, file_name: &str) -> String {
        match file_name.rsplit_once('.') {
            Some(("", _)) => format!("picture.{}", self.ending()),
            Some(_) if !misnamed(file_name, self.media_type()) => file_name.to_owned(),
            Some((stem, _)) => format!("{stem}.{}", self.ending()),
            None => format!("{file_name}.{}", self.ending()),
        }
    }
}

/// How a variant is made. The same recipe on the same original gives the same file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Recipe {
    pub(super) jpeg: bool,
    pub(super) png: bool,
    pub(super) bytes: Option<u64>,
    pub(super) edge_max: u32,
    pub(super) edge_min: u32,
    pub(super) quality: u8,
    pub(super) quality_min: u8,
}

impl Recipe {
    /// The name that the variant is kept under. Its first part is the recipes' version: to be raised when the same numbers
    /// come to mean another picture.
    pub(super) fn key(&self) -> String {
        sha256_hex(&serde_json::to_vec(&("masthead-fitted-1", self)).unwrap_or_default())
    }

    pub(super) const fn takes(&self, kind: Kind) -> bool {
        match kind {
            Kind::Jpeg => self.jpeg,
            Kind::Png => self.png,
        }
    }

    /// The most bytes of a file.
    pub(super) fn most(&self) -> usize {
        self.bytes.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX))
    }

    pub(super) fn holds(&self, length: usize) -> bool {
        length <= self.most()
    }
}

/// The recipe by which a medium is made to fit; none where it fits as it is, and where nothing can be made that the account
/// takes: then its platform says so.
pub(super) fn needed(media_type: &str, length: u64, takes: &Abilities, limits: &Limits) -> Option<Recipe> {
    let accepts = |kind: &str| {
        takes.media_types.is_empty() || takes.media_types.iter().any(|known| known.eq_ignore_ascii_case(kind))
    };
    let small = takes.media_bytes_max.is_none_or(|most| length <= most);
    if (small && accepts(media_type)) || !READ.contains(&media_type) {
        return None;
    }
    let recipe = Recipe {
        jpeg: accepts(Kind::Jpeg.media_type()),
        png: accepts(Kind::Png.media_type()),
        bytes: takes.media_bytes_max,
        edge_max: limits.fitted_edge_max,
        edge_min: limits.fitted_edge_min,
        quality: limits.fitted_quality,
        quality_min: limits.fitted_quality_min,
    };
    (recipe.jpeg || recipe.png).then_some(recipe)
}

#[cfg(test)]
mod tests;
