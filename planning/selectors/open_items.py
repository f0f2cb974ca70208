"""Which plans of a distributor go on, said before the distributor is suspended or ended."""

from django.utils import timezone
from django.utils.translation import gettext as _

from core.sentences import listed
from planning.models import SalesPlan


def open_plans(distributor_id: int) -> str:
    """The years, not over yet, for which it has a plan. One query."""
    plans = SalesPlan.objects.current().filter(distributor=distributor_id, year__ends_on__gte=timezone.localdate())
    years = sorted(set(plans.values_list("year__code", flat=True)))
    return _("Sales plans: %(years)s") % {"years": listed(years)} if years else ""
