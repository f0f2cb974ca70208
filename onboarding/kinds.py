"""Which steps of applications and onboardings notify whom."""

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from messaging.enums import NotificationLevel
from messaging.kinds import NotificationKind, ToAccountable, ToBrand, ToDistributor, ToPeople
from onboarding.enums import ApplicationEvent, CertificateEvent, OnboardingEvent

_LEADS = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR})
_SUBJECTS = {"distributor": "distributor"}
_OWNER = ToDistributor(level=NotificationLevel.ACTION, roles=frozenset({Role.OWNER}))
_MANAGER = ToAccountable(level=NotificationLevel.ACTION)

APPLICATION_KINDS = (
    NotificationKind(
        kind=ApplicationEvent.RECEIVED,
        text=_("%(company)s applies as a distributor: application %(number)s."),
        audiences=(
            ToBrand(level=NotificationLevel.INFO, roles=_LEADS),
            ToPeople(level=NotificationLevel.ACTION, key="people"),
        ),
        params=("company", "number"),
    ),
    NotificationKind(
        kind=ApplicationEvent.ASSESSED,
        text=_("%(company)s is assessed (application %(number)s) and can be decided."),
        audiences=(ToBrand(level=NotificationLevel.ACTION, roles=_LEADS),),
        params=("company", "number"),
    ),
    NotificationKind(
        kind=ApplicationEvent.WITHDRAWN,
        text=_("%(company)s withdrew application %(number)s."),
        audiences=(ToBrand(level=NotificationLevel.INFO, roles=_LEADS),),
        params=("company", "number"),
        condition=lambda data: bool(data.get("number")),
    ),
)

ONBOARDING_KINDS = (
    NotificationKind(
        kind=OnboardingEvent.STARTED,
        text=_("%(distributor)s was approved. Its onboarding has begun."),
        audiences=(_MANAGER,),
        subjects=_SUBJECTS,
    ),
    NotificationKind(
        kind=OnboardingEvent.READY,
        text=_("%(distributor)s is ready to order."),
        audiences=(ToAccountable(level=NotificationLevel.INFO), _OWNER),
        subjects=_SUBJECTS,
    ),
    NotificationKind(
        kind=CertificateEvent.EXPIRING,
        text=_("The certificate “%(course)s” of %(holder)s (%(distributor)s) runs out on %(valid_until)s."),
        audiences=(_MANAGER, _OWNER),
        params=("course", "holder", "valid_until"),
        subjects=_SUBJECTS,
    ),
    NotificationKind(
        kind=CertificateEvent.LAPSED,
        text=_("The certificate “%(course)s” of %(holder)s (%(distributor)s) ran out on %(valid_until)s."),
        audiences=(_MANAGER, _OWNER),
        params=("course", "holder", "valid_until"),
        subjects=_SUBJECTS,
    ),
)
