"""What can be imported for the evaluation: complaints."""

from cases.models import Complaint
from cases.services import write_complaints
from core.importing import Entity, Importer, fields_of

COMPLAINT = Entity(
    name="complaint",
    help_text="A complaint about a distributor or one of its orders.",
    model=Complaint,
    key=("code",),
    fields=fields_of(
        Complaint,
        {
            "code": "Complaint number",
            "distributor": "Code of the distributor",
            "order": "Order number",
            "subject": "Subject",
            "text": "What it says",
            "amount": "Amount at stake",
            "status": "Status; closed where a closing day is given",
            "received_on": "Day it came in",
            "closed_on": "Day it was closed",
        },
        status={"default": ""},
    ),
    match=(),
)

IMPORTERS = (Importer(entity=COMPLAINT, write=write_complaints, page="cases:complaints"),)
