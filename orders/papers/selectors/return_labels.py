"""The label that is glued on returned goods, so that whoever takes them in finds their return by a scan."""

from django.utils import translation
from django.utils.translation import pgettext

from core.ui.numbers import quantity
from orders.papers.selectors.heads import company_sender, distributor_sender
from orders.returns.models import Return
from papers.contents import Field, Label


def return_label_of(document: Return) -> Label:
    """From the distributor to the company, in the distributor's language. One query. The caller has checked who asks."""
    company, distributor = document.company, document.distributor
    with translation.override(distributor.language):
        return Label(
            language=distributor.language,
            title=pgettext("paper", "Return label"),
            number=str(document.number),
            barcode=str(document.number),
            qr=str(document.number),
            sender=distributor_sender(distributor),
            recipient_label=pgettext("paper", "Return to"),
            recipient=" ".join(
                filter(None, [company.display_name, document.warehouse.display_name if document.warehouse else ""])
            ),
            phone=company.phone,
            address=company_sender(company, {}).details[0],
            fields=(
                Field(
                    label=pgettext("paper", "Pieces"),
                    value=quantity(sum(document.lines.values_list("pieces", flat=True))),
                ),
                Field(label=pgettext("paper", "Tracking number"), value=document.tracking_number),
            ),
            note=document.note,
        )
