"""What is kept of a distributor, several of a kind with one default: addresses, contacts, titles, bank accounts."""

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.distributor import Distributor, Territory
from channel.enums import AddressKind, ContactKind
from channel.querysets import BillingRecordQuerySet, DistributorRecordQuerySet
from company.iso_codes import check_country, check_currency
from core.models import COUNT_VERSIONS, Versioned, ends_after_start
from core.money import currency_check
from core.state import legal_values


class DistributorRecord(Versioned):
    """It ends and is never deleted: documents may name it."""

    distributor = models.ForeignKey(Distributor, models.PROTECT, related_name="+", verbose_name=_("distributor"))
    name = models.CharField(_("name"), max_length=200)
    is_default = models.BooleanField(_("default"), default=False)
    starts_on = models.DateField(_("since"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("accounts:distributor", args=[self.distributor.code])


@pghistory.track(exclude=["version"])
class Address(DistributorRecord):
    """Where a distributor receives goods, invoices or visitors. A delivery address lies in a territory.

    `recipient` is who receives there where that is not the distributor itself. Orders keep a copy of the text.
    """

    kind = models.CharField(_("kind"), max_length=16, choices=AddressKind)
    recipient = models.CharField(_("recipient"), max_length=200, blank=True)
    contact = models.CharField(_("contact person"), max_length=150, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    address = models.CharField(_("address"), max_length=300)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[check_country])
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("territory")
    )

    objects = DistributorRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["distributor", "kind", "name"]
        constraints = [
            legal_values("kind", AddressKind, "address_kind_legal"),
            ends_after_start("address_dates"),
            models.CheckConstraint(
                condition=Q(territory__isnull=False) | ~Q(kind=AddressKind.DELIVERY),
                name="address_delivery_in_territory",
                violation_error_message=_("Select the territory in which this delivery address lies."),
            ),
            models.UniqueConstraint(
                fields=["distributor", "kind"], condition=Q(is_default=True), name="address_one_default"
            ),
            models.UniqueConstraint(
                fields=["distributor", "kind", "name"],
                name="address_name_once",
                violation_error_message=_("There is already an address of this kind with this name."),
            ),
        ]
        triggers = [COUNT_VERSIONS]

    @property
    def line(self) -> str:
        """Street, postal code, city and country, as far as they are known."""
        place = " ".join(part for part in (self.postal_code, self.city) if part)
        return ", ".join(part for part in (self.address, place, self.country) if part)


@pghistory.track(exclude=["version"])
class Contact(DistributorRecord):
    """Somebody at a distributor to be called or written to, who need not sign in; `name` is the person's."""

    kind = models.CharField(_("kind"), max_length=16, choices=ContactKind)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    chat_id = models.CharField(_("chat account"), max_length=100, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = DistributorRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["distributor", "kind", "name"]
        constraints = [
            legal_values("kind", ContactKind, "contact_kind_legal"),
            ends_after_start("contact_dates"),
            models.UniqueConstraint(
                fields=["distributor", "kind"], condition=Q(is_default=True), name="contact_one_default"
            ),
        ]
        triggers = [COUNT_VERSIONS]


@pghistory.track(exclude=["version"])
class InvoiceTitle(DistributorRecord):
    """What a tax invoice names: `name` is the title, as the tax office knows the buyer."""

    tax_number = models.CharField(_("tax number"), max_length=40)
    address = models.CharField(_("registered address"), max_length=300, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    bank_name = models.CharField(_("bank"), max_length=200, blank=True)
    account_number = models.CharField(_("account number"), max_length=40, blank=True)

    objects = BillingRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice title")
        verbose_name_plural = _("invoice titles")
        ordering = ["distributor", "name"]
        constraints = [
            ends_after_start("invoice_title_dates"),
            models.UniqueConstraint(
                fields=["distributor"], condition=Q(is_default=True), name="invoice_title_one_default"
            ),
            models.UniqueConstraint(
                fields=["distributor", "tax_number"],
                name="invoice_title_tax_number_once",
                violation_error_message=_("There is already an invoice title with this tax number."),
            ),
        ]
        triggers = [COUNT_VERSIONS]


@pghistory.track(exclude=["version"])
class BankAccount(DistributorRecord):
    """From and to where money of a distributor goes; `name` is the holder's."""

    bank_name = models.CharField(_("bank"), max_length=200)
    account_number = models.CharField(_("account number"), max_length=40)
    bank_code = models.CharField(_("bank code"), max_length=20, blank=True)
    currency = models.CharField(_("currency"), max_length=3, validators=[check_currency])

    objects = BillingRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ["distributor", "name"]
        constraints = [
            ends_after_start("bank_account_dates"),
            currency_check("currency", "bank_account_currency_iso"),
            models.UniqueConstraint(
                fields=["distributor"], condition=Q(is_default=True), name="bank_account_one_default"
            ),
            models.UniqueConstraint(
                fields=["distributor", "account_number"],
                name="bank_account_number_once",
                violation_error_message=_("There is already a bank account with this number."),
            ),
        ]
        triggers = [COUNT_VERSIONS]
