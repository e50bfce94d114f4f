// What TypeScript catches of each test vector, one line each, as `caught` writes what Rust does.
//
//   node caught.mjs PACKAGE [FILE], in place of the package's own vectors
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [package_, file = `${package_}/test/vectors.json`] = process.argv.slice(2);
const { canonical, caught, read } = await import(pathToFileURL(`${package_}/test/canonical.ts`));
const { cases } = read(readFileSync(file, "utf8"));
for (const one of cases) console.log(canonical(caught(one)));
