"""Pictures of products: small ones for lists, and nobody's who may not buy."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from catalogue.models import ProductFile
from catalogue.selectors import first_images
from catalogue.services.files import make_thumbnails, thumbnail_of
from tests.factories.accounts import AdministratorFactory, BuyerFactory
from tests.orders.people import Stage, stage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def picture(size: tuple[int, int] = (800, 600), kind: str = "PNG") -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "navy").save(written, kind)
    return written.getvalue()


def test_what_is_no_picture_of_a_sensible_size_makes_none() -> None:
    """One crafted file would take the memory of the worker, again and again."""
    small = thumbnail_of(picture())
    assert small is not None
    assert Image.open(BytesIO(small)).size == (320, 240)
    for content in (b"\x89PNG\r\n\x1a\n broken", picture()[:200], picture((20_000, 9_000)), picture(kind="GIF")):
        assert thumbnail_of(content) is None


def _add(client: Client, people: Stage, content: bytes, name: str = "front.png") -> Any:
    address = reverse("catalogue:product-file-add", args=[people.shop.products[0].code])
    return client.post(address, {"file": SimpleUploadedFile(name, content), "alt": "Front", "alt_zh": "正面"})


def test_a_picture_is_added_shown_small_and_seen_by_who_may_buy() -> None:
    """Buyers would choose among codes; a competitor's product would be seen by its picture."""
    people = stage(products=2)
    product = people.shop.products[0]
    client, buyer, stranger = Client(), Client(), Client()
    client.force_login(AdministratorFactory.create())
    buyer.force_login(people.buyer)
    stranger.force_login(BuyerFactory.create())
    assert _add(client, people, picture()).status_code == 302
    assert _add(client, people, picture()).status_code == 409, "the very same file"
    assert _add(client, people, b"<svg onload=alert(1)>").status_code == 400
    assert _add(client, people, b"\xff\xd8\xff broken", "back.jpg").status_code == 302
    assert _add(client, people, b"%PDF-1.7 leaflet", "leaflet.pdf").status_code == 302
    assert _add(buyer, people, picture()).status_code == 403
    assert make_thumbnails() == 1
    assert make_thumbnails() == 0, "what cannot be read is tried once"
    first, broken, leaflet = ProductFile.objects.order_by("position")
    assert (first.position, broken.thumbnail.name, leaflet.thumbnail_at) == (1, "", None)
    assert list(first_images([product.pk])) == [product.pk]
    small = buyer.get(first.image_url)
    assert (small.status_code, small.headers["Content-Type"]) == (200, "image/webp")
    assert small.headers["X-Content-Type-Options"] == "nosniff"
    assert stranger.get(first.image_url).status_code == 404
    assert first.image_url in buyer.get(reverse("orders:entry-catalogue")).content.decode()
    page = buyer.get(product.get_absolute_url()).content.decode()
    assert first.image_url in page
    assert "leaflet.pdf" in page
    assert f'value="{product.pk}"' in page, "the button that orders it"
    client.post(reverse("catalogue:product-file-first", args=[broken.pk]))
    assert first_images([product.pk])[product.pk].pk == broken.pk
    client.post(reverse("catalogue:product-file-remove", args=[broken.pk]))
    assert first_images([product.pk])[product.pk].pk == first.pk
