"""The command `goiso`, as installed."""

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from appliance.cli import GROUP


def goiso(*arguments: str) -> tuple[int, str, str]:
    command = [sys.executable, "-c", "import sys; from appliance.cli import main; sys.exit(main())", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_every_command_is_listed_with_one_line(arguments: list[str]) -> None:
    code, out, err = goiso(*arguments)
    assert (code, err) == (0, "")
    listed = {line.split()[0]: line.split()[1:] for line in out.splitlines()[2:]}
    assert listed.keys() == {entry.name for entry in entry_points(group=GROUP)}
    assert all(listed.values()), "a command without a word of help"


def test_listing_imports_no_command() -> None:
    program = "import sys; from appliance.cli import main; main([]); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    loaded = set(done.stderr.split())
    assert "appliance.cli" in loaded
    assert not loaded & {entry.module for entry in entry_points(group=GROUP)}


def test_a_command_of_another_box_says_what_is_missing() -> None:
    hidden = "import sys; sys.modules['serial'] = None; from appliance.cli import main; sys.exit(main(['led-test']))"
    done = subprocess.run([sys.executable, "-c", hidden], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "goiso led-test: serial is not installed on this machine; install the extra that has it\n"


def test_who_leaves_a_question_unanswered_is_shown_no_program(tmp_path: Path) -> None:
    asks = [
        sys.executable,
        "-m",
        "appliance.cli",
        "staff",
        "add",
        "an.nguyen",
        "--role",
        "admin",
        "--data",
        str(tmp_path),
    ]
    done = subprocess.run(  # without a terminal, so that the password is asked of nobody
        asks, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False, start_new_session=True
    )
    assert done.returncode == 130
    assert done.stderr.endswith("\ngoiso staff: broken off\n")
    assert "Traceback" not in done.stderr


def test_an_unknown_command_is_told_with_those_that_are_known() -> None:
    code, out, err = goiso("huub")
    assert (code, out) == (2, "")
    assert err.startswith("goiso: no command 'huub'; there are ")
    assert "\n" not in err[:-1]
