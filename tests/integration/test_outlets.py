"""Outlets and their links from files: taken, changed by a later file, and refused row by row."""

import pytest

from core.models import Event
from outlets.models import Outlet, OutletLink
from tests.factories.accounts import DistributorFactory, TerritoryFactory
from tests.factories.outlets import OutletFactory, OutletLinkFactory
from tests.integration.conftest import Run, wrong

pytestmark = pytest.mark.django_db

OUTLETS = """
[files.outlets]
path = "outlets.csv"
[[import]]
entity = "outlet"
file = "outlets"
[import.fields]
code = "Code"
name = "Name"
kind = "Kind"
head_office = "Head"
territory = "Area"
status = "State"
closed_on = "Closed"
close_reason = "Why"
"""
LINKS = """
[files.links]
path = "links.csv"
[[import]]
entity = "outlet_link"
file = "links"
fields = { outlet = "Outlet", distributor = "From", starts_on = "Since", ends_on = "Until" }
"""
HEAD = "Code,Name,Kind,Head,Area,State,Closed,Why\n"


def test_outlets_are_taken_and_changed_by_the_next_file(run: Run) -> None:
    """The list of shops is sent anew every month; only what differs changes."""
    rows = "H,Head,chain_store,,,,,\nS,Site,shop,H,,,,\n"
    assert run(OUTLETS, {"outlets.csv": HEAD + rows}).counts["outlet"].created == 2
    site = Outlet.objects.get(code="S")
    assert (site.head_office.code, site.status) == ("H", "open")
    again = run(OUTLETS, {"outlets.csv": HEAD + rows.replace("Site", "Corner")})
    assert vars(again.counts["outlet"]) == {"created": 0, "changed": 1, "unchanged": 1}
    DistributorFactory.create(code="D1")
    made = run(LINKS, {"links.csv": "Outlet,From,Since,Until\nS,D1,2026-01-01,\n"})
    assert made.counts["outlet_link"].created == 1
    ended = run(LINKS, {"links.csv": "Outlet,From,Since,Until\nS,D1,2026-01-01,2026-06-30\n"})
    assert ended.counts["outlet_link"].changed == 1
    assert not Event.objects.filter(kind__startswith="outlet").exists()


def test_a_known_outlet_in_another_spelling_is_that_outlet(run: Run) -> None:
    """A second shop would be made of every one that a distributor writes with a blank or in small letters."""
    known = OutletFactory.create(code="SITE")
    outcome = run(OUTLETS, {"outlets.csv": f"{HEAD}si te,Alpha,shop,,,,,\n"})
    assert (wrong(outcome), outcome.counts["outlet"].changed) == ([], 1)
    known.refresh_from_db()
    assert (known.code, known.name) == ("SITE", "Alpha")


@pytest.mark.parametrize(
    ("row", "column", "part"),
    [
        ("A,,shop,,,,,", "Name", "empty"),
        ("A,Alpha,palace,,,,,", "Kind", "palace"),
        ("A,Alpha,shop,A,,,,", "Head", "loop"),
        ("A,Alpha,shop,SITE,,,,", "Head", "no site itself"),
        ("A,Alpha,shop,NOBODY,,,,", "Head", "NOBODY"),
        ("A,Alpha,shop,,ALL,,,", "Area", "not divided"),
        ("A,Alpha,shop,,,closed,,", "", "last day"),
        ("A,Alpha,shop,,,open,2026-01-01,Gone", "", "last day"),
        ("go od,Alpha,shop,,,,,", "Code", "written differently"),
        ("TAKEN,Alpha,shop,,,closed,2026-02-01,Gone", "Closed", "still buys"),
    ],
)
def test_wrong_outlets_are_named_and_nothing_changes(run: Run, row: str, column: str, part: str) -> None:
    """Somebody has to find that row in a list of ten thousand shops."""
    OutletFactory.create(code="SITE", head_office=OutletFactory.create(code="HEAD"))
    OutletLinkFactory.create(outlet__code="TAKEN")
    TerritoryFactory.create(parent=TerritoryFactory.create(code="ALL"))
    before = list(Outlet.objects.order_by("pk").values())
    outcome = run(OUTLETS, {"outlets.csv": f"{HEAD}GOOD,Good,shop,,,,,\n{row}\n"})
    found = wrong(outcome)
    assert found, outcome
    assert found[0][:2] == ("outlets.csv", 3)
    assert column in found[0][2]
    assert part in found[0][3]
    assert (outcome.written, list(Outlet.objects.order_by("pk").values())) == (False, before)


def test_wrong_links_are_named_and_nothing_changes(run: Run) -> None:
    """Two rows that say the same of a day, and what a closed shop cannot buy."""
    link = OutletLinkFactory.create(outlet__code="O", distributor__code="D1")
    OutletFactory.create(code="GONE", status="closed", closed_on="2026-01-31", close_reason="Gone")
    content = "Outlet,From,Since,Until\nO,D1,2026-03-01,\nO,NOBODY,2026-03-01,\nO,D1,2026-05-01,2026-04-01\n"
    assert {row[1] for row in wrong(run(LINKS, {"links.csv": content}))} >= {3}
    found = wrong(run(LINKS, {"links.csv": content.replace("O,NOBODY,2026-03-01,\n", "")}))
    assert {row[1] for row in found} == {2, 3}
    closed = wrong(run(LINKS, {"links.csv": "Outlet,From,Since,Until\nGONE,D1,2026-03-01,\n"}))
    assert "closed" in closed[0][3]
    assert OutletLink.objects.get() == link
