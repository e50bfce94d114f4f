// Runs a compiled program under Pulumi's own mocks, and says what it would deploy:
//
//   node check.js PROGRAM
const path = require("node:path");
const program = path.resolve(process.argv[2]);
const pulumi = require(require.resolve("@pulumi/pulumi", { paths: [path.dirname(program)] }));

const made = {};
pulumi.runtime.setMocks({
  newResource: ({ type, name, inputs }) => {
    made[type] = inputs;
    const arn = `arn:aws:execute-api:eu-central-1:123456789012:${name}`;
    return { id: `${name}-id`, state: { ...inputs, executionArn: arn, invokeUrl: `https://${name}.example.com` } };
  },
  call: ({ inputs }) => inputs,
});
require(program);
pulumi.runtime.waitForRPCs().then(() => process.stdout.write(JSON.stringify(made)));
