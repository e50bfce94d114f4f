// The TypeScript snippets of a README as one program: what several import of a module is imported once.
//
//   node snippets.mjs README.md [ADDRESS], which stands for the address and the token of the snippets
import { readFileSync } from "node:fs";

const [path, address] = process.argv.slice(2);
const blocks = [...readFileSync(path, "utf8").matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code);
const modules = new Map();
const bodies = blocks.map((code) =>
  code.replace(/^import \{\s([^}]*?),?\s\} from "(.*)";\n/gm, (_, names, from) => {
    const known = modules.get(from) ?? new Set();
    for (const name of names.split(/,\s+/)) known.add(name);
    modules.set(from, known);
    return "";
  }),
);
const imports = [...modules].map(([from, names]) => `import { ${[...names].join(", ")} } from "${from}";\n`);
const program = [...imports, ...bodies].join("\n");
const token = process.env.ORDERS_TOKEN ?? "";
console.log(address === undefined ? program : program.replaceAll("https://api.example.com/prod", address).replaceAll('"…"', JSON.stringify(token)));
