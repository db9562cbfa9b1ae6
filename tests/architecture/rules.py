"""The house rules that no linter knows: each takes one module and yields what it finds, as text.

Rules of the rules: they look at source only and run nothing; each has a planted offence in test_rules.py.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]
BOXES = ("broker", "kiosk", "display_board", "rating_terminal", "desk_keypad")
PRODUCT = ("appliance", *BOXES, "virtual_centre")
LONGEST = 300

OWNERS: dict[str, tuple[str, ...]] = {
    "paho": ("appliance/runtime/link.py",),
    "pygame": ("appliance/display/*", "kiosk/drivers/*", "display_board/drivers/*", "rating_terminal/drivers/*",
               "virtual_centre/printer/glyphs.py"),
    "isal": ("appliance/display/picture.py",),
    "gpiozero": ("appliance/input/pins.py", "rating_terminal/drivers/*",
                 "desk_keypad/drivers/*"),
    "serial": ("kiosk/drivers/*", "display_board/drivers/*"),
    "escpos": ("kiosk/drivers/*",),
    "usb": ("kiosk/drivers/*",),
    "PIL": ("kiosk/drivers/*", "virtual_centre/printer/*"),
    "segno": ("kiosk/drivers/*", "kiosk/ticket.py", "broker/web/*", "virtual_centre/printer/*"),
    "flask": ("broker/web/*", "virtual_centre/page/*"),
    "werkzeug": ("broker/web/*", "virtual_centre/page/*"),
    "jinja2": ("broker/web/*", "virtual_centre/page/*"),
    "waitress": ("broker/web/server.py", "virtual_centre/page_server.py"),
    "argon2": ("broker/staff/passwords.py",),
    "sqlite3": ("appliance/runtime/journal_file.py", "broker/database.py", "broker/store.py", "broker/staff/store.py",
                "broker/hub.py", "broker/verify.py"),
    "amqtt": ("virtual_centre/amqtt_bus.py",),
    "tomli_w": ("appliance/runtime/config.py", "appliance/sound/clips.py", "virtual_centre/demo_files.py"),
    "fpdf": ("broker/report/paper.py", "broker/report/as_pdf.py"),
    "openpyxl": ("broker/intake/tables.py",),
    "xlsxwriter": ("broker/report/as_xlsx.py",),
    "msgspec": ("*",),
}  # fmt: skip
"""Each library from outside, and sqlite3, and the files that may know it."""

ALARM_CLOCKS = ("appliance/runtime/clock.py", "virtual_centre/clock_keeper.py", "broker/staff/machine.py",
                "broker/intake/command.py", "broker/report/command.py")  # fmt: skip
"""Who may ask the machine what time it is. Everybody else is given a Clock."""


@dataclass(frozen=True)
class Module:
    """A Python file: its path from the root, with slashes, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def name(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @cached_property
    def docstring(self) -> str:
        return ast.get_docstring(self.tree) or ""

    def is_in(self, *patterns: str) -> bool:
        """Whether the path fits one of the patterns; `*` at the end stands for everything below."""
        return any(
            pattern in ("*", self.path) or (pattern.endswith("/*") and self.path.startswith(pattern[:-1]))
            for pattern in patterns
        )

    def nodes(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        return (node for node in self._nodes if isinstance(node, kinds))

    @cached_property
    def _nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @cached_property
    def imports(self) -> frozenset[str]:
        """Full names of imported modules."""
        found: set[str] = set()
        for node in self.nodes(ast.Import, ast.ImportFrom):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add(node.module or "")
        return frozenset(found)

    @cached_property
    def strings(self) -> list[tuple[int, str]]:
        """Line and value of every string that is no docstring."""
        mute = {id(node.value) for node in self.nodes(ast.Expr) if isinstance(node, ast.Expr)}
        return [
            (node.lineno, node.value)
            for node in self.nodes(ast.Constant)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in mute
        ]

    @cached_property
    def calls(self) -> list[tuple[int, str]]:
        """Line and dotted name of everything that is called."""
        return [
            (node.lineno, ast.unparse(node.func))
            for node in self.nodes(ast.Call)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
        ]


Rule = Callable[[Module], Iterator[str]]


def modules(*folders: str) -> list[Module]:
    """All modules below the folders, read now."""
    files = sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return [Module(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")) for file in files]


# ------------------------------------------------------------------------------------------------ of the product


def libraries_stay_with_their_owners(module: Module) -> Iterator[str]:
    for name in sorted({imported.split(".")[0] for imported in module.imports}):
        if name in OWNERS and not module.is_in(*OWNERS[name]):
            yield f"imports {name}, which belongs to {', '.join(OWNERS[name])}"


def every_library_has_an_owner(module: Module, known: frozenset[str]) -> Iterator[str]:
    for name in sorted({imported.split(".")[0] for imported in module.imports} - known - OWNERS.keys()):
        yield f"imports {name}, which has no owner in OWNERS"


_TOPIC = re.compile(r"goiso/v\d|^/?(up|down|state|presence|health)/[a-z{+#<]")


def no_topic_is_written_by_hand(module: Module) -> Iterator[str]:
    if module.path == "appliance/wire/topics.py":
        return
    for line, text in module.strings:
        if _TOPIC.search(text):
            yield f"line {line} writes a topic: {text!r}"


def drivers_are_named_by_the_composition_root(module: Module) -> Iterator[str]:
    if module.path.endswith("/__main__.py"):
        return
    for line, text in module.strings:
        if re.fullmatch(r"\w+\.drivers(\.\w+)*(:\w+)?", text):
            yield f"line {line} names a driver: {text!r}"


def nobody_asks_the_machine_for_the_time(module: Module) -> Iterator[str]:
    if module.is_in(*ALARM_CLOCKS):
        return
    for line, name in module.calls:
        if re.search(r"(^|\.)time\.time(_ns)?$|(^|\.)datetime\.(now|utcnow|today)$|(^|\.)date\.today$", name):
            yield f"line {line} calls {name}; take a Clock"


def no_code_for_tests(module: Module) -> Iterator[str]:
    for name in sorted(module.imports):
        if name.split(".")[0] in ("tests", "pytest", "hypothesis", "unittest"):
            yield f"imports {name}"
    for node in module.nodes(ast.Name, ast.Attribute):
        word = node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
        if re.search(r"(^|_)(testing|is_test|unit_test)($|_)", word, re.IGNORECASE):
            yield f"line {node.lineno} speaks of {word}"  # type: ignore[attr-defined]  # because both kinds have it


def every_exemption_has_its_reason(module: Module) -> Iterator[str]:
    for number, line in enumerate(module.text.splitlines(), 1):
        exemption = re.search(r"#\s*(noqa|type:\s*ignore|pragma:\s*no cover)(.*)", line)
        if exemption and not re.search(r"#\s*(because )?\S+(\s\S+){2,}", exemption[2]):
            yield f"line {number} has an exemption without a reason"


def a_link_is_watched(module: Module) -> Iterator[str]:
    called = [name for _, name in module.calls]
    if "MqttLink" in called and module.path.endswith("/__main__.py") and "loop.watch" not in called:
        yield "makes a link that no watchdog looks after; add loop.watch(link)"


def every_section_refuses_unknown_keys(module: Module) -> Iterator[str]:
    if not module.path.endswith("/config.py") or module.path.startswith("appliance/"):
        return
    for node in module.nodes(ast.ClassDef):
        if isinstance(node, ast.ClassDef) and {"Struct", "msgspec.Struct"} & {ast.unparse(base) for base in node.bases}:
            yield f"{node.name} is a Struct, not a Section: an unknown key would pass"


# ------------------------------------------------------------------------------------------------- of every file


def files_are_small(module: Module) -> Iterator[str]:
    lines = module.text.count("\n")
    if lines > LONGEST:
        yield f"has {lines} lines, the longest allowed is {LONGEST}"


def no_drawer_for_odds_and_ends(module: Module) -> Iterator[str]:
    if PurePosixPath(module.path).stem in ("utils", "util", "common", "helpers", "misc"):
        yield "is named after nothing"


def every_module_says_what_it_is(module: Module) -> Iterator[str]:
    if module.text.strip() and not module.docstring:
        yield "has no docstring"


def no_error_is_swallowed(module: Module) -> Iterator[str]:
    for node in module.nodes(ast.ExceptHandler):
        assert isinstance(node, ast.ExceptHandler)
        broad = node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")
        if broad and all(isinstance(statement, ast.Pass | ast.Continue) for statement in node.body):
            yield f"line {node.lineno} swallows every error"


# ----------------------------------------------------------------------------------------------------- of tests


def tests_never_sleep(module: Module) -> Iterator[str]:
    for line, name in module.calls:
        if re.search(r"(^|\.)sleep$", name):
            yield f"line {line} sleeps; wait for what you wait for"


def tests_patch_nothing(module: Module) -> Iterator[str]:
    for name in sorted(module.imports):
        if name.startswith(("unittest.mock", "mock", "pytest_mock")):
            yield f"imports {name}"
    for node in module.nodes(ast.Call):
        assert isinstance(node, ast.Call)
        name = ast.unparse(node.func)
        of_python = name == "monkeypatch.setattr" and ast.unparse(node.args[0]).strip("'").startswith("sys.")
        if re.search(r"^(mocker|mock)\.|(^|\.)patch$|^monkeypatch\.set(attr|item)$", name) and not of_python:
            yield f"line {node.lineno} patches; hand the part in"


OF_PRODUCT: tuple[Rule, ...] = (
    libraries_stay_with_their_owners,
    no_topic_is_written_by_hand,
    drivers_are_named_by_the_composition_root,
    nobody_asks_the_machine_for_the_time,
    no_code_for_tests,
    every_exemption_has_its_reason,
    a_link_is_watched,
    every_section_refuses_unknown_keys,
    every_module_says_what_it_is,
)
OF_ALL: tuple[Rule, ...] = (files_are_small, no_drawer_for_odds_and_ends, no_error_is_swallowed)
OF_TESTS: tuple[Rule, ...] = (tests_never_sleep, tests_patch_nothing)
