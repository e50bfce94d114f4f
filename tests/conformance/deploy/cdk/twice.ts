// A gateway response and a model that the API has already: the CDK says so when it makes the template.
import assert from "node:assert/strict";
import { App, Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import { OrdersErrors, type OrdersErrorsProps } from "./errors.js";

function app(props: Omit<OrdersErrorsProps, "restApi">): App {
  const app = new App();
  const stack = new Stack(app, "Twice");
  const restApi = new apigateway.RestApi(stack, "Api");
  restApi.addGatewayResponse("Theirs", { type: apigateway.ResponseType.THROTTLED });
  restApi.addModel("Known", { modelName: "OrderNotFound", schema: {} });
  const errors = new OrdersErrors(stack, "Errors", { restApi, ...props });
  const options = errors.integration("get_order");
  restApi.root.addMethod("GET", new apigateway.MockIntegration(options), errors.method("get_order"));
  return app;
}

assert.throws(() => app({}).synth(), /Theirs.*THROTTLED too: name it in ownGatewayResponses/);
assert.throws(() => app({ ownGatewayResponses: "all" }).synth(), /Known.*OrderNotFound too: give a modelPrefix/);
app({ ownGatewayResponses: ["THROTTLED"], modelPrefix: "Orders" }).synth();
