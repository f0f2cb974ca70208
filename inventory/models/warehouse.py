"""Where stock lies, and from which warehouse a distributor is supplied."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from company.models import WorkingCalendar
from core.codes import unique_code
from core.models import Bilingual, ends_after_start, no_overlap
from core.state import legal_values
from inventory.enums import WarehouseKind
from inventory.querysets import SupplyRouteQuerySet, WarehouseQuerySet

NOT_ITSELF = """
IF EXISTS (SELECT 1 FROM inventory_warehouse WHERE id = NEW.warehouse_id AND distributor_id = NEW.distributor_id) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'supply_route_not_itself',
        MESSAGE = 'a distributor does not supply itself';
END IF;
RETURN NEW;
"""
FIRST_IS_DEFAULT = """
NEW.is_default := NEW.distributor_id IS NOT NULL AND (NEW.is_default OR NOT EXISTS (
    SELECT 1 FROM inventory_warehouse WHERE distributor_id = NEW.distributor_id AND is_default
));
RETURN NEW;
"""
OWNER_STAYS = """
IF OLD.distributor_id IS DISTINCT FROM NEW.distributor_id THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'warehouse_owner_stays',
        MESSAGE = 'whose a warehouse is stays for good';
END IF;
RETURN NEW;
"""


class Warehouse(Bilingual):
    """A place where stock lies. It belongs to the company, or to a distributor, which may have several; that never changes.

    One of a distributor's is its default: where its orders arrive and where its stock reports count, the first one unless
    another is chosen. A seller supplies from its own warehouses.
    """

    distributor = models.ForeignKey(
        Distributor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="warehouses",
        verbose_name=_("distributor"),
        help_text=_("The distributor it belongs to. Leave blank for the company's own."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=16,
        choices=WarehouseKind,
        default=WarehouseKind.SALE,
        help_text=_("Orders are supplied from a warehouse for sale only."),
    )
    is_default = models.BooleanField(
        _("default"), default=False, help_text=_("Orders are delivered here, and stock reports apply to it.")
    )
    is_active = models.BooleanField(_("active"), default=True)
    counted_at = models.DateTimeField(_("last counted at"), null=True, blank=True)

    objects = WarehouseQuerySet.as_manager()

    class Meta:
        verbose_name = _("warehouse")
        verbose_name_plural = _("warehouses")
        ordering = ["code"]
        constraints = [
            unique_code("warehouse_code_once"),
            legal_values("kind", WarehouseKind, "warehouse_kind_legal"),
            models.UniqueConstraint(
                fields=["distributor"],
                name="warehouse_one_default",
                condition=Q(is_default=True),
                violation_error_message=_("This distributor already has a default warehouse."),
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(distributor__isnull=False), name="warehouse_default_of_distributor"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(name="owner_stays", when=pgtrigger.Before, operation=pgtrigger.Update, func=OWNER_STAYS),
            pgtrigger.Trigger(
                name="first_is_default", when=pgtrigger.Before, operation=pgtrigger.Insert, func=FIRST_IS_DEFAULT
            ),
        ]


class SupplyRoute(models.Model):
    """Which warehouse supplies a distributor for a time, and in how many days the goods arrive.

    An order takes the first one by priority that is valid on its day and leads from a warehouse of its seller in use.
    Lead days are working days of its calendar; without one every day counts. What is ordered after the cut-off time
    ships on the next working day.
    """

    distributor = models.ForeignKey(
        Distributor, models.CASCADE, related_name="supply_routes", verbose_name=_("distributor")
    )
    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="routes", verbose_name=_("warehouse"))
    lead_days = models.PositiveSmallIntegerField(_("lead time in days"), default=7)
    calendar = models.ForeignKey(
        WorkingCalendar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("working calendar"),
        help_text=_("Leave blank if every day counts."),
    )
    cut_off = models.TimeField(
        _("cut-off time"), null=True, blank=True, help_text=_("Orders until then ship the same day.")
    )
    priority = models.PositiveSmallIntegerField(_("priority"), default=1, help_text=_("1 is the highest priority."))
    starts_on = models.DateField(_("since"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = SupplyRouteQuerySet.as_manager()

    class Meta:
        verbose_name = _("supply route")
        verbose_name_plural = _("supply routes")
        ordering = ["distributor", "priority"]
        constraints = [
            ends_after_start("supply_route_dates"),
            no_overlap(
                "supply_route_priority_once",
                same=["distributor_id", "priority"],
                message=_("Another route of this distributor has this priority on some of these days."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="not_itself",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=NOT_ITSELF,
            )
        ]

    def __str__(self) -> str:
        return f"{self.warehouse_id} → {self.distributor_id}"
