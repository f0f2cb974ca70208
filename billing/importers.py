"""What can be imported of trade accounts: their credit limits, alone or of a group."""

from django.utils.translation import gettext_lazy as _

from billing.models import TradeAccount
from billing.services.bulk_limits import write_limits
from core.importing import Entity, Importer, Kind, extra_field, fields_of

CREDIT_LIMIT = Entity(
    name="credit_limit",
    help_text=(
        "The credit limit of a distributor's trade account with the default company, in the distributor's currency. An account "
        "that is not there is opened today. Accounts with one group share its limit; without an amount there is none."
    ),
    model=TradeAccount,
    key=("distributor",),
    fields=(
        *fields_of(
            TradeAccount,
            {"distributor": "Code of the distributor", "sub_limit": "Limit of this account within that of its group"},
            sub_limit={"low": 0},
        ),
        extra_field(
            "amount",
            Kind.NUMBER,
            _("credit limit"),
            "Credit limit; of a group, that of its first row",
            low=0,
            decimals=4,
        ),
        extra_field(
            "group", Kind.TEXT, _("group"), "Name of the group that shares the limit", default="", column="group_name"
        ),
        extra_field(
            "temporary_amount", Kind.NUMBER, _("temporary limit"), "Counts instead while it lasts", low=0, decimals=4
        ),
        extra_field("temporary_until", Kind.DATE, _("temporary limit until"), "Last day of the temporary limit"),
    ),
    match=(),
)

IMPORTERS = (Importer(entity=CREDIT_LIMIT, write=write_limits),)
