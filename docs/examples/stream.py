"""Follows an instrument over the WebSocket and trades in it. Needs websockets, and a running ./crossbook up."""
import asyncio
import json
import os

import websockets

URL = os.environ.get("stream", "ws://127.0.0.1:8080/stream")


async def main():
    async with websockets.connect(URL) as stream:
        await stream.send(json.dumps({"type": "subscribe", "channels": ["trades", "orderbook"], "instrument": "STREAM"}))
        for client, side in [("alice", "SELL"), ("bob", "BUY")]:
            order = {"instrument": "STREAM", "client_id": client, "side": side, "type": "LIMIT", "price": "7", "quantity": "2"}
            await stream.send(json.dumps({"type": "order", "request_id": client, "order": order}))
        wanted = {"order_accepted", "orderbook_snapshot", "new_trade"}
        while wanted:
            frame = json.loads(await asyncio.wait_for(stream.recv(), 30))
            kind = frame.get("event") or frame["type"]
            wanted.discard(kind)
            print(kind, json.dumps(frame.get("data", frame)))


asyncio.run(main())
