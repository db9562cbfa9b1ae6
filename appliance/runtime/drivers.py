"""A driver by the name that the configuration gives it.

Rules: a registry maps names to `"module:attribute"`; the module is imported only when it is chosen, so that a box never
needs the libraries of parts it does not have.
"""

import difflib
import importlib
from collections.abc import Callable, Mapping
from typing import Any

from appliance.runtime.errors import CannotStart, ConfigError


def resolve(registry: Mapping[str, str], name: str) -> Callable[..., Any]:
    """What `registry` holds under `name`. Raises ConfigError for an unknown name, CannotStart for a missing package."""
    target = registry.get(name)
    if target is None:
        close = difflib.get_close_matches(name, registry, n=1)
        advice = f"did you mean {close[0]}?" if close else f"known: {', '.join(sorted(registry))}"
        raise ConfigError(f"driver {name!r} is unknown; {advice}")
    module, _, attribute = target.partition(":")
    try:
        found: Callable[..., Any] = getattr(importlib.import_module(module), attribute)
    except ModuleNotFoundError as error:
        raise CannotStart(f"driver {name!r} needs the Python package {error.name!r}; install it") from error
    return found
