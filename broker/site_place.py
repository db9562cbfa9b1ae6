"""Where the centre's data files lie when a command line does not say it.

Rules: what landed on this machine comes first; the first centre's, which a checkout brings, is for trying things out;
of two centres none is guessed.
"""

from pathlib import Path

LANDED = Path("/etc/goiso/site")
SAMPLE = Path(__file__).parents[1] / "firmware_configs" / "site" / "ca-mau"


def site_folder(landed: Path = LANDED) -> Path:
    """The only centre's folder in `landed`, `landed` itself where there are several, the sample where there is none."""
    centres = [file.parent for file in landed.glob("*/centre.toml")]
    if len(centres) == 1:
        return centres[0]
    return landed if centres else SAMPLE
