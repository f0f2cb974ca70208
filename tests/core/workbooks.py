"""Workbooks as people's programs write them, made in code: sheets, styles and strings as raw XML."""

import io
import zipfile
from collections.abc import Iterable, Mapping

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def cell(place: str, text: str = "", *, kind: str = "inlineStr", style: int = 0, formula: str = "") -> str:
    inner = f"<is><t>{text}</t></is>" if kind == "inlineStr" else f"<v>{text}</v>"
    return f'<c r="{place}" t="{kind}" s="{style}">{f"<f>{formula}</f>" if formula else ""}{inner}</c>'


def row(number: int, *texts: str) -> str:
    cells = "".join(cell(f"{chr(ord('A') + place)}{number}", text) for place, text in enumerate(texts))
    return f'<row r="{number}">{cells}</row>'


def sheet(rows: Iterable[str], *, dimension: str = "A1") -> str:
    return (
        f'<worksheet xmlns="{_MAIN}"><dimension ref="{dimension}"/><sheetData>{"".join(rows)}</sheetData></worksheet>'
    )


def styles(*codes: str) -> str:
    """Style 0 is plain; the others have these formats, in their order."""
    formats = "".join(f'<numFmt numFmtId="{164 + place}" formatCode="{code}"/>' for place, code in enumerate(codes))
    xfs = "".join(f'<xf numFmtId="{164 + place}"/>' for place in range(len(codes)))
    return f'<styleSheet xmlns="{_MAIN}"><numFmts>{formats}</numFmts><cellXfs><xf numFmtId="0"/>{xfs}</cellXfs></styleSheet>'


def strings(*texts: str) -> str:
    return f'<sst xmlns="{_MAIN}">{"".join(f"<si><t>{text}</t></si>" for text in texts)}</sst>'


def workbook(
    sheets: Mapping[str, str], *, hidden: Iterable[str] = (), style: str = "", shared: str = "", more: str = ""
) -> bytes:
    """An XLSX file. `more` stands inside of the workbook's own part."""
    unseen = set(hidden)
    entries, relations, parts = [], [], {}
    for number, (name, content) in enumerate(sheets.items(), 1):
        state = ' state="hidden"' if name in unseen else ""
        entries.append(f'<sheet name="{name}" sheetId="{number}"{state} r:id="rId{number}"/>')
        relations.append(("worksheet", f"rId{number}", f"worksheets/sheet{number}.xml"))
        parts[f"xl/worksheets/sheet{number}.xml"] = content
    for kind, content, target in (("styles", style, "styles.xml"), ("sharedStrings", shared, "sharedStrings.xml")):
        if content:
            relations.append((kind, kind, target))
            parts[f"xl/{target}"] = content
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{more}<sheets>{"".join(entries)}</sheets></workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = _rels(relations)
    parts["_rels/.rels"] = _rels([("officeDocument", "rId1", "xl/workbook.xml")])
    parts["[Content_Types].xml"] = f'<Types xmlns="{_TYPES}"/>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _rels(relations: Iterable[tuple[str, str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{identifier}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for kind, identifier, target in relations
    )
    return f'<Relationships xmlns="{_RELATIONS}">{entries}</Relationships>'
