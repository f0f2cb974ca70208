"""Two people make one code at once, each in a spelling of its own."""

from functools import partial

import pytest

from accounts.models import Distributor
from accounts.services.distributors import create_distributor
from core.errors import Conflict
from tests.concurrency.together import failed, succeeded, together
from tests.factories.accounts import DirectorFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_of_two_spellings_wins() -> None:
    """Orders, prices and files would go to either of two distributors."""
    director = DirectorFactory.create()
    make = partial(create_distributor, actor=director, name="Lang Cha", channel_kind="retail", currency="CNY")
    for number in range(5):
        results = together(partial(make, code=f"LC00{number}"), partial(make, code=f"ｌc00{number}"))
        (kept,), (refusal,) = succeeded(results), failed(results)
        assert isinstance(refusal, Conflict), refusal
        assert [(problem.field, kept.code in str(problem.message)) for problem in refusal.problems] == [("code", True)]
        assert Distributor.objects.filter(code=f"lc00{number}").count() == 1
