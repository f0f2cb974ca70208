from django.utils.translation import gettext_lazy as _

from core.errors import Conflict


class NoCompany(Conflict):
    """Nothing can be recorded before the installation knows whose company it is."""

    code = "no_company"
    default_message = _("No company has been set up. An administrator creates it with “manage.py company”.")


class NoNumberSeries(Conflict):
    code = "no_number_series"
    default_message = _("No number series is set up for this kind of document.")
