"""Many complaints at once, as an import or the demo brings them."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from cases.enums import ComplaintStatus
from core.importing import Counts, Stage
from core.importing.staging import refuse, rows, run
from core.importing.upsert import upsert


def write_complaints(stage: Stage) -> Mapping[str, Counts]:
    """Complaints by their code; one that has a closing day is closed. Reads the fields of the entity `complaint`."""
    refuse(
        rows(f"SELECT _n FROM {stage.relation} WHERE closed_on < received_on"),
        "closed_on",
        _("The closing date must not be before the date received."),
    )
    run(
        f"UPDATE {stage.relation} SET status = CASE WHEN closed_on IS NULL THEN '{ComplaintStatus.OPEN}' "
        f"ELSE '{ComplaintStatus.CLOSED}' END WHERE status = ''"
    )
    stage.expressions["status"] = "s.status"
    return {"complaint": upsert(stage)}
