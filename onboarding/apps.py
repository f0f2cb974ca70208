from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.permissions import can_see_distributors
from accounts.selectors import checklists
from core.ui import navigation, search, tabs
from onboarding.permissions import can_see_applications

APPLICATIONS = navigation.NavItem(
    key="applications",
    label=_("Applications"),
    route="onboarding:applications",
    group=navigation.NavGroup.DISTRIBUTORS,
    order=31,
    allowed=can_see_applications,
)
ONBOARDINGS = navigation.NavItem(
    key="onboardings",
    label=_("Onboarding"),
    route="onboarding:onboardings",
    group=navigation.NavGroup.DISTRIBUTORS,
    order=32,
    allowed=can_see_applications,
)
CERTIFICATES = navigation.NavItem(
    key="certificates",
    label=_("Certificates"),
    route="onboarding:certificates",
    group=navigation.NavGroup.DISTRIBUTORS,
    order=33,
    allowed=can_see_applications,
)


class OnboardingConfig(AppConfig):
    name = "onboarding"
    verbose_name = _("Becoming a distributor")

    def ready(self) -> None:
        from accounts.selectors.open_work import OpenWork, register_open_work
        from core.events import register_kinds
        from core.outbox import subscribe_message
        from core.subjects import register_subject_type
        from messaging.services.notifications import declare_notifications
        from onboarding.enums import ApplicationEvent, CertificateEvent, OnboardingEvent, TemplateEvent
        from onboarding.kinds import APPLICATION_KINDS, ONBOARDING_KINDS
        from onboarding.models import Application, ScreeningPolicy, Template
        from onboarding.selectors.applications import application_hits
        from onboarding.selectors.onboarding import STEPS, onboarding_of
        from onboarding.services import open_work
        from onboarding.services.links import LINK_ASKED, send_asked_link

        register_open_work(
            OpenWork(
                key="onboarding",
                label=_("Open steps of onboardings"),
                count=open_work.steps_waiting,
                count_of=open_work.steps_waiting_of,
                move=open_work.move_steps,
            )
        )
        register_kinds(ApplicationEvent)
        register_kinds(OnboardingEvent)
        register_kinds(CertificateEvent)
        register_kinds(TemplateEvent)
        register_subject_type("application", Application)
        register_subject_type("onboarding_template", Template)
        register_subject_type("screening_policy", ScreeningPolicy)
        declare_notifications(*APPLICATION_KINDS, group="application", label=_("Applications"))
        declare_notifications(*ONBOARDING_KINDS, group="onboarding", label=_("Onboarding"))
        subscribe_message(LINK_ASKED, "onboarding.links", send_asked_link)
        search.register(
            search.SearchProvider(key="application", label=_("Applications"), find=application_hits, order=35)
        )
        navigation.register(APPLICATIONS, ONBOARDINGS, CERTIFICATES)
        checklists.register(STEPS)
        tabs.register(
            tabs.ExtraTab(
                page="distributor",
                key="onboarding",
                label=_("Onboarding"),
                template="onboarding/partials/distributor_tab.html",
                context=onboarding_of,
                allowed=can_see_distributors,
                order=84,
            )
        )
