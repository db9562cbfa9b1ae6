"""The bus of a machine that has no Mosquitto: amqtt, installed by pip, on loopback, for plain local clients.

python -m virtual_centre.amqtt_bus --port N
"""

import argparse
import asyncio
import logging
import signal
from collections.abc import Sequence

from amqtt.broker import Broker
from amqtt.session import Session

from virtual_centre.ports import HOST


def configuration(port: int) -> dict[str, object]:
    """What amqtt must know: one listener, anybody local, no topic of its own."""
    return {
        "listeners": {"default": {"type": "tcp", "bind": f"{HOST}:{port}", "max_connections": 0}},
        "plugins": {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}},
    }


class PlainBroker(Broker):  # type: ignore[misc]  # because amqtt ships no types
    """amqtt's broker, but whoever connects is told retained states only of what that client itself subscribes to.

    amqtt 0.12 sends every new client the retained states of everybody's subscriptions. No check of ours relies on this
    class: were the method renamed, strangers would hear more than they asked for, and one test would tell.
    """

    async def _publish_retained_messages_for_subscription(
        self, subscription: tuple[str, int], session: Session
    ) -> None:
        subscribers = self._subscriptions.get(subscription[0], [])
        if any(subscriber.client_id == session.client_id for subscriber, _ in subscribers):
            await super()._publish_retained_messages_for_subscription(subscription, session)


async def serve(port: int) -> None:
    """Serve until SIGTERM or SIGINT."""
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, over.set)
    broker = PlainBroker(configuration(port))
    await broker.start()
    await over.wait()
    await broker.shutdown()


def main(argv: Sequence[str] | None = None) -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m virtual_centre.amqtt_bus")
    parser.add_argument("--port", type=int, required=True)
    port: int = parser.parse_args(argv).port
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    asyncio.run(serve(port))


if __name__ == "__main__":
    main()
