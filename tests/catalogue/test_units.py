"""Units in the reader's language."""

import pytest
from django.utils import translation

from catalogue.enums import UNIT_LABELS, unit_label
from demo.bilingual_names import SIZES


def test_every_unit_of_the_demo_has_a_label() -> None:
    """The catalogue of the demo company would show "tin" among Chinese words."""
    assert {unit for sizes in SIZES.values() for _name, _zh, unit, _factor in sizes} <= set(UNIT_LABELS)


@pytest.mark.parametrize(("unit", "label"), [("PCS", "pcs"), ("tin ", "tin"), ("Palette", "Palette"), ("", "")])
def test_an_unknown_unit_stays_as_it_was_entered(unit: str, label: str) -> None:
    """A unit of one's own would vanish from the price."""
    with translation.override("en"):
        assert unit_label(unit) == label
