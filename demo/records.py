"""Where the demo company's distributors receive goods, whom to call, on whom an invoice is made out, and where they bank."""

from datetime import timedelta

from accounts.enums import Role
from accounts.models import Distributor, User
from channel.enums import AddressKind, ContactKind
from channel.services.records import ADDRESS, BANK_ACCOUNT, CONTACT, INVOICE_TITLE, add_record
from demo.company import Company

MOST = 60
"""So many distributors have them, however large the demo is made: they are added one by one."""
_SURNAMES = ("王", "李", "张", "刘", "陈", "杨", "赵", "黄")


def build_records(company: Company) -> None:
    """A delivery address and a contact each; every fifth a second warehouse; the first twelve titles and accounts."""
    actor = User.objects.with_roles([Role.ADMINISTRATOR]).order_by("pk")[0]
    since = company.today - timedelta(days=700)
    rows = Distributor.objects.without_tree_fields().ordering().filter(territory__isnull=False).order_by("code")
    for index, row in enumerate(rows[:MOST]):
        chinese = row.country == "CN"
        phone = f"1390000{index:04d}"
        person = f"{_SURNAMES[index % len(_SURNAMES)]}经理" if chinese else f"Manager {index + 1}"
        places = (("主仓库", "Main warehouse"), ("二号仓库", "Second warehouse"))[: 1 + (index % 5 == 0)]
        for number, (name_zh, name) in enumerate(places, start=1):
            add_record(
                record_type=ADDRESS,
                distributor_id=row.pk,
                actor=actor,
                kind=AddressKind.DELIVERY,
                name=name_zh if chinese else name,
                address=f"物流园 {index + 1} 路 {number} 号"
                if chinese
                else f"{number} Logistics Park Road {index + 1}",
                contact=person,
                phone=phone,
                city=row.city,
                country=row.country,
                territory_id=row.territory_id,
                starts_on=since,
            )
        add_record(
            record_type=CONTACT,
            distributor_id=row.pk,
            actor=actor,
            kind=ContactKind.PURCHASING,
            name=person,
            phone=phone,
            starts_on=since,
        )
        if index < 12:
            title = row.legal_name or row.name
            bank = "示例银行" if chinese else "Example Bank"
            account = f"6222000000{index:06d}"
            add_record(
                record_type=INVOICE_TITLE,
                distributor_id=row.pk,
                actor=actor,
                name=title,
                tax_number=f"91310000{index:010d}",
                bank_name=bank,
                account_number=account,
                starts_on=since,
            )
            add_record(
                record_type=BANK_ACCOUNT,
                distributor_id=row.pk,
                actor=actor,
                name=title,
                bank_name=bank,
                account_number=account,
                currency=row.currency,
                starts_on=since,
            )
