"""Administration of people, what they may do, and their absences. Whatever has rules is written by the services."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StandardUserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import (
    Absence,
    ApiToken,
    Distributor,
    Grant,
    Invitation,
    KnownAddress,
    Membership,
    PendingHandOver,
    SecurityValue,
    User,
)
from accounts.services.absences import cancel_absence, change_absence, record_absence
from accounts.services.grants import create_grant, end_grant
from accounts.services.memberships import end_membership, grant_membership
from accounts.services.people import change_user, create_user
from core.http import actor_of
from core.permissions import declared_permissions
from core.ui.admin import ExportedMixin, ReadOnlyAdmin, ServiceAdmin, TrackedMixin, register_histories

admin.site.unregister(Group)  # what somebody may do follows from the role


class PersonAddForm(forms.ModelForm[User]):
    role = forms.ChoiceField(label=_("role"), choices=Role.choices)
    distributor: Any = forms.ModelChoiceField(Distributor.objects.all(), label=_("distributor"), required=False)

    class Meta:
        model = User
        fields = ("email", "full_name", "full_name_zh", "supervisor", "language")


@admin.register(User)
class UserAdmin(ServiceAdmin, StandardUserAdmin):  # type: ignore[type-arg]  # the stubs bind it to auth.User
    add_form = PersonAddForm
    form = forms.ModelForm
    list_display = ("signs_in_with", "full_name", "role_label", "is_active", "leaves_on", "last_login")
    list_filter = ("is_active", "language")
    search_fields = ("email", "full_name", "external_code")
    ordering = ("email",)
    list_display_links = ("signs_in_with", "full_name")
    filter_horizontal = ()
    autocomplete_fields = ("supervisor",)
    readonly_fields = (
        "email",
        "phone",
        "external_code",
        "last_login",
        "date_joined",
        "password_page",
        "memberships_page",
    )
    add_fieldsets = (
        (None, {"fields": ("email", "full_name", "full_name_zh", "role", "distributor", "supervisor", "language")}),
    )
    fieldsets = (
        (None, {"fields": ("email", "phone", "full_name", "full_name_zh", "language", "external_code")}),
        (_("Access"), {"fields": ("memberships_page", "supervisor", "is_active", "leaves_on")}),
        (_("Signing in"), {"fields": ("password_page", "last_login", "date_joined")}),
    )

    def get_readonly_fields(self, _request: HttpRequest, obj: Any = None) -> Any:
        return self.readonly_fields if obj else ()

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.with_memberships()

    @admin.display(description=_("signs in with"), ordering="email")
    def signs_in_with(self, person: User) -> str:
        return person.login

    @admin.display(description=_("role"))
    def role_label(self, person: User) -> str:
        return str(person.role_label)

    @admin.display(description=_("memberships"))
    def memberships_page(self, person: User) -> SafeString:
        address = f"{reverse('admin:accounts_membership_changelist')}?person__id__exact={person.pk}"
        return format_html('<a href="{}">{}</a>', address, person.role_label)

    @admin.display(description=_("password"))
    def password_page(self, person: User) -> SafeString:
        address = reverse("admin:auth_user_password_change", args=[person.pk])
        return format_html('<a href="{}">{}</a>', address, _("Set a password"))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        actor = actor_of(request)
        if not change:
            distributor = form.cleaned_data["distributor"]
            made = create_user(
                actor=actor,
                email=obj.email,
                full_name=obj.full_name,
                full_name_zh=obj.full_name_zh,
                role=form.cleaned_data["role"],
                distributor_id=distributor.pk if distributor else None,
                supervisor_id=obj.supervisor_id,
                language=obj.language,
            )
            obj.pk = made.pk
            return
        change_user(
            actor=actor,
            user_id=obj.pk,
            full_name=obj.full_name,
            full_name_zh=obj.full_name_zh,
            language=obj.language,
            supervisor_id=obj.supervisor_id,
            leaves_on=obj.leaves_on,
            is_active=obj.is_active,
        )


@admin.register(SecurityValue)
class SecurityValueAdmin(ReadOnlyAdmin):
    list_display = ("key", "expires_at")
    search_fields = ("key",)
    ordering = ("-id",)


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ("full_name", "role", "distributor", "created_by", "expires_at", "accepted_by", "withdrawn_at")
    list_filter = ("role",)
    list_select_related = ("distributor", "created_by", "accepted_by")
    search_fields = ("full_name", "email")
    exclude = ("secret_hash",)


@admin.register(KnownAddress)
class KnownAddressAdmin(ReadOnlyAdmin):
    list_display = ("person", "address", "signed_in_at")
    list_select_related = ("person",)
    search_fields = ("person__email", "=address")


@admin.register(Membership)
class MembershipAdmin(TrackedMixin, ExportedMixin, ServiceAdmin):
    """Granted here; a change sets the last day."""

    list_display = ("person", "role", "distributor", "starts_on", "ends_on")
    list_filter = ("role", ("ends_on", admin.EmptyFieldListFilter))
    list_select_related = ("person", "distributor")
    search_fields = ("person__full_name", "person__email", "distributor__code")
    autocomplete_fields = ("person", "distributor")
    readonly_fields = ("changes",)

    def get_readonly_fields(self, _request: HttpRequest, obj: Any = None) -> Any:
        return ("person", "role", "distributor", "starts_on", *self.readonly_fields) if obj else self.readonly_fields

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, _form: Any, change: Any) -> None:
        actor = actor_of(request)
        if change:
            if obj.ends_on is not None:
                end_membership(actor=actor, membership_id=obj.pk, ends_on=obj.ends_on)
            return
        obj.pk = grant_membership(
            actor=actor,
            person_id=obj.person_id,
            role=obj.role,
            distributor_id=obj.distributor_id,
            starts_on=obj.starts_on,
            ends_on=obj.ends_on,
        ).pk


class GrantForm(forms.ModelForm[Grant]):
    permission = forms.ChoiceField(label=_("permission"))

    class Meta:
        model = Grant
        fields = ("permission", "role", "person", "is_allowed", "amount_limit", "starts_on", "ends_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "permission" in self.fields:
            free = [one for one in declared_permissions().values() if not one.is_fixed]
            choices: Any = self.fields["permission"]
            choices.choices = [(one.codename, f"{one.label} ({one.codename})") for one in free]


@admin.register(Grant)
class GrantAdmin(TrackedMixin, ExportedMixin, ServiceAdmin):
    """Made here; a change sets the last day."""

    form = GrantForm
    list_display = ("permission", "role", "person", "is_allowed", "amount_limit", "starts_on", "ends_on")
    list_filter = ("role", "is_allowed", ("ends_on", admin.EmptyFieldListFilter))
    list_select_related = ("person",)
    search_fields = ("permission", "person__full_name", "person__email")
    autocomplete_fields = ("person",)
    readonly_fields = ("changes",)

    def get_readonly_fields(self, _request: HttpRequest, obj: Any = None) -> Any:
        made = ("permission", "role", "person", "is_allowed", "amount_limit", "starts_on")
        return (*made, *self.readonly_fields) if obj else self.readonly_fields

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, _form: Any, change: Any) -> None:
        actor: Any = request.user
        if change:
            if obj.ends_on is not None:
                end_grant(actor=actor, grant_id=obj.pk, ends_on=obj.ends_on)
            return
        names = ("permission", "role", "person_id", "is_allowed", "amount_limit", "starts_on", "ends_on")
        obj.pk = create_grant(actor=actor, **{name: getattr(obj, name) for name in names}).pk


@admin.register(Absence)
class AbsenceAdmin(TrackedMixin, ExportedMixin, ServiceAdmin):
    list_display = ("person", "stand_in", "starts_on", "ends_on", "note")
    list_filter = (("ends_on", admin.EmptyFieldListFilter),)
    list_select_related = ("person", "stand_in")
    search_fields = ("person__full_name", "person__email")
    autocomplete_fields = ("person", "stand_in")
    readonly_fields = ("changes",)

    def get_readonly_fields(self, _request: HttpRequest, obj: Any = None) -> Any:
        return ("person", *self.readonly_fields) if obj else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Any, _form: Any, change: Any) -> None:
        actor = actor_of(request)
        values = {name: getattr(obj, name) for name in ("starts_on", "ends_on", "stand_in_id", "note")}
        if change:
            change_absence(actor=actor, absence_id=obj.pk, **values)
        else:
            obj.pk = record_absence(actor=actor, person_id=obj.person_id, **values).pk

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        actor = actor_of(request)
        cancel_absence(actor=actor, absence_id=obj.pk)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for absence in queryset:
            self.delete_model(request, absence)


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """Revoked on the page of tokens. The hash is not shown."""

    list_display = ("name", "user", "scope", "created", "expiry")
    list_filter = ("scope",)
    list_select_related = ("user",)
    search_fields = ("name", "user__email")
    exclude = ("digest", "token_key")


@admin.register(PendingHandOver)
class PendingHandOverAdmin(ReadOnlyAdmin):
    list_display = ("person", "on", "decided_by", "done_at")
    list_select_related = ("person", "decided_by")
    list_filter = (("done_at", admin.EmptyFieldListFilter),)


register_histories([Absence, Grant, Membership])
