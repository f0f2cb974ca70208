from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.models.product import Product
from catalogue.querysets import ProductFileQuerySet
from core.models import localised
from messaging.models import AttachedFile, is_hashed

IMAGES = ("image/jpeg", "image/png", "image/webp")


class ProductFile(AttachedFile):
    """A picture or a document of a product, seen by whoever sees the product; the first picture stands for it.

    A job makes a small picture of each; `thumbnail_at` says when it tried, whether or not the content could be read.
    """

    product = models.ForeignKey(Product, models.CASCADE, related_name="files", verbose_name=_("product"))
    position = models.PositiveIntegerField(_("position"), default=1)
    alt = models.CharField(_("text instead of the picture"), max_length=200, blank=True)
    alt_zh = models.CharField(_("text instead of the picture, in Chinese"), max_length=200, blank=True)
    thumbnail = models.FileField(_("small picture"), upload_to="thumbnails/%Y/%m/", blank=True, editable=False)
    thumbnail_at = models.DateTimeField(_("small picture tried at"), null=True, blank=True, editable=False)

    objects = ProductFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a product")
        verbose_name_plural = _("files of products")
        ordering = ["product", "position", "id"]
        constraints = [
            is_hashed("product_file_hashed"),
            models.CheckConstraint(condition=Q(position__gte=1), name="product_file_position"),
            models.CheckConstraint(
                condition=Q(thumbnail="") | Q(thumbnail_at__gte=F("added_at")), name="product_file_thumbnail_tried"
            ),
            models.UniqueConstraint(
                fields=["product", "sha256"],
                name="product_file_once",
                violation_error_message=_("The product already has this file."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("catalogue:product-file", args=[self.pk])

    @property
    def is_image(self) -> bool:
        return self.media_type in IMAGES

    @property
    def image_url(self) -> str:
        """The small picture, or the whole one until there is one."""
        return f"{self.get_absolute_url()}?size=small" if self.thumbnail else self.get_absolute_url()

    @property
    def description(self) -> str:
        """What stands for the picture where it is not seen."""
        return localised(self.alt, self.alt_zh) or self.product.display_name
