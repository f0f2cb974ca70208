"""What an agreement says for one channel kind beside all else: an agent's commission, a chain's bills, an incoterm, shops."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import ChannelKind
from channel.enums import Billing, ExportPaper, Incoterm, PurchaseBasis
from channel.models.agreement import Agreement
from channel.models.freezing import FREEZE_ROWS
from channel.querysets import ByAgreementQuerySet
from channel.rules import CHAIN_KINDS
from core.state import legal_values

check_shop_url = URLValidator(schemes=["http", "https"])

_AGENT = Q(commission_rate__isnull=False, commission_basis__in=PurchaseBasis.values)
_NO_AGENT = Q(commission_rate__isnull=True, commission_basis="")
_CHAIN = ~Q(head_office="") & Q(billing__in=Billing.values)
_NO_CHAIN = Q(head_office="", billing="", sites__isnull=True)
_PROGRAMME, _NO_PROGRAMME = ~Q(programme=""), Q(programme="")
_EXPORT = Q(incoterm__in=Incoterm.values) & ~Q(incoterm_place="")
_NO_EXPORT = Q(incoterm="", incoterm_place="", export_papers=[])


class KindTerms(models.Model):
    """The terms of one channel kind. Amounts are in the agreement's currency, `commission_rate` is a share.

    Each kind has its own fields and none of another's; shops and platforms are rows of their own (`AgreementShop`).
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="kind_terms", verbose_name=_("agreement"))
    kind = models.CharField(_("channel kind"), max_length=20, choices=ChannelKind)
    commission_rate = models.DecimalField(_("commission"), max_digits=6, decimal_places=5, null=True, blank=True)
    commission_basis = models.CharField(_("commission on"), max_length=16, choices=PurchaseBasis, blank=True)
    head_office = models.CharField(_("head office"), max_length=300, blank=True)
    sites = models.PositiveIntegerField(_("number of sites"), null=True, blank=True)
    billing = models.CharField(_("bills"), max_length=16, choices=Billing, blank=True)
    programme = models.TextField(_("allowed programme"), blank=True)
    incoterm = models.CharField(_("Incoterm"), max_length=3, choices=Incoterm, blank=True)
    incoterm_place = models.CharField(_("named place"), max_length=200, blank=True)
    export_papers = ArrayField(
        models.CharField(max_length=24, choices=ExportPaper), default=list, blank=True, verbose_name=_("export papers")
    )

    objects = ByAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms of a channel kind")
        verbose_name_plural = _("terms of channel kinds")
        ordering = ["agreement", "id"]
        constraints = [
            legal_values("kind", ChannelKind, "kind_terms_kind_legal"),
            models.UniqueConstraint(fields=["agreement", "kind"], name="kind_terms_once"),
            models.CheckConstraint(
                condition=Q(commission_rate__gte=0, commission_rate__lte=1),
                name="kind_terms_commission",
                violation_error_message=_("A commission is between 0 and 100 %."),
            ),
            models.CheckConstraint(
                condition=Q(export_papers__contained_by=ExportPaper.values), name="kind_terms_export_papers_legal"
            ),
            models.CheckConstraint(
                condition=(Q(kind=ChannelKind.AGENT) & _AGENT & _NO_CHAIN & _NO_PROGRAMME & _NO_EXPORT)
                | (Q(kind__in=sorted(CHAIN_KINDS)) & _CHAIN & _NO_AGENT & _NO_PROGRAMME & _NO_EXPORT)
                | (Q(kind=ChannelKind.DIRECT_MARKETING) & _PROGRAMME & _NO_AGENT & _NO_CHAIN & _NO_EXPORT)
                | (Q(kind=ChannelKind.INTERNATIONAL) & _EXPORT & _NO_AGENT & _NO_CHAIN & _NO_PROGRAMME),
                name="kind_terms_of_its_kind",
                violation_error_message=_("Each channel kind has terms of its own, and all of them that it needs."),
            ),
        ]
        triggers = [FREEZE_ROWS]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.kind}"


class AgreementShop(models.Model):
    """A shop on a platform where the distributor may sell on the internet."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="shops", verbose_name=_("agreement"))
    platform = models.CharField(_("platform"), max_length=100)
    name = models.CharField(_("shop"), max_length=200)
    url = models.CharField(_("address of the shop"), max_length=300, blank=True, validators=[check_shop_url])

    objects = ByAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("shop on a platform")
        verbose_name_plural = _("shops on platforms")
        ordering = ["agreement", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "platform", "name"], name="agreement_shop_once"),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__regex="^https?://"),
                name="agreement_shop_url",
                violation_error_message=_("Give an address that begins with http:// or https://."),
            ),
            models.CheckConstraint(condition=~Q(platform="") & ~Q(name=""), name="agreement_shop_named"),
        ]
        triggers = [FREEZE_ROWS]

    def __str__(self) -> str:
        return f"{self.platform}: {self.name}"
