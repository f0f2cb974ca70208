"""What is open of a distributor's agreements."""

from django.utils.translation import ngettext

from channel.enums import AgreementStatus
from channel.models import Agreement


def open_agreements(distributor_id: int) -> str:
    """How many agreements are in force, in grace or on their way, in words."""
    rows = Agreement.objects.filter(distributor=distributor_id)
    count = rows.exclude(status__in=[AgreementStatus.DRAFT, AgreementStatus.ENDED]).count()
    return ngettext("%(count)s agreement", "%(count)s agreements", count) % {"count": count} if count else ""
