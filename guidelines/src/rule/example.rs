//! Examples in manuals: small submissions that can be written as constants.
//! It does not know what a rule says of them.

use crate::{Capacity, MediaView, Platform, Submission, Surroundings};

/// What surrounds an example: in words, and as data.
pub(crate) type Around = (&'static str, fn() -> Surroundings);

/// A submission in a rule's manual.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The text, or what it consists of.
    pub text: &'static str,
    /// How often the text is repeated.
    pub times: usize,
    /// Where it goes.
    pub platform: Option<Platform>,
    /// The declared capacity.
    pub capacity: Option<Capacity>,
    /// The link beside it.
    pub link: Option<&'static str>,
    /// Its one medium.
    pub medium: Option<MediaView<'static>>,
    /// What surrounds it: in words, and as data.
    pub(crate) around: Option<Around>,
}

impl Example {
    /// A bare text.
    pub const fn of(text: &'static str) -> Self {
        Self { text, times: 1, platform: None, capacity: None, link: None, medium: None, around: None }
    }

    /// The text several times over.
    #[must_use]
    pub const fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }

    /// On its way to a platform.
    #[must_use]
    pub const fn on(mut self, platform: Platform) -> Self {
        self.platform = Some(platform);
        self
    }

    /// In a declared capacity.
    #[must_use]
    pub const fn speaking(mut self, capacity: Capacity) -> Self {
        self.capacity = Some(capacity);
        self
    }

    /// With a link beside it.
    #[must_use]
    pub const fn linking(mut self, link: &'static str) -> Self {
        self.link = Some(link);
        self
    }

    /// With a picture.
    #[must_use]
    pub const fn picturing(mut self, file_name: &'static str, alt_text: Option<&'static str>) -> Self {
        self.medium = Some(MediaView::of(file_name, "image/png", alt_text));
        self
    }

    /// With a picture that is declared decorative.
    #[must_use]
    pub const fn decorated(mut self, file_name: &'static str) -> Self {
        self.medium = Some(MediaView { decorative: true, ..MediaView::of(file_name, "image/png", None) });
        self
    }

    /// With a medium of any kind.
    #[must_use]
    pub const fn showing(mut self, medium: MediaView<'static>) -> Self {
        self.medium = Some(medium);
        self
    }

    /// Amid what surrounds it, told in words ("a plan that keeps the budget back") and given as data.
    #[must_use]
    pub const fn amid(mut self, told: &'static str, around: fn() -> Surroundings) -> Self {
        self.around = Some((told, around));
        self
    }

    /// The whole text.
    pub fn whole_text(&self) -> String {
        self.text.repeat(self.times)
    }

    /// What surrounds it, as data.
    pub fn surroundings(&self) -> Option<Surroundings> {
        self.around.map(|(_, around)| around())
    }

    /// The submission that it stands for; `text` is its [`Self::whole_text`], `around` its
    /// [`Self::surroundings`].
    pub fn submission<'a>(&self, text: &'a str, around: Option<&'a Surroundings>) -> Submission<'a> {
        Submission {
            platform: self.platform,
            capacity: self.capacity,
            link: self.link,
            media: self.medium.into_iter().collect(),
            around,
            ..Submission::of_text(text)
        }
    }

    /// One line that says what it is.
    pub fn describe(&self) -> String {
        let mut line = if self.times > 1 {
            format!("{:?}, {} times", self.text, self.times)
        } else {
            format!("{:?}", self.text)
        };
        if let Some(platform) = self.platform {
            line.push_str(&format_args!(" on {platform}").to_string());
        }
        if let Some(capacity) = self.capacity {
            let word = match capacity {
                Capacity::Official => "OFFICIAL",
                Capacity::PersonalOpinion => "PERSONAL_OPINION",
            };
            line.push_str(&format_args!(", declared {word}").to_string());
        }
        if let Some(link) = self.link {
            line.push_str(&format_args!(", with the link {link}").to_string());
        }
        if let Some(medium) = self.medium {
            let alt = medium
                .alt_text
                .map_or("no alternative text".to_owned(), |alt| format!("alternative text {alt:?}"));
            let alt = if medium.decorative { "declared decorative".to_owned() } else { alt };
            line.push_str(&format_args!(", with {} ({alt})", medium.file_name).to_string());
        }
        if let Some((told, _)) = self.around {
            line.push_str(&format_args!(", amid {told}").to_string());
        }
        line
    }
}
