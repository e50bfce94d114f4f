//! Declarations whose form does not depend on what they hold.

use super::types::Ty;

/// What `encoding/json` asks for.
pub(super) fn json(name: &str) -> String {
    format!(
        "{}\n// UnmarshalJSON reads it as the API writes it.\nfunc (v *{name}) UnmarshalJSON(text []byte) error {{\n\treturn into(text, \
         read{name}, v)\n}}\n",
        marshal(name, name)
    )
}

/// What `encoding/json` writes a type with, as what it is a form of.
pub(super) fn marshal(name: &str, of: &str) -> String {
    format!(
        "\n// MarshalJSON writes it as the API reads it.\nfunc (v {name}) MarshalJSON() ([]byte, error) {{\n\treturn append{of}(nil, v), nil\n}}\n"
    )
}

/// A type that is another one on the wire.
pub(super) fn wrapper(name: &str, ty: &Ty) -> String {
    let Ty { name: inner, read, put, .. } = ty;
    let form = if inner.starts_with('*') { format!("({inner})") } else { inner.clone() };
    format!(
        "type {name} {inner}\n\nfunc read{name}(v value) ({name}, error) {{\n\tfound, err := {read}(v)\n\treturn {name}(found), err\n}}\n\n\
         func append{name}(out []byte, from {name}) []byte {{\n\treturn {put}(out, {form}(from))\n}}\n"
    )
}

/// A variant that holds one value.
pub(super) fn holder(name: &str, ty: &Ty) -> String {
    let Ty { name: inner, read, put, .. } = ty;
    format!(
        "type {name} struct {{\n\t// Value is what it holds.\n\tValue {inner}\n}}\n\nfunc read{name}(v value) ({name}, error) {{\n\t\
         found, err := {read}(v)\n\treturn {name}{{found}}, err\n}}\n\nfunc append{name}(out []byte, from {name}) []byte {{\n\treturn {put}(out, from.Value)\n}}\n"
    )
}

/// The generic tuple of so many places.
pub(super) fn tuple(count: usize) -> String {
    if count == 0 {
        return "\n// Tuple0 is an empty array.\ntype Tuple0 struct{}\n\nfunc asTuple0(v value) (out Tuple0, err error) {\n\telements, err := \
                v.elements()\n\tif err == nil && len(elements) != 0 {\n\t\terr = errNoVariant\n\t}\n\treturn out, err\n}\n\n\
                func putTuple0(out []byte, _ Tuple0) []byte {\n\treturn append(out, \"[]\"...)\n}\n"
            .to_owned();
    }
    let each = |of: fn(usize) -> String| (0..count).map(of).collect::<Vec<_>>();
    let (types, any) = (each(|n| format!("T{n}")).join(", "), each(|n| format!("T{n}")).join(", "));
    let fields = each(|n| format!("\t// V{n} is in place {n}.\n\tV{n} T{n}\n")).join("\n");
    let readers = each(|n| format!("r{n} func(value) (T{n}, error)")).join(", ");
    let writers = each(|n| format!("p{n} func([]byte, T{n}) []byte")).join(", ");
    let reads =
        each(|n| format!("\t\tif out.V{n}, err = r{n}(elements[{n}]); err != nil {{\n\t\t\treturn out, err\n\t\t}}\n"))
            .concat();
    let comma = |n: usize| if n > 0 { "\t\tout = append(out, ',')\n" } else { "" };
    let puts = (0..count).map(|n| format!("{}\t\tout = p{n}(out, from.V{n})\n", comma(n))).collect::<String>();
    format!(
        "\n// Tuple{count} is an array with a type for each place.\ntype Tuple{count}[{any} any] struct {{\n{fields}}}\n\n\
         func asTuple{count}[{any} any]({readers}) func(value) (Tuple{count}[{types}], error) {{\n\
         \treturn func(v value) (out Tuple{count}[{types}], err error) {{\n\t\telements, err := v.elements()\n\t\tif err == nil && len(elements) \
         != {count} {{\n\t\t\terr = errNoVariant\n\t\t}}\n\t\tif err != nil {{\n\t\t\treturn out, err\n\t\t}}\n{reads}\t\treturn out, nil\n\t}}\n}}\n\n\
         func putTuple{count}[{any} any]({writers}) func([]byte, Tuple{count}[{types}]) []byte {{\n\
         \treturn func(out []byte, from Tuple{count}[{types}]) []byte {{\n\t\tout = append(out, '[')\n{puts}\t\treturn append(out, ']')\n\t}}\n}}\n"
    )
}
