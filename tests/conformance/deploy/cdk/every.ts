// Every method of an API on a bare RestApi, and the same API as a SpecRestApi, of as many APIs as are named:
// `tsx every.ts [OPENAPI MODULES INTO]…`.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { App, Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as s3 from "aws-cdk-lib/aws-s3";

async function synthesise(openapi: string, modules: string, outdir: string): Promise<void> {
  const document = JSON.parse(readFileSync(openapi, "utf8"));
  const { default: d, ...named } = await import(pathToFileURL(`${modules}/errors.ts`).href);
  const [Errors] = Object.values<any>({ ...d, ...named });
  const definition = await import(pathToFileURL(`${modules}/definition.ts`).href);
  const { apiDefinition, grantInvoke } = definition.default ?? definition;

  // Of many operations, more resources than one stack may have.
  const app = new App({ outdir, context: { "@aws-cdk/core:stackResourceLimit": 0 } });
  const env = { region: "eu-central-1" };
  const handler = (stack: Stack) =>
    new lambda.Function(stack, "Orders", {
      runtime: lambda.Runtime.PROVIDED_AL2023,
      handler: "bootstrap",
      code: lambda.Code.fromBucket(s3.Bucket.fromBucketName(stack, "Artifacts", "artifacts"), "orders.zip", "1"),
    });

  const bare = new Stack(app, "Bare", { env });
  const api = new apigateway.RestApi(bare, "Api", { cloudWatchRole: false });
  const errors = new Errors(bare, "Errors", { restApi: api });
  const called = handler(bare);
  for (const [path, methods] of Object.entries<any>(document.paths)) {
    for (const [verb, { operationId: name }] of Object.entries<any>(methods)) {
      const options = { ...errors.request(name), ...errors.integration(name) };
      const integration =
        verb === "options" ? new apigateway.MockIntegration(options) : new apigateway.LambdaIntegration(called, options);
      api.root.resourceForPath(path).addMethod(verb.toUpperCase(), integration, errors.method(name));
    }
  }
  for (const name of Object.keys(document["x-throwback"].sets ?? {})) {
    const { integrationResponses } = errors.integration(name);
    const options = { proxy: false, integrationResponses: [{ statusCode: "200" }, ...integrationResponses] };
    const { methodResponses } = errors.method(name);
    api.root.resourceForPath(`/sets/${name}`).addMethod("POST", new apigateway.LambdaIntegration(called, options), {
      methodResponses: [{ statusCode: "200" }, ...methodResponses],
    });
  }

  const spec = new Stack(app, "Spec", { env });
  const described = handler(spec);
  const specified = new apigateway.SpecRestApi(spec, "Api", {
    apiDefinition: apiDefinition({ function: described }),
    mode: apigateway.RestApiMode.OVERWRITE,
    failOnWarnings: true,
  });
  grantInvoke(specified, described);

  app.synth();
}

const given = process.argv.slice(2);
for (let at = 0; at < given.length; at += 3) await synthesise(given[at] ?? "", given[at + 1] ?? "", given[at + 2] ?? "");
