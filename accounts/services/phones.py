"""Mobile numbers as they are kept: E.164, such as +8613912345678 (ITU-T E.164, 2010)."""

import phonenumbers
from django.conf import settings

LONGEST = 16


def normal_phone(text: str) -> str | None:
    """The number that people mean, or None where it is none.

    Without a country code it is one of `settings.PHONE_COUNTRY`.
    """
    try:
        number = phonenumbers.parse(text, settings.PHONE_COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
