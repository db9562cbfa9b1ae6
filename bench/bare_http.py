"""The least that answers a POST durably under the hub's own server: Flask, waitress, one insert, one commit.

`python -m bench.bare_http PORT DATABASE`. The baseline of tickets over HTTP.
"""

import sys
import threading

import waitress
from flask import Flask, request

from bench.bare_commits import open_database


def main() -> None:
    """Serve until killed."""
    port, database = int(sys.argv[1]), sys.argv[2]
    app, db, lock = Flask("bare"), open_database(database), threading.Lock()

    @app.post("/bare")
    def bare() -> tuple[dict[str, bool], int]:
        body = request.get_json()
        with lock:
            db.execute("BEGIN IMMEDIATE")
            db.execute("INSERT INTO bare (body) VALUES (?)", (str(body).encode(),))
            db.execute("COMMIT")
        return {"ok": True}, 201

    server = waitress.create_server(app, host="127.0.0.1", port=port, threads=32)
    print("ready", flush=True)
    server.run()


if __name__ == "__main__":
    main()
