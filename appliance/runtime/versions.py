"""What is installed here, as a box tells it in its health."""

from importlib.metadata import PackageNotFoundError, version


def versions() -> dict[str, str]:
    """goiso's version by name; nothing in a checkout that was never installed."""
    try:
        return {"goiso": version("goiso")}
    except PackageNotFoundError:
        return {}
