"""A manager of the demo company is away, so that the radar, the homes and the history show who acts instead."""

from datetime import timedelta

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.absences import record_absence
from demo.company import Company

BEFORE, AFTER = 1, 6


def build_absences(company: Company) -> None:
    """The second manager, for a week; the third stands in where a duty names nobody."""
    person = User.objects.get(pk=company.managers[1])
    record_absence(
        actor=person,
        person_id=person.pk,
        starts_on=company.today - timedelta(days=BEFORE),
        ends_on=company.today + timedelta(days=AFTER),
        stand_in_id=company.managers[2],
        note=_("Annual leave"),
    )
