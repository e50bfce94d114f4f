# The error mapping, as `throwback generate` writes it. What stood here before is in before/errors.tf.

module "errors" {
  source      = "../../orders/generated/terraform/errors"
  rest_api_id = aws_api_gateway_rest_api.orders.id

  methods = {
    get_order   = aws_api_gateway_integration.get_order
    place_order = aws_api_gateway_integration.place_order
  }
}

# API Gateway knows a response by its status: one that stood here before is changed, not made again while it is removed.

moved {
  from = aws_api_gateway_method_response.get_order_404
  to   = module.errors.aws_api_gateway_method_response.this["get_order/404"]
}

moved {
  from = aws_api_gateway_integration_response.get_order_404
  to   = module.errors.aws_api_gateway_integration_response.this["get_order/404"]
}

moved {
  from = aws_api_gateway_method_response.place_order_500
  to   = module.errors.aws_api_gateway_method_response.this["place_order/500"]
}

moved {
  from = aws_api_gateway_integration_response.place_order_500
  to   = module.errors.aws_api_gateway_integration_response.this["place_order/500"]
}
