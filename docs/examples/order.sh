# The whole life of an order with curl. Needs a running ./crossbook up.
api=${api:-http://127.0.0.1:8080/api/v1}
post() { curl -sS --fail-with-body "$api/$1" -H 'Content-Type: application/json' -d "$2"; echo; }

post orders '{"instrument":"ACME","client_id":"alice","order_id":"a1","side":"SELL","type":"LIMIT","price":"101.50","quantity":"100"}'
post orders '{"instrument":"ACME","client_id":"bob","order_id":"b1","side":"BUY","type":"MARKET","quantity":"40"}'
curl -sS "$api/market/orderbook?instrument=ACME"; echo
curl -sS "$api/orders/a1"; echo
curl -sS -X PATCH "$api/orders/a1" -H 'Content-Type: application/json' -d '{"quantity":"90"}'; echo
post orders/a1/cancel '{}'
curl -sS "$api/orders/a1/executions"; echo
curl -sS "$api/portfolio/pnl?client_id=bob"; echo
