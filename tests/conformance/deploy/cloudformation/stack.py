"""CloudFormation by moto, with handlers for API Gateway's types as AWS's own are: each property is an argument of the call that
makes the resource. What a template does not say to wait for is not there yet: resources are made from the last to the first."""

import functools
import json
import logging
import re

import boto3
from moto import mock_aws
from moto.apigateway import models as apigateway
from moto.cloudformation import parsing

logging.getLogger("moto").setLevel(logging.ERROR)
REGION = "eu-central-1"


class Refused(Exception):
    """What API Gateway would not take."""


class Made:
    """A resource, by its id."""

    def __init__(self, physical_resource_id):
        self.physical_resource_id = physical_resource_id

    @staticmethod
    def cloudformation_name_type():
        return None

    @staticmethod
    def is_created():
        return True


def client(service="apigateway"):
    return boto3.client(service, region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test")


@functools.cache
def members(service, operation):
    names = client(service).meta.service_model.operation_model(operation).input_shape.members
    return {name.lower(): name for name in names}


def arguments(service, operation, properties):
    known = members(service, operation)
    unknown = [name for name in properties if name.lower() not in known]
    if unknown:
        raise Refused(f"{operation} knows no {unknown}")
    return {known[name.lower()]: value for name, value in properties.items()}


def handler(make):
    class Handler(Made):
        @classmethod
        def create_from_cloudformation_json(cls, _name, resource, _account, _region, **_):
            return cls(make(client(), dict(resource["Properties"])))

    return Handler


def model(gateway, properties):
    schema = properties.pop("Schema")
    properties["Schema"] = schema if isinstance(schema, str) else json.dumps(schema)
    json.loads(properties["Schema"])
    return gateway.create_model(**arguments("apigateway", "CreateModel", properties))["name"]


def gateway_response(gateway, properties):
    gateway.put_gateway_response(**arguments("apigateway", "PutGatewayResponse", properties))
    return properties["ResponseType"]


def authorizer(gateway, properties):
    return gateway.create_authorizer(**arguments("apigateway", "CreateAuthorizer", properties))["id"]


def permission(_gateway, properties):
    arguments("lambda", "AddPermission", properties)
    return properties["SourceArn"]


def deployment(gateway, properties):
    """A snapshot: what is not there yet is not in it."""
    api = properties["RestApiId"]
    made = sum(len(of.get("resourceMethods", {})) for of in gateway.get_resources(restApiId=api, limit=500)["items"])
    responses = gateway.get_gateway_responses(restApiId=api, limit=500)["items"]
    identifier = gateway.create_deployment(**arguments("apigateway", "CreateDeployment", properties))["id"]
    SNAPSHOTS[api] = (made, len(responses))
    return identifier


def stage(gateway, properties):
    return gateway.create_stage(**arguments("apigateway", "CreateStage", properties))["stageName"]


def method(gateway, properties):
    integration, responses = properties.pop("Integration"), properties.pop("MethodResponses")
    at = {"restApiId": properties["RestApiId"], "resourceId": properties["ResourceId"], "httpMethod": properties["HttpMethod"]}
    by_authorizer = properties["AuthorizationType"] in ("CUSTOM", "COGNITO_USER_POOLS")
    if by_authorizer and "AuthorizerId" not in properties:
        raise Refused("the authorization type needs an authorizer")
    gateway.put_method(**arguments("apigateway", "PutMethod", properties))
    declared = {}
    for of in responses:
        for name in of.get("ResponseModels", {}).values():
            if name != "Empty":
                gateway.get_model(restApiId=at["restApiId"], modelName=name)
        declared[of["StatusCode"]] = set(of.get("ResponseParameters", {}))
        gateway.put_method_response(**at, **arguments("apigateway", "PutMethodResponse", of))
    selected = integration.pop("IntegrationResponses", [])
    verb = integration.pop("IntegrationHttpMethod", None)
    of_integration = arguments("apigateway", "PutIntegration", integration)
    gateway.put_integration(**at, **of_integration, **({"integrationHttpMethod": verb} if verb else {}))
    for of in selected:
        if of["StatusCode"] not in declared:
            raise Refused(f"there is no method response {of['StatusCode']}")
        undeclared = set(of.get("ResponseParameters", {})) - declared[of["StatusCode"]]
        if undeclared:
            raise Refused(f"the method response {of['StatusCode']} declares no {undeclared}")
        gateway.put_integration_response(**at, **arguments("apigateway", "PutIntegrationResponse", of))
    return f"{at['resourceId']}-{at['httpMethod']}"


SNAPSHOTS = {}
HANDLERS = {
    "AWS::ApiGateway::Model": model,
    "AWS::ApiGateway::GatewayResponse": gateway_response,
    "AWS::ApiGateway::Authorizer": authorizer,
    "AWS::ApiGateway::Method": method,
    "AWS::ApiGateway::Deployment": deployment,
    "AWS::ApiGateway::Stage": stage,
    "AWS::Lambda::Permission": permission,
}
parsing.get_model_map().update({kind: handler(make) for kind, make in HANDLERS.items()})


def named(node):
    """The resources and parameters that a value names."""
    if isinstance(node, list):
        return {name for of in node for name in named(of)}
    if not isinstance(node, dict):
        return set()
    sub = node.get("Fn::Sub")
    found = set(re.findall(r"\$\{([A-Za-z0-9:]+)", sub)) if isinstance(sub, str) else set()
    found |= {node["Ref"]} if isinstance(node.get("Ref"), str) else set()
    found |= {node["Fn::GetAtt"][0]} if "Fn::GetAtt" in node else set()
    return found.union(*(named(of) for of in node.values()))


def last_first(resources):
    """Each after what it waits for, and else the last before the first: moto does not wait for what is named by the way."""
    order = {}

    def make(name, above=()):
        if name in above:
            raise Refused(f"{name} waits for itself")
        if name in order or name not in resources:
            return
        of = resources[name]
        asked = of.get("DependsOn", [])
        waits = named(of) | ({asked} if isinstance(asked, str) else set(asked))
        for other in sorted(waits):
            make(other, (*above, name))
        order[name] = {key: value for key, value in of.items() if key != "DependsOn"}

    for name in reversed(resources):
        make(name)
    return order


def stacked(template, read, **parameters):
    """What `read` finds where the template has been deployed, and what the stack says."""
    body = json.dumps(template | {"Resources": last_first(template["Resources"])})
    with mock_aws():
        SNAPSHOTS.clear()
        stacks = client("cloudformation")
        given = [{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()]
        stacks.create_stack(StackName="orders", TemplateBody=body, Parameters=given)
        stack = stacks.describe_stacks(StackName="orders")["Stacks"][0]
        if stack["StackStatus"] != "CREATE_COMPLETE":
            raise Refused(stack["StackStatus"])
        said = {of["OutputKey"]: of["OutputValue"] for of in stack.get("Outputs", [])}
        (api,) = [of["id"] for of in client().get_rest_apis()["items"]]
        found = read(client(), api)
        whole = (len(found["methods"]), len(found["gatewayResponses"]))
        if SNAPSHOTS.get(api, whole) != whole:
            raise Refused(f"the deployment holds {SNAPSHOTS[api]} methods and gateway responses of {whole}")
        stages = [of["stageName"] for of in client().get_stages(restApiId=api)["item"]]
        return found, said | {"stages": stages}
