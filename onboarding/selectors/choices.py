"""What an applicant, who has no account, chooses from."""

from typing import Any

from babel import Locale
from django.utils.translation import get_language, to_locale

from accounts.models import Territory
from catalogue.models import Brand
from company.iso_codes import country_codes


def territories_offered() -> Any:
    return Territory.objects.order_by("code")


def brands_offered() -> Any:
    return Brand.objects.order_by("code")


def countries_offered() -> list[tuple[str, str]]:
    """Code and name in the active language, by name."""
    names = Locale.parse(to_locale(get_language() or "en")).territories
    return sorted(((code, str(names.get(code, code))) for code in country_codes()), key=lambda pair: pair[1])
