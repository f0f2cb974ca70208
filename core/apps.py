from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _

from core.paths import CodeConverter
from core.permissions import is_active_user
from core.ui import navigation

HOME = navigation.NavItem(
    key="home",
    label=navigation.NavGroup.TO_DO.label,
    route="home",
    group=navigation.NavGroup.TO_DO,
    order=0,
    shortcut="h",
    allowed=is_active_user,
)
JOBS = navigation.NavItem(
    key="jobs",
    label=_("Jobs"),
    route="core:jobs",
    group=navigation.NavGroup.SETTINGS,
    order=900,
    shortcut="b",
    allowed=is_active_user,
)


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Settings")

    def ready(self) -> None:
        from core.invariants import register_invariants
        from core.jobs import QUEUED_TOPIC
        from core.mail import MAIL_TOPIC, send_posted
        from core.models import Job
        from core.outbox import subscribe_message
        from core.selectors.invariants import INVARIANTS
        from core.subjects import register_subject_type
        from core.tasks import run_queued_job

        connection_created.connect(ignore_no_trigger, dispatch_uid="core.ignore_no_trigger")
        register_converter(CodeConverter, "code")
        register_invariants(*INVARIANTS)
        register_subject_type("job", Job)
        subscribe_message(QUEUED_TOPIC, "core.run_job", run_queued_job)
        subscribe_message(MAIL_TOPIC, "core.mail", send_posted, elsewhere=True)
        navigation.register(HOME, JOBS)


def ignore_no_trigger(connection: Any, **_: Any) -> None:
    """Say once a connection that no trigger is ignored: django-pgtrigger asks in every call of every trigger.

    A setting that is not there is an error, which it catches by a subtransaction; that took longer than the trigger.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET pgtrigger.ignore = '{}'")
