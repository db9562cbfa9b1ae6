"""The kiosk's own program with fingers from outside: each datagram `X Y` (fractions) on a socket is one touch.

`python -m bench.touched_kiosk SOCKET --config FILE`. A touch is put where SDL puts those of a panel, so that the window
must find it there.
"""

import socket
import sys
import threading

import pygame

from kiosk.__main__ import main


def _feel(line: socket.socket) -> None:
    while True:
        x, y = map(float, line.recv(64).split())
        pygame.event.post(pygame.event.Event(pygame.FINGERDOWN, touch_id=1, finger_id=1, x=x, y=y, dx=0.0, dy=0.0))


if __name__ == "__main__":
    fingers = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    fingers.bind(sys.argv[1])
    threading.Thread(target=_feel, args=(fingers,), daemon=True).start()
    sys.exit(main(sys.argv[2:]))
