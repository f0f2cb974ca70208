from typing import Any

import pghistory
from django.core.validators import validate_slug
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.models.product import Category
from catalogue.querysets import ProductFamilyQuerySet, ReferenceQuerySet
from catalogue.rules.variants import Axis, Choice
from core.codes import CodeField, unique_code
from core.models import Bilingual, localised
from core.sentences import listed


@pghistory.track()
class ProductAttribute(models.Model):
    """What the products of a family differ in, such as colour or size: declared for a category and those below it.

    `choices` are the values it can have, each with a code and names in both languages, in their order; without any its
    values are free text. A category that declares none has those of the category above.
    """

    category = models.ForeignKey(Category, models.CASCADE, related_name="attributes", verbose_name=_("category"))
    code = CodeField(_("code"), max_length=32, validators=[validate_slug])
    name = models.CharField(_("name"), max_length=200)
    name_zh = models.CharField(_("Chinese name"), max_length=200, blank=True)
    position = models.PositiveIntegerField(
        _("position"), default=1, help_text=_("The first makes the rows of a grid, the second its columns.")
    )
    choices = models.JSONField(
        _("values"), default=list, blank=True, help_text=_("If there are none, values are free text.")
    )

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attribute of products")
        verbose_name_plural = _("attributes of products")
        ordering = ["category", "position", "code"]
        constraints = [
            unique_code("product_attribute_once", "category"),
            models.CheckConstraint(condition=Q(position__gte=1), name="product_attribute_position"),
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        return reverse("catalogue:attribute-change", args=[self.pk])

    @property
    def display_name(self) -> str:
        return localised(self.name, self.name_zh)

    @property
    def axis(self) -> Axis:
        rows: Any = self.choices
        choices = tuple(Choice(**row) for row in rows)
        return Axis(code=self.code, name=self.name, name_zh=self.name_zh, choices=choices)

    @property
    def written_choices(self) -> str:
        """Its values as a file brings them."""
        return ";".join(choice.written for choice in self.axis.choices)

    @property
    def value_labels(self) -> str:
        """Its values in a list; a word that says so where they are free."""
        return listed(choice.label for choice in self.axis.choices) or str(_("free text"))


@pghistory.track()
class ProductFamily(Bilingual):
    """Products that are one article in variants: a tea in 100 g and 250 g, a shirt by colour and size.

    The category says in what they differ; the values are with each product (`Product.variant`).
    """

    category = models.ForeignKey(Category, models.PROTECT, related_name="families", verbose_name=_("category"))

    objects = ProductFamilyQuerySet.as_manager()

    class Meta:
        verbose_name = _("product family")
        verbose_name_plural = _("product families")
        ordering = ["code"]
        constraints = [unique_code("product_family_code_once")]

    def get_absolute_url(self) -> str:
        return reverse("catalogue:family", args=[self.code])
