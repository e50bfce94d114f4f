//! Java's `BigDecimal`, as far as templates meet it.

use super::Fault;
use super::number::BITS;
use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;

/// A number of `unscaled` × 10^-`scale`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Decimal {
    unscaled: BigInt,
    scale: i32,
}

/// Digits that a number may be moved by to stand in one line with another.
const SHIFT: u32 = 30_000;

fn too_long() -> Fault {
    Fault::new("a decimal number that is too long")
}

fn ten(power: u32) -> BigInt {
    BigInt::from(10).pow(power)
}

impl Decimal {
    pub(super) fn new(unscaled: BigInt, scale: i32) -> Self {
        Self { unscaled, scale }
    }

    /// Reads what Java's constructor reads: digits, a point and an exponent.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let digits = number.strip_prefix(['+', '-']).unwrap_or(number);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty() || digits.len() > 30_000 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let unscaled: BigInt = digits.parse().ok()?;
        let unscaled = if number.starts_with('-') { -unscaled } else { unscaled };
        let scale = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        Some(Self { unscaled, scale })
    }

    /// Exactly what a double is; nothing for one that is infinite or no number.
    pub(super) fn exact(number: f64) -> Option<Self> {
        if !number.is_finite() {
            return None;
        }
        let bits = number.to_bits();
        let exponent = i32::try_from((bits >> 52) & 0x7ff).ok()?;
        let fraction = bits & ((1 << 52) - 1);
        let (mut significand, mut exponent) =
            if exponent == 0 { (fraction << 1, -1075) } else { (fraction | (1 << 52), exponent - 1075) };
        if significand == 0 {
            return Some(Self { unscaled: BigInt::zero(), scale: 0 });
        }
        let twos = significand.trailing_zeros();
        significand >>= twos;
        exponent += i32::try_from(twos).ok()?;
        let sign = if number < 0.0 { -BigInt::one() } else { BigInt::one() };
        let unscaled = sign * BigInt::from(significand);
        Some(if exponent < 0 {
            Self { unscaled: unscaled * BigInt::from(5).pow(exponent.unsigned_abs()), scale: -exponent }
        } else {
            Self { unscaled: unscaled * BigInt::from(2).pow(exponent.unsigned_abs()), scale: 0 }
        })
    }

    pub(super) fn is_zero(&self) -> bool {
        self.unscaled.is_zero()
    }

    pub(super) fn to_double(&self) -> f64 {
        self.print().parse().unwrap_or(f64::NAN)
    }

    /// Without what stands behind the point.
    pub(super) fn truncated(&self) -> BigInt {
        let power = self.scale.unsigned_abs().min(SHIFT);
        if self.scale > 0 { &self.unscaled / ten(power) } else { &self.unscaled * ten(power) }
    }

    /// Both with one scale.
    fn aligned(&self, other: &Self) -> Result<(BigInt, BigInt, i32), Fault> {
        let scale = self.scale.max(other.scale);
        let shifted = |number: &Self| {
            let power = scale.checked_sub(number.scale).and_then(|power| u32::try_from(power).ok());
            let power = power.filter(|&power| power <= SHIFT).ok_or_else(too_long)?;
            Ok(&number.unscaled * ten(power))
        };
        Ok((shifted(self)?, shifted(other)?, scale))
    }

    pub(super) fn add(&self, other: &Self, subtract: bool) -> Result<Self, Fault> {
        let (left, right, scale) = self.aligned(other)?;
        Ok(Self { unscaled: if subtract { left - right } else { left + right }, scale })
    }

    pub(super) fn multiply(&self, other: &Self) -> Result<Self, Fault> {
        let scale = self.scale.checked_add(other.scale).ok_or_else(too_long)?;
        if self.unscaled.bits() + other.unscaled.bits() > BITS {
            return Err(too_long());
        }
        Ok(Self { unscaled: &self.unscaled * &other.unscaled, scale })
    }

    /// Rounded to this one's scale, a half downwards.
    pub(super) fn divide(&self, other: &Self) -> Result<Self, Fault> {
        // unscaled / other.unscaled × 10^other.scale, at a scale of `self.scale`.
        let power = other.scale.unsigned_abs();
        if power > SHIFT {
            return Err(too_long());
        }
        let (mut above, mut below) = (self.unscaled.clone(), other.unscaled.clone());
        if other.scale > 0 {
            above *= ten(power);
        } else {
            below *= ten(power);
        }
        let (quotient, rest) = (&above / &below, &above % &below);
        let up = rest.abs() * 2 > below.abs();
        let step = if above.is_negative() == below.is_negative() { BigInt::one() } else { -BigInt::one() };
        Ok(Self { unscaled: if up { quotient + step } else { quotient }, scale: self.scale })
    }

    pub(super) fn compare(&self, other: &Self) -> Result<Ordering, Fault> {
        let sign = |number: &Self| number.unscaled.signum().to_i8().unwrap_or(0);
        if sign(self) != sign(other) {
            return Ok(sign(self).cmp(&sign(other)));
        }
        // Where the sizes are far apart nothing need be moved.
        let size = |number: &Self| {
            let digits = number.unscaled.magnitude().to_string().len();
            i64::try_from(digits).unwrap_or(i64::MAX) - i64::from(number.scale)
        };
        match size(self).cmp(&size(other)) {
            Ordering::Equal => {}
            order if self.unscaled.is_negative() => return Ok(order.reverse()),
            order if !self.is_zero() => return Ok(order),
            _ => return Ok(Ordering::Equal),
        }
        let (left, right, _) = self.aligned(other)?;
        Ok(left.cmp(&right))
    }

    pub(super) fn print(&self) -> String {
        let sign = if self.unscaled.is_negative() { "-" } else { "" };
        let digits = self.unscaled.magnitude().to_string();
        let scale = i64::from(self.scale);
        let length = i64::try_from(digits.len()).unwrap_or(i64::MAX);
        let adjusted = length - 1 - scale;
        if scale == 0 {
            return format!("{sign}{digits}");
        }
        if scale > 0 && adjusted >= -6 {
            let scale = usize::try_from(scale).unwrap_or(0);
            let padded = format!("{digits:0>width$}", width = scale + 1);
            let (whole, fraction) = padded.split_at(padded.len() - scale);
            return format!("{sign}{whole}.{fraction}");
        }
        let (first, rest) = digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        let plus = if adjusted > 0 { "+" } else { "" };
        if adjusted == 0 {
            format!("{sign}{first}{point}{rest}")
        } else {
            format!("{sign}{first}{point}{rest}E{plus}{adjusted}")
        }
    }
}
