"""The first centre's words, as its kiosks have them."""

from pathlib import Path

from appliance.wire.procedures import Procedure, read_procedures
from appliance.wire.site import SiteDocument
from broker.site_files import load_site
from broker.web.procedure_list import procedure_list
from broker.web.site_document import site_document

SITE_FOLDER = Path(__file__).parents[1] / "firmware_configs" / "site" / "ca-mau"
DAY = "2026-11-23"


def site() -> SiteDocument:
    """Departments, services and counters."""
    return site_document(load_site(SITE_FOLDER, DAY))


def procedures() -> tuple[Procedure, ...]:
    """All procedures of the centre."""
    return tuple(read_procedures(procedure_list(SITE_FOLDER, site().revision, DAY)).procedures)
