import * as cdk from "aws-cdk-lib";
import { ShopStack as Before } from "../lib/before";
import { ShopStack } from "../lib/shop-stack";

const app = new cdk.App();
// `cdk diff --context before=true` shows the project as it was.
const Stack = app.node.tryGetContext("before") === "true" ? Before : ShopStack;
new Stack(app, "Shop", { env: { region: "eu-central-1" } });
