"""Credit limits from files: finance keeps them in a spreadsheet, and a wrong row must not change the others."""

from decimal import Decimal

import pytest

from billing.models import CreditLimit, TradeAccount
from tests.billing.crediting import credited, sound
from tests.factories.accounts import DistributorFactory
from tests.factories.company import CompanyFactory
from tests.integration.conftest import Run, wrong

pytestmark = pytest.mark.django_db
LIMITS = """
[files.limits]
path = "limits.csv"
[[import]]
entity = "credit_limit"
file = "limits"
[import.fields]
distributor = "Code"
amount = "Limit"
group = "Group"
sub_limit = "Own"
temporary_amount = "Now"
temporary_until = "Until"
"""
HEAD = "Code,Limit,Group,Own,Now,Until\n"


def test_limits_are_set_and_changed_by_the_next_file(run: Run) -> None:
    """What is used goes with its account; who is not in the file keeps its limit."""
    scene = credited("100")
    scene.place("60")
    code = scene.account.distributor.code
    currency = scene.account.currency
    for name in ("D1", "D2", "D3"):
        DistributorFactory.create(code=name, currency=currency)
    rows = f"{code},250.50,,,,\nD1,1000,Family,,,\nD2,1000,Family,400,,\nD3,10,,,20,2026-12-31\n"
    outcome = run(LIMITS, {"limits.csv": HEAD + rows})
    assert (wrong(outcome), vars(outcome.counts["credit_limit"])) == ([], {"created": 3, "changed": 1, "unchanged": 0})
    scene.account.refresh_from_db()
    limit = scene.account.credit_limit
    assert limit is not None
    assert (limit.name, limit.amount, limit.exposure_amount) == ("", Decimal("250.50"), 60)
    family = CreditLimit.objects.get(name="Family")
    assert sorted(family.accounts.values_list("distributor__code", "sub_limit")) == [("D1", None), ("D2", 400)]
    assert CreditLimit.objects.get(accounts__distributor__code="D3").temporary_amount == 20
    sound()
    again = run(LIMITS, {"limits.csv": HEAD + f"{code},,Family,,,\n"})
    assert wrong(again) == []
    family.refresh_from_db()
    assert (family.amount, family.exposure_amount) == (1000, 60)
    assert not CreditLimit.objects.filter(name__startswith="import:").exists()
    sound()


@pytest.mark.parametrize(
    "row",
    ["D1,10,,,20,", "D1,,Nobody,,,", "D1,-1,,,,", "D9,10,,,,", "D1,10,,-5,,"],
)
def test_wrong_rows_change_nothing(run: Run, row: str) -> None:
    CompanyFactory.create()
    DistributorFactory.create(code="D1")
    outcome = run(LIMITS, {"limits.csv": HEAD + row + "\n"})
    assert len(wrong(outcome)) == 1
    assert (CreditLimit.objects.count(), TradeAccount.objects.count()) == (0, 0)
