"""What the documents point to exists, and nothing in the repository names the place where it was made."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PAGES = sorted(
    path
    for pattern in ("*.md", "*/*.md", "*/*/*.md", "*/*/*/*.md")
    for path in REPOSITORY.glob(pattern)
    if not any(part.startswith(".") for part in path.relative_to(REPOSITORY).parts)
)
FOLDERS = (
    "appliance|broker|kiosk|display_board|rating_terminal|virtual_centre|firmware_configs|systemd|tests|docs|bench"
)


def short(path: Path) -> str:
    return str(path.relative_to(REPOSITORY))


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_a_link_leads_somewhere(page: Path) -> None:
    text = re.sub(r"`[^`\n]*`", "", page.read_text())
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if not target.startswith(("http://", "https://")):
            assert (page.parent / target).exists(), target
    heads = re.findall(r"^#+ (.*)$", text, re.M)
    anchors = {re.sub(r"[^\w -]", "", head.lower()).strip().replace(" ", "-") for head in heads}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_a_file_that_is_named_exists(page: Path) -> None:
    for named in re.findall(rf"`((?:{FOLDERS})/[\w./-]*)`", page.read_text()):
        assert (REPOSITORY / named).exists(), named


def test_every_decision_is_in_the_list() -> None:
    folder = REPOSITORY / "docs/decisions"
    listed = set(re.findall(r"\(([\w-]+\.md)\)", (folder / "README.md").read_text()))
    assert listed == {path.name for path in folder.glob("[0-9]*.md")}
    numbers = sorted(int(name[:4]) for name in listed)
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_command_that_is_named_exists() -> None:
    commands = set(re.findall(r'^([\w-]+) = "', (REPOSITORY / "pyproject.toml").read_text(), re.M))
    for page in PAGES:
        for line in re.findall(r"`[^`]*`", page.read_text()):
            for named in re.findall(r"(?:^`|\./run |bin/)goiso ([a-z]+(?:-[a-z]+)*)", line):
                assert named in commands, f"{short(page)}: {line}"


def test_every_option_that_is_named_exists() -> None:
    project = (REPOSITORY / "pyproject.toml").read_text()
    modules = dict(re.findall(r'^([\w-]+) = "([\w.]+):\w+"', project, re.M))
    found = 0
    for page in PAGES:
        for code in re.findall(r"`([^`\n]*)`|^(?: {4})?([^`\n]*)$", page.read_text(), re.M):
            named = re.search(r"(?:^|[ /])goiso ([a-z-]+) ([^;|>]*)", "".join(code))
            if named and named[1] in modules:
                source = (REPOSITORY / f"{modules[named[1]].replace('.', '/')}.py").read_text()
                for option in re.findall(r"(?<!\S)--[a-z-]+", named[2]):
                    found += 1
                    assert f'"{option}"' in source, f"{short(page)}: {''.join(code)}"
    assert found > 30


@pytest.mark.skipif(not (shutil.which("git") and (REPOSITORY / ".git").exists()), reason="not a git checkout")
def test_nothing_names_the_place_where_it_was_made() -> None:
    command = ["git", "grep", "-lIF", str(REPOSITORY)]
    found = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=30, check=False)
    assert found.stdout == ""
