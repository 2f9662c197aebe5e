//! Check digits and number ranges of cards, social insurance and health numbers. It does not know any text.

/// Luhn: every second digit from the right is doubled.
pub(super) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(*digit);
            match (place % 2, digit) {
                (0, _) => digit,
                (_, 5..) => digit * 2 - 9,
                _ => digit * 2,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Digits as nobody is given them: all the same, or counting up or down.
pub(super) fn is_placeholder(digits: &[u8]) -> bool {
    let steps: Vec<i16> = digits
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] => Some((i16::from(*b) - i16::from(*a)).rem_euclid(10)),
            _ => None,
        })
        .collect();
    steps.first().is_some_and(|first| matches!(first, 0 | 1 | 9) && steps.iter().all(|step| step == first))
}

/// A social insurance number or an individual tax number, which begins with 0.
pub(super) fn is_sin(digits: &[u8]) -> bool {
    digits.len() == 9 && luhn(digits) && !is_placeholder(digits)
}

/// Whether a social insurance number is in a range that is issued: none begins with 0 or 8.
pub(super) fn is_issued_sin(digits: &[u8]) -> bool {
    matches!(digits.first(), Some(1..=7 | 9)) && is_sin(digits)
}

/// British Columbia's personal health number.
pub(super) fn is_bc(digits: &[u8]) -> bool {
    let [9, middle @ .., check] = digits else { return false };
    let weights = [2_u16, 4, 8, 5, 10, 9, 7, 3];
    let sum: u16 = middle.iter().zip(weights).map(|(digit, weight)| (u16::from(*digit) * weight) % 11).sum();
    middle.len() == 8 && u16::from(*check) == (11 - sum % 11) % 11 && !is_placeholder(digits)
}

/// Ontario's health number.
pub(super) fn is_ontario(digits: &[u8]) -> bool {
    digits.len() == 10 && matches!(digits.first(), Some(1..)) && luhn(digits) && !is_placeholder(digits)
}

/// Numbers that payment services publish for trying things out.
const TRIAL: &str = "4111111111111111 4242424242424242 4012888888881881 4000056655665556 5555555555554444 5105105105105100 \
    378282246310005 371449635398431 6011111111111117 30569309025904 3530111333300000 4222222222222 4000000000000002";

/// A payment card: a range that an issuer has, its length, its check digit.
pub(super) fn is_card(digits: &[u8]) -> bool {
    let head =
        |places: usize| digits.iter().take(places).fold(0_u32, |sum, digit| sum * 10 + u32::from(*digit));
    let fits = match (head(1), digits.len()) {
        (4, 13 | 16 | 19) => true,
        (2, 16) => (2221..=2720).contains(&head(4)),
        (5, 16) => (51..=55).contains(&head(2)),
        (3, 15) => matches!(head(2), 34 | 37),
        (3, 14) => matches!(head(2), 36 | 38 | 39) || (300..=305).contains(&head(3)),
        (3, 16) => (3528..=3589).contains(&head(4)),
        (6, 16..=19) => head(4) == 6011 || matches!(head(2), 62 | 65) || (644..=649).contains(&head(3)),
        _ => false,
    };
    let written: String = digits.iter().filter_map(|digit| char::from_digit(u32::from(*digit), 10)).collect();
    fits && luhn(digits) && !TRIAL.split(' ').any(|trial| trial == written)
}

/// Saskatchewan's health services number.
pub(super) fn is_saskatchewan(digits: &[u8]) -> bool {
    let sum: u32 = digits.iter().zip((1..=9).rev()).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    digits.len() == 9 && sum.is_multiple_of(11) && !is_placeholder(digits)
}

/// Québec's health insurance number: what follows its letters begins with a birth date, the month of women raised by 50.
pub(super) fn is_quebec(digits: &[u8]) -> bool {
    let [_, _, m1, m2, d1, d2, _, _] = digits else { return false };
    let (month, day) = (m1 * 10 + m2, d1 * 10 + d2);
    matches!(month, 1..=12 | 51..=62) && matches!(day, 1..=31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Vec<u8> {
        text.bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect()
    }

    #[test]
    fn vectors_of_issuers_pass() {
        assert!(is_sin(&digits("130 692 544")) && !is_sin(&digits("130 692 545")));
        assert!(is_sin(&digits("046 454 286")) && !is_issued_sin(&digits("046 454 286")));
        assert!(is_bc(&digits("9698 658 215")) && !is_bc(&digits("9698 648 215")));
        assert!(is_ontario(&digits("9876 543 217")) && !is_ontario(&digits("9876 543 218")));
        assert!(is_card(&digits("4539 5787 6362 1486")) && !is_card(&digits("4539 5787 6362 1487")));
        assert!(!is_card(&digits("4111 1111 1111 1111")));
        assert!(is_quebec(&digits("8052 1234")) && !is_quebec(&digits("8013 1234")));
        assert!(is_placeholder(&digits("123456789")) && is_placeholder(&digits("000000000")));
    }
}
