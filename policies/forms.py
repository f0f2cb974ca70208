"""Forms of announcements: they parse, the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import ChannelKind, Role
from accounts.models import Distributor, Territory, Tier, User
from catalogue.models import Brand
from core.codes import ids_by_code
from core.sentences import listed
from core.ui.forms import choose_from, visible_choice
from messaging.services.files import ACCEPTED, Attachment
from policies.enums import AnnouncementKind
from policies.models import ACKNOWLEDGING_ROLES
from policies.selectors.rules import policies_to_follow
from policies.services.announcements import COLUMNS, AnnouncementText
from pricing.models import PriceList, Promotion


def _several(label: Any, **options: Any) -> Any:
    return forms.ModelMultipleChoiceField(queryset=Tier.objects.none(), required=False, label=label, **options)


def _ticked(label: Any, choices: Any, **options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, label=label, **options)


class AnnouncementForm(forms.Form):
    """What it says in both languages, whom it is for, and what is asked of them."""

    kind = forms.ChoiceField(choices=AnnouncementKind.choices, label=_("Kind"))
    title = forms.CharField(max_length=200, label=_("Title"))
    title_zh = forms.CharField(max_length=200, required=False, label=_("Chinese title"))
    body = forms.CharField(max_length=50_000, widget=forms.Textarea(attrs={"rows": 8}), label=_("Text"))
    body_zh = forms.CharField(
        max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 8}), label=_("Chinese text")
    )
    channel_kinds = _ticked(
        _("Channel kinds"),
        ChannelKind.choices,
        required=False,
        help_text=_("Distributors that meet all criteria receive it. Without any, all distributors do."),
    )
    tiers = _several(_("Tiers"))
    territories = _several(_("Territories"))
    brands = _several(_("Brands"))
    distributors = forms.CharField(
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=_("Distributors by code"),
        help_text=_(
            "These receive it too, or only these where no criteria are chosen. Separate codes by spaces or lines."
        ),
    )
    roles = _ticked(
        _("Who is notified"),
        [(role, Role(role).label) for role in ACKNOWLEDGING_ROLES],
        initial=ACKNOWLEDGING_ROLES,
        help_text=_("Each of them can acknowledge it for their company."),
    )
    needs_acknowledgement = forms.BooleanField(required=False, label=_("Must be acknowledged"))
    grace_days = forms.IntegerField(min_value=0, max_value=366, initial=14, label=_("Days to acknowledge"))
    remind_every_days = forms.IntegerField(min_value=1, max_value=90, initial=7, label=_("Days between reminders"))
    blocks_orders = forms.BooleanField(
        required=False,
        label=_("Afterwards refuse new orders until it is acknowledged"),
        help_text=_("For policies that must be acknowledged."),
    )

    def __init__(self, *args: Any, user: User, text: AnnouncementText | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.seen = Distributor.objects.visible_to(user)
        choose_from(self, "tiers", Tier.objects.visible_to(user).order_by("rank"))
        choose_from(self, "territories", Territory.objects.visible_to(user).order_by("code"))
        choose_from(self, "brands", Brand.objects.visible_to(user).order_by("code"))
        if text is not None:
            self.initial.update({name: getattr(text, name) for name in COLUMNS})
            self.initial.update(tiers=text.tier_ids, territories=text.territory_ids, brands=text.brand_ids)
            codes = self.seen.filter(pk__in=text.distributor_ids).order_by("code").values_list("code", flat=True)
            self.initial["distributors"] = "\n".join(codes)

    def clean_distributors(self) -> list[int]:
        codes = list(dict.fromkeys(self.cleaned_data["distributors"].replace(",", " ").replace("，", " ").split()))
        there = ids_by_code(self.seen, codes)
        unknown = [code for code in codes if code not in there]
        if unknown:
            message = _("Unknown distributors: %(codes)s") % {"codes": listed(unknown[:10])}
            raise forms.ValidationError(message, code="unknown")
        return list(dict.fromkeys(there.values()))

    def written(self) -> AnnouncementText:
        """What was typed, as a text with its audience."""
        data = self.cleaned_data
        return AnnouncementText(
            **{name: data[name] for name in COLUMNS},
            tier_ids=[row.pk for row in data["tiers"]],
            territory_ids=[row.pk for row in data["territories"]],
            brand_ids=[row.pk for row in data["brands"]],
            distributor_ids=data["distributors"],
        )


class NameForm(forms.Form):
    name = forms.CharField(max_length=200, label=_("Your name"), help_text=_("Recorded with your role and the time."))


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"), widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}), help_text=_("At most 10 MB.")
    )

    def attachment(self) -> Attachment:
        return Attachment.of(self.cleaned_data["file"])


class RulesForm(forms.Form):
    """The price lists and promotions that follow a policy."""

    price_lists = _several(_("Price lists"), widget=forms.SelectMultiple(attrs={"size": 8}))
    promotions = _several(_("Promotions"), widget=forms.SelectMultiple(attrs={"size": 6}))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "price_lists", PriceList.objects.visible_to(user).order_by("code"))
        choose_from(self, "promotions", Promotion.objects.visible_to(user).order_by("-starts_on", "code"))


class PolicyChoiceForm(forms.Form):
    policy = visible_choice(required=False, label=_("Policy"), empty_label=_("None"))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "policy", policies_to_follow(user))
