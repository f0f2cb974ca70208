"""Whatever has a code is found by it in any spelling, and two never have the same: a new model cannot forget it."""

from collections.abc import Mapping

from django.db import models

from core.codes import CodeConstraint, CodeField
from tests.architecture.test_models import MODELS

OTHER: Mapping[str, str] = {
    "catalogue.ProductCode": "compared by its generated column `normal`, unique for all and for each distributor",
    "catalogue.ProductUnit": "a word such as case, which the services keep in small letters",
    "inventory.Lot": "compared by its generated column `normal`; the unnamed lot has none",
    "orders.OrderHold": "names a reason of the program, no row",
    "orders.TrackingEvent": "one of the choices of the program",
}
UNIQUE_ELSEWHERE: Mapping[str, str] = {
    "catalogue.Product": "unique among the codes of all products: `ProductCode`, kept by its triggers",
}
NAMES = ("code", "external_code")


def _with_codes() -> dict[str, tuple[type[models.Model], models.Field[object, object]]]:
    return {
        model._meta.label: (model, field)
        for model in MODELS
        for field in model._meta.concrete_fields
        if field.name in NAMES and not field.is_relation
    }


def test_every_code_is_compared_in_its_normal_form() -> None:
    """`lc003` would be unknown to a file, an address or a filter where a page finds LC003."""
    wrong = [
        label
        for label, (_model, field) in _with_codes().items()
        if not isinstance(field, CodeField) and label not in OTHER
    ]
    assert wrong == []


def test_every_code_is_unique_in_its_normal_form() -> None:
    """LC003 and lc003 would be two distributors, and orders and files would go to either."""
    wrong = [
        label
        for label, (model, field) in _with_codes().items()
        if isinstance(field, CodeField)
        and label not in UNIQUE_ELSEWHERE
        and not any(isinstance(one, CodeConstraint) and one.field == field.name for one in model._meta.constraints)
    ]
    assert wrong == []


def test_exceptions_are_of_models_that_are_there() -> None:
    """The list would allow what nobody meant any more."""
    found = _with_codes()
    assert sorted(label for label in OTHER if label not in found or isinstance(found[label][1], CodeField)) == []
    assert sorted(label for label in UNIQUE_ELSEWHERE if label not in found) == []
