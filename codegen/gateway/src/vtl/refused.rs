//! What is refused when a template is parsed: what Java has and is not evaluated here, and paths that json-path refuses.

use super::SyntaxError;
use super::java::signature;
use super::jsonpath::Path;
use super::parser::Parser;
use super::syntax::{Expression, Reference, Step};
use std::sync::Arc;

/// Methods of Java's objects in a template's reach that are not evaluated, by the objects that have them.
const METHODS: [(&str, &str); 6] = [
    (
        "strings",
        "chars codePointAt codePointBefore codePointCount codePoints copyValueOf describeConstable format formatted \
         getChars indent lines offsetByCodePoints regionMatches resolveConstantDesc stripIndent transform \
         translateEscapes",
    ),
    (
        "numbers",
        "abs and andNot bitCount bitLength byteValue byteValueExact clearBit compareUnsigned decode divide \
         divideAndRemainder divideToIntegralValue divideUnsigned doubleToLongBits doubleToRawLongBits flipBit \
         floatValue gcd getInteger getLong getLowestSetBit highestOneBit intValueExact isProbablePrime \
         longBitsToDouble longValueExact lowestOneBit mod modInverse modPow movePointLeft movePointRight multiply \
         negate nextProbablePrime not numberOfLeadingZeros numberOfTrailingZeros or parseUnsignedInt \
         parseUnsignedLong plus pow precision probablePrime remainder remainderUnsigned reverse reverseBytes \
         rotateLeft rotateRight round scale scaleByPowerOfTen setBit setScale shiftLeft shiftRight shortValue \
         shortValueExact sqrt sqrtAndRemainder stripTrailingZeros subtract testBit toBigInteger toBigIntegerExact \
         toByteArray toEngineeringString toPlainString toUnsignedLong toUnsignedString ulp unscaledValue xor",
    ),
    (
        "booleans and characters",
        "charCount codePointOf digit forDigit getBoolean getDirectionality getName getNumericValue getType \
         highSurrogate isAlphabetic isBmpCodePoint isDefined isDigit isHighSurrogate isISOControl \
         isIdentifierIgnorable isIdeographic isJavaIdentifierPart isJavaIdentifierStart isJavaLetter \
         isJavaLetterOrDigit isLetter isLetterOrDigit isLowSurrogate isLowerCase isMirrored isSpace isSpaceChar \
         isSupplementaryCodePoint isSurrogate isSurrogatePair isTitleCase isUnicodeIdentifierPart \
         isUnicodeIdentifierStart isUpperCase isValidCodePoint isWhitespace lowSurrogate toChars toCodePoint \
         toTitleCase",
    ),
    (
        "lists",
        "copyOf ensureCapacity forEach listIterator of parallelStream removeIf sort spliterator stream trimToSize \
         writeJSONString",
    ),
    (
        "maps",
        "comparingByKey comparingByValue compute computeIfAbsent computeIfPresent entry forEachRemaining getInfo \
         merge ofEntries",
    ),
    ("objects", "hashCode notify notifyAll wait"),
];

/// Refuses a call of a method that Java has and that is not evaluated.
pub(super) fn method(cx: &mut Parser, name: &str) -> Result<(), SyntaxError> {
    if name == "getClass" {
        return Err(class(cx, "`getClass` reaches Java's classes"));
    }
    for (objects, names) in METHODS {
        if names.split_whitespace().any(|known| known == name) && !signature::is_known(name) {
            let at = cx.at - 1;
            let message = format!("`{name}` is a method of Java's {objects} that is not evaluated here");
            return Err(cx.error_at(at, message));
        }
    }
    Ok(())
}

/// Refuses a property that is none of the value's own.
pub(super) fn property(cx: &mut Parser, name: &str) -> Result<(), SyntaxError> {
    match name {
        "class" | "Class" => {
            Err(class(cx, "`.class` is Java's class of a value, a member of that name is reached with `['class']`"))
        }
        _ => Ok(()),
    }
}

fn class(cx: &mut Parser, what: &str) -> SyntaxError {
    let at = cx.at - 1;
    cx.error_at(at, format!("{what}: not evaluated here"))
}

/// Refuses `$input.path` and `$input.json` with a literal that is no path; one that is a path is compiled once.
pub(super) fn path(cx: &mut Parser, first: usize, reference: &mut Reference) -> Result<(), SyntaxError> {
    if cx.looking || &*reference.name != "input" {
        return Ok(());
    }
    let Some(Step::Method(name, arguments)) = reference.steps.first_mut() else { return Ok(()) };
    let ("path" | "json", [argument]) = (&**name, &mut arguments[..]) else { return Ok(()) };
    let Expression::Text(text) = argument else { return Ok(()) };
    match Path::compile(text) {
        Ok(path) => {
            *argument = Expression::Path(text.clone(), Arc::new(path));
            Ok(())
        }
        Err(_) if cx.shared.late => Ok(()),
        Err(message) => Err(cx.error_at(first, message)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_is_evaluated_or_refused_and_never_both() {
        for (_, names) in METHODS {
            for name in names.split_whitespace() {
                assert!(!signature::is_known(name), "{name}");
            }
        }
    }
}
