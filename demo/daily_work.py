"""What people of the demo company do every day: how often duties are due, directions of business, messages, an order on hold."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.enums import CadenceUnit, ChannelKind, Role
from accounts.models import Distributor, Duty, Membership, Responsibility, Territory, User
from accounts.services.distributors import create_distributor
from accounts.services.duties import change_duty
from catalogue.models import Category
from channel.enums import AddressKind
from channel.models import Agreement
from channel.services.records import ADDRESS, add_record
from demo.company import Company
from messaging.services.conversations import NewMessage, post_message
from orders.models import Order, OrderLine
from orders.ordering.enums import OrderEvent, OrderStatus
from orders.ordering.errors import OrderRefused
from orders.ordering.services.placing import place_order
from orders.ordering.services.quoted import LineInput
from outlets.enums import DirectionKind
from outlets.services.directions import agree_direction
from policies.models import Announcement
from policies.services.rules import choose_rules
from pricing.models import PriceList
from responsibility.services.merging import merge_distributor
from responsibility.services.templates import LineInput as DutyLine
from responsibility.services.templates import create_template

_CADENCES = (
    # duty, how often, unit, events that count as doing it
    ("SALES", 1, CadenceUnit.MONTH, ()),
    ("SUPPLY", 2, CadenceUnit.WEEK, (OrderEvent.APPROVED, OrderEvent.REJECTED)),
    ("CREDIT", 1, CadenceUnit.MONTH, ()),
    ("SERVICE", 3, CadenceUnit.MONTH, ()),
)
_MOST_TRIED = 30


def build_daily_work(company: Company) -> None:
    """Cadences and an assignment template, directions, conversations, an order outside the territory, a merged number."""
    director = User.objects.with_roles([Role.DIRECTOR]).get()
    first = Distributor.objects.get(pk=company.distributors[0])
    ordering = Distributor.objects.ordering().filter(territory__isnull=False).order_by("pk")
    second = ordering.exclude(pk=first.pk)[0]
    _cadences(director)
    _directions(company, (first, second), director)
    _conversations(first)
    _outside_the_territory(company, first, director)
    _merged(company, first, director)
    policy = Announcement.objects.filter(title__startswith="Price protection").order_by("-pk")[0]
    lists = PriceList.objects.filter(owner=None).order_by("pk").values_list("pk", flat=True)[:1]
    choose_rules(announcement_id=policy.pk, price_list_ids=list(lists), promotion_ids=[], actor=director)


def _cadences(director: User) -> None:
    duties = {duty.code: duty for duty in Duty.objects.all()}
    for code, cadence, unit, events in _CADENCES:
        change_duty(
            actor=director,
            duty_id=duties[code].pk,
            cadence=cadence,
            cadence_unit=unit,
            done_by=[event.value for event in events],
        )
    create_template(
        actor=director,
        code="EVERYWHERE",
        name="Every new distributor",
        name_zh="新经销商通用分工",
        lines=[DutyLine(duty_id=duty.pk, role=Role.MANAGER) for duty in duties.values()],
    )


def _directions(company: Company, distributors: tuple[Distributor, Distributor], director: User) -> None:
    categories = list(Category.objects.filter(parent__isnull=False).order_by("pk")[:2]) or list(
        Category.objects.all()[:2]
    )
    since = date(company.today.year, 1, 1)
    kinds = (DirectionKind.MARGIN, DirectionKind.VOLUME)
    for kind, category in zip(kinds, categories, strict=False):
        agree_direction(
            distributor_id=distributors[0].pk, kind=kind, category_id=category.pk, starts_on=since, actor=director
        )
    agree_direction(
        distributor_id=distributors[1].pk,
        kind=DirectionKind.CHANNEL,
        channel_kind=ChannelKind.RETAIL,
        starts_on=since,
        actor=director,
    )


def _conversations(distributor: Distributor) -> None:
    """The owner asks about an order and is answered; the brand's people note something that is theirs alone."""
    owner = User.objects.of_distributors([distributor.pk], {Role.OWNER}).order_by("pk")[0]
    answering = Responsibility.objects.filter(distributor=distributor, ends_on=None).order_by("pk")[0].user
    order = Order.objects.filter(distributor=distributor, status=OrderStatus.SHIPPED).order_by("-pk").first()
    said = [
        (owner, "distributor", distributor.pk, "下周客户多，能否提前补货？", False),
        (answering, "distributor", distributor.pk, "可以，请在周三前下单。", False),
        (answering, "distributor", distributor.pk, "年底前确认续约条件，先不对外。", True),
    ]
    if order is not None:
        said += [
            (owner, "order", order.pk, "货到哪里了？司机电话打不通。", False),
            (answering, "order", order.pk, "承运商已确认，明天上午送达。", False),
        ]
    for author, subject_type, number, text, internal in said:
        post_message(
            subject_type=subject_type,
            subject_id=number,
            message=NewMessage(text=text, internal=internal),
            actor=author,
            now=timezone.now(),
        )


def _outside_the_territory(company: Company, distributor: Distributor, director: User) -> None:
    """An order to a place that its agreement does not cover waits until somebody clears the address."""
    buyer = Membership.objects.filter(distributor=distributor, role=Role.OWNER).order_by("pk")[0].person
    parents = Territory.objects.exclude(parent=None).values("parent")
    elsewhere = (
        Territory.objects.exclude(pk=distributor.territory_id or 0).exclude(pk__in=parents).order_by("-pk").first()
    )
    if elsewhere is None:
        return
    address = add_record(
        record_type=ADDRESS,
        distributor_id=distributor.pk,
        actor=director,
        kind=AddressKind.DELIVERY,
        name="外区门店仓",
        address="滨江大道 88 号",
        city=elsewhere.name_zh or elsewhere.name,
        country=distributor.country,
        territory_id=elsewhere.pk,
        starts_on=company.today - timedelta(days=30),
    )
    agreed = Agreement.objects.on(company.today).filter(distributor=distributor)
    bought = OrderLine.objects.filter(
        order__distributor=distributor, product__status="active", product__brand__in=agreed.values("subjects__brand")
    ).order_by("-pk")
    for line in bought.select_related("product")[:_MOST_TRIED]:
        try:
            placed = place_order(
                distributor_id=distributor.pk,
                actor=buyer,
                lines=[LineInput(product=line.product_id, quantity=line.ordered)],
                now=timezone.now(),
                delivery_address_id=address.pk,
            )
        except OrderRefused:
            continue
        if Order.objects.filter(pk=placed.id, is_on_hold=True).exists():
            return


def _merged(company: Company, survivor: Distributor, director: User) -> None:
    """The same company was entered twice."""
    twice = create_distributor(
        actor=director,
        code="D90001",
        name=f"{survivor.name} (old number)",
        name_zh=f"{survivor.name_zh}（旧编码）",
        channel_kind=survivor.channel_kind,
        currency=survivor.currency,
        language=survivor.language,
        country=survivor.country,
        city=survivor.city,
        territory_id=survivor.territory_id,
        started_on=company.today - timedelta(days=900),
    )
    merge_distributor(distributor_id=twice.pk, into_id=survivor.pk, actor=director, confirm_open=True)
