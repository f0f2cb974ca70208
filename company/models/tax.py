import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from company.iso_codes import check_country
from company.querysets import StaffQuerySet
from core.codes import unique_code
from core.models import Bilingual, ends_after_start


@pghistory.track()
class TaxCode(Bilingual):
    """A rate of tax on sales, under a code of its own: a changed rate is a new code, so that old documents keep theirs."""

    rate = models.DecimalField(_("rate"), max_digits=7, decimal_places=6, help_text=_("0.13 is 13%."))
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[check_country])
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = _("tax code")
        verbose_name_plural = _("tax codes")
        ordering = ["code"]
        constraints = [
            unique_code("tax_code_once"),
            models.CheckConstraint(
                condition=Q(rate__gte=0) & Q(rate__lt=1),
                name="tax_code_rate",
                violation_error_message=_("Enter the tax rate as a share from 0 to below 1, such as 0.13."),
            ),
            ends_after_start("tax_code_dates"),
        ]
