"""What a use case of this app can refuse beyond the common errors."""

from django.utils.translation import gettext_lazy as _

from core.errors import Conflict, InvalidInput


class DutyTaken(Conflict):
    """Somebody answers for this duty in that time already (409)."""

    code = "duty_taken"
    default_message = _("Someone is already responsible for this duty in that period.")


class StillResponsible(Conflict):
    """The account of somebody who answers for duties is not closed before they are handed over (409)."""

    code = "still_responsible"
    default_message = _("This person is still responsible for duties. Hand them over first.")


class AbsenceOverlap(Conflict):
    """The person is absent in that time already (409)."""

    code = "absence_overlap"
    default_message = _("This person is already absent in that period.")


class Circle(InvalidInput):
    """A distributor (or a person) would be its own parent (400)."""

    code = "circle"
    default_message = _("A distributor cannot be its own parent.")


class StillOpen(Conflict):
    """Something of the distributor is open that nobody could go on with afterwards; each is a problem (409)."""

    code = "still_open"
    default_message = _("Something of this distributor is still open.")
