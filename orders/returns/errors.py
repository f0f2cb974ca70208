from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput


class ReturnRefused(InvalidInput):
    default_message = _("These goods cannot be returned.")
    default_code = "return_refused"
