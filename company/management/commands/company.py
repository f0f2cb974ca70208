"""`manage.py company --currency USD [--code MAIN] [--name NAME]`: create the company of a new installation."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from company.services.company import DEFAULT_CODE, ensure_company


class Command(BaseCommand):
    help = "Create the company with its number series, or show the one that is there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--currency", default=settings.COMPANY_CURRENCY, help="ISO 4217 code; it never changes")
        parser.add_argument("--code", default=DEFAULT_CODE)
        parser.add_argument("--name", default="")
        parser.add_argument("--country", default="", help="ISO 3166 code")

    def handle(self, **options: Any) -> None:
        values = {name: options[name] for name in ("currency", "code", "name", "country")}
        company = ensure_company(**values)
        self.stdout.write(f"{company.code} {company.name} ({company.currency})")
