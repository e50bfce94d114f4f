// The strictest rules of typescript-eslint, over what is generated.
import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig({
  files: ["**/*.ts"],
  extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
  linterOptions: { reportUnusedDisableDirectives: "error" },
  languageOptions: { parserOptions: { project: "./tsconfig.json", tsconfigRootDir: process.cwd() } },
});
