from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.enums import AccountsEvent, SecurityEvent
from accounts.permissions import (
    can_issue_token,
    can_manage_grants,
    can_see_people,
    has_role,
    sees_company_page,
    sees_distributors_as_brand,
)
from accounts.selectors import checklists
from core.ui import navigation, search
from core.ui.navigation import NavGroup, NavItem

NAVIGATION = (
    NavItem(
        key="distributors",
        label=_("Distributors"),
        route="accounts:distributors",
        group=NavGroup.DISTRIBUTORS,
        order=30,
        shortcut="d",
        allowed=sees_distributors_as_brand,
    ),
    NavItem(
        key="my-company",
        label=_("My company"),
        route="accounts:distributors",
        group=NavGroup.SETTINGS,
        order=94,
        shortcut="d",
        allowed=sees_company_page,
    ),
    NavItem(
        key="people",
        label=_("People"),
        route="accounts:people",
        group=NavGroup.SETTINGS,
        order=95,
        allowed=can_see_people,
    ),
    NavItem(
        key="permissions",
        label=_("Permissions"),
        route="accounts:permissions",
        group=NavGroup.SETTINGS,
        order=97,
        allowed=can_manage_grants,
    ),
    NavItem(
        key="absences",
        label=_("Absences"),
        route="accounts:absences",
        group=NavGroup.SETTINGS,
        order=96,
        allowed=has_role,
    ),
    NavItem(
        key="tokens",
        label=_("API tokens"),
        route="accounts:tokens",
        group=NavGroup.SETTINGS,
        order=910,
        allowed=can_issue_token,
    ),
)


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and distributors")

    def ready(self) -> None:
        from accounts.expressions import represented
        from accounts.importers import IMPORTERS
        from core.importing import register_importers

        register_importers(*IMPORTERS)
        from accounts.models import Distributor, Duty, Grant, Invitation, User
        from accounts.selectors.readiness import ITEMS
        from accounts.views import distributors, people
        from core.constraints import explain_constraint
        from core.events import register_kinds
        from core.registry import registry
        from core.subjects import register_subject_type

        register_subject_type("distributor", Distributor)
        register_subject_type("user", User)
        register_subject_type("grant", Grant)
        register_subject_type("invitation", Invitation)
        register_subject_type("duty", Duty, label=lambda row: row.display_name)
        register_kinds(AccountsEvent)
        register_kinds(SecurityEvent)
        registry.represented.add("accounts", represented)
        checklists.register(*ITEMS)
        navigation.register(*NAVIGATION)
        search.register(
            search.SearchProvider(
                key="distributor", label=_("Distributors"), find=distributors.distributor_hits, order=10
            )
        )
        search.register(search.SearchProvider(key="person", label=_("People"), find=people.person_hits, order=50))
        explain_constraint("accounts_user_phone_key", _("Somebody has this mobile number already."), field="phone")
        explain_constraint("accounts_user_email_key", _("This email address is already in use."), field="email")
