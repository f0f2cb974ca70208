from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.ui import navigation
from policies.permissions import sees_announcements_as_brand, sees_announcements_as_distributor

ANNOUNCEMENTS = navigation.NavItem(
    key="announcements",
    label=_("Announcements"),
    route="policies:announcements",
    group=navigation.NavGroup.DISTRIBUTORS,
    order=36,
    allowed=sees_announcements_as_brand,
)
MY_ANNOUNCEMENTS = navigation.NavItem(
    key="my-announcements",
    label=_("Announcements"),
    route="policies:announcements",
    group=navigation.NavGroup.TO_DO,
    order=40,
    allowed=sees_announcements_as_distributor,
)


class PoliciesConfig(AppConfig):
    name = "policies"
    verbose_name = _("Announcements")

    def ready(self) -> None:
        from accounts.enums import AccountsEvent
        from core.constraints import explain_constraint
        from core.events import register_kinds
        from core.outbox import subscribe
        from core.registry import registry
        from core.subjects import register_subject_type
        from messaging.conversations import declare_conversations
        from messaging.services.notifications import declare_notifications
        from policies.enums import AnnouncementEvent
        from policies.kinds import ANNOUNCEMENT_KINDS
        from policies.models import Announcement
        from policies.selectors.rules import policy_panel
        from policies.services.publishing import send_to_new_distributor

        register_kinds(AnnouncementEvent)
        register_subject_type("announcement", Announcement)
        declare_conversations("announcement", distributor="")
        declare_notifications(*ANNOUNCEMENT_KINDS, group="announcement", label=_("Announcements"))
        subscribe(AccountsEvent.DISTRIBUTOR_CREATED, "policies.announcements", send_to_new_distributor)
        registry.panels.add("policy", policy_panel)
        navigation.register(ANNOUNCEMENTS, MY_ANNOUNCEMENTS)
        explain_constraint(
            "announcement_frozen", _("What was published is not changed. Create a new revision."), code="frozen"
        )
