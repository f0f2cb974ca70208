"""Forms of what is kept of a distributor: a new one, a change, an end."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from channel.forms.records import AddressForm, BankAccountForm, ContactForm, InvoiceTitleForm, RecordEndForm
from channel.models import Address, BankAccount, Contact, InvoiceTitle
from channel.permissions import can_change_billing, can_change_contacts
from channel.services.records import (
    ADDRESS,
    BANK_ACCOUNT,
    CONTACT,
    INVOICE_TITLE,
    RecordType,
    add_record,
    change_record,
    end_record,
)
from core.errors import Problem
from core.ui.forms import ScopedServiceFormView
from core.ui.page import Crumb


class _RecordForm(ScopedServiceFormView):
    """Leads back to the tab of the distributor's page where the record is shown."""

    abstract = True
    record_type: ClassVar[RecordType]
    tab: ClassVar[str]

    @property
    def distributor(self) -> Distributor:
        found: Distributor = self.object if isinstance(self.object, Distributor) else self.object.distributor
        return found

    def back_url(self) -> str:
        return f"{self.distributor.get_absolute_url()}?tab={self.tab}"

    def crumbs(self) -> Sequence[Crumb]:
        return (
            Crumb(label=str(_("Distributors")), url=reverse("accounts:distributors")),
            Crumb(label=self.distributor.display_name, url=self.back_url()),
        )

    def get_field_name(self, problem: Problem) -> str | None:
        return problem.field.removesuffix("_id") or None


class _NewRecord(_RecordForm):
    abstract = True
    model = Distributor
    lookup_field = "code"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor, "distributor": self.distributor}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(version=None, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        add_record(record_type=self.record_type, distributor_id=self.distributor.pk, actor=self.actor, **form.values())
        return super().form_valid(form)


class _ChangeRecord(_RecordForm):
    abstract = True
    related = ("distributor",)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor, "distributor": self.distributor}

    def get_initial(self) -> dict[str, Any]:
        return {name.removesuffix("_id"): getattr(self.object, name) for name in self.record_type.fields}

    def form_valid(self, form: Any) -> HttpResponse:
        change_record(
            record_type=self.record_type,
            record_id=self.object.pk,
            actor=self.actor,
            expected_version=self.expected_version(),
            **form.values(),
        )
        return super().form_valid(form)


class _EndRecord(_RecordForm):
    abstract = True
    related = ("distributor",)
    form_class = RecordEndForm
    submit_label = _("End")
    success_message = _("It ends on that day.")

    def page_title(self) -> str:
        return gettext("%(action)s: %(name)s") % {"action": self.title, "name": self.object}

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": timezone.localdate()}

    def form_valid(self, form: Any) -> HttpResponse:
        end_record(record_type=self.record_type, record_id=self.object.pk, actor=self.actor, **form.cleaned_data)
        return super().form_valid(form)


class AddressNewView(_NewRecord):
    permission_required = can_change_contacts
    title = _("New address")
    record_type, form_class, tab = ADDRESS, AddressForm, "addresses"


class AddressChangeView(_ChangeRecord):
    permission_required = can_change_contacts
    title = _("Change address")
    model = Address
    record_type, form_class, tab = ADDRESS, AddressForm, "addresses"


class AddressEndView(_EndRecord):
    permission_required = can_change_contacts
    title = _("End address")
    model = Address
    record_type, tab = ADDRESS, "addresses"


class ContactNewView(_NewRecord):
    permission_required = can_change_contacts
    title = _("New contact")
    record_type, form_class, tab = CONTACT, ContactForm, "addresses"


class ContactChangeView(_ChangeRecord):
    permission_required = can_change_contacts
    title = _("Change contact")
    model = Contact
    record_type, form_class, tab = CONTACT, ContactForm, "addresses"


class ContactEndView(_EndRecord):
    permission_required = can_change_contacts
    title = _("End contact")
    model = Contact
    record_type, tab = CONTACT, "addresses"


class InvoiceTitleNewView(_NewRecord):
    permission_required = can_change_billing
    title = _("New invoice title")
    record_type, form_class, tab = INVOICE_TITLE, InvoiceTitleForm, "billing"


class InvoiceTitleChangeView(_ChangeRecord):
    permission_required = can_change_billing
    title = _("Change invoice title")
    model = InvoiceTitle
    record_type, form_class, tab = INVOICE_TITLE, InvoiceTitleForm, "billing"


class InvoiceTitleEndView(_EndRecord):
    permission_required = can_change_billing
    title = _("End invoice title")
    model = InvoiceTitle
    record_type, tab = INVOICE_TITLE, "billing"


class BankAccountNewView(_NewRecord):
    permission_required = can_change_billing
    title = _("New bank account")
    record_type, form_class, tab = BANK_ACCOUNT, BankAccountForm, "billing"


class BankAccountChangeView(_ChangeRecord):
    permission_required = can_change_billing
    title = _("Change bank account")
    model = BankAccount
    record_type, form_class, tab = BANK_ACCOUNT, BankAccountForm, "billing"


class BankAccountEndView(_EndRecord):
    permission_required = can_change_billing
    title = _("End bank account")
    model = BankAccount
    record_type, tab = BANK_ACCOUNT, "billing"
