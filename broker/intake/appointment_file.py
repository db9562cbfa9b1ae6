"""A portal's file of appointments, handed to the hub while it works.

Columns: `code, service, day, time` (`2026-11-24`, `09:15`). Whatever else stands in the file, names and telephones of
people above all, is not read. A file speaks for every day that it names: what it does not name there is cancelled.

Rules: the hub alone judges and writes; this only reads the file and asks.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from appliance.wire.told import Words
from broker.intake.lines import FileError, Line, Rejected
from broker.intake.refused import Refused
from broker.intake.tables import Columns

APPOINTMENTS = Columns(("code", "service", "day", "time"), ("code", "service", "day", "time"), ("day",))
WAIT_S = 30.0


def body_of(lines: Iterable[Line], days: Iterable[str]) -> tuple[dict[str, Any], list[int], Refused]:
    """What is asked of the hub, the file's number of each line in it, and the lines that cannot be read."""
    rows, numbers, refused = [], [], Refused()
    for line in lines:
        if line.wrong:
            refused.add(Rejected(line.number, line.wrong))
        else:
            rows.append(dict(line.cells))
            numbers.append(line.number)
    return {"appointments": rows, "days": list(days), "partial": bool(refused.count)}, numbers, refused


def ask(hub: str, token_file: Path, body: dict[str, Any]) -> dict[str, Any]:
    """The hub's answer. Raises FileError where it is not there or says no, OSError for the file of the token."""
    if not hub.startswith(("http://", "https://")):
        raise FileError(f"địa chỉ máy chủ {hub} phải bắt đầu bằng http://", f"the hub's address {hub} is no http://")
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token_file.read_text('utf-8').strip()}"}
    request = urllib.request.Request(f"{hub.rstrip('/')}/api/v1/appointments", json.dumps(body).encode(), headers)  # noqa: S310  # because only http and https come here
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=WAIT_S) as answer:
            found: dict[str, Any] = json.load(answer)
    except urllib.error.HTTPError as error:
        words = _words(error)
        raise FileError(f"máy chủ không nhận: {words.vi}", f"the hub says no: {words.en}") from error
    except (OSError, ValueError) as error:
        raise FileError(
            f"máy chủ không trả lời ở {hub} ({error}); hãy khởi động máy chủ",
            f"no hub answers at {hub} ({error}); start it",
        ) from error
    return found


def _words(error: urllib.error.HTTPError) -> Words:
    """What the hub says of its refusal."""
    try:
        told = json.load(error)
        return Words(
            vi=f"{told['message']['vi']} {told.get('detail', '')}",
            en=f"{told['message']['en']} {told.get('detail', '')}",
        )
    except (ValueError, LookupError, TypeError):
        return Words(vi=str(error), en=str(error))
