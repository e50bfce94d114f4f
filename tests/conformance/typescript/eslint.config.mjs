// The strictest rules of typescript-eslint, over the sources and the tests of a generated package.
import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  { ignores: ["dist"] },
  {
    files: ["**/*.ts"],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: { parserOptions: { project: "./tsconfig.lint.json", tsconfigRootDir: process.cwd() } },
    rules: {
      // A number is a text that loses nothing.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // An error that is deprecated is decoded as long as it may come.
      "@typescript-eslint/no-deprecated": "off",
      // What only holds a place begins with `_`: the fields of an error that has none.
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
);
