"""A client of the hub over a real bus that asks again until it is answered, as every device must."""

import queue
import uuid

from appliance.runtime.config import BusSection
from appliance.runtime.link import Heard, MqttLink
from appliance.wire.messages import Answer, DeskAction, TicketRequest

RESEND_S = 0.5


class BusClient:
    """One device; every request is sent again with the same id until its answer comes."""

    def __init__(self, device: str, port: int, resend_s: float = RESEND_S) -> None:
        self._resend_s = resend_s
        self._events: queue.SimpleQueue[object] = queue.SimpleQueue()
        bus = BusSection(port=port, reconnect_s=0.3)
        self._link = MqttLink(bus, "ca-mau", device, [(Answer, device)], self._events.put)
        self.resent = 0

    def start(self) -> "BusClient":
        self._link.start()
        return self

    def stop(self) -> None:
        self._link.stop()

    def ask(self, message: TicketRequest | DeskAction, within_s: float = 30.0) -> Answer:
        for attempt in range(int(within_s / self._resend_s)):
            self.resent += attempt > 0
            self._link.publish(message)
            answer = self._answer_to(message.id)
            if answer is not None:
                return answer
        raise AssertionError(f"no answer to {message}")

    def _answer_to(self, request: str) -> Answer | None:
        try:
            while True:
                event = self._events.get(timeout=self._resend_s)
                if isinstance(event, Heard) and isinstance(event.message, Answer) and event.message.re == request:
                    return event.message
        except queue.Empty:
            return None

    def take(self, service: str) -> Answer:
        return self.ask(TicketRequest(id=str(uuid.uuid4()), service=service))

    def press(self, desk: str, action: str) -> Answer:
        return self.ask(DeskAction(id=str(uuid.uuid4()), desk=desk, action=action))
