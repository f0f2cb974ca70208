"""Rubbish: each wrong row is named with file, row, column and reason, and nothing is changed."""

import csv
import gzip
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from accounts.models import Distributor, Responsibility, Territory
from core.models import Event, OutboxMessage
from integration.engine.frames import load_corrections
from integration.engine.outcome import Outcome, write_wrong_rows
from integration.errors import ProfileError
from orders.models import Order
from spreadsheets import Limits, ReadOptions, UnreadableFile, open_table
from tests.integration.conftest import Run, wrong

pytestmark = pytest.mark.django_db

SHOPS = """
[files.shops]
path = "shops.csv"

[[import]]
entity = "distributor"
file = "shops"
fields = { code = "Code", name = "Name", parent = "Above", started_on = "Since" }
"""
GOOD = "Code,Name,Above,Since\nA,Alpha,,2024-01-31\nB,Beta,A,\n"


def refused(outcome: Outcome) -> list[tuple[str, int, str, str]]:
    assert not outcome.written
    assert not Distributor.objects.exists()
    assert not Event.objects.exists()
    assert not OutboxMessage.objects.exists()
    return wrong(outcome)


def test_good_rows_are_taken_once(run: Run) -> None:
    """The same export every night must stay the same company."""
    assert run(SHOPS, {"shops.csv": GOOD}).counts["distributor"].created == 2
    assert Distributor.objects.get(code="B").parent == Distributor.objects.get(code="A")
    again = run(SHOPS)
    assert (again.changes, again.counts["distributor"].unchanged) == (0, 2)
    changed = run(SHOPS, {"shops.csv": GOOD.replace("Beta,A", "Beta,")})
    assert vars(changed.counts["distributor"]) == {"created": 0, "changed": 1, "unchanged": 1}


