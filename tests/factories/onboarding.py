"""Applications and onboardings for tests: rows as they are stored, and whole ones by the services as people make them."""

from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.enums import ChannelKind
from messaging.services.files import Attachment
from onboarding.enums import Criterion, FileKind, FileState, Side, StepKind
from onboarding.models import (
    Application,
    ApplicationFile,
    ApplicationMark,
    Certificate,
    Onboarding,
    OnboardingStep,
    ScreeningPolicy,
    Template,
    TemplateDuty,
    TemplateStep,
)
from onboarding.services.applying import attach_document, save_application, start_application, submit_application
from onboarding.services.reviewing import check_file, finish_check
from onboarding.services.screening import finish_assessment, set_mark
from tests.factories.accounts import DirectorFactory, DutyFactory, ManagerFactory, TerritoryFactory
from tests.factories.company import CompanyFactory
from tests.factories.inventory import BrandFactory

PDF = b"%PDF-1.7 licence"
MARKS = (75, 70, 70, 85, 70, 55)
"""Of A5, in the order of the criteria: 71.75."""


class ScreeningPolicyFactory(DjangoModelFactory[ScreeningPolicy]):
    class Meta:
        model = ScreeningPolicy

    revision = factory.Sequence(lambda number: number + 100)
    reputation = 20
    capability = 20
    resources = 20
    market_coverage = 15
    sales_ability = 15
    service_quality = 10
    set_at = factory.LazyFunction(timezone.now)


class ApplicationFactory(DjangoModelFactory[Application]):
    """A draft of which nobody has the link."""

    class Meta:
        model = Application

    company_name = factory.Sequence(lambda number: f"Applicant {number} Trading Co., Ltd.")
    contact_name = "Wang Fang"
    email = factory.Sequence(lambda number: f"applicant{number}@example.test")
    secret_hash = factory.Sequence(lambda number: sha256(f"secret {number}".encode()).hexdigest())
    created_at = factory.LazyFunction(timezone.now)
    link_expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))


class ApplicationFileFactory(DjangoModelFactory[ApplicationFile]):
    class Meta:
        model = ApplicationFile

    application = factory.SubFactory(ApplicationFactory)
    kind = FileKind.LICENCE
    file = factory.LazyFunction(lambda: ContentFile(PDF, name="licence.pdf"))
    name = "licence.pdf"
    media_type = "application/pdf"
    size = len(PDF)
    sha256 = sha256(PDF).hexdigest()
    added_at = factory.LazyFunction(timezone.now)


class ApplicationMarkFactory(DjangoModelFactory[ApplicationMark]):
    class Meta:
        model = ApplicationMark

    application = factory.SubFactory(ApplicationFactory)
    criterion = Criterion.REPUTATION
    mark = Decimal(75)
    evidence_text = "Two bank references."
    marked_by = factory.SubFactory(DirectorFactory)
    marked_at = factory.LazyFunction(timezone.now)


class TemplateFactory(DjangoModelFactory[Template]):
    """Wholesale in USD, from a price list for everybody."""

    class Meta:
        model = Template
        skip_postgeneration_save = True

    code = factory.Sequence(lambda number: f"T{number}")
    name = factory.Sequence(lambda number: f"Template {number}")
    channel_kind = ChannelKind.WHOLESALE
    currency = "USD"
    price_list = factory.SubFactory("tests.factories.planning.PriceListFactory")
    warehouse = factory.SubFactory("tests.factories.inventory.WarehouseFactory")

    @factory.post_generation
    def brands(self, create: bool, given: Any, **_options: Any) -> None:  # noqa: FBT001 - factory_boy's form
        if create and given:
            self.brands.set(given)


class TemplateDutyFactory(DjangoModelFactory[TemplateDuty]):
    class Meta:
        model = TemplateDuty

    template = factory.SubFactory(TemplateFactory)
    duty = factory.SubFactory(DutyFactory)
    person = factory.SubFactory(DirectorFactory)


class TemplateStepFactory(DjangoModelFactory[TemplateStep]):
    class Meta:
        model = TemplateStep

    template = factory.SubFactory(TemplateFactory)
    position = factory.Sequence(lambda number: number % 30_000 + 1)
    name = "First visit"


