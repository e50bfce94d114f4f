// What a page's script can read: headless Chromium opens each page, and each page makes each call.
//
//   node page.cjs '{"pages": [URL, …], "calls": [{"url": URL, "options": …}, …]}', in the folder where the packages are
"use strict";
const { createRequire } = require("node:module");
const installed = createRequire(`${process.cwd()}/`);
const { chromium } = installed("playwright-core");

/** Runs in the page. A browser says no more of a response that it may not show than that there was none. */
async function read({ url, options }) {
  try {
    const response = await fetch(url, options);
    const header = (name) => response.headers.get(name);
    return {
      status: response.status,
      code: header("x-error-code"),
      type: header("x-amzn-errortype"),
      wait: header("retry-after"),
      body: await response.json(),
    };
  } catch (error) {
    return { unreadable: error.name };
  }
}

async function main() {
  const { pages, calls } = JSON.parse(process.argv[2]);
  const executablePath = await installed("@sparticuz/chromium").executablePath();
  // The flags that this package recommends turn CORS off. Root has no sandbox, and without a zygote none is asked for.
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--no-zygote"] });
  const seen = [];
  for (const url of pages) {
    const page = await browser.newPage();
    await page.goto(url);
    const answers = [];
    for (const call of calls) answers.push(await page.evaluate(read, call));
    seen.push(answers);
  }
  console.log(JSON.stringify({ browser: browser.version(), seen }));
  await browser.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
