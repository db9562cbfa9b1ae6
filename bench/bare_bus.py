"""The least that answers durably over the bus: subscribe, insert with group commit, answer. No rules, no numbers.

`python -m bench.bare_bus PORT DATABASE`. The baseline of tickets over the bus: same library, same durability.
"""

import json
import queue
import socket
import sqlite3
import sys
import threading
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from bench.bare_commits import open_database

BATCH = 256


def main() -> None:
    """Serve until killed."""
    port, database = int(sys.argv[1]), sys.argv[2]
    inbox: queue.SimpleQueue[tuple[str, bytes]] = queue.SimpleQueue()
    client = mqtt.Client(CallbackAPIVersion.VERSION2, "bare", protocol=mqtt.MQTTv311)
    client.max_inflight_messages_set(1000)
    client.on_connect = _subscribe
    client.on_subscribe = lambda *_: print("ready", flush=True)
    client.on_message = lambda _client, _data, message: inbox.put((message.topic, bytes(message.payload)))
    client.on_socket_open = _no_delay
    client.connect("127.0.0.1", port)
    threading.Thread(target=client.loop_forever, daemon=True).start()
    _write(client, inbox, open_database(database))


def _subscribe(client: mqtt.Client, *_: Any) -> None:
    client.subscribe("bare/up/+", 1)


def _no_delay(_client: Any, _data: Any, line: Any) -> None:
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _write(client: mqtt.Client, inbox: queue.SimpleQueue[tuple[str, bytes]], db: sqlite3.Connection) -> None:
    while True:
        batch = [inbox.get()]
        while len(batch) < BATCH and not inbox.empty():
            batch.append(inbox.get())
        db.execute("BEGIN IMMEDIATE")
        db.executemany("INSERT INTO bare (body) VALUES (?)", [(payload,) for _, payload in batch])
        db.execute("COMMIT")
        for topic, payload in batch:
            answer = {"re": json.loads(payload)["id"], "ok": True}
            client.publish(topic.replace("up", "down", 1), json.dumps(answer).encode(), 1)


if __name__ == "__main__":
    main()
