"""`goiso COMMAND ...`: one door to the commands that the installed packages bring.

Rules: commands are entry points of the group `goiso.commands`, each a `main(argv) -> exit code`; listing them imports
none of them, so it works whatever extras are missing, and a command that lacks one says so.
"""

import ast
import importlib.util
import os
import sys
from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

GROUP = "goiso.commands"
MISUSED, BROKEN_OFF = 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that `argv` names with the rest of it; its exit code, 2 for no such command, 130 for Ctrl-C."""
    name, *rest = list(sys.argv[1:] if argv is None else argv) or [""]
    commands = {entry.name: entry for entry in entry_points(group=GROUP)}
    if name in ("", "-h", "--help"):
        sys.stdout.write(_listing(commands))
        return 0
    if name not in commands:
        sys.stderr.write(f"goiso: no command {name!r}; there are {', '.join(sorted(commands))}\n")
        return MISUSED
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # it would stand above every answer of a command
    try:
        run = commands[name].load()
    except ModuleNotFoundError as error:
        sys.stderr.write(
            f"goiso {name}: {error.name} is not installed on this machine; install the extra that has it\n"
        )
        return MISUSED
    try:
        return int(run(rest) or 0)
    except (KeyboardInterrupt, EOFError):  # Ctrl-C, or Ctrl-D where something is asked
        sys.stderr.write(f"\ngoiso {name}: broken off\n")
        return BROKEN_OFF


def _listing(commands: dict[str, EntryPoint]) -> str:
    width = max(map(len, commands), default=0)
    lines = [f"  {name:<{width}}  {_summary(entry)}" for name, entry in sorted(commands.items())]
    return "\n".join(["goiso COMMAND ...", "", *lines, ""])


def _summary(entry: EntryPoint) -> str:
    """The first line of the command's docstring, else of its module's, read without importing the module."""
    try:
        spec = importlib.util.find_spec(entry.module)
        tree = ast.parse(Path(spec.origin or "").read_text(encoding="utf-8")) if spec else ast.Module([], [])
    except (ImportError, OSError, SyntaxError):
        return "(not installed)"
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == entry.attr]
    words = (found and ast.get_docstring(found[0])) or ast.get_docstring(tree) or ""
    return words.partition("\n")[0]


if __name__ == "__main__":
    sys.exit(main())
