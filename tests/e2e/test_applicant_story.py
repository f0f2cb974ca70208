"""On a phone, in Chinese: a company applies, is checked, marked and approved, opens its account, and places its first order."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Distributor, User
from channel.models import Agreement
from channel.services.steps import accept_agreement, put_in_force, send_agreement
from onboarding.enums import Criterion
from onboarding.models import Application, Onboarding
from onboarding.services.onboarding import do_step
from onboarding.services.screening import set_mark
from orders.models import Order
from tests.e2e.conftest import Visitor
from tests.factories.accounts import DirectorFactory, ManagerFactory, TerritoryFactory
from tests.factories.company import CompanyFactory
from tests.factories.inventory import BrandFactory, ProductFactory, StockFactory
from tests.factories.onboarding import OnboardingFactory, TemplateDutyFactory, TemplateFactory, TemplateStepFactory
from tests.factories.planning import PriceFactory, calendar_year

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"
PASSWORD = "correct-horse-battery"
PDF = {"name": "营业执照.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 licence"}


class Scene:
    """A brand that sells one product wholesale, by a template with one step of each side."""

    def __init__(self) -> None:
        CompanyFactory.create()
        calendar_year(timezone.now().year)
        self.place = TerritoryFactory.create(name="Jiangsu", name_zh="江苏")
        self.brand = BrandFactory.create(name="Leaf", name_zh="好叶")
        self.template = TemplateFactory.create(name="Wholesale", name_zh="批发", brands=[self.brand])
        self.product = ProductFactory.create(brand=self.brand)
        PriceFactory.create(price_list=self.template.price_list, product=self.product)
        StockFactory.create(warehouse=self.template.warehouse, product=self.product, on_hand=1000)
        TemplateDutyFactory.create(template=self.template, person=ManagerFactory.create(full_name="李经理"))
        TemplateStepFactory.create(template=self.template, position=1, name="First visit", name_zh="首次走访")
        self.director = DirectorFactory.create(language=LANGUAGE, full_name="周总监")

    @property
    def application(self) -> Application:
        return Application.objects.get()


def test_an_applicant_becomes_a_distributor_and_orders(make_visitor: Callable[..., Visitor]) -> None:
    """The way from a stranger to the first order is one way, without a hand in the database."""
    scene = Scene()
    _applies(make_visitor("phone", LANGUAGE), scene)
    director = make_visitor("phone", LANGUAGE).signed_in(scene.director)
    link = _approved(director, scene)
    owner = make_visitor("phone", LANGUAGE)
    _opens_account(owner, link)
    _agreed(scene)
    _opened_for_orders(director, scene)
    _orders(make_visitor("phone", LANGUAGE).signed_in(User.objects.get(email="fang@hehe.test")), scene)


def _applies(visitor: Visitor, scene: Scene) -> None:
    page = visitor.open("/apply/")
    visitor.check()
    page.fill("[name=company_name]", "苏州合和商贸有限公司")
    page.fill("[name=contact_name]", "王芳")
    page.fill("[name=email]", "fang@hehe.test")
    page.wait_for_timeout(2100)  # nobody types in no time
    visitor.follow(page.locator("main form button[type=submit]"))
    visitor.check()
    page.fill("[name=city]", "苏州")
    page.fill("[name=address]", "工业园区1号")
    page.fill("[name=tax_number]", "91320500MA1XXXXX0K")
    page.select_option("[name=country]", "CN")
    page.select_option("[name=territory]", label="江苏")
    page.select_option("[name=channel_kind]", "wholesale")
    page.fill("[name=sales_staff]", "24")
    page.locator("[name=sales_staff]").blur()
    expect(page.locator("#saved-state")).to_have_text("已保存。")
    page.set_input_files("[name=file]", files=[PDF])
    visitor.follow(page.locator("form[action$='/files/'] button[type=submit]"))
    expect(page.locator("#files")).to_contain_text("营业执照.pdf")
    expect(page.locator("[name=sales_staff]")).to_have_value("24")
    visitor.shoot("apply-form")
    visitor.check()
    visitor.follow(page.locator("button[name=submit]"))
    expect(page.locator("h1")).to_contain_text("AP100001")
    visitor.shoot("apply-state")
    visitor.check()
    assert scene.application.status == "received"


def _approved(visitor: Visitor, scene: Scene) -> str:
    page = visitor.open("/applications/")
    visitor.check()
    visitor.follow(page.locator("main a", has_text="苏州合和商贸有限公司").first)
    visitor.shoot("application-received")
    visitor.check()
    visitor.follow(page.locator("main a[href$='/check/']").first)
    page.check("[name=state][value=valid]")
    visitor.follow(page.locator("main form.form-page button[type=submit]"))
    visitor.follow(page.locator("form[action$='/check/'] button"))
    visitor.follow(page.locator("a[href$='/marks/reputation/']"))
    page.fill("[name=mark]", "75")
    page.fill("[name=evidence_text]", "三家银行资信证明")
    visitor.check()
    visitor.follow(page.locator("main form.form-page button[type=submit]"))
    for criterion, mark in zip(list(Criterion)[1:], (70, 70, 85, 70, 55), strict=True):
        set_mark(
            application_id=scene.application.pk,
            criterion=criterion,
            mark=mark,
            evidence_text="走访",
            actor=scene.director,
        )
    page.reload()
    visitor.follow(page.locator("form[action$='/assess/'] button"))
    expect(page.locator("#marks")).to_contain_text("71.75")
    visitor.shoot("application-assessed")
    visitor.check()
    visitor.open(f"/applications/compare/?territory={scene.place.code}")
    visitor.shoot("applicants-compared")
    visitor.check()
    visitor.open(scene.application.get_absolute_url())
    visitor.follow(page.locator("a[href$='/approve/']"))
    visitor.check()
    page.locator("main form.form-page button[type=submit]").click()
    link = page.locator("#invitation-link").inner_text()
    visitor.check()
    assert scene.application.status == "approved"
    return link[link.index("/join/") :]


def _opens_account(visitor: Visitor, link: str) -> None:
    page = visitor.open(link)
    page.fill("[name=password]", PASSWORD)
    visitor.follow(page.locator("main form button[type=submit]").first)
    assert User.objects.get(email="fang@hehe.test").memberships.get().role == "owner"


def _agreed(scene: Scene) -> None:
    """What tests/e2e/test_agreement_story.py clicks."""
    agreement, owner = Agreement.objects.get(), User.objects.get(email="fang@hehe.test")
    sent = send_agreement(agreement_id=agreement.pk, actor=scene.director, expected_version=None)
    accept_agreement(agreement_id=sent.pk, name="王芳", actor=owner, expected_version=sent.version)
    put_in_force(agreement_id=agreement.pk, actor=scene.director, expected_version=None, signature_reference="E-SIGN 1")


def _opened_for_orders(visitor: Visitor, scene: Scene) -> None:
    onboarding = Onboarding.objects.get()
    page: Page = visitor.open(onboarding.get_absolute_url())
    visitor.shoot("onboarding-open")
    visitor.check()
    visitor.follow(page.locator("a[href*='/onboarding/steps/']"))
    visitor.follow(page.locator("main form.form-page button[type=submit]"))
    for step in onboarding.steps.filter(done_at=None):
        do_step(step_id=step.pk, actor=scene.director)
    page.reload()
    visitor.follow(page.locator("form[action$='/ready/'] button"))
    expect(page.locator("#steps-title")).to_contain_text("可下单")
    visitor.shoot("onboarding-ready")
    visitor.check()
    assert Distributor.objects.get(code="DI100001").status == "active"


def _orders(visitor: Visitor, scene: Scene) -> None:
    page = visitor.open("/orders/new/")
    page.fill("#quick-q", scene.product.code)
    page.press("#quick-q", "Enter")
    expect(page.locator("#quick-quantity")).to_be_focused()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(page.locator("#place-order")).to_be_enabled()
    page.locator("#place-order").click()
    expect(page.locator("h1")).to_contain_text("SO")
    visitor.shoot("first-order")
    order = Order.objects.exclude(number=None).get()
    assert (order.distributor.code, order.distributor.application.pk) == ("DI100001", scene.application.pk)
    assert order.ordered_at > timezone.now() - timedelta(hours=1)


def test_the_pages_around_it_fit_a_phone(make_visitor: Callable[..., Visitor]) -> None:
    """Templates, weights and certificates are kept by people on the way, too."""
    scene = Scene()
    visitor = make_visitor("phone", "en").signed_in(scene.director)
    code = OnboardingFactory.create(template=scene.template).distributor.code
    for path in (
        "/applications/templates/",
        "/applications/templates/new/",
        scene.template.get_absolute_url(),
        "/applications/weights/",
        f"/distributors/{code}/certificates/new/",
        "/onboarding/",
        "/certificates/",
        "/apply/link/",
        "/apply/sent/",
    ):
        visitor.open(path)
        visitor.check()
    page = visitor.open(scene.template.get_absolute_url())
    visitor.follow(page.locator("main form.form-page button[type=submit]"))
    expect(page.locator("main")).to_contain_text(scene.template.code)
    assert scene.template.steps.count() == 1
