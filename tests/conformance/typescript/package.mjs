// The packages under test: the built one, whose folder `PACKAGE` names, and a second copy of it, which `COPY` names.
import { pathToFileURL } from "node:url";

const load = (folder, name) => import(pathToFileURL(`${folder}/dist/${name}.js`));
export const orders = await load(process.env.PACKAGE, "index");
export const copy = await load(process.env.COPY, "index");
export const { answerOf, fakeFetch } = await load(process.env.PACKAGE, "testing");

/** What nobody may see. */
export const SECRET = "s3cr3t";
export const base = `https://user:${SECRET}@127.0.0.1:9/prod`;
export const client = (fetch, more) =>
  new orders.Client(base, { fetch, headers: { "x-api-key": SECRET }, retries: { firstMs: 1 }, ...more });
