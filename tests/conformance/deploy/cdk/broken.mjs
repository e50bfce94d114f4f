// Copies of the orders' modules that a bug could make, one in each folder: `node broken.mjs MODULES INTO`. Prints a line for
// each: its name, what finds it (the comparison, the parser, or the compiler), and which stack is to be deployed anew.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const [modules, into] = process.argv.slice(2);
const broken = [
  // The file, what comes before, what stands there, and what a bug makes of it.
  ["pattern", "compare", "Bare", "errors.ts", "const integrationResponses", "^\\\\[", "^["],
  ["template", "compare", "Bare", "errors.ts", "const integrationResponses", "#set($m=", "#set($n="],
  ["header", "compare", "Bare", "errors.ts", "const integrationResponses", "'application/problem+json'", "'application/json'"],
  ["request", "compare", "Bare", "errors.ts", "const requests", "get_order", "got_order", "requestTemplates"],
  ["status", "compare", "Bare", "errors.ts", "const methods", '"404"', '"405"'],
  ["model", "compare", "Bare", "errors.ts", "const models", '"required":', '"requires":'],
  ["gateway", "compare", "Bare", "errors.ts", "const gatewayResponses", '"429"', '"430"'],
  ["proxy", "compare", "Bare", "errors.ts", "integration(name", "proxy: false,", "proxy: true as unknown as false,"],
  ["body", "compare", "Spec", "definition.ts", "function document", '"never"', '"when_no_match"'],
  ["address", "compare", "Spec", "definition.ts", "function document", "uri: uri", 'uri: "uri"'],
  ["number", "tsc", "", "errors.ts", "const methods", '"404"', "404"],
  ["member", "tsc", "", "errors.ts", "const methods", "get_order:", "got_order:"],
  ["names", "tsc", "", "errors.ts", "export type MethodName", "=", "= string & {}; export type Was ="],
  ["quote", "parse", "", "errors.ts", "const integrationResponses", "\\'", "'"],
  ["behavior", "tsc", "", "errors.ts", "const requests", '"NEVER"', '"never"'],
  ["renamed", "tsc", "", "errors.ts", "export type ModelName", '"OrderNotFound"', '"OrderLost"'],
];
for (const [name, found, stack, file, start, was, is, behind = start] of broken) {
  const folder = `${into}/${name}`;
  mkdirSync(folder, { recursive: true });
  cpSync(modules, folder, { recursive: true });
  const text = readFileSync(`${folder}/${file}`, "utf8");
  const at = text.indexOf(was, text.indexOf(behind, text.indexOf(start)));
  if (!text.includes(start) || at < 0) throw new Error(`${was} is not there`);
  writeFileSync(`${folder}/${file}`, text.slice(0, at) + is + text.slice(at + was.length));
  console.log(name, found, stack);
}
