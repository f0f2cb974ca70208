"""Master data of the demo company: people, distributors, catalogue, prices, duties."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import models

from accounts.enums import DISTRIBUTOR_ROLES, ChannelKind, DistributorStatus, Role
from accounts.models import Distributor, Duty, Territory, Tier, User
from company.services.company import ensure_company
from core.importing.staging import run
from demo import bilingual_names
from demo.bulk import write_rows

CURRENCY = "CNY"
DOMAIN = "demo.tributary.example"
DISTRIBUTORS_PER_MANAGER = 12
Row = dict[str, Any]


@dataclass(kw_only=True)
class Company:
    """What the later steps need to know of the master data."""

    today: date
    chance: random.Random
    words: bilingual_names.Words
    managers: list[int] = field(default_factory=list)
    distributors: list[int] = field(default_factory=list)


def build_company(*, distributors: int, seed: int, today: date, password: str | None, language: str) -> Company:
    ensure_company(
        code="DEMO",
        name="Demo Brands",
        name_zh="演示品牌",
        currency=CURRENCY,
        country="CN",
        follows_chinese_new_year=True,
    )
    company = Company(
        today=today,
        chance=random.Random(seed),  # noqa: S311 - play data, not secrets
        words=bilingual_names.WORDS[language],
    )
    run("SET CONSTRAINTS ALL IMMEDIATE")  # rows with a history of changes cost the more, the more checks are waiting
    _add_years(company)
    _add_distributors(company, distributors)
    _add_people(company, password)
    _add_duties(company)
    run("SET CONSTRAINTS ALL DEFERRED")
    return company


def numbers_by_code(rows: "models.QuerySet[Any]") -> dict[str, int]:
    """The numbers of rows by their code, in its order."""
    return dict(rows.order_by("code").values_list("code", "pk"))


def _add_years(company: Company) -> None:
    years = range(company.today.year - 2, company.today.year + 2)
    write_rows(
        "business_year",
        [
            {"code": str(year), "starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31), "periods": "months"}
            for year in years
        ],
    )


def _add_distributors(company: Company, count: int) -> None:
    write_rows("tier", [{"code": c, "name": n, "name_zh": z, "rank": r} for c, n, z, r in bilingual_names.TIERS])
    write_rows(
        "territory",
        [
            {"code": c, "name": n, "name_zh": z, "parent": above or None}
            for c, n, z, above in bilingual_names.TERRITORIES
        ],
    )
    tiers, territories = numbers_by_code(Tier.objects.all()), numbers_by_code(Territory.objects.all())
    among = [tiers[code] for code, *_more in bilingual_names.TIERS]
    heads = max(1, count // 10)
    rows = [_distributor(company, index, territories, among) for index in range(count)]
    for place, row in enumerate(rows[heads::3]):
        row["parent"] = rows[place % heads]["code"]
    write_rows("distributor", rows)
    company.distributors = list(numbers_by_code(Distributor.objects.all()).values())


def _distributor(company: Company, index: int, territories: dict[str, int], tiers: list[int]) -> Row:
    city, city_zh, territory, country = bilingual_names.CITIES[index % len(bilingual_names.CITIES)]
    house, house_zh = bilingual_names.HOUSES[
        (index // len(bilingual_names.CITIES) + index * 7) % len(bilingual_names.HOUSES)
    ]
    form, form_zh, kind = bilingual_names.FORMS[(index // 3) % len(bilingual_names.FORMS)]
    more = index // (len(bilingual_names.CITIES) * len(bilingual_names.HOUSES))
    suffix = f" {more + 1}" if more else ""
    return {
        "code": f"D{index + 1:05d}",
        "name": f"{house} {form} {city}{suffix}",
        "name_zh": f"{city_zh}{house_zh}{form_zh}{suffix}",
        "legal_name": f"{city_zh}{house_zh}{form_zh}有限公司{suffix}",
        "channel_kind": (ChannelKind.INTERNATIONAL if country != "CN" else ChannelKind(kind)).value,
        "status": (DistributorStatus.PROBATION if index % 29 == 28 else DistributorStatus.ACTIVE).value,
        "tier": tiers[0 if index < 6 else company.chance.choice([1, 1, 2, 2, 2])],
        "territory": territories[territory],
        "parent": None,
        "currency": CURRENCY,
        "language": "zh-hans" if country == "CN" else "en",
        "city": city_zh if country == "CN" else city,  # as its papers say
        "country": country,
        "phone": f"+86 21 5550 {index % 10000:04d}",
        "email": f"d{index + 1:05d}@{DOMAIN}",
        "started_on": company.today - timedelta(days=company.chance.randint(800, 4000)),
    }


def _add_people(company: Company, password: str | None) -> None:
    hashed = make_password(password)
    people = [_person(role, (name, zh), Role(role)) for role, name, zh in bilingual_names.STAFF]
    people += _managers(company)
    first = Distributor.objects.get(pk=company.distributors[0])
    people += [
        _person(role.value, bilingual_names.DISTRIBUTOR_STAFF[role.value], role) | {"distributor": first.pk}
        for role in sorted(DISTRIBUTOR_ROLES)
    ]
    write_rows("user", [{**row, "password": hashed} for row in people], extra={"password": "text"})
    company.managers = list(User.objects.with_roles([Role.MANAGER]).order_by("pk").values_list("pk", flat=True))


def _person(code: str, name: tuple[str, str], role: Role) -> Row:
    return {
        "external_code": code,
        "full_name": name[0],
        "full_name_zh": name[1],
        "email": f"{code}@{DOMAIN}",
        "role": role.value,
        "distributor": None,
        "supervisor": None,
        "leaves_on": None,
    }


def _managers(company: Company) -> list[Row]:
    """The last of them leaves soon."""
    count = max(4, len(company.distributors) // DISTRIBUTORS_PER_MANAGER)
    rows = []
    for index in range(count):
        code = f"manager{index + 1:03d}" if index else "manager"
        rows.append(
            _person(code, bilingual_names.manager_name(index), Role.MANAGER) | {"supervisor": Role.DIRECTOR.value}
        )
    rows[-1]["leaves_on"] = company.today + timedelta(days=21)
    return rows


def _add_duties(company: Company) -> None:
    write_rows(
        "duty",
        [
            {"code": code, "name": name, "name_zh": zh, "covers": covers, "covers_zh": covers_zh, "position": position}
            for position, (code, name, zh, covers, covers_zh) in enumerate(bilingual_names.DUTIES)
        ],
    )
    write_rows("responsibility", list(_responsibilities(company)))


def _responsibilities(company: Company) -> Iterator[Row]:
    since = company.today - timedelta(days=730)
    duties = numbers_by_code(Duty.objects.all())
    for index, distributor in enumerate(company.distributors):
        for position, (code, *_more) in enumerate(bilingual_names.DUTIES):
            if (index, position) in {(4, 2), (9, 0)} or index % 97 == 96:
                continue  # planted: a duty without a responsible person
            yield {
                "distributor": distributor,
                "duty": duties[code],
                "user": company.managers[index % len(company.managers)],
                "stand_in": None if index % 8 == 3 else company.managers[(index + 1) % len(company.managers)],
                "starts_on": since,
                "ends_on": company.today + timedelta(days=12) if (index, position) == (4, 1) else None,
            }
