"""Forms of trade accounts and credit limits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor, User
from billing.enums import EntryKind, SubAccount
from billing.models import CreditLimit
from billing.services.limits import LimitTerms
from company.iso_codes import check_currency
from core.ui.forms import amount_input, choose_from, day_input, visible_choice


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=day_input(), required=False, **options)


class OpenAccountForm(forms.Form):
    distributor = visible_choice(label=_("Distributor"))
    opened_on = _day(
        label=_("Opened on"),
        help_text=_("What was shipped before this day is in the opening balance. Leave blank for today."),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        without = Distributor.objects.visible_to(user).filter(trade_accounts__isnull=True)
        choose_from(self, "distributor", without.order_by("name"))


class _TermsForm(forms.Form):
    amount = amount_input(label=_("Credit limit"))
    temporary_amount = amount_input(
        label=_("Temporary limit"), required=False, help_text=_("Counts in place of the credit limit while it lasts.")
    )
    temporary_until = _day(label=_("Temporary limit until"))

    def terms(self) -> LimitTerms:
        data = self.cleaned_data
        return LimitTerms(
            amount=data["amount"], temporary_amount=data["temporary_amount"], temporary_until=data["temporary_until"]
        )


class AccountLimitForm(_TermsForm):
    """An empty amount takes the limit away."""

    amount = amount_input(
        label=_("Credit limit"), required=False, help_text=_("Leave blank for no limit: nothing is asked of orders.")
    )

    def wanted(self) -> LimitTerms | None:
        data = self.cleaned_data
        if data["amount"] is None and data["temporary_amount"] is None:
            return None
        return self.terms()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("amount") is None and data.get("temporary_amount") is not None:
            self.add_error("amount", _("Enter the limit that counts afterwards."))
        return data


class GroupLimitForm(_TermsForm):
    name = forms.CharField(label=_("Group"), max_length=100)
    currency = forms.CharField(
        label=_("Currency"),
        max_length=3,
        required=False,
        validators=[check_currency],
        help_text=_("Leave blank for the company's currency. It cannot be changed afterwards."),
    )
    field_order = ("name", "currency", "amount", "temporary_amount", "temporary_until")


class EntryForm(forms.Form):
    kind = forms.ChoiceField(
        choices=[choice for choice in EntryKind.choices if choice[0] != EntryKind.REVERSAL], label=_("Kind")
    )
    sub_account = forms.ChoiceField(choices=SubAccount.choices, label=_("Sub-account"))
    amount = forms.DecimalField(
        max_digits=19,
        decimal_places=4,
        label=_("Amount"),
        help_text=_("With a minus where the distributor owes less: for a payment or a credit note."),
    )
    posted_on = _day(label=_("Posted on"), help_text=_("Leave blank for today."))
    due_on = _day(label=_("Due on"))
    source_number = forms.CharField(label=_("Document"), max_length=64, required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class ReverseEntryForm(forms.Form):
    note = forms.CharField(label=_("Reason"), max_length=300)


class JoinGroupForm(forms.Form):
    limit = visible_choice(
        label=_("Group"), required=False, help_text=_("Leave blank to take the account out of its group.")
    )
    sub_limit = amount_input(
        label=_("Limit of this account"),
        required=False,
        help_text=_("Within the limit of its group. Leave blank for none."),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "limit", CreditLimit.objects.visible_to(user).exclude(name=""))
