# A REST API as it is written by hand: two methods behind a user pool, custom integrations with one function, a stage.

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "role_arn" {
  type        = string
  description = "The role of the function."
}

variable "user_pool_arn" {
  type        = string
  description = "Who may call."
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = var.role_arn
  filename      = "bootstrap.zip"
  handler       = "bootstrap"
  runtime       = "provided.al2023"
  architectures = ["arm64"]
}

resource "aws_lambda_permission" "orders" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.orders.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.orders.execution_arn}/*"
}

resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_authorizer" "customers" {
  rest_api_id   = aws_api_gateway_rest_api.orders.id
  name          = "customers"
  type          = "COGNITO_USER_POOLS"
  provider_arns = [var.user_pool_arn]
}

resource "aws_api_gateway_resource" "orders" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  parent_id   = aws_api_gateway_rest_api.orders.root_resource_id
  path_part   = "orders"
}

resource "aws_api_gateway_resource" "order" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  parent_id   = aws_api_gateway_resource.orders.id
  path_part   = "{order_id}"
}

resource "aws_api_gateway_method" "get_order" {
  rest_api_id        = aws_api_gateway_rest_api.orders.id
  resource_id        = aws_api_gateway_resource.order.id
  http_method        = "GET"
  authorization      = "COGNITO_USER_POOLS"
  authorizer_id      = aws_api_gateway_authorizer.customers.id
  request_parameters = { "method.request.path.order_id" = true }
}

resource "aws_api_gateway_integration" "get_order" {
  rest_api_id             = aws_api_gateway_rest_api.orders.id
  resource_id             = aws_api_gateway_resource.order.id
  http_method             = aws_api_gateway_method.get_order.http_method
  type                    = "AWS"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.orders.invoke_arn
  passthrough_behavior    = "NEVER"

  request_templates = {
    "application/json" = jsonencode({ operation = "get_order", input = { order_id = "$input.params('order_id')" } })
  }
}

resource "aws_api_gateway_method_response" "get_order" {
  rest_api_id     = aws_api_gateway_rest_api.orders.id
  resource_id     = aws_api_gateway_resource.order.id
  http_method     = aws_api_gateway_method.get_order.http_method
  status_code     = "200"
  response_models = { "application/json" = "Empty" }
}

resource "aws_api_gateway_integration_response" "get_order" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  resource_id = aws_api_gateway_resource.order.id
  http_method = aws_api_gateway_integration.get_order.http_method
  status_code = aws_api_gateway_method_response.get_order.status_code
}

resource "aws_api_gateway_method" "place_order" {
  rest_api_id   = aws_api_gateway_rest_api.orders.id
  resource_id   = aws_api_gateway_resource.orders.id
  http_method   = "POST"
  authorization = "COGNITO_USER_POOLS"
  authorizer_id = aws_api_gateway_authorizer.customers.id
}

resource "aws_api_gateway_integration" "place_order" {
  rest_api_id             = aws_api_gateway_rest_api.orders.id
  resource_id             = aws_api_gateway_resource.orders.id
  http_method             = aws_api_gateway_method.place_order.http_method
  type                    = "AWS"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.orders.invoke_arn
  passthrough_behavior    = "NEVER"

  request_templates = {
    "application/json" = "{\"operation\":\"place_order\",\"input\":$input.json('$')}"
  }
}

resource "aws_api_gateway_method_response" "place_order" {
  rest_api_id     = aws_api_gateway_rest_api.orders.id
  resource_id     = aws_api_gateway_resource.orders.id
  http_method     = aws_api_gateway_method.place_order.http_method
  status_code     = "201"
  response_models = { "application/json" = "Empty" }
}

resource "aws_api_gateway_integration_response" "place_order" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  resource_id = aws_api_gateway_resource.orders.id
  http_method = aws_api_gateway_integration.place_order.http_method
  status_code = aws_api_gateway_method_response.place_order.status_code
}

resource "aws_api_gateway_deployment" "orders" {
  rest_api_id = aws_api_gateway_rest_api.orders.id

  triggers = {
    redeployment = sha1(jsonencode([
      aws_api_gateway_integration.get_order,
      aws_api_gateway_integration.place_order,
      module.errors.redeployment,
    ]))
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [
    aws_api_gateway_integration_response.get_order,
    aws_api_gateway_integration_response.place_order,
  ]
}

resource "aws_api_gateway_stage" "live" {
  rest_api_id   = aws_api_gateway_rest_api.orders.id
  deployment_id = aws_api_gateway_deployment.orders.id
  stage_name    = "live"
}
