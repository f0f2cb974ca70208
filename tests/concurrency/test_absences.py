"""Two people name each other as stand-in at the same moment: one of them is refused, else nobody is there for either."""

from datetime import date
from functools import partial

import pytest

from accounts.models import Absence, User
from accounts.services.absences import record_absence
from core.errors import InvalidInput
from tests.concurrency.together import together
from tests.factories.accounts import ManagerFactory

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 6, 15)


def test_two_who_name_each_other_at_once() -> None:
    one, other = ManagerFactory.create(), ManagerFactory.create()

    def record(person: User, stand_in: User) -> str:
        try:
            record_absence(actor=person, person_id=person.pk, starts_on=DAY, ends_on=DAY, stand_in_id=stand_in.pk)
        except InvalidInput as refusal:
            return refusal.problems[0].code
        return "done"

    said = together(partial(record, one, other), partial(record, other, one))
    assert sorted(said) == ["circle", "done"]
    assert Absence.objects.count() == 1
