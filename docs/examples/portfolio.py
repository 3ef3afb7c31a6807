"""Books trades made elsewhere, values them, and reads profit and loss. Needs requests, and a running ./crossbook up."""
import os

import requests

API = os.environ.get("api", "http://127.0.0.1:8080/api/v1")


def post(path, body):
    answer = requests.post(f"{API}/{path}", json=body, timeout=10)
    answer.raise_for_status()
    return answer.json()


for trade_id, side, price, quantity in [("p1", "BUY", "40000", "2"), ("p2", "BUY", "42000", "3"), ("p3", "SELL", "45000", "4")]:
    post("portfolio/trades", {"symbol": "PYTHON", "client_id": "py", "trade_id": trade_id, "side": side, "price": price, "quantity": quantity})
post("portfolio/market-prices/bulk", {"prices": {"PYTHON": "44000"}})
pnl = requests.get(f"{API}/portfolio/pnl", params={"client_id": "py"}, timeout=10).json()
print("realized", pnl["total_realized_pnl"], "unrealized", pnl["total_unrealized_pnl"], "net", pnl["net_pnl"])
