"""The applicants of the demo company, one distributor being onboarded, and certificates of which one has lapsed."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.enums import ChannelKind, Role
from accounts.models import Distributor, Duty, Territory, User
from catalogue.models import Brand
from demo.company import Company
from inventory.models import Warehouse
from messaging.services.files import Attachment
from onboarding.enums import Criterion, FileKind, FileState, Side, StepKind
from onboarding.models import Application, Template
from onboarding.services.applying import attach_document, save_application, start_application, submit_application
from onboarding.services.approving import approve_application
from onboarding.services.certificates import record_certificate, warn_of_certificates
from onboarding.services.onboarding import do_step
from onboarding.services.reviewing import check_file, finish_check
from onboarding.services.screening import finish_assessment, set_mark
from onboarding.services.templates import DutyRow, StepRow, TemplateContent, save_template
from pricing.models import PriceList

MARKS = (75, 70, 70, 85, 70, 55)
_APPLICANTS = (
    # name, contact, city, staff, warehouse in m², years
    ("江苏合和商贸有限公司", "王芳", "苏州", 24, 3200, 9),
    ("无锡恒通贸易有限公司", "陈强", "无锡", 15, 1800, 6),
    ("常州新源商贸有限公司", "刘洋", "常州", 8, 900, 3),
    ("南通海门食品有限公司", "赵敏", "南通", 31, 4100, 12),
)
_EVIDENCE = "走访记录与三家银行资信证明。"
_LICENCE = Attachment(name="营业执照.pdf", content=b"%PDF-1.4\n%demo\n")
_STEPS = (
    StepRow(name="First visit to the warehouse", name_zh="首次走访仓库", due_days=7),
    StepRow(
        name="Product training",
        name_zh="产品培训",
        kind=StepKind.TRAINING,
        side=Side.DISTRIBUTOR,
        due_days=14,
        valid_months=12,
    ),
    StepRow(name="Upload opening stock", name_zh="上报期初库存", side=Side.DISTRIBUTOR, due_days=21),
    StepRow(name="Shop sign", name_zh="门头制作", side=Side.DISTRIBUTOR, due_days=30, is_required=False),
)


def build_onboarding(company: Company) -> None:
    """One received, one assessed (71.75), one with a mark missing, for one territory; one approved a week ago."""
    director = User.objects.with_roles([Role.DIRECTOR]).get()
    first, second = Distributor.objects.ordering().filter(territory__isnull=False).order_by("pk")[:2]
    place = first.territory
    if place is None:
        return
    template = _template(director, first)
    _received, whole, partly, approved = (
        _application(number, place, first.channel_kind) for number in range(len(_APPLICANTS))
    )
    for application, marks in ((whole, MARKS), (partly, MARKS[:-1]), (approved, (90, 85, 88, 80, 84, 90))):
        _assess(application, marks, director)
    _onboard(approved, template, director)
    _certificates(company, first, second, director)


def _application(number: int, place: Territory, kind: str) -> Application:
    name, contact, city, staff, area, years = _APPLICANTS[number]
    now = timezone.now()
    _draft, secret = start_application(
        company_name=name,
        contact_name=contact,
        email=f"applicant{number + 1}@example.invalid",
        language="zh-hans",
        address=f"demo-{number}",
        now=now,
    )
    save_application(
        secret=secret,
        values={
            "country": "CN",
            "city": city,
            "address": f"{city}市工业园区{number + 1}号",
            "tax_number": f"91320{number}00MA1DEMO{number}0K",
            "territory_id": place.pk,
            "channel_kind": kind or ChannelKind.WHOLESALE,
            "sales_staff": staff,
            "warehouse_area": area,
            "years_in_business": years,
            "brand_ids": list(Brand.objects.order_by("code").values_list("pk", flat=True)[:2]),
        },
        now=now,
    )
    attach_document(secret=secret, kind=FileKind.LICENCE, attachment=_LICENCE, now=now)
    return submit_application(secret=secret, now=now)


def _assess(application: Application, marks: tuple[int, ...], director: User) -> None:
    for row in application.files.all():
        check_file(file_id=row.pk, state=FileState.VALID, note="", actor=director)
    finish_check(application_id=application.pk, actor=director, expected_version=None)
    for criterion, mark in zip(Criterion, marks, strict=False):
        set_mark(
            application_id=application.pk,
            criterion=criterion,
            mark=Decimal(mark),
            evidence_text=_EVIDENCE,
            actor=director,
        )
    finish_assessment(application_id=application.pk, actor=director, expected_version=None)


def _template(director: User, like: Distributor) -> Template:
    """For distributors like one that is there: its kind, currency and tier, the list that it buys from, its people."""
    price_list = PriceList.objects.filter(
        owner=None, distributor=None, territory=None, tier=None, channel_kind="", currency=like.currency, is_active=True
    ).first()
    lists = PriceList.objects.filter(owner=None, distributor=None, currency=like.currency, is_active=True)
    chosen = price_list or lists.order_by("pk")[0]
    answering = {row.duty_id: row.user_id for row in like.responsibilities.filter(ends_on=None).order_by("pk")}
    people = list(User.objects.with_roles([Role.MANAGER]).filter(is_active=True).order_by("pk")[:1])
    duties = [
        DutyRow(duty_id=duty.pk, person_id=answering.get(duty.pk, people[0].pk))
        for duty in Duty.objects.filter(is_active=True)
    ]
    content = TemplateContent(
        values={
            "code": "START",
            "name": "New distributor",
            "name_zh": "新经销商",
            "channel_kind": like.channel_kind,
            "currency": like.currency,
            "tier_id": like.tier_id,
            "price_list_id": chosen.pk,
            "warehouse_id": Warehouse.objects.of_brand_owner().filter(is_active=True).order_by("pk")[0].pk,
            "lead_days": 3,
            "payment_days": 30,
            "deposit_amount": Decimal(50_000),
        },
        brand_ids=list(Brand.objects.order_by("code").values_list("pk", flat=True)[:2]),
        duties=duties,
        steps=_STEPS,
    )
    return save_template(content=content, actor=director)


def _onboard(application: Application, template: Template, director: User) -> None:
    territory_id = application.territory_id or 0
    approval = approve_application(
        application_id=application.pk,
        template_id=template.pk,
        territory_id=territory_id,
        actor=director,
        expected_version=None,
        now=timezone.now(),
    )
    do_step(step_id=approval.onboarding.steps.order_by("position")[0].pk, actor=director)


def _certificates(company: Company, first: Distributor, second: Distributor, director: User) -> None:
    """One valid, one that runs out in three weeks, one lapsed ten days ago."""
    ends: tuple[tuple[Distributor, str, date], ...] = (
        (first, "张伟", company.today + timedelta(days=300)),
        (first, "李娜", company.today - timedelta(days=10)),
        (second, "孙丽", company.today + timedelta(days=20)),
    )
    for distributor, holder, valid_until in ends:
        record_certificate(
            distributor_id=distributor.pk,
            course="产品培训",
            holder=holder,
            issued_on=valid_until - timedelta(days=365),
            valid_until=valid_until,
            actor=director,
        )
    warn_of_certificates(today=company.today, now=timezone.now())
