// The id of a stack's deployment, which is another one when the API has to be deployed anew: `node deployed.mjs OUT STACK`.
import { json } from "./template.mjs";

const [out, stack] = process.argv.slice(2);
const { Resources } = json(`${out}/${stack}.template.json`);
console.log(Object.keys(Resources).find((id) => Resources[id].Type === "AWS::ApiGateway::Deployment"));
