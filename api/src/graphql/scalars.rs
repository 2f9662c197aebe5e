//! The schema's scalars: how instants, days, zones, local times and addresses are written. Knows text forms only; what a
//! value means is the office's.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{NaiveDate, NaiveDateTime, SecondsFormat, Utc};

/// An instant, in RFC 3339 and always in UTC: `2027-03-14T17:30:00Z`. Any offset is taken, `Z` is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DateTime(pub(crate) chrono::DateTime<Utc>);

/// An instant.
#[Scalar(specified_by_url = "https://scalars.graphql.org/andimarek/date-time")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text(&value, "an RFC 3339 time such as 2027-03-14T17:30:00Z")?;
        let at = chrono::DateTime::parse_from_rfc3339(text);
        let at = at.map_err(|_form| invalid("an RFC 3339 time such as 2027-03-14T17:30:00Z"))?;
        Ok(Self(at.to_utc()))
    }

    fn to_value(&self) -> Value {
        let whole = self.0.timestamp_subsec_micros() == 0;
        let format = if whole { SecondsFormat::Secs } else { SecondsFormat::Micros };
        Value::String(self.0.to_rfc3339_opts(format, true))
    }
}

impl From<chrono::DateTime<Utc>> for DateTime {
    fn from(at: chrono::DateTime<Utc>) -> Self {
        Self(at)
    }
}

/// A day without a time or zone: `2027-03-14`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Date(pub(crate) NaiveDate);

/// A day.
#[Scalar(specified_by_url = "https://scalars.graphql.org/andimarek/local-date")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text(&value, "a day such as 2027-03-14")?;
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d");
        Ok(Self(day.map_err(|_form| invalid("a day such as 2027-03-14"))?))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Self {
        Self(day)
    }
}

/// A local time without offset or zone, `2027-03-14T09:30`: it becomes an instant only with a `TimeZone`. A time that a
/// clock change skips moves forward by the gap; one that occurs twice means the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LocalDateTime(pub(crate) String);

/// A local time.
#[Scalar(specified_by_url = "https://scalars.graphql.org/chillicream/local-date-time")]
impl ScalarType for LocalDateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        const FORM: &str = "a local time such as 2027-03-14T09:30, without offset or Z";
        let text = text(&value, FORM)?;
        let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"];
        let read = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
        let read = read.ok_or_else(|| invalid(FORM))?;
        Ok(Self(read.format("%Y-%m-%dT%H:%M:%S").to_string()))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// An IANA time zone: `America/Vancouver`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TimeZone(pub(crate) String);

/// A time zone.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc6557")]
impl ScalarType for TimeZone {
    fn parse(value: Value) -> InputValueResult<Self> {
        const FORM: &str = "an IANA time zone such as America/Vancouver";
        let text = text(&value, FORM)?;
        office::calendar::zone("timeZone", text).map_err(|_unknown| invalid(FORM))?;
        Ok(Self(text.to_owned()))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// An absolute `http` or `https` address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Url(pub(crate) String);

/// A web address.
#[Scalar(name = "URL", specified_by_url = "https://url.spec.whatwg.org/")]
impl ScalarType for Url {
    fn parse(value: Value) -> InputValueResult<Self> {
        const FORM: &str = "an absolute http or https address";
        let text = text(&value, FORM)?;
        let read = url::Url::parse(text).map_err(|_form| invalid(FORM))?;
        if !matches!(read.scheme(), "http" | "https") || !read.has_host() {
            return Err(invalid(FORM));
        }
        Ok(Self(text.to_owned()))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

fn text<'a, T: async_graphql::InputType>(
    value: &'a Value,
    form: &str,
) -> Result<&'a str, InputValueError<T>> {
    match value {
        Value::String(text) if !text.contains('\0') => Ok(text),
        _ => Err(invalid(form)),
    }
}

fn invalid<T: async_graphql::InputType>(form: &str) -> InputValueError<T> {
    InputValueError::custom(format!("write {form}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_utc_with_z_and_no_idle_digits() {
        let at = DateTime::parse(Value::String("2027-03-14T09:30:00.000+02:00".to_owned())).unwrap();
        assert_eq!(at.to_value(), Value::String("2027-03-14T07:30:00Z".to_owned()));
        assert!(DateTime::parse(Value::String("2027-03-14T09:30:00".to_owned())).is_err());
    }

    #[test]
    fn a_local_time_takes_no_offset_and_an_address_no_script() {
        assert!(LocalDateTime::parse(Value::String("2027-03-14T09:30Z".to_owned())).is_err());
        assert!(LocalDateTime::parse(Value::String("2027-03-14T09:30".to_owned())).is_ok());
        assert!(Url::parse(Value::String("javascript:alert(1)".to_owned())).is_err());
        assert!(Url::parse(Value::String("https://example.org/a".to_owned())).is_ok());
    }
}