class OnboardingFactory(DjangoModelFactory[Onboarding]):
    class Meta:
        model = Onboarding

    distributor = factory.SubFactory("tests.factories.accounts.DistributorFactory")
    template = factory.SubFactory(TemplateFactory)
    started_on = date(2026, 1, 1)


class OnboardingStepFactory(DjangoModelFactory[OnboardingStep]):
    class Meta:
        model = OnboardingStep

    onboarding = factory.SubFactory(OnboardingFactory)
    position = factory.Sequence(lambda number: number % 30_000 + 1)
    name = "First visit"
    side = Side.BRAND
    due_on = date(2026, 1, 15)


class CertificateFactory(DjangoModelFactory[Certificate]):
    class Meta:
        model = Certificate

    distributor = factory.SubFactory("tests.factories.accounts.DistributorFactory")
    course = "Product training"
    holder = "Li Ming"
    issued_on = date(2026, 1, 1)
    recorded_by = factory.SubFactory(DirectorFactory)
    recorded_at = factory.LazyFunction(timezone.now)


def started(**changes: Any) -> tuple[Application, str]:
    """A draft with the secret of its link."""
    values = {
        "company_name": "Suzhou Hehe Trading Co., Ltd.",
        "contact_name": "Wang Fang",
        "email": "fang@hehe.test",
        "language": "en",
        "address": "10.0.0.1",
        "now": timezone.now(),
    }
    return start_application(**{**values, **changes})


def filled_in(*, territory: Any = None, **changes: Any) -> tuple[Application, str]:
    """A draft that only has to be submitted."""
    CompanyFactory.create()
    values = {
        "country": "CN",
        "city": "Suzhou",
        "address": "1 Harbour Road",
        "tax_number": "91320500MA1XXXXX0K",
        "channel_kind": ChannelKind.WHOLESALE,
        "territory_id": (territory or TerritoryFactory.create()).pk,
    }
    first = {
        name: changes.pop(name)
        for name in ("company_name", "contact_name", "email", "phone", "language", "address")
        if name in changes
    }
    application, secret = started(**first)
    saved = save_application(secret=secret, values={**values, **changes}, now=timezone.now())
    attach_document(
        secret=secret, kind=FileKind.LICENCE, attachment=Attachment(name="licence.pdf", content=PDF), now=timezone.now()
    )
    assert saved.pk == application.pk
    return saved, secret


def received(**changes: Any) -> Application:
    _draft, secret = filled_in(**changes)
    return submit_application(secret=secret, now=timezone.now())


def checked(**changes: Any) -> Application:
    application, director = received(**changes), DirectorFactory.create()
    for row in application.files.all():
        check_file(file_id=row.pk, state=FileState.VALID, note="", actor=director)
    return finish_check(application_id=application.pk, actor=director, expected_version=None)


def marked(marks: Any = MARKS, **changes: Any) -> Application:
    """Checked, with marks in the order of the criteria."""
    application, director = checked(**changes), DirectorFactory.create()
    for criterion, mark in zip(Criterion, marks, strict=False):
        set_mark(
            application_id=application.pk,
            criterion=criterion,
            mark=Decimal(mark),
            evidence_text="Seen.",
            actor=director,
        )
    application.refresh_from_db()
    return application


def assessed(marks: Any = MARKS, **changes: Any) -> Application:
    application = marked(marks, **changes)
    return finish_assessment(application_id=application.pk, actor=DirectorFactory.create(), expected_version=None)


def template(**changes: Any) -> Template:
    """Ready to approve with: one brand, a duty with its person, three steps of which one is a training of the distributor."""
    made = TemplateFactory.create(brands=[BrandFactory.create()], **changes)
    TemplateDutyFactory.create(template=made, person=ManagerFactory.create())
    TemplateStepFactory.create(template=made, position=1, name="First visit", due_days=7)
    TemplateStepFactory.create(
        template=made,
        position=2,
        name="Product training",
        name_zh="产品培训",
        kind=StepKind.TRAINING,
        side=Side.DISTRIBUTOR,
        due_days=14,
        valid_months=12,
    )
    TemplateStepFactory.create(template=made, position=3, name="Shop sign", side=Side.DISTRIBUTOR, is_required=False)
    return made
