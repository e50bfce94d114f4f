// A project before and after it has the errors: what is theirs is as it was. `node existing.mjs BEFORE AFTER OPENAPI`.
import assert from "node:assert/strict";
import { described, json, read } from "./template.mjs";

const [before, after, openapi] = process.argv.slice(2).map(json);
const deployment = (template) => Object.keys(template.Resources).find((id) => /^ApiDeployment/.test(id));
const was = deployment(before);
const is = deployment(after);
assert.notEqual(was, is, "the mapping is deployed");

// A new deployment has another id, and nothing else of theirs names one.
const renamed = JSON.parse(JSON.stringify(before).replaceAll(was, is));
const mapped = ["GET /orders/{order_id}", "POST /orders"];
const { methods, gatewayResponses } = read(after);
for (const [id, resource] of Object.entries(renamed.Resources)) {
  const now = structuredClone(after.Resources[id]);
  assert.ok(now, `${id} is gone`);
  if (resource.Type === "AWS::ApiGateway::Method" && resource.Properties.HttpMethod !== "OPTIONS") {
    for (const { Properties } of [resource, now]) {
      for (const ours of ["MethodResponses", "OperationName", "RequestParameters"]) delete Properties[ours];
      for (const ours of ["IntegrationResponses", "PassthroughBehavior", "RequestTemplates"]) {
        delete Properties.Integration[ours];
      }
    }
  }
  if (id === is) {
    const theirs = new Set(resource.DependsOn);
    now.DependsOn = now.DependsOn.filter((other) => theirs.has(other));
  }
  assert.deepEqual(now, resource, id);
}
const added = Object.entries(after.Resources).filter(([id]) => !(id in renamed.Resources));
const types = new Set(added.map(([, { Type }]) => Type));
assert.deepEqual([...types].sort(), ["AWS::ApiGateway::GatewayResponse", "AWS::ApiGateway::Model"]);
for (const [id, { Type }] of added) {
  assert.ok(Type.endsWith("Model") || after.Resources[is].DependsOn.includes(id), `${id} is made after the deployment`);
}

const ours = described(openapi);
for (const route of mapped) assert.deepEqual(methods[route], ours.methods[route], route);
assert.equal(gatewayResponses.THROTTLED.template, '{"message":"Slow down"}');
delete gatewayResponses.THROTTLED;
delete ours.gatewayResponses.THROTTLED;
assert.deepEqual(gatewayResponses, ours.gatewayResponses);
