"""From an event to the thing it is about: its name and page, for those who may see it."""

import ast
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from core.events import ExtraSubject, record_event
from core.models import Subject
from core.selectors.invariants import INVARIANTS
from core.subjects import register_subject_type, subject_type, subject_types, visible_subjects
from core.ui.timeline import timeline
from orders.models import Order
from tests.architecture.test_sources import PACKAGES
from tests.factories.accounts import DirectorFactory, DistributorFactory, OwnerFactory
from tests.factories.orders import OrderFactory, ShipmentFactory
from tests.sql import offending_rows


def subjects_in_code() -> set[str]:
    """The literal subject types of all calls of the apps: `subject_type="order"`, `ExtraSubject("user", …)`."""
    found = set()
    for path in (path for app in PACKAGES for path in (Path(settings.BASE_DIR) / app).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            values = [keyword.value for keyword in node.keywords if keyword.arg == "subject_type"]
            if ast.unparse(node.func).endswith("ExtraSubject"):
                values += node.args[:1]
            literals = [str(value.value) for value in values if isinstance(value, ast.Constant)]
            if ast.unparse(node.func) == "event_ctes":  # SQL: what is not quoted is a column
                literals = [literal for literal in literals if literal.startswith("'")]
            found |= {literal.strip("'") for literal in literals}
    return found


def test_every_subject_type_in_the_code_is_registered() -> None:
    """A timeline or notification about a type that nobody registered has no name and leads nowhere."""
    used = subjects_in_code()
    assert {"order", "shipment", "distributor"} <= used, "the search itself works"
    assert used <= set(subject_types())


def test_a_name_stands_for_one_model() -> None:
    register_subject_type("order", Order)
    with pytest.raises(ValueError, match="order"):
        register_subject_type("order", ShipmentFactory._meta.model)
    with pytest.raises(LookupError):
        subject_type("unknown")


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 30])
def test_subjects_are_one_query_a_type(size: int, django_assert_num_queries: Any) -> None:
    """A page with two hundred events must not ask two hundred times."""
    shipments = ShipmentFactory.create_batch(size)
    subjects = [
        subject for one in shipments for subject in (("shipment", one.pk), ("order", one.order_id), ("unknown", 1))
    ]
    director = DirectorFactory.create()
    with django_assert_num_queries(2):
        found = visible_subjects(subjects, actor=director)
    assert len(found) == 2 * size
    assert found[Subject("order", shipments[0].order_id)].label == shipments[0].order.number


@pytest.mark.django_db
def test_a_timeline_names_other_subjects_only_to_those_who_may_see_them() -> None:
    """A distributor must not learn from a timeline which orders others have."""
    own, other = DistributorFactory.create(), OrderFactory.create()
    record_event(
        kind="k",
        subject_type="distributor",
        subject_id=own.pk,
        actor_id=None,
        extra_subjects=[ExtraSubject("order", other.pk, "order")],
    )
    shown = [("distributor", own.pk)]
    (row,) = timeline(shown, actor=DirectorFactory.create())
    assert [link.label for link in row.related] == [other.number]
    (row,) = timeline(shown, actor=OwnerFactory.create(distributor=own))
    assert row.related == []


@pytest.mark.django_db
def test_an_event_about_an_unknown_type_is_found() -> None:
    assert offending_rows(INVARIANTS) == {}
    record_event(kind="k", subject_type="thing", subject_id=1, actor_id=None)
    assert list(offending_rows(INVARIANTS)) == ["core.subject_types_are_registered"]