@pytest.mark.parametrize(
    ("content", "row", "column", "part"),
    [
        ("Code,Name,Above,Since\nA,Alpha,,31.02.2024\n", 2, "Since", "“31.02.2024” is not a date"),
        ("Code,Name,Above,Since\nA,,,\n", 2, "Name", "empty"),
        ("Code,Name,Above,Since\nA,Alpha,,\nA,Beta,,\n", 3, "Code", "in row 2"),
        ("Code,Name,Above,Since\nA,Alpha,X,\n", 2, "Above", "Unknown distributor “X”"),
        ("Code,Name,Above,Since\nA,Alpha,A,\n", 2, "Above", "loop"),
        ("Code,Name,Above,Since\nA,Alpha,B,\nB,Beta,A,\n", 2, "Above", "loop"),
        (f"Code,Name,Above,Since\n{'A' * 65},Alpha,,\n", 2, "Code", "the maximum is 64"),
        ("Code,Name,Above,Since\nA,Alpha,,,,too much\n", 2, "", "The row has 6 cells"),
        ("Code,Name,Above,Since\nA,Alpha,,0001-01-01\n", 2, "Since", "out of range"),
        ('Code,Name,Above,Since\nA,"Alpha,,\nB,Beta,,\n', 2, "", "quotation"),
        ("", 0, "", "empty"),
    ],
)
def test_wrong_rows(run: Run, content: str, row: int, column: str, part: str) -> None:
    """Somebody has to find that row in a file of a hundred thousand."""
    found = refused(run(SHOPS, {"shops.csv": content}))
    assert found[0][:3] == ("shops.csv", row, column)
    assert part in found[0][3]


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (bytes(range(256)) * 20, "not a text file"),
        (b"\xd0\xcf\x11\xe0rest", "protected by a password, or damaged"),
        (b"PK\x03\x04 but no zip", "damaged"),
        (b"\x1f\x8b\x08 but no gzip", "gzip"),
        ("Code,Name,Above,Since\nA,Müller,,\n".encode("cp1252"), "neither UTF-8 nor GB18030"),
        (b"Code,Name,Above,Since\nA," + b"x" * 200_000 + b",,\n", "characters"),
    ],
)
def test_unreadable_files(run: Run, content: bytes, part: str) -> None:
    """A wrong file is said to be one, in words, and the rest is not taken without it."""
    found = refused(run(SHOPS, {"shops.csv": content}))
    assert found[0][0] == "shops.csv"
    assert part in found[0][3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings_are_found_out(run: Run, encoding: str) -> None:
    """Excel in China saves GB18030, elsewhere UTF-8 with or without a mark."""
    assert run(SHOPS, {"shops.csv": "Code,Name,Above,Since\nA,上海光明贸易有限公司,,\n".encode(encoding)}).written
    assert Distributor.objects.get().name == "上海光明贸易有限公司"


def test_workbook_and_gzip_are_found_out(run: Run, tmp_path: Path) -> None:
    """People rename files."""
    book = openpyxl.Workbook()
    book.active.append(["Code", "Name", "Above", "Since"])
    book.active.append([100, "Alpha", None, None])
    book.save(tmp_path / "shops.csv")
    assert run(SHOPS).written
    assert Distributor.objects.get().code == "100"
    assert run(SHOPS, {"shops.csv": gzip.compress(b"Code,Name,Above,Since\n100,Beta,,\n")}).changes == 1


def test_bombs_stop_at_the_limit(tmp_path: Path) -> None:
    """A file of a few kilobytes must not fill the memory of the server."""
    small = ReadOptions(limits=Limits(content_bytes=100_000))
    (tmp_path / "bomb.csv.gz").write_bytes(gzip.compress(b"A,B\n" + b"1,2\n" * 1_000_000))
    with pytest.raises(UnreadableFile, match="too large"):
        list(open_table(tmp_path / "bomb.csv.gz", small).rows)
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<w>" + b"<a/>" * 2_500_000)
    with pytest.raises(UnreadableFile, match="too large"):
        open_table(tmp_path / "bomb.xlsx", small)


def test_missing_column_names_those_there_are(run: Run) -> None:
    """Whoever mistypes a column sees at once what the file calls it."""
    with pytest.raises(ProfileError, match=r"Unknown column “Since”\. Available: Above, Code, Name"):
        run(SHOPS, {"shops.csv": "Code,Name,Above\nA,Alpha,\n"})
    assert not Distributor.objects.exists()


def test_missing_file(run: Run) -> None:
    assert refused(run(SHOPS)) == [("shops.csv", 0, "", "The folder has no file “shops.csv”.")]


def test_no_file_outside_of_the_folder(run: Run) -> None:
    """A profile from elsewhere must not read the server's files."""
    for path in ("/etc/passwd", "../secret.csv"):
        with pytest.raises(ProfileError, match="not inside the folder"):
            run(SHOPS.replace("shops.csv", path))


def test_one_wrong_row_does_not_drag_others_along(run: Run) -> None:
    """Ten thousand orders of one mistyped distributor are one thing to mend, not ten thousand."""
    profile = (
        SHOPS
        + """
[files.orders]
path = "orders.csv"
[[import]]
entity = "order"
file = "orders"
fields = { number = "No", distributor = "Shop", ordered_at = "Day" }
"""
    )
    orders = "No,Shop,Day\n" + "".join(f"S{n},A,2024-01-01\n" for n in range(50))
    outcome = run(profile, {"shops.csv": GOOD.replace("2024-01-31", "soon"), "orders.csv": orders})
    assert [row[:3] for row in refused(outcome)] == [("shops.csv", 2, "Since")]
    assert outcome.waiting == 51
    assert not Order.objects.exists()


def test_rows_that_contradict_each_other_are_the_only_ones_named(run: Run) -> None:
    """One order with two customers among thousands of lines: that row is told, not a defect of ours and no other row.

    Every line of it is wrong in two imports and counts once.
    """
    profile = (
        SHOPS
        + """
[files.orders]
path = "orders.csv"
[[import]]
entity = "order"
file = "orders"
group = true
fields = { number = "No", distributor = "Shop", ordered_at = "Day" }
[[import]]
entity = "shipment"
file = "orders"
group = true
fields = { number = "No", order = "No", shipped_at = "Day" }
"""
    )
    orders = "No,Shop,Day\nS1,A,2024-01-01\nS1,A,2024-01-01\nS2,A,2024-01-01\nS2,B,2024-01-02\n"
    files = {"shops.csv": GOOD, "orders.csv": orders}
    outcome = run(profile, files)
    assert {row[:2] for row in refused(outcome)} == {("orders.csv", 5)}
    assert "“B” here, but “A” in row 4 of the same order." in [row[3] for row in wrong(outcome)]
    assert (outcome.wrong_count, outcome.waiting) == (1, 0)
    files["orders.csv"] = orders.replace("S2,B,2024-01-02", "S2,A,2024-01-01")
    assert run(profile, files).written
    files["orders.csv"] = orders
    assert run(profile, files).wrong_count == 1


def test_what_only_the_database_knows_is_named_by_row(run: Run) -> None:
    """Two people for one duty on one day: the constraint refuses, the report says which row."""
    profile = """
[[import]]
entity = "distributor"
rows = [{ code = "A", name = "Alpha" }]
[[import]]
entity = "user"
rows = [{ external_code = "1", full_name = "Ann" }, { external_code = "2", full_name = "Bob" }]
[[import]]
entity = "duty"
rows = [{ code = "D", name = "Duty", covers = "All" }]
[files.duties]
path = "duties.csv"
[[import]]
entity = "responsibility"
file = "duties"
"""
    rows = (
        "distributor,duty,user,starts_on,ends_on\nA,D,1,2024-01-01,2024-06-30\nA,D,2,2024-07-01,\nA,D,1,2024-09-01,\n"
    )
    found = refused(run(profile, {"duties.csv": rows}))
    assert found == [
        (
            "duties.csv",
            4,
            "distributor",
            "Someone else is responsible for this duty of this distributor on some of these days.",
        )
    ]
    assert not Responsibility.objects.exists()


def test_wrong_rows_can_be_mended_and_read_again(run: Run, tmp_path: Path) -> None:
    """The report is the place to mend: nobody looks for row 4,711 in the export again. Formulas are disarmed on the way."""
    shops = "Code,Name,Above,Since\nA,=1+1,,soon\nB,Beta,A,2024-01-01\n"
    outcome = run(SHOPS, {"shops.csv": shops})
    report = tmp_path / "wrong-rows.csv"
    with report.open("w", encoding="utf-8", newline="") as stream:
        write_wrong_rows(stream, outcome.wrong)
    text = report.read_text(encoding="utf-8-sig")
    assert next(csv.reader(io.StringIO(text))) == ["file", "row", "column", "reason", "Code", "Name", "Above", "Since"]
    assert ",'=1+1," in text
    report.write_text(text.replace(",soon", ",2024-05-05"), encoding="utf-8")
    assert run(SHOPS, corrected=load_corrections(report)).written
    assert Distributor.objects.get(code="A").name == "=1+1"


def test_dry_run_writes_nothing(run: Run) -> None:
    """Trying must be free."""
    outcome = run(SHOPS, {"shops.csv": GOOD}, dry_run=True)
    assert outcome.counts["distributor"].created == 2
    assert refused(outcome) == []


def test_ambiguous_names(run: Run) -> None:
    """Two shops with one name: an order must not land at either by chance."""
    profile = (
        SHOPS
        + """
[[import]]
entity = "order"
rows = [{ number = "1", distributor = "Same", ordered_at = 2024-01-01 }]
[import.fields]
number = "number"
distributor = { from = "distributor", match = "name" }
ordered_at = "ordered_at"
"""
    )
    found = refused(run(profile, {"shops.csv": "Code,Name,Above,Since\nA,Same,,\nB,Same,,\n"}))
    assert "“Same” is the name of more than one" in found[0][3]


def test_profile_mistakes_say_where(run: Run) -> None:
    """A profile is written by trial: each message names the place and what was probably meant."""
    for profile, part in {
        "[[import]]\nentity='distributer'\nrows=[{code='A'}]": "Did you mean “distributor”",
        "[[import]]\nentity='brand'\nrows=[{code='A', name='A'}]\nfields={cod='code', name='name'}": "Did you mean “code”",
        "[[import]]\nentity='brand'\nrows=[{code='A'}]": "required fields are missing: name",
        "[[import]]\nentity='brand'\nfile='x'": "there is no [files.x]",
        "[[import]]\nentity='brand'\nrows=[{code='A', name='A'}]\nwhere='code ='": "Not a valid formula",
        "[[import]]\nentity='brand'\nrwos=[]": "Did you mean “rows”",
        "[files.x]\npath='x'\n[[import]]\nentity='brand'\nfile='x'\n[[import.join]]\nfile='x'\non='A'\ngroup=true": "above",
        "[[import]]\nentity='brand'\nrows=[{code='A', name='A'}]\ngroup=true\n"
        "fields={code='code', name={from='name', pick='sum'}}": "Only numbers can be summed",
        "not toml": "not valid TOML",
        "": "imports nothing",
    }.items():
        with pytest.raises(ProfileError) as caught:
            run(profile)
        assert part in str(caught.value)
    assert not Territory.objects.exists()


@pytest.mark.parametrize(("column", "written"), [("currency", "RMB"), ("country", "UK")])
def test_a_code_that_does_not_exist_is_a_wrong_row(run: Run, column: str, written: str) -> None:
    """Distributors would order in a currency that nothing else is in."""
    profile = SHOPS.replace("started_on", column)
    found = refused(run(profile, {"shops.csv": f"Code,Name,Above,Since\nA,Alpha,,{written}\n"}))
    assert [(row[2], written in row[3]) for row in found] == [("Since", True)]
