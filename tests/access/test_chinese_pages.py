"""Every page, form, tab and mail in Chinese: a word of English or a half-width comma is seen before a customer sees it."""

import pytest
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from core.outbox import relay
from messaging.kinds import NOTIFICATION_KINDS
from messaging.services.mail_sender import send_mails
from tests.access.asking import SAFE, ask, signed_in
from tests.access.chinese import Checked, entered_texts, faults, readers_of
from tests.access.routes import all_rows
from tests.access.table import DIRECTOR, MANAGER, OWNER, Route
from tests.access.world import World
from tests.factories.messaging import NotificationFactory, SendingFactory

pytestmark = pytest.mark.django_db


@pytest.mark.matrix
@pytest.mark.parametrize("row", [row for row in all_rows() if not row.is_api and row.method not in SAFE], ids=str)
def test_a_refused_form_is_chinese(row: Route, world: World, sessions: dict[str, str], checked: Checked) -> None:
    """What is wrong with a form is said in the reader's language. The pages themselves: see test_routes."""
    wanting = Route(
        name=row.name, method=row.method, allowed=row.allowed, args=row.args, query=row.query, htmx=row.htmx
    )
    found = set()
    for reader in readers_of(row):
        with transaction.atomic():
            response = ask(signed_in(reader, sessions), wanting, world)
            if "html" in response.headers.get("Content-Type", ""):
                found.update(checked.faults(response.content.decode()))
            transaction.set_rollback(True)
    assert sorted(found) == []


@pytest.mark.matrix
def test_the_pages_of_the_account_are_chinese(world: World, sessions: dict[str, str]) -> None:
    names = ("account_login", "account_reset_password", "account_change_password", "mfa_index", "mfa_activate_totp")
    found = []
    for name in names:
        for client in (Client(), signed_in(DIRECTOR, sessions)):
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
            with transaction.atomic():
                response = client.get(reverse(name))
                found += [f"{name}: {fault}" for fault in faults(response.content.decode(), entered_texts())]
                transaction.set_rollback(True)
    refused = next(
        row for row in all_rows() if row.method in SAFE and not row.is_api and OWNER not in {*row.allowed, *row.hidden}
    )
    for status, page in (
        (403, ask(signed_in(OWNER, sessions), refused, world)),
        (404, signed_in(OWNER, sessions).get("/nothing-here/")),
    ):
        assert page.status_code == status
        found += [f"{status}: {fault}" for fault in faults(page.content.decode(), entered_texts())]
    assert found == []


@pytest.mark.matrix
def test_notifications_and_mails_are_chinese(world: World) -> None:
    """A mail is read where nobody can switch the language."""
    found = []
    with transaction.atomic():
        reader = world.people[MANAGER]
        for kind in NOTIFICATION_KINDS:
            for audience in kind.audiences:
                params = dict.fromkeys(kind.params, "1") | {
                    name: world.mine.pk if subject == "distributor" else 0 for name, subject in kind.subjects.items()
                }
                row = NotificationFactory.create(
                    recipient=reader, kind=kind.kind, level=audience.level, distributor=world.mine,
                    params=params,
                )  # fmt: skip
                SendingFactory.create(notification=row)
        send_mails(seconds=120)
        data = entered_texts()
        for sent in mail.outbox:
            found += faults(f"<p>{sent.subject}</p><p>{sent.body}</p>", data)
        assert len(mail.outbox) >= len(list(NOTIFICATION_KINDS))
        transaction.set_rollback(True)
    assert found == []


@pytest.mark.matrix
def test_a_new_password_by_mail_is_chinese(world: World) -> None:
    with transaction.atomic():
        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
        with translation.override("zh-hans"):
            client.post(reverse("account_reset_password"), {"email": world.people[DIRECTOR].email})
        while relay():  # in batches
            pass
        data = entered_texts() | {"testserver"}
        mine = [sent for sent in mail.outbox if sent.to == [world.people[DIRECTOR].email]]
        texts = [f"<p>{sent.subject}</p><p>{sent.body}</p>" for sent in mine]
        transaction.set_rollback(True)
    assert texts
    assert [fault for text in texts for fault in faults(text, data)] == []


PLANTED = {
    "half translated": "<p>订单已 approved，待拣货</p>",
    "code of an enum": "<td>partly_shipped</td>",
    "English month": "<th>Nov 2026</th>",
    "month in characters": "<th>十一月</th>",
    "nothing shown as None": "<td>None</td>",
    "time as stored": "<td>2026-11-16T05:13:06+00:00</td>",
    "American date": "<td>11/26/2026</td>",
    "half-width mark": "<p>待审核:全部</p>",
    "doubled mark": "<p>计划已达成。，预计达成</p>",
    "two spaces": "<p>得分  96</p>",
    "space after a mark": "<p>共 3 行、 <b>0 件</b></p>",
    "space before a mark": "<p>尊敬的经销商 ：</p>",
    "space between sentences": "<p>没有保存。\n      请重新加载。</p>",
    "space between words": "<p>邀请您加入 绿源商贸。</p>",
    "unit not translated": "<small>/ pcs</small>",
    "unit without its number": "<p>共 条</p>",
    "label of a choice": "<option value='short'>Short shipment</option>",
    "label in a filter": "<label for='f'>Lateness</label>",
    "placeholder left": "<p>%(count)d 条</p>",
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_fault_planted_in_a_live_page_is_found(fault: str, world: World, sessions: dict[str, str]) -> None:
    """Were the check blind to a kind of fault, every page could have it."""
    with transaction.atomic():
        client = signed_in(DIRECTOR, sessions)
        page, data = client.get(reverse("orders:list")).content.decode(), entered_texts()
        transaction.set_rollback(True)
    assert faults(page, data) == []
    assert faults(page.replace("</h1>", f"</h1>{PLANTED[fault]}", 1), data) != []


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<th>Distributor</th>", "Distributor"),
        ("<h1>订单 Order</h1>", "Order"),
        ("<td><span>Late</span></td>", "Late"),
        ('<button aria-label="Close">×</button>', "Close"),
        ('<input placeholder="Search…">', "Search"),
        ('<td data-label="Grade">A</td>', "Grade"),
        ('<input type="submit" value="Save">', "Save"),
        ("<p>确认后, 不可更改</p>", ", "),
        ("<p>待审核:<a>全部</a></p>", ":"),
        ("<p>按业务期间入账的销售.</p>", "."),
        ("<p>已售(累计)</p>", "("),
    ],
)
def test_a_fault_is_found(html: str, words: str) -> None:
    """Were the check blind, a page could be half English."""
    (fault,) = faults(html, {"Distributor 7"})
    assert words in fault


@pytest.mark.parametrize(
    "html",
    [
        "<p>订单 ORD-17，共 3 行</p>",
        "<p>由 Distributor 7 提交（CNY）</p>",
        "<p>发送至 anna@example.test</p>",
        "<script>var name = 'Order'</script><p>订单：</p>",
        "<p>上传 CSV 或 Excel 文件，2026-11-16 10:30</p>",
    ],
)
def test_codes_and_names_are_no_faults(html: str) -> None:
    assert faults(html, {"Distributor 7"}) == []
