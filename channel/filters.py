from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from channel.enums import AgreementStatus
from channel.models import Agreement
from core.filters import ChoicesFilter, CodeFilter, ListFilterSet, day_range, visible_rows


class AgreementFilterSet(ListFilterSet):
    """Agreements by distributor, status, and when they begin and end."""

    search_fields = ("number__istartswith", "distributor__search_text")
    status = ChoicesFilter(choices=AgreementStatus.choices, label=_("Status"))
    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))
    starts_on = day_range("starts_on", _("Starts on"))
    ends_on = day_range("ends_on", _("Ends on"))

    class Meta:
        model = Agreement
        fields = ("status", "distributor")
