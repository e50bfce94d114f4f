import * as cdk from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as cognito from "aws-cdk-lib/aws-cognito";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as s3 from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { OrdersErrors } from "./orders/errors";

/** The shop with the errors that its function declares. */
export class ShopStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props: cdk.StackProps) {
    super(scope, id, props);

    const artifacts = s3.Bucket.fromBucketName(this, "Artifacts", "shop-artifacts");
    const handler = new lambda.Function(this, "Orders", {
      runtime: lambda.Runtime.PROVIDED_AL2023,
      architecture: lambda.Architecture.ARM_64,
      handler: "bootstrap",
      code: lambda.Code.fromBucket(artifacts, "orders.zip", "7"),
      timeout: cdk.Duration.seconds(20),
    });

    const pool = new cognito.UserPool(this, "Pool", { selfSignUpEnabled: true });
    const authorizer = new apigateway.CognitoUserPoolsAuthorizer(this, "Customers", {
      cognitoUserPools: [pool],
    });

    const api = new apigateway.RestApi(this, "Api", {
      restApiName: "shop",
      deployOptions: {
        stageName: "v1",
        tracingEnabled: true,
        throttlingRateLimit: 50,
        throttlingBurstLimit: 100,
      },
    });
    api.addGatewayResponse("Throttled", {
      type: apigateway.ResponseType.THROTTLED,
      templates: { "application/json": '{"message":"Slow down"}' },
    });
    const plan = api.addUsagePlan("Plan", {
      quota: { limit: 10_000, period: apigateway.Period.DAY },
    });
    plan.addApiStage({ stage: api.deploymentStage });
    plan.addApiKey(api.addApiKey("Key"));

    const cors = { allowOrigins: ["https://shop.example.com"] };
    const orders = api.root.addResource("orders", { defaultCorsPreflightOptions: cors });
    const order = orders.addResource("{order_id}", { defaultCorsPreflightOptions: cors });

    const errors = new OrdersErrors(this, "Errors", {
      restApi: api,
      ownGatewayResponses: ["THROTTLED"],
    });

    order.addMethod(
      "GET",
      new apigateway.LambdaIntegration(handler, {
        allowTestInvoke: false,
        ...errors.request("get_order"),
        ...errors.integration("get_order"),
      }),
      { authorizer, ...errors.method("get_order") },
    );
    orders.addMethod(
      "POST",
      new apigateway.LambdaIntegration(handler, {
        allowTestInvoke: false,
        timeout: cdk.Duration.seconds(25),
        ...errors.request("place_order"),
        ...errors.integration("place_order"),
      }),
      { authorizer, apiKeyRequired: true, ...errors.method("place_order") },
    );
  }
}
