// What a page catches by the TypeScript client, whose bundle it has loaded as `orders`: headless Chromium opens each page, and each
// page makes each call.
//
//   node client.cjs '{"pages": [URL, …], "calls": [{"base": URL, "method": …, "given": […]}, …], "token": …}', in the folder where
//   the packages are
"use strict";
const { createRequire } = require("node:module");
const installed = createRequire(`${process.cwd()}/`);
const { chromium } = installed("playwright-core");

/** Runs in the page. */
async function caught({ base, method, given, token }) {
  const client = new globalThis.orders.Client(base, { headers: { authorization: token }, retries: false });
  const input = JSON.parse(JSON.stringify(given), (_, value) => (value === "7n" ? 7n : value));
  const { ok, value, error } = await globalThis.orders.safe(client[method](...input));
  if (ok) return { ok, id: value.id };
  const { fields, ...said } = error.toJSON();
  return { ...said, ...fields };
}

async function main() {
  const { pages, calls, token } = JSON.parse(process.argv[2]);
  const executablePath = await installed("@sparticuz/chromium").executablePath();
  // The flags that this package recommends turn CORS off. Root has no sandbox, and without a zygote none is asked for.
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--no-zygote"] });
  const seen = [];
  for (const url of pages) {
    const page = await browser.newPage();
    await page.goto(url);
    const answers = [];
    for (const call of calls) answers.push(await page.evaluate(caught, { ...call, token }));
    seen.push(answers);
  }
  console.log(JSON.stringify({ browser: browser.version(), seen }));
  await browser.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
