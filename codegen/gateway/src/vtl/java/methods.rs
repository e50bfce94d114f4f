//! The methods of each class that Velocity can find, as far as they are evaluated here.

/// Of every object.
pub(super) const OBJECT: &str = "toString() equals(Object)";

pub(super) const TEXT: &str = "charAt(int) compare(CharSequence,CharSequence) compareTo(String) compareTo(Object) compareToIgnoreCase(String) \
    concat(String) contains(CharSequence) contentEquals(CharSequence) endsWith(String) equalsIgnoreCase(String) \
    getBytes() getBytes(String) indexOf(String) indexOf(String,int) indexOf(int) indexOf(int,int) intern() isBlank() \
    isEmpty() join(CharSequence,CharSequence[]) join(CharSequence,Iterable) lastIndexOf(String) \
    lastIndexOf(String,int) lastIndexOf(int) lastIndexOf(int,int) length() matches(String) repeat(int) \
    replace(CharSequence,CharSequence) replace(char,char) replaceAll(String,String) replaceFirst(String,String) \
    split(String) split(String,int) startsWith(String) startsWith(String,int) strip() stripLeading() stripTrailing() \
    subSequence(int,int) substring(int) substring(int,int) toCharArray() toLowerCase() toLowerCase(Locale) \
    toUpperCase() toUpperCase(Locale) trim() valueOf(Object) valueOf(boolean) valueOf(char) valueOf(char[]) \
    valueOf(double) valueOf(float) valueOf(int) valueOf(long)";

const NUMBER: &str = "intValue() longValue() doubleValue()";

pub(super) const INT: &str = "compare(int,int) compareTo(Integer) compareTo(Object) max(int,int) min(int,int) \
    sum(int,int) signum(int) parseInt(String) parseInt(String,int) toString(int) toString(int,int) \
    toHexString(int) toBinaryString(int) toOctalString(int) valueOf(String) valueOf(String,int) valueOf(int)";

pub(super) const LONG: &str = "compare(long,long) compareTo(Long) compareTo(Object) max(long,long) min(long,long) \
    sum(long,long) signum(long) parseLong(String) parseLong(String,int) toString(long) toString(long,int) \
    toHexString(long) toBinaryString(long) toOctalString(long) valueOf(String) valueOf(String,int) valueOf(long)";

pub(super) const DOUBLE: &str = "compare(double,double) compareTo(Double) compareTo(Object) max(double,double) \
    min(double,double) sum(double,double) isNaN() isNaN(double) isInfinite() isInfinite(double) isFinite(double) \
    parseDouble(String) toString(double) valueOf(String) valueOf(double)";

pub(super) const BIG: &str = "compareTo(BigInteger) compareTo(Object) max(BigInteger) min(BigInteger) add(BigInteger) \
    signum() toString(int) valueOf(long)";

pub(super) const DECIMAL: &str = "compareTo(BigDecimal) compareTo(Object) max(BigDecimal) min(BigDecimal) \
    add(BigDecimal) signum() valueOf(double) valueOf(long)";

pub(super) const BOOL: &str = "booleanValue() compare(boolean,boolean) compareTo(Boolean) compareTo(Object) \
    logicalAnd(boolean,boolean) logicalOr(boolean,boolean) logicalXor(boolean,boolean) parseBoolean(String) \
    toString(boolean) valueOf(String) valueOf(boolean)";

pub(super) const CHAR: &str = "charValue() compare(char,char) compareTo(Character) compareTo(Object) \
    toLowerCase(char) toLowerCase(int) toUpperCase(char) toUpperCase(int) toString(char) toString(int) valueOf(char)";

const COLLECTION: &str = "add(Object) addAll(Collection) clear() contains(Object) containsAll(Collection) isEmpty() \
    iterator() remove(Object) removeAll(Collection) retainAll(Collection) size() toArray() toArray(Object[])";

const LIST: &str = "add(int,Object) addAll(int,Collection) get(int) indexOf(Object) lastIndexOf(Object) remove(int) \
    set(int,Object) subList(int,int)";

const JSON: &str = "toJSONString() toJSONString(List)";

const MAP: &str = "clear() containsKey(Object) containsValue(Object) entrySet() get(Object) getOrDefault(Object,Object) \
    isEmpty() keySet() put(Object,Object) putAll(Map) putIfAbsent(Object,Object) remove(Object) \
    remove(Object,Object) replace(Object,Object) replace(Object,Object,Object) size() values()";

const LOOP: &str = "getIndex() getCount() getHasNext() hasNext() isFirst() getFirst() isLast() getLast() getParent() \
    getTopmost() getReplaced()";

const ENTRY: &str = "getKey() getValue() setValue(Object)";

const ITERATOR: &str = "hasNext() next() remove()";

const INPUT: &str = "path(String) json(String) params() params(String) getBody()";

const UTIL: &str = "escapeJavaScript(String) parseJson(String) urlEncode(String) urlDecode(String) \
    base64Encode(String) base64Decode(String)";

/// The lists of a class, besides what every object has.
pub(super) fn lists(class: super::Class) -> &'static [&'static str] {
    use super::Class;
    match class {
        Class::Text => &[TEXT],
        Class::Int => &[INT, NUMBER],
        Class::Long => &[LONG, NUMBER],
        Class::Double => &[DOUBLE, NUMBER],
        Class::Big => &[BIG, NUMBER],
        Class::Decimal => &[DECIMAL, NUMBER],
        Class::Bool => &[BOOL],
        Class::Char => &[CHAR],
        Class::List => &[COLLECTION, LIST, "clone()"],
        Class::JsonList => &[COLLECTION, LIST, JSON, "clone()"],
        Class::Array => &[COLLECTION, LIST],
        Class::View => &[COLLECTION],
        Class::Map => &[MAP, "clone()"],
        Class::Loop => &[MAP, LOOP],
        Class::Entry => &[ENTRY],
        Class::Iterator => &[ITERATOR],
        Class::Input => &[INPUT],
        Class::Util => &[UTIL],
        Class::Object => &[],
    }
}
