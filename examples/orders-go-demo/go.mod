module example.com/orders-demo

go 1.26

require example.com/orders v0.0.0

replace example.com/orders => ../orders-go
