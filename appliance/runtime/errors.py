"""Why a process refuses to start, told in one line to the person who can mend it.

Rules: the text is a whole message (where, what, what to do); no traceback is needed to act upon it.
"""


class CannotStart(Exception):  # noqa: N818  # because it names an outcome that the operator reads, not a bug
    """Something outside the program is not as it must be: a file in use, a missing package, an unreadable secret."""


class ConfigError(CannotStart):
    """A mistake in a configuration file: `FILE:section.key: what is wrong; what to do`."""
