from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from accounts.models import Distributor
from cases.enums import ComplaintStatus
from cases.models import Complaint
from core.filters import CodeFilter, ListFilterSet, day_range, visible_rows


class ComplaintFilter(ListFilterSet):
    search_fields = ("code__istartswith", "subject", "distributor__search_text")
    status = ChoiceFilter(choices=ComplaintStatus, label=_("status"))
    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))
    received_on = day_range("received_on", _("received on"))

    class Meta:
        model = Complaint
        fields = ("status", "distributor")
