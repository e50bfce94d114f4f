// What TypeScript catches of each test vector, one line each, as `caught` writes what Rust does.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [package_] = process.argv.slice(2);
const { canonical, caught, read } = await import(pathToFileURL(`${package_}/test/canonical.ts`));
const { cases } = read(readFileSync(`${package_}/test/vectors.json`, "utf8"));
for (const one of cases) console.log(canonical(caught(one)));
