"""`goiso staff` and `goiso token`: accounts and tokens from the console of the hub.

Rules: whoever may write the data directory is trusted; a password is asked for or read from standard input, never an
argument; a token is printed once.
"""

import argparse
import getpass
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from broker.staff.identity import ANY_DESK, PEOPLE, ROLES
from broker.staff.machine import ThisMachine
from broker.staff.passwords import weakness
from broker.staff.service import Staff
from broker.staff.store import Account, StaffStore
from broker.staff.throttle import LOCK_AT
from broker.staff.trail import first_broken

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
_ACTOR = "console"


def _where() -> argparse.ArgumentParser:
    parent = argparse.ArgumentParser(add_help=False)
    parent.add_argument("--data", type=Path, required=True, help="the hub's data directory")
    return parent


def _open(data: Path) -> Staff:
    if not data.is_dir():
        raise SystemExit(f"{data}: no such directory; give the hub's data directory with --data")
    return Staff(StaffStore(data / "staff.sqlite"), ThisMachine())


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def token(argv: Sequence[str] | None = None) -> int:
    """`goiso token`: give a program a token, take it back, or list them; the exit code."""
    parser = argparse.ArgumentParser(prog="goiso token", description="Bearer tokens for programs.", parents=[_where()])
    parser.add_argument("--name", help="which program")
    parser.add_argument("--role", choices=ROLES, help="what it may do")
    parser.add_argument("--desk", action="append", default=[], help="a desk it may press keys of; repeat; default: any")
    parser.add_argument("--withdraw", action="store_true", help="take the token of --name back")
    arguments = parser.parse_args(argv)
    staff = _open(arguments.data)
    if arguments.name is None:
        for each in staff.store.tokens():
            _say(f"{each.name}\t{each.role}\t{','.join(each.desks) or '-'}")
        return 0
    if arguments.withdraw:
        if not staff.programs.withdraw(arguments.name, _ACTOR):
            parser.error(f"there is no token {arguments.name}")
        return 0
    if arguments.role is None or not _NAME.fullmatch(arguments.name):
        parser.error("a new token needs --role, and a --name of 2 to 32 small letters, digits, dots or hyphens")
    desks = tuple(arguments.desk) or ((ANY_DESK,) if arguments.role == "clerk" else ())
    _say(staff.programs.grant(arguments.name, arguments.role, desks, _ACTOR))
    return 0


def staff(argv: Sequence[str] | None = None) -> int:
    """`goiso staff`: accounts of people; the exit code."""
    arguments = _staff_parser().parse_args(argv)
    people = _open(arguments.data)
    if arguments.action == "add":
        return _add(people, arguments)
    if arguments.action == "list":
        return _list(people)
    if arguments.action == "audit":
        return _audit(people)
    account = people.store.account(arguments.name)
    if account is None:
        _complain(f"there is no account {arguments.name}")
        return 1
    if arguments.action == "unlock":
        people.people.unlock(account.name, _ACTOR)
    else:
        people.people.set_disabled(account, arguments.action == "disable", _ACTOR)
    return 0


def _staff_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="goiso staff", description="Accounts of people.")
    actions = parser.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", help="add an account, or change one", parents=[_where()])
    add.add_argument("name")
    add.add_argument("--role", choices=PEOPLE, required=True)
    add.add_argument("--display", default="", help="the name on the page")
    add.add_argument("--desk", action="append", default=[], help="a desk of the clerk; repeat")
    add.add_argument("--any-desk", action="store_true", help="the clerk sits wherever a desk is free")
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    for action, purpose in (("unlock", "forget wrong passwords"), ("disable", "shut out"), ("enable", "let in again")):
        actions.add_parser(action, help=purpose, parents=[_where()]).add_argument("name")
    actions.add_parser("list", help="show the accounts", parents=[_where()])
    actions.add_parser("audit", help="show the audit trail and check that it is whole", parents=[_where()])
    return parser


def _add(staff: Staff, arguments: argparse.Namespace) -> int:
    name = arguments.name.lower()
    if not _NAME.fullmatch(name):
        _complain("a name has 2 to 32 small letters, digits, dots or hyphens")
        return 2
    desks = (ANY_DESK,) if arguments.any_desk else tuple(arguments.desk)
    if arguments.role == "clerk" and not desks:
        _complain("a clerk needs --desk, or --any-desk")
        return 2
    password = (
        sys.stdin.readline().rstrip("\n") if arguments.password_stdin else getpass.getpass("Mật khẩu / Password: ")
    )
    if why := weakness(password, name):
        _complain(f"the password is too weak ({why}): 12 characters or more, hard to guess")
        return 2
    known = staff.store.account(name) or Account(name=name, display="", role=arguments.role)
    fresh = replace(known, role=arguments.role, display=arguments.display or known.display, desks=desks, failures=0)
    staff.people.set_account(fresh, password, _ACTOR)
    return 0


def _list(staff: Staff) -> int:
    for each in staff.store.accounts():
        marks = (("locked", each.failures >= LOCK_AT), ("disabled", each.disabled), ("demo", each.one_click))
        state = ",".join(word for word, holds in marks if holds) or "ok"
        _say(f"{each.name}\t{each.role}\t{','.join(each.desks) or '-'}\t{state}\t{each.display}")
    return 0


def _audit(staff: Staff) -> int:
    rows = staff.store.trail()
    for row in rows:
        _say(f"{row.seq}\t{row.at}\t{row.actor}\t{row.action}\t{row.target}\t{row.result}\t{row.source}")
    broken = first_broken(rows)
    if broken:
        _complain(f"seq {broken}: this row was changed, or one before it is missing")
    return 1 if broken else 0


def _complain(line: str) -> None:
    sys.stderr.write(f"goiso staff: {line}\n")
