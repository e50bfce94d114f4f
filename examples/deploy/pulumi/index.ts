// The API of the OpenAPI document that `throwback generate` writes, in front of a function that is there.
import * as aws from "@pulumi/aws";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const generated = process.env.GENERATED ?? join(__dirname, "../../orders/generated");
const body = readFileSync(join(generated, "openapi.json"), "utf8");

const api = new aws.apigateway.RestApi("orders", {
  name: "orders",
  body,
  // What the document has no more is removed.
  putRestApiMode: "overwrite",
  failOnWarnings: true,
});

new aws.lambda.Permission("orders", {
  action: "lambda:InvokeFunction",
  function: "orders",
  principal: "apigateway.amazonaws.com",
  sourceArn: api.executionArn.apply((arn) => `${arn}/*`),
});

const deployment = new aws.apigateway.Deployment("orders", {
  restApi: api.id,
  // A deployment is a snapshot: another document needs another one.
  triggers: { redeployment: createHash("sha256").update(body).digest("hex") },
});

const stage = new aws.apigateway.Stage("live", {
  restApi: api.id,
  deployment: deployment.id,
  stageName: "live",
});

export const url = stage.invokeUrl;
