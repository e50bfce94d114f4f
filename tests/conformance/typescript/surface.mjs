// What a package gives its callers: each name that an entry exports, with its declaration, as TypeScript reads the packed files.
//
//   node surface.mjs PACKAGE, in the folder where TypeScript is installed
import { createRequire } from "node:module";

const ts = createRequire(`${process.cwd()}/`)("typescript");
const [folder] = process.argv.slice(2);
const entries = ["index", "testing"].map((name) => `${folder}/dist/${name}.d.ts`);
const options = { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2023, types: [], strict: true };
const program = ts.createProgram(entries, options);
const checker = program.getTypeChecker();

/** The declarations of a name, without what is taken from elsewhere. */
function said(symbol) {
  const origin = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return origin.declarations.map((declaration) => {
    const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
    const text = statement.getFullText().trim();
    // An own name of the module that declares it, as `import * as rt` gives it.
    return origin.name === symbol.name ? text : `${text}\nexport { ${origin.name} as ${symbol.name} };`;
  });
}

for (const entry of entries) {
  console.log(`// ${entry.slice(folder.length + 1)}\n`);
  const file = checker.getSymbolAtLocation(program.getSourceFile(entry));
  const names = checker.getExportsOfModule(file).sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const symbol of names) for (const text of said(symbol)) console.log(`${text}\n`);
}
