// Both forms of an API against its OpenAPI document: `node compare.mjs OPENAPI OUT [MODELS]`,
// with the models that are to be there. It prints what was read back..
import assert from "node:assert/strict";
import { described, json, read, text } from "./template.mjs";

const [openapi, out, models] = process.argv.slice(2);
const document = json(openapi);

const found = read(json(`${out}/Bare.template.json`));
assert.deepEqual(found, described(document), "the methods and gateway responses of the RestApi");
for (const { Type, Properties } of Object.values(json(`${out}/Bare.template.json`).Resources)) {
  if (Type !== "AWS::ApiGateway::Model" || models === undefined) continue;
  const { contentType, schema } = json(`${models}/${Properties.Name}.model.json`);
  assert.deepEqual([Properties.ContentType, Properties.Schema], [contentType, schema], Properties.Name);
}

const { Resources } = json(`${out}/Spec.template.json`);
const of = (type) => Object.entries(Resources).filter(([, { Type }]) => Type === type);
const [[id, { Properties }]] = of("AWS::ApiGateway::RestApi");
const integrations = ({ paths }) =>
  Object.values(paths).flatMap((methods) =>
    Object.values(methods).map((method) => method["x-amazon-apigateway-integration"]),
  );
for (const [at, integration] of integrations(Properties.Body).entries()) {
  const { uri } = integrations(document)[at];
  if (uri === undefined) continue;
  // The document names a function, whose ARN and region stand for those of the app's.
  const [, region, arn] = /^arn:aws:apigateway:([^:]*):lambda:path\/2015-03-31\/functions\/(.*)\/invocations$/.exec(uri);
  assert.equal(text(integration.uri, arn), uri.replace(`:apigateway:${region}:`, ":apigateway:eu-central-1:"));
  integration.uri = uri;
}
assert.deepEqual(Properties.Body, document, "the definition of the SpecRestApi");

const [[, permission], ...others] = of("AWS::Lambda::Permission");
assert.equal(others.length, 0);
assert.equal(permission.Properties.Principal, "apigateway.amazonaws.com");
assert.ok(JSON.stringify(permission.Properties.SourceArn).includes(`{"Ref":"${id}"},"/*/*/*"`));

console.log(JSON.stringify(found, null, 2));
