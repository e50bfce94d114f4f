// The code that the AWS SDK for JavaScript reads of each recorded answer: its reader of `restJson1` errors.
//
//   node codes.cjs ANSWERS, in the folder where the packages are
"use strict";
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { loadRestJsonErrorCode } = createRequire(`${process.cwd()}/`)("@aws-sdk/core/protocols");

const answers = JSON.parse(readFileSync(process.argv[2], "utf8"));
const code = ({ headers, body }) => loadRestJsonErrorCode({ headers: Object.fromEntries(headers) }, JSON.parse(body));
console.log(JSON.stringify(answers.map((answer) => code(answer) ?? null)));
