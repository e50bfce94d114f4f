import * as cdk from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as cognito from "aws-cdk-lib/aws-cognito";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as s3 from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";

/** The shop as it was: each message is matched by a pattern of its own, and none of them is right. */
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

    const message = { "application/json": '{"message":"$input.path(\'$.errorMessage\')"}' };
    const integrationResponses = [
      { statusCode: "200" },
      { statusCode: "404", selectionPattern: ".*[NotFound].*", responseTemplates: message },
      { statusCode: "500", selectionPattern: ".*Error.*", responseTemplates: message },
    ];
    const methodResponses = [{ statusCode: "200" }, { statusCode: "404" }, { statusCode: "500" }];

    order.addMethod(
      "GET",
      new apigateway.LambdaIntegration(handler, {
        proxy: false,
        allowTestInvoke: false,
        requestTemplates: { "application/json": '{"order_id":"$input.params(\'order_id\')"}' },
        integrationResponses,
      }),
      { authorizer, methodResponses },
    );
    orders.addMethod(
      "POST",
      new apigateway.LambdaIntegration(handler, {
        proxy: false,
        allowTestInvoke: false,
        timeout: cdk.Duration.seconds(25),
        integrationResponses,
      }),
      { authorizer, apiKeyRequired: true, methodResponses },
    );
  }
}
