"""The logo on printed documents: a small picture, whatever was handed in."""

import secrets
import warnings
from io import BytesIO
from typing import Final

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from company.enums import CompanyEvent
from company.models import Company
from company.permissions import can_change_company
from core import events
from core.actors import Actor
from core.errors import InvalidInput
from core.locks import lock_row
from core.permissions import require

MOST_BYTES: Final = 2_000_000
MOST_PIXELS: Final = 20_000_000
SMALL: Final = (600, 300)
FORMATS: Final = ("JPEG", "PNG", "WEBP")


def set_logo(*, actor: Actor, company_id: int, picture: File[bytes]) -> None:
    """Keep the picture as a PNG of at most 600 by 300 points, without what a camera wrote into it. Records one event.

    Raises NotAllowed, NotVisible; InvalidInput at `logo` for what is no picture or too large.
    """
    require(can_change_company(actor))
    _keep(actor, company_id, _small_png(picture))


def remove_logo(*, actor: Actor, company_id: int) -> None:
    """Documents have the name only. Records one event. Raises NotAllowed, NotVisible."""
    require(can_change_company(actor))
    _keep(actor, company_id, b"")


def _keep(actor: Actor, company_id: int, content: bytes) -> None:
    with transaction.atomic():
        company: Company = lock_row(Company.objects.visible_to(actor), company_id)
        if content:
            company.logo.save(f"{secrets.token_hex(16)}.png", ContentFile(content), save=False)
        else:
            company.logo = ""
        company.save(update_fields=["logo"])
        events.record_event(
            kind=CompanyEvent.CHANGED,
            subject_type="company",
            subject_id=company.pk,
            actor_id=actor.pk,
            data={"logo": company.logo.name},
        )


def _small_png(picture: File[bytes]) -> bytes:
    if picture.size > MOST_BYTES:
        raise InvalidInput(_("The picture is larger than 2 MB."), code="too_large", field="logo")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(picture.read()), formats=FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise InvalidInput(_("The picture has too many points."), code="too_large", field="logo")
                small = ImageOps.exif_transpose(image)
                small.thumbnail(SMALL)
                written = BytesIO()
                small.convert("RGBA" if "A" in small.getbands() else "RGB").save(written, "PNG", optimize=True)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        message = _("This is no picture. Use PNG, JPEG or WebP.")
        raise InvalidInput(message, code="no_picture", field="logo") from error
    return written.getvalue()
