"""Which steps of an agreement notify whom."""

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from channel.enums import AgreementEvent
from messaging.enums import NotificationLevel
from messaging.kinds import NotificationKind, ToAccountable, ToDistributor

_SUBJECTS = {"distributor": "distributor"}
_OWNER = frozenset({Role.OWNER})
_MANAGER_ACTS = ToAccountable(level=NotificationLevel.ACTION)
_MANAGER_READS = ToAccountable(level=NotificationLevel.INFO)
_OWNER_ACTS = ToDistributor(level=NotificationLevel.ACTION, roles=_OWNER)
_OWNER_READS = ToDistributor(level=NotificationLevel.INFO, roles=_OWNER)

NOTIFICATION_KINDS = (
    NotificationKind(
        kind=AgreementEvent.SENT,
        text=_("Agreement %(number)s is ready for you to accept."),
        audiences=(_OWNER_ACTS,),
        params=("number",),
    ),
    NotificationKind(
        kind=AgreementEvent.WITHDRAWN,
        text=_("Agreement %(number)s was withdrawn: %(reason)s"),
        audiences=(_OWNER_READS,),
        params=("number", "reason"),
        route="channel:agreements",
    ),
    NotificationKind(
        kind=AgreementEvent.ACCEPTED,
        text=_("%(distributor)s accepted agreement %(number)s. It can be put in force."),
        audiences=(_MANAGER_ACTS,),
        params=("number",),
        subjects=_SUBJECTS,
    ),
    NotificationKind(
        kind=AgreementEvent.DECLINED,
        text=_("%(distributor)s declined agreement %(number)s: %(reason)s"),
        audiences=(_MANAGER_ACTS,),
        params=("number", "reason"),
        subjects=_SUBJECTS,
    ),
    NotificationKind(
        kind=AgreementEvent.IN_FORCE,
        text=_("Agreement %(number)s of %(distributor)s is in force, with its first day on %(starts_on)s."),
        audiences=(_OWNER_READS, _MANAGER_READS),
        params=("number", "starts_on"),
        subjects=_SUBJECTS,
    ),
    NotificationKind(
        kind=AgreementEvent.EXPIRING,
        text=_("Agreement %(number)s of %(distributor)s ends on %(ends_on)s, in %(days)s days."),
        audiences=(_MANAGER_ACTS, _OWNER_READS),
        params=("number", "ends_on", "days"),
        subjects=_SUBJECTS,
    ),
    NotificationKind(
        kind=AgreementEvent.IN_GRACE,
        text=_(
            "Agreement %(number)s of %(distributor)s ended on %(ends_on)s. Orders are accepted until %(orders_until)s."
        ),
        audiences=(_MANAGER_ACTS, _OWNER_ACTS),
        params=("number", "ends_on", "orders_until"),
        subjects=_SUBJECTS,
    ),
    NotificationKind(
        kind=AgreementEvent.ENDING,
        text=_("Agreement %(number)s of %(distributor)s ends early: its last day is %(last_on)s."),
        audiences=(_MANAGER_READS, _OWNER_READS),
        params=("number", "last_on"),
        subjects=_SUBJECTS,
    ),
    NotificationKind(
        kind=AgreementEvent.ENDED,
        text=_("Agreement %(number)s of %(distributor)s has ended."),
        audiences=(_MANAGER_ACTS, _OWNER_READS),
        params=("number",),
        subjects=_SUBJECTS,
    ),
)
