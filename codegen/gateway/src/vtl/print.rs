//! Values as Java's `toString` shows them, and as JSON.

use super::super::json::{self, Escapes};
use super::evaluate::Machine;
use super::halt::{Halt, Run};
use super::heap::Kind;
use super::number::Number;
use super::value::{Key, Place, Value, View};
use super::{Fault, OUTPUT};

/// How deep a value may be printed.
const DEPTH: usize = 140;

impl Machine<'_> {
    /// A value as Java's `toString` shows it, paid for; a text that nothing is, where that is null.
    pub(super) fn print(&mut self, value: &Value) -> Run<String> {
        Ok(self.printed(value)?.unwrap_or_else(|| "null".to_owned()))
    }

    /// A value as Java's `toString` shows it: a block that is too deep inside of itself shows nothing.
    pub(super) fn printed(&mut self, value: &Value) -> Run<Option<String>> {
        if let Value::Block(number) = value {
            return self.block_text(*number);
        }
        let mut out = String::new();
        self.show(&mut out, value, DEPTH)?;
        self.spend(out.len() / 16)?;
        Ok(Some(out))
    }

    fn show(&mut self, out: &mut String, value: &Value, depth: usize) -> Run<()> {
        let deeper = deeper(depth, out)?;
        match value {
            Value::Null => out.push_str("null"),
            Value::Absent | Value::Input | Value::Util => {}
            Value::Bool(bool) => out.push_str(if *bool { "true" } else { "false" }),
            Value::Number(number) => out.push_str(&number.print()),
            Value::Char(c) => out.push(*c),
            Value::Text(text) => out.push_str(text),
            Value::List(place) => match self.heap.kind(*place) {
                Kind::Json => self.show_json(out, value, Escapes::Web, deeper)?,
                Kind::Java => self.show_sequence(out, value, deeper)?,
                Kind::Array(name) => {
                    self.warn("a Java array prints an address, which is another each time".to_owned());
                    out.extend(["[", name, "@", &format!("{place:x}")]);
                }
            },
            Value::View(..) => self.show_sequence(out, value, deeper)?,
            Value::Map(place) => self.show_map(out, *place, deeper)?,
            Value::Loop(number) => {
                let storage = self.loops.get(*number).map(|state| state.storage);
                match storage {
                    Some(place) => self.show_map(out, place, deeper)?,
                    None => out.push_str("{}"),
                }
            }
            Value::Entry(place, key) => {
                let value = self.heap.member(*place, key);
                self.show(out, &key.value(), deeper)?;
                out.push('=');
                self.show(out, &value, deeper)?;
            }
            Value::Iterator(place) => {
                self.warn("an iterator prints an address, which is another each time".to_owned());
                out.extend(["java.util.ArrayList$Itr@", &format!("{place:x}")]);
            }
            Value::Block(number) => {
                let text = self.block_text(*number)?;
                out.push_str(text.as_deref().unwrap_or("null"));
            }
        }
        Ok(())
    }

    fn show_map(&mut self, out: &mut String, place: Place, depth: usize) -> Run<()> {
        out.push('{');
        for at in 0.. {
            let entry = self.heap.entries(place).and_then(|entries| entries.get_index(at));
            let Some((key, value)) = entry.map(|(key, value)| (key.clone(), value.clone())) else { break };
            out.push_str(if at == 0 { "" } else { ", " });
            self.spend(1)?;
            match key {
                Key::Object('m', own) if own == place => out.push_str("(this Map)"),
                key => self.show(out, &key.value(), depth)?,
            }
            out.push('=');
            match value {
                Value::Map(own) if own == place => out.push_str("(this Map)"),
                value => self.show(out, &value, depth)?,
            }
        }
        out.push('}');
        Ok(())
    }

    fn show_sequence(&mut self, out: &mut String, sequence: &Value, depth: usize) -> Run<()> {
        let items = self.heap.sequence(sequence).unwrap_or_default();
        out.push('[');
        for (n, item) in items.iter().enumerate() {
            out.push_str(if n == 0 { "" } else { ", " });
            self.spend(1)?;
            match (sequence, item) {
                (Value::List(own), Value::List(place)) if own == place => out.push_str("(this Collection)"),
                _ => self.show(out, item, depth)?,
            }
        }
        out.push(']');
        Ok(())
    }

    /// A value as JSON text.
    pub(super) fn json(&mut self, value: &Value) -> Run<String> {
        let mut out = String::new();
        self.show_json(&mut out, value, Escapes::Plain, DEPTH)?;
        self.spend(out.len() / 16)?;
        Ok(out)
    }

    /// A value as json-smart's `toJSONString` writes it.
    pub(super) fn web_json(&mut self, value: &Value) -> Run<String> {
        let mut out = String::new();
        self.show_json(&mut out, value, Escapes::Web, DEPTH)?;
        self.spend(out.len() / 16)?;
        Ok(out)
    }

    fn show_json(&mut self, out: &mut String, value: &Value, escapes: Escapes, depth: usize) -> Run<()> {
        let deeper = deeper(depth, out)?;
        match value {
            Value::Null => out.push_str("null"),
            Value::Absent => out.push_str("\"\""),
            Value::Text(text) => json::write_string(out, text, escapes),
            Value::List(_) | Value::View(View::Keys | View::Values, _) => {
                out.push('[');
                for (n, item) in self.heap.sequence(value).unwrap_or_default().iter().enumerate() {
                    out.push_str(if n == 0 { "" } else { "," });
                    self.spend(1)?;
                    self.show_json(out, item, escapes, deeper)?;
                }
                out.push(']');
            }
            Value::Map(place) => {
                out.push('{');
                for at in 0.. {
                    let entry = self.heap.entries(*place).and_then(|entries| entries.get_index(at));
                    let Some((key, value)) = entry.map(|(key, value)| (key.clone(), value.clone())) else { break };
                    out.push_str(if at == 0 { "" } else { "," });
                    self.spend(1)?;
                    let mut name = String::new();
                    self.show(&mut name, &key.value(), deeper)?;
                    json::write_string(out, &name, escapes);
                    out.push(':');
                    self.show_json(out, &value, escapes, deeper)?;
                }
                out.push('}');
            }
            Value::Number(Number::Double(number)) if number.is_infinite() => out.push_str("null"),
            other => self.show(out, other, deeper)?,
        }
        Ok(())
    }
}

/// One level deeper, or the fault that printing has come too deep or too far.
fn deeper(depth: usize, out: &str) -> Result<usize, Halt> {
    if out.len() > OUTPUT {
        return Err(Fault::new("a value that prints more than 10 MB").into());
    }
    depth.checked_sub(1).ok_or_else(|| Fault::new("a value nested too deeply to print").into())
}
