"""What can be imported of people, territories, distributors, and who is responsible for them."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor, Duty, Membership, Responsibility, Territory, Tier, User
from accounts.services.distributors import write_distributors
from accounts.services.duties import write_duties
from accounts.services.people import write_users
from accounts.services.responsibilities.importing import write_responsibilities
from core.importing import Entity, Importer, Kind, extra_field, fields_of

TERRITORY = Entity(
    name="territory",
    help_text="A sales area, in a tree.",
    model=Territory,
    key=("code",),
    fields=fields_of(
        Territory,
        {"code": "Code", "name": "Name", "name_zh": "Chinese name", "parent": "Code of the territory above"},
    ),
    match=("code", "name", "name_zh"),
)

TIER = Entity(
    name="tier",
    help_text="A level of distributors (gold, silver).",
    model=Tier,
    key=("code",),
    fields=fields_of(
        Tier, {"code": "Code", "name": "Name", "name_zh": "Chinese name", "rank": "1 is the highest level; each once"}
    ),
    match=("code", "name", "name_zh"),
)

DISTRIBUTOR = Entity(
    name="distributor",
    help_text="A company that buys and resells.",
    model=Distributor,
    key=("code",),
    fields=fields_of(
        Distributor,
        {
            "code": "Code",
            "name": "Name",
            "name_zh": "Chinese name",
            "legal_name": "Legal name",
            "channel_kind": "Kind of channel; wholesale where nothing is said",
            "status": "Status",
            "tier": "Code of the tier",
            "territory": "Code of the territory",
            "parent": "Code of the distributor above it in the sub-network",
            "currency": "Currency it orders in",
            "language": "Language of its papers",
            "city": "City",
            "country": "Two letters, such as DE",
            "address": "Street and number",
            "phone": "Telephone",
            "email": "E-mail",
            "started_on": "Distributor since",
        },
        channel_kind={"default": "wholesale", "required": False},
    ),
    match=("code", "name", "name_zh", "legal_name"),
)

USER = Entity(
    name="user",
    help_text="A person: a manager of the brand owner, or somebody of a distributor. Signs in only after setting a "
    "password.",
    model=User,
    key=("external_code",),
    fields=(
        *fields_of(
            User,
            {
                "external_code": "The person's code in your files",
                "full_name": "Name",
                "full_name_zh": "Chinese name",
                "email": "E-mail; where there is none, code@imported.invalid is noted",
            },
            external_code={"required": True},
            email={"required": False},
        ),
        *fields_of(
            Membership,
            {
                "role": "Role; manager where nothing is said",
                "distributor": "Code of the distributor, for the roles of a distributor only",
            },
            role={"default": "manager", "required": False},
        ),
        *fields_of(
            User,
            {
                "supervisor": "external_code of the person above",
                "language": "Language of the pages; empty for that of the browser",
                "is_active": "Whether the person may sign in",
                "leaves_on": "Last day with the company",
            },
        ),
    ),
    match=("external_code", "email", "full_name", "full_name_zh"),
    fixed={"password": "'!' || md5(random()::text)"},
    reasons={
        "accounts_user_email_key": _("This email address is already in use."),
    },
)

DUTY = Entity(
    name="duty",
    help_text="One thing somebody must answer for, for each distributor.",
    model=Duty,
    key=("code",),
    fields=(
        *fields_of(
            Duty,
            {
                "code": "Code",
                "name": "Name",
                "name_zh": "Chinese name",
                "covers": "What it covers, in words",
                "covers_zh": "What it covers, in Chinese",
                "cadence": "How often it must happen: a number, with its unit of time",
                "cadence_unit": "Unit of time of the number: days, weeks or months",
                "position": "Its place in the list",
                "is_active": "Whether it is in use",
            },
        ),
        extra_field(
            "done_by",
            Kind.TEXT,
            _("events that count as doing it"),
            "Codes or names of the events that show that it was done, with semicolons between them",
            default="",
        ),
    ),
    match=("code", "name", "name_zh"),
    fixed={"done_by": "'{}'::varchar[]"},
    reasons={"duty_cadence": _("Say how often and in which unit of time, or neither.")},
)

RESPONSIBILITY = Entity(
    name="responsibility",
    help_text="Who answers for one duty of one distributor, from when to when. Never two people on one day.",
    model=Responsibility,
    key=("distributor", "duty", "starts_on"),
    fields=fields_of(
        Responsibility,
        {
            "distributor": "Code of the distributor",
            "duty": "Code of the duty",
            "user": "external_code of the person",
            "stand_in": "external_code of the person who stands in",
            "starts_on": "First day",
            "ends_on": "Last day; empty means until further notice",
            "note": "Note",
        },
    ),
    match=(),
    reasons={
        "one_accountable_person": _(
            "Someone else is responsible for this duty of this distributor on some of these days."
        ),
        "responsibility_stand_in_other": _("People cannot stand in for themselves."),
    },
)

IMPORTERS = (
    Importer(entity=TERRITORY),
    Importer(entity=TIER),
    Importer(entity=DISTRIBUTOR, write=write_distributors, page="accounts:distributors"),
    Importer(entity=USER, write=write_users, aliases=("manager",), page="accounts:people"),
    Importer(entity=DUTY, write=write_duties, page="responsibility:duties"),
    Importer(entity=RESPONSIBILITY, write=write_responsibilities, page="responsibility:radar"),
)
