"""`manage.py demo`: a believable company of our own, at any size."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone, translation

from accounts.models import User
from demo.absences import build_absences
from demo.agreements import build_agreements
from demo.announcements import build_announcements
from demo.approvals import build_approvals
from demo.bilingual_names import WORDS
from demo.bulk import without_triggers
from demo.channel_stock import build_channel_stock
from demo.claims import build_claims
from demo.company import build_company
from demo.credit import build_credit
from demo.daily_work import build_daily_work
from demo.delivery_work import build_delivery_work
from demo.drop_shipments import build_drop_shipments
from demo.evaluations import build_evaluations
from demo.families import build_pictures
from demo.goods import build_goods
from demo.history import build_history
from demo.lots import build_lots
from demo.onboarding import build_onboarding
from demo.outlets import build_outlets
from demo.plans import build_plans
from demo.problems import build_problems
from demo.records import build_records
from demo.returns import build_returns
from demo.supply import build_supply
from demo.warehouse_work import build_warehouse_work
from demo.waves import build_waves
from demo.waybills import build_waybills
from distribution.settings.environment import kept_secret
from planning.services.landings import keep_landings


class Command(BaseCommand):
    help = (
        "Fill an empty database with the demo company: three brands, two years of orders, plans, and planted problems."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--distributors", type=int, default=48)
        parser.add_argument("--orders", type=int, default=4000)
        parser.add_argument("--lines", type=int, default=8, help="Lines of an order, on average.")
        parser.add_argument("--products", type=int, default=120)
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument(
            "--language", choices=sorted(WORDS), default="zh-hans", help="What complaints and reasons are written in."
        )

    def handle(self, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError("The database is not empty. The demo company needs one of its own.")
        self.started = monotonic()
        self.quiet = not options["verbosity"]
        today = timezone.localdate()
        with transaction.atomic():
            company = build_company(
                distributors=options["distributors"],
                seed=options["seed"],
                today=today,
                password=kept_secret("demo_password", length=9),
                language=options["language"],
            )
            build_goods(company, products=options["products"])
            self._report("master data")
            with without_triggers():
                build_history(company, orders=options["orders"], lines=options["lines"], seed=options["seed"])
                self._report(f"{options['orders']:,} orders")
                build_channel_stock(company)
                self._report("stock of distributors")
                build_plans(company)
                build_problems(company)
            self._report("plans and problems")
            with translation.override(options["language"]):
                build_agreements(company)
                build_announcements(company)
                build_records(company)
                build_outlets(company)
                build_onboarding(company)
                build_absences(company)
                build_approvals(company)
                build_daily_work(company)
                build_warehouse_work()
                build_returns()
                build_lots()
                build_delivery_work()
                build_waybills(company)
                build_waves()
                build_supply(company)
                build_claims(company)
                build_drop_shipments(company)
                build_pictures()
                build_credit(company)
            self._report("agreements")
            with translation.override(options["language"]):
                build_evaluations(company)
            keep_landings(today=today)
            self._report("evaluations and landings")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self._report("ready")

    def _report(self, what: str) -> None:
        if not self.quiet:
            self.stdout.write(f"{monotonic() - self.started:6.1f} s  {what}")
            self.stdout.flush()
