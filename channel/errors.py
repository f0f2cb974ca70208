from django.utils.translation import gettext_lazy as _

from core.errors import Conflict


class ExclusivityOverlap(Conflict):
    """The agreement covers what another one has exclusively, or the other way round (409)."""

    code = "agreement_exclusivity"
    default_message = _("This agreement overlaps with an exclusive one.")
