// That a package needs nothing: its manifest names no dependency, its modules import nothing outside of it, and none of them
// imports what imports it.
//
//   node alone.mjs PACKAGE
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const [folder] = process.argv.slice(2);
const wrong = [];
const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
for (const kind of ["dependencies", "peerDependencies", "optionalDependencies", "bundledDependencies"]) {
  if (manifest[kind] !== undefined) wrong.push(`${kind} of package.json`);
}
const files = readdirSync(folder, { recursive: true }).map((file) => join(folder, file));
const imports = new Map();
for (const file of files.filter((file) => /\.(?:js|ts)$/.test(file))) {
  const text = readFileSync(file, "utf8").replace(/\/\*[^]*?\*\/|^ *\/\/.*$/gm, "");
  const found = [...text.matchAll(/\b(?:from|import|require)\s*\(?\s*(["'])([^"']+)\1/g)].map(([, , name]) => name);
  for (const name of found.filter((name) => !name.startsWith("./") && !name.startsWith("../"))) wrong.push(`${file} imports ${name}`);
  if (/\/\/\/\s*<reference/.test(readFileSync(file, "utf8"))) wrong.push(`${file} refers to types of others`);
  imports.set(file, found.map((name) => resolve(dirname(file), name)));
}
// Types go in a circle with nothing at run time: only modules that run count.
const running = new Set();
const done = new Set();
const visit = (file, path) => {
  if (running.has(file)) wrong.push(`a circle of imports: ${[...path.slice(path.indexOf(file)), file].join(" → ")}`);
  if (running.has(file) || done.has(file)) return;
  running.add(file);
  for (const next of imports.get(file) ?? []) visit(next, [...path, file]);
  running.delete(file);
  done.add(file);
};
for (const file of imports.keys()) if (file.endsWith(".js")) visit(file, []);
if (imports.size === 0) wrong.push("there are no modules");
console.log(wrong.join("\n"));
process.exit(wrong.length === 0 ? 0 : 1);
