import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from company.enums import DocumentKind
from company.models.company import Company
from company.querysets import StaffQuerySet
from core.state import legal_values

MAX_WIDTH = 12


class NumberSeries(models.Model):
    """How the documents of one kind are numbered: prefix and counter, of one year or of all.

    A series that may have gaps draws from a PostgreSQL sequence of its own (`company_number_<id>`, made with the row),
    so that nobody waits for anybody; `next_number` is then only where it began. A gapless one counts in the row itself.
    """

    company = models.ForeignKey(
        Company, models.CASCADE, related_name="number_series", db_index=False, verbose_name=_("company")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=DocumentKind)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, help_text=_("The document's calendar year. Leave blank for every year.")
    )
    prefix = models.CharField(_("prefix"), max_length=12)
    width = models.PositiveSmallIntegerField(_("digits"), default=6)
    next_number = models.PositiveBigIntegerField(_("next number"), default=1)
    gapless = models.BooleanField(_("without gaps"), default=False)

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        ordering = ["company", "kind", "year"]
        constraints = [
            legal_values("kind", DocumentKind, "number_series_kind_legal"),
            models.CheckConstraint(condition=Q(width__lte=MAX_WIDTH), name="number_series_width"),
            models.CheckConstraint(condition=Q(next_number__gte=1), name="number_series_next_positive"),
            models.UniqueConstraint(
                fields=["company", "kind", "year"], nulls_distinct=False, name="number_series_once"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="make_sequence",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__gapless=False),
                func=(
                    "EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %I', 'company_number_' || NEW.id);"
                    " PERFORM setval(('company_number_' || NEW.id)::regclass, NEW.next_number, false);"
                    " RETURN NULL;"
                ),
            ),
            pgtrigger.Trigger(
                name="drop_sequence",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__gapless=False),
                func="EXECUTE format('DROP SEQUENCE IF EXISTS %I', 'company_number_' || OLD.id); RETURN NULL;",
            ),
            pgtrigger.Trigger(
                name="never_back",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__next_number__gt=pgtrigger.F("new__next_number"))
                | pgtrigger.Q(old__gapless__df=pgtrigger.F("new__gapless"))
                | pgtrigger.Q(old__company__df=pgtrigger.F("new__company"))
                | pgtrigger.Q(old__kind__df=pgtrigger.F("new__kind")),
                func=(
                    "RAISE EXCEPTION 'number_series_never_back'"
                    " USING ERRCODE = '23514', CONSTRAINT = 'number_series_never_back';"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix} {self.get_kind_display()}"
