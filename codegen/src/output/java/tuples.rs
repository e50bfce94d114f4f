//! Arrays with a type for each place.

use super::code::{call, line};
use crate::output::layout::text;
use crate::text::java::comment;
use std::fmt::Write;

/// The source of the generic tuple of so many places.
pub(super) fn tuple(count: usize) -> String {
    if count == 0 {
        return "/** An empty array. */\npublic record Tuple0() {\n  static WireReader<Tuple0> reader() {\n    return value -> {\n      \
                Wire.places(value, 0);\n      return new Tuple0();\n    };\n  }\n\n  static WirePut<Tuple0> putter() {\n    return \
                (out, from) -> {\n      out.openList();\n      out.closeList();\n    };\n  }\n}\n"
            .to_owned();
    }
    let types: Vec<_> = (0..count).map(|at| format!("T{at}")).collect();
    let all = types.join(", ");
    let mut tags: Vec<_> = (0..count).map(|at| format!("@param <T{at}> what is in place {at}")).collect();
    tags.extend((0..count).map(|at| format!("@param _{at} what is in place {at}")));
    let mut out = comment(&["An array with a type for each place.".to_owned()], &tags, 0);
    let places = (0..count).map(|at| text(format!("T{at} _{at}"))).collect();
    out.push_str(&line(vec![call(format!("public record Tuple{count}<{all}>"), places, " {")], 0));
    let tags: Vec<_> = (0..count).map(|at| format!("@param _{at} what is in place {at}")).collect();
    out.push_str(&comment(&["Refuses null.".to_owned()], &tags, 2));
    let _ = writeln!(out, "  public Tuple{count} {{");
    for at in 0..count {
        let _ = writeln!(out, "    Objects.requireNonNull(_{at}, \"_{at}\");");
    }
    out.push_str("  }\n\n");
    let readers = (0..count).map(|at| text(format!("WireReader<T{at}> r{at}"))).collect();
    out.push_str(&line(vec![call(format!("static <{all}> WireReader<Tuple{count}<{all}>> reader"), readers, " {")], 2));
    let _ = write!(out, "    return value -> {{\n      List<WireValue> places = Wire.places(value, {count});\n");
    let reads = (0..count).map(|at| text(format!("r{at}.read(places.get({at}))"))).collect();
    out.push_str(&line(vec![call(format!("return new Tuple{count}<>"), reads, ";")], 6));
    out.push_str("    };\n  }\n\n");
    let putters = (0..count).map(|at| text(format!("WirePut<? super T{at}> p{at}"))).collect();
    out.push_str(&line(vec![call(format!("static <{all}> WirePut<Tuple{count}<{all}>> putter"), putters, " {")], 2));
    out.push_str("    return (out, from) -> {\n      out.openList();\n");
    for at in 0..count {
        let _ = writeln!(out, "      p{at}.put(out, from._{at}());");
    }
    out.push_str("      out.closeList();\n    };\n  }\n}\n");
    out
}
