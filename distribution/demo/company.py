"""Master data of the demo company: people, distributors, catalogue, prices, duties. Small tables, through the ORM."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.contrib.auth.hashers import make_password

from accounts.enums import DISTRIBUTOR_ROLES, ChannelKind, DistributorStatus, Role
from accounts.models import Distributor, Duty, Responsibility, Territory, Tier, User
from company.services.company import ensure_company
from core.names import pinyin_initials
from core.periods import open_calendar_year
from distribution.demo import names
from inventory.models import Brand, BuyingRight, Category, Product, SupplyRoute, Warehouse
from orders.models import Carrier
from planning.models import Price, PriceList, Promotion

CURRENCY = "CNY"
DOMAIN = "demo.tributary.example"
DISTRIBUTORS_PER_MANAGER = 12


@dataclass(kw_only=True)
class Company:
    """What the later steps need to know of the master data."""

    today: date
    chance: random.Random
    managers: list[User] = field(default_factory=list)
    distributors: list[Distributor] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)
    warehouses: list[Warehouse] = field(default_factory=list)


def build_company(*, distributors: int, products: int, seed: int, today: date, password: str | None) -> Company:
    ensure_company(code="DEMO", name="Demo Brands", name_zh="演示品牌", currency=CURRENCY, country="CN")
    company = Company(today=today, chance=random.Random(seed))  # noqa: S311 - play data, not secrets
    for year in range(today.year - 2, today.year + 2):
        open_calendar_year(year)
    _add_distributors(company, distributors)
    _add_people(company, password)
    _add_duties(company)
    _add_catalogue(company, products)
    _add_prices(company)
    _add_supply(company)
    return company


def _add_distributors(company: Company, count: int) -> None:
    tiers = Tier.objects.bulk_create([Tier(code=c, name=n, name_zh=z, rank=r) for c, n, z, r in names.TIERS])
    territories: dict[str, Territory] = {}
    for code, name, zh, parent in names.TERRITORIES:
        territories[code] = Territory.objects.create(code=code, name=name, name_zh=zh, parent=territories.get(parent))
    rows = [_distributor(company, index, territories, tiers) for index in range(count)]
    company.distributors = Distributor.objects.bulk_create(rows, batch_size=2000)
    heads = company.distributors[: max(1, count // 10)]
    below = company.distributors[len(heads) :: 3]
    for index, row in enumerate(below):
        row.parent = heads[index % len(heads)]
    Distributor.objects.bulk_update(below, ["parent"], batch_size=2000)


def _distributor(company: Company, index: int, territories: dict[str, Territory], tiers: list[Tier]) -> Distributor:
    city, city_zh, territory, country = names.CITIES[index % len(names.CITIES)]
    house, house_zh = names.HOUSES[(index // len(names.CITIES) + index * 7) % len(names.HOUSES)]
    form, form_zh, kind = names.FORMS[(index // 3) % len(names.FORMS)]
    more = index // (len(names.CITIES) * len(names.HOUSES))
    suffix = f" {more + 1}" if more else ""
    name_zh = f"{city_zh}{house_zh}{form_zh}{suffix}"
    return Distributor(
        code=f"D{index + 1:05d}",
        name=f"{house} {form} {city}{suffix}",
        name_zh=name_zh,
        legal_name=f"{city_zh}{house_zh}{form_zh}有限公司{suffix}",
        pinyin=pinyin_initials(name_zh),
        channel_kind=ChannelKind.INTERNATIONAL if country != "CN" else kind,
        status=DistributorStatus.PROBATION if index % 29 == 28 else DistributorStatus.ACTIVE,
        tier=tiers[0 if index < 6 else company.chance.choice([1, 1, 2, 2, 2])],
        territory=territories[territory],
        currency=CURRENCY,
        language="zh-hans" if country == "CN" else "en",
        city=city,
        country=country,
        phone=f"+86 21 5550 {index % 10000:04d}",
        email=f"d{index + 1:05d}@{DOMAIN}",
        started_on=company.today - timedelta(days=company.chance.randint(800, 4000)),
    )


def _add_people(company: Company, password: str | None) -> None:
    hashed = make_password(password)

    def person(email: str, name: str, role: Role, **more: object) -> User:
        return User(email=f"{email}@{DOMAIN}", full_name=name, role=role, password=hashed, **more)

    brand = {
        Role.ADMINISTRATOR: "Ada Administrator",
        Role.DIRECTOR: "Fang Director",
        Role.WAREHOUSE: "Wen Warehouse",
        Role.FINANCE: "Fei Finance",
    }
    made = User.objects.bulk_create([person(role.value, name, role) for role, name in brand.items()])
    director = made[1]
    count = max(4, len(company.distributors) // DISTRIBUTORS_PER_MANAGER)
    managers = [person("manager", names.PEOPLE[0], Role.MANAGER, supervisor=director)]
    for index in range(1, count):
        again = index // len(names.PEOPLE)
        label = names.PEOPLE[index % len(names.PEOPLE)] + (f" {again + 1}" if again else "")
        managers.append(person(f"manager{index + 1:03d}", label, Role.MANAGER, supervisor=director))
    managers[-1].leaves_on = company.today + timedelta(days=21)
    company.managers = User.objects.bulk_create(managers, batch_size=2000)
    first = company.distributors[0]
    User.objects.bulk_create(
        [
            person(role.value, f"{role.label} {first.name.split()[0]}", role, distributor=first, language="en")
            for role in sorted(DISTRIBUTOR_ROLES)
        ]
    )


def _add_duties(company: Company) -> None:
    duties = Duty.objects.bulk_create(
        [
            Duty(code=code, name=name, name_zh=zh, covers=covers, covers_zh=covers_zh, position=position)
            for position, (code, name, zh, covers, covers_zh) in enumerate(names.DUTIES)
        ]
    )
    since = company.today - timedelta(days=730)
    rows = []
    for index, distributor in enumerate(company.distributors):
        manager = company.managers[index % len(company.managers)]
        other = company.managers[(index + 1) % len(company.managers)]
        for position, duty in enumerate(duties):
            if (index, position) in {(4, 2), (9, 0)} or index % 97 == 96:
                continue  # planted: a duty nobody answers for
            ends = company.today + timedelta(days=12) if (index, position) == (4, 1) else None
            rows.append(
                Responsibility(
                    distributor=distributor,
                    duty=duty,
                    user=manager,
                    starts_on=since,
                    ends_on=ends,
                    stand_in=None if index % 8 == 3 else other,
                )
            )
    Responsibility.objects.bulk_create(rows, batch_size=5000)


def _add_catalogue(company: Company, count: int) -> None:
    brands = {
        b.code: b for b in Brand.objects.bulk_create([Brand(code=c, name=n, name_zh=z) for c, n, z in names.BRANDS])
    }
    categories: dict[str, Category] = {}
    for code, name, zh, parent in names.CATEGORIES:
        categories[code] = Category.objects.create(code=code, name=name, name_zh=zh, parent=categories.get(parent))
    rows = []
    for index in range(count):
        brand, category, code, name, zh, cost, _price, multiple = names.PRODUCTS[index % len(names.PRODUCTS)]
        step = index // len(names.PRODUCTS)
        size, size_zh, factor = names.SIZES[(step // len(names.VARIANTS)) % len(names.SIZES)]
        variant, variant_zh = names.VARIANTS[step % len(names.VARIANTS)]
        name_zh = f"{zh} {size_zh} {variant_zh}"
        rows.append(
            Product(
                code=f"{code}{step + 1:03d}",
                name=f"{name} {size} {variant}",
                name_zh=name_zh,
                barcode=f"690{index:010d}",
                brand=brands[brand],
                category=categories[category],
                unit="pcs",
                pack_size=multiple,
                minimum_quantity=multiple,
                order_multiple=multiple,
                unit_cost=(Decimal(cost) * Decimal(str(factor))).quantize(Decimal("0.01")),
                pinyin=pinyin_initials(name_zh),
            )
        )
    company.products = Product.objects.bulk_create(rows)
    since = company.today - timedelta(days=900)
    BuyingRight.objects.bulk_create(
        [
            BuyingRight(distributor=distributor, brand=brand, starts_on=since)
            for index, distributor in enumerate(company.distributors)
            for position, brand in enumerate(brands.values())
            if index < 10 or (index + position) % 5
        ],
        batch_size=5000,
    )


def _add_prices(company: Company) -> None:
    gold = Tier.objects.get(code="GOLD")
    lists = PriceList.objects.bulk_create(
        [
            PriceList(code="STANDARD", name="Standard", name_zh="标准价", currency=CURRENCY),
            PriceList(code="GOLD", name="Gold tier", name_zh="金牌价", currency=CURRENCY, tier=gold),
        ]
    )
    turn = date(company.today.year, 1, 1)
    spans = [(turn - timedelta(days=1095), turn - timedelta(days=1), Decimal(1)), (turn, None, Decimal("1.03"))]
    rows = []
    for index, product in enumerate(company.products):
        base = Decimal(names.PRODUCTS[index % len(names.PRODUCTS)][6]) * Decimal("0.72")
        for price_list, factor in zip(lists, [Decimal(1), Decimal("0.95")], strict=True):
            for starts_on, ends_on, level in spans:
                for from_quantity, step in [(1, Decimal(1)), (48, Decimal("0.97")), (240, Decimal("0.93"))]:
                    amount = (base * factor * level * step).quantize(Decimal("0.01"))
                    rows.append(
                        Price(
                            price_list=price_list,
                            product=product,
                            from_quantity=from_quantity,
                            amount=amount,
                            starts_on=starts_on,
                            ends_on=ends_on,
                        )
                    )
    Price.objects.bulk_create(rows, batch_size=5000)
    Promotion.objects.create(
        code="NOVEMBER",
        name="November festival",
        name_zh="双十一促销",
        discount_rate=Decimal("0.05"),
        starts_on=date(company.today.year - 3, 11, 1),
        ends_on=None,
    )


def _add_supply(company: Company) -> None:
    company.warehouses = Warehouse.objects.bulk_create(
        [
            Warehouse(code="WH-SH", name="Shanghai warehouse", name_zh="上海仓"),
            Warehouse(code="WH-GZ", name="Guangzhou warehouse", name_zh="广州仓"),
            Warehouse(code="WH-CD", name="Chengdu warehouse", name_zh="成都仓"),
        ]
    )
    by_region = {"CN-E": 0, "CN-N": 0, "CN-S": 1, "SEA-": 1, "CN-W": 2}
    codes = {territory.pk: territory.code for territory in Territory.objects.all()}
    SupplyRoute.objects.bulk_create(
        [
            SupplyRoute(
                distributor=distributor,
                warehouse=company.warehouses[by_region[codes[distributor.territory_id or 0][:4]]],
                lead_days=5 + index % 5,
            )
            for index, distributor in enumerate(company.distributors)
        ],
        batch_size=5000,
    )
    Carrier.objects.create(code="SWIFT", name="Swift Freight", name_zh="迅达物流")
