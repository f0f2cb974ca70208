from django.utils.translation import gettext_lazy as _

from core.enums import Colour, ColouredChoices


class ComplaintStatus(ColouredChoices):
    OPEN = "open", Colour.DANGER, _("Open")
    CLOSED = "closed", Colour.DONE, _("Closed")
