"""Pictures and documents of products, and the small pictures of lists."""

import secrets
import warnings
from io import BytesIO
from typing import Final

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from catalogue.enums import CatalogueEvent
from catalogue.models import Product, ProductFile
from catalogue.permissions import can_change_catalogue
from core import events
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput
from core.locks import lock_row
from core.permissions import require
from messaging.services.files import Attachment, stored

MOST_FILES: Final = 12
SMALL: Final = (320, 320)
MOST_PIXELS: Final = 50_000_000
FORMATS: Final = ("JPEG", "PNG", "WEBP")
AT_ONCE: Final = 50


def add_file(*, product_id: int, attachment: Attachment, actor: Actor, alt: str = "", alt_zh: str = "") -> ProductFile:
    """Add a picture or a document behind those that are there; writes one event. Its small picture is made by a job.

    Raises NotAllowed, NotVisible, InvalidInput at `file`, Conflict where the product has the very same file.
    """
    require(can_change_catalogue(actor))
    with explained(), transaction.atomic():
        product: Product = lock_row(Product.objects.visible_to(actor), product_id)
        positions = list(ProductFile.objects.filter(product=product).values_list("position", flat=True))
        if len(positions) >= MOST_FILES:
            message = _("At most %(count)d files can be attached.") % {"count": MOST_FILES}
            raise InvalidInput(message, code="too_many_files", field="file")
        file: ProductFile = ProductFile.objects.create(
            product=product,
            position=max(positions, default=0) + 1,
            alt=alt.strip(),
            alt_zh=alt_zh.strip(),
            **stored(attachment, field="file"),
        )
        _record(file, CatalogueEvent.FILE_ADDED, actor)
    return file


def remove_file(*, file_id: int, actor: Actor) -> None:
    """Take a file away; writes one event. Raises NotAllowed, NotVisible."""
    require(can_change_catalogue(actor))
    with explained(), transaction.atomic():
        file: ProductFile = lock_row(ProductFile.objects.visible_to(actor), file_id)
        _record(file, CatalogueEvent.FILE_REMOVED, actor)
        file.delete()


def put_first(*, file_id: int, actor: Actor) -> None:
    """Have a file stand first, so that a picture stands for the product; the others move behind it. Writes one event.

    Raises NotAllowed, NotVisible.
    """
    require(can_change_catalogue(actor))
    with explained(), transaction.atomic():
        known = ProductFile.objects.visible_to(actor).filter(pk=file_id).values_list("product_id", flat=True)
        lock_row(Product.objects.visible_to(actor), next(iter(known), 0))
        file: ProductFile = lock_row(ProductFile.objects.visible_to(actor), file_id)
        rest = ProductFile.objects.filter(product_id=file.product_id).exclude(pk=file.pk).order_by("position", "id")
        ordered = [file, *rest]
        for position, row in enumerate(ordered, 1):
            row.position = position
        ProductFile.objects.bulk_update(ordered, ["position"])
        _record(file, CatalogueEvent.FILE_FIRST, actor)


def make_thumbnails(*, most: int = AT_ONCE) -> int:
    """Make the small pictures that are missing; a picture that cannot be read is not tried again. Returns how many."""
    waiting = ProductFile.objects.without_thumbnail().order_by("id")[:most]
    return sum(_make_thumbnail(file) for file in waiting)


def _make_thumbnail(file: ProductFile) -> bool:
    with file.file.open() as content:
        small = thumbnail_of(content.read())
    if small is not None:
        file.thumbnail.save(f"{secrets.token_hex(16)}.webp", ContentFile(small), save=False)
    file.thumbnail_at = timezone.now()
    file.save(update_fields=["thumbnail", "thumbnail_at"])
    return small is not None


def thumbnail_of(content: bytes) -> bytes | None:
    """A picture of at most 320 by 320 points, turned as it was taken and without what the camera wrote; None of what is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    return None
                small = ImageOps.exif_transpose(image)
                small.thumbnail(SMALL)
                written = BytesIO()
                small.convert("RGBA" if "A" in small.getbands() else "RGB").save(written, "WEBP", quality=80)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    return written.getvalue()


def _record(file: ProductFile, kind: CatalogueEvent, actor: Actor) -> None:
    events.record_event(
        kind=kind,
        subject_type="product",
        subject_id=file.product_id,
        actor_id=actor.pk,
        data={"name": file.name, "position": file.position},
    )
