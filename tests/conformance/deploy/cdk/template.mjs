// What a synthesised template holds of a REST API, as API Gateway would get it.
import { readFileSync } from "node:fs";

export const json = (path) => JSON.parse(readFileSync(path, "utf8"));

const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));

// The function's address, in the region of the app.
export function text(value, arn) {
  if (typeof value === "string") return value;
  const [kind, given] = Object.entries(value)[0];
  if (kind === "Fn::Join") return given[1].map((part) => text(part, arn)).join(given[0]);
  if (kind === "Fn::GetAtt" && given[1] === "Arn") return arn;
  if (kind === "Ref" && given === "AWS::Partition") return "aws";
  if (kind === "Ref" && given === "AWS::Region") return "eu-central-1";
  throw new Error(`${JSON.stringify(value)} is no text`);
}

export function read(template) {
  const resources = Object.entries(template.Resources);
  const of = (type) => resources.filter(([, { Type }]) => Type === `AWS::ApiGateway::${type}`);
  const path = (id) => {
    if (id.Ref === undefined) return "";
    const { ParentId, PathPart } = template.Resources[id.Ref].Properties;
    return `${path(ParentId)}/${PathPart}`;
  };
  const model = (named) => {
    if (named === undefined || named === "Empty") return null;
    const { Type, Properties } = template.Resources[named.Ref];
    if (Type !== "AWS::ApiGateway::Model") throw new Error(`${named.Ref} is no model`);
    JSON.parse(Properties.Schema);
    return Properties.Name;
  };
  const method = ({ Properties: { Integration, MethodResponses = [] } }) => {
    const declared = new Map(MethodResponses.map((response) => [response.StatusCode, response]));
    const responses = Integration.IntegrationResponses.map((response) => {
      const { StatusCode: status, SelectionPattern: pattern = null, ResponseParameters: parameters = {} } = response;
      const { ResponseParameters = {}, ResponseModels = {} } = declared.get(status) ?? {};
      if (!declared.delete(status)) throw new Error(`${status} is not declared, or twice there`);
      const headers = Object.keys(ResponseParameters).map((name) => name.replace("method.response.header.", "")).sort();
      for (const name of Object.keys(parameters)) {
        if (!(name in ResponseParameters)) throw new Error(`${name} of ${status} is not declared`);
      }
      const template = response.ResponseTemplates?.["application/json"] ?? null;
      const [named] = Object.values(ResponseModels);
      return [status, { pattern, template, parameters: sorted(parameters), headers, model: model(named) }];
    });
    if (declared.size > 0) throw new Error(`${[...declared.keys()]} are declared, and nothing maps to them`);
    return {
      type: Integration.Type,
      passthrough: Integration.PassthroughBehavior ?? null,
      requestTemplate: Integration.RequestTemplates?.["application/json"] ?? null,
      responses: Object.fromEntries(responses),
    };
  };
  const gateway = ({ Properties }) => ({
    status: Properties.StatusCode ?? null,
    parameters: sorted(Properties.ResponseParameters ?? {}),
    template: Properties.ResponseTemplates?.["application/json"] ?? null,
  });
  const methods = of("Method").map(([, found]) => {
    const { HttpMethod, ResourceId } = found.Properties;
    return [`${HttpMethod} ${path(ResourceId)}`, method(found)];
  });
  const gatewayResponses = of("GatewayResponse").map(([, found]) => [found.Properties.ResponseType, gateway(found)]);
  return { methods: Object.fromEntries(methods), gatewayResponses: Object.fromEntries(gatewayResponses) };
}

// The same of the OpenAPI document.
export function described(document) {
  const sets = Object.entries(document["x-throwback"].sets ?? {}).map(([name, set]) => {
    const responses = { default: { statusCode: "200" }, ...set.integrationResponses };
    const integration = { type: "aws", responses };
    const own = { 200: { description: "" }, ...set.responses };
    return [`/sets/${name}`, { post: { responses: own, "x-amazon-apigateway-integration": integration } }];
  });
  const paths = [...Object.entries(document.paths), ...sets];
  const methods = paths.flatMap(([path, all]) =>
    Object.entries(all).map(([verb, { responses: declared, "x-amazon-apigateway-integration": integration }]) => {
      const responses = Object.entries(integration.responses).map(([key, response]) => {
        const { headers = {}, content = {} } = declared[response.statusCode];
        const reference = content["application/problem+json"]?.schema.$ref;
        return [
          response.statusCode,
          {
            pattern: key === "default" ? null : key,
            template: response.responseTemplates?.["application/json"] ?? null,
            parameters: sorted(response.responseParameters ?? {}),
            headers: Object.keys(headers).sort(),
            model: reference?.replace("#/components/schemas/", "") ?? null,
          },
        ];
      });
      return [
        `${verb.toUpperCase()} ${path}`,
        {
          type: integration.type.toUpperCase(),
          passthrough: integration.passthroughBehavior?.toUpperCase() ?? null,
          requestTemplate: integration.requestTemplates?.["application/json"] ?? null,
          responses: Object.fromEntries(responses),
        },
      ];
    }),
  );
  const gateway = Object.entries(document["x-amazon-apigateway-gateway-responses"]).map(([type, response]) => [
    type,
    {
      status: response.statusCode ?? null,
      parameters: sorted(response.responseParameters ?? {}),
      template: response.responseTemplates["application/json"],
    },
  ]);
  return { methods: Object.fromEntries(methods), gatewayResponses: Object.fromEntries(gateway) };
}
