# The error mapping that was written by hand. A message of two lines passes by both patterns and leaves as a success.

resource "aws_api_gateway_method_response" "get_order_404" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  resource_id = aws_api_gateway_resource.order.id
  http_method = aws_api_gateway_method.get_order.http_method
  status_code = "404"
}

resource "aws_api_gateway_integration_response" "get_order_404" {
  rest_api_id       = aws_api_gateway_rest_api.orders.id
  resource_id       = aws_api_gateway_resource.order.id
  http_method       = aws_api_gateway_integration.get_order.http_method
  status_code       = aws_api_gateway_method_response.get_order_404.status_code
  selection_pattern = ".*not found.*"
}

resource "aws_api_gateway_method_response" "place_order_500" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  resource_id = aws_api_gateway_resource.orders.id
  http_method = aws_api_gateway_method.place_order.http_method
  status_code = "500"
}

resource "aws_api_gateway_integration_response" "place_order_500" {
  rest_api_id        = aws_api_gateway_rest_api.orders.id
  resource_id        = aws_api_gateway_resource.orders.id
  http_method        = aws_api_gateway_integration.place_order.http_method
  status_code        = aws_api_gateway_method_response.place_order_500.status_code
  selection_pattern  = "(Error|error).*"
  response_templates = { "application/json" = "{\"message\":\"internal error\"}" }
}
