// What has to compile beside the orders' module, and what must not.
import { App, Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { apiDefinition } from "./definition.js";
import { OrdersErrors, type MethodName, type OrdersErrorsProps } from "./errors.js";

const stack = new Stack(new App(), "Typed");
const restApi = new apigateway.RestApi(stack, "Api");
const handler = lambda.Function.fromFunctionArn(stack, "Orders", "arn:aws:lambda:eu-central-1:123456789012:function:orders");
const props: OrdersErrorsProps = { restApi, ownGatewayResponses: ["THROTTLED"], modelPrefix: "Shop" };
const errors = new OrdersErrors(stack, "Errors", props);
const name: MethodName = "get_order";

// In a project that has said more than it must.
const integration = new apigateway.LambdaIntegration(handler, {
  proxy: false,
  ...errors.request(name),
  ...errors.integration(name),
});
restApi.root.addMethod("GET", integration, {
  apiKeyRequired: true,
  ...errors.method(name),
  requestParameters: { ...errors.method(name).requestParameters, "method.request.header.X-Trace": false },
});
new apigateway.AwsIntegration({
  service: "lambda",
  path: "2015-03-31/functions/orders/invocations",
  options: { ...errors.request(name), ...errors.integration(name) },
});
restApi.root.addMethod("POST", integration, { requestModels: { "application/json": errors.model("OrderNotFound") } });
apiDefinition();
apiDefinition({ function: handler });

// @ts-expect-error no operation has this name
errors.integration("get_orders");
// @ts-expect-error no operation has this name
errors.request("get_orders");
// @ts-expect-error no operation has this name
errors.method("get_orders");
// @ts-expect-error an error that is renamed takes its old name along
errors.model("OrderMissing");
// @ts-expect-error API Gateway has no response of this type
new OrdersErrors(stack, "Misspelt", { restApi, ownGatewayResponses: ["THROTLED"] });
// @ts-expect-error the API is not said
new OrdersErrors(stack, "Nowhere", {});
