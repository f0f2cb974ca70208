"""The ZIP file of an XLSX workbook: its parts, how they relate, and XML that is read without keeping it."""

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from xml.parsers import expat

from workbooks.faults import DAMAGED, TOO_MUCH, WorkbookFault
from workbooks.limits import DEEPEST, MOST_PART_BYTES, MOST_PART_ELEMENTS, MOST_PARTS

CHUNK = 1 << 16
Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Package:
    """Parts by name, whatever their letters' case. What comes out of all of them is counted."""

    def __init__(self, path: Path, content_bytes: int) -> None:
        try:
            self.archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise WorkbookFault(DAMAGED) from error
        entries = self.archive.infolist()
        if len(entries) > MOST_PARTS:
            raise WorkbookFault(TOO_MUCH)
        self.parts = {entry.filename.replace("\\", "/").lstrip("/").casefold(): entry for entry in entries}
        self.left = content_bytes

    def has(self, name: str) -> bool:
        return name.casefold() in self.parts

    def chunks(self, name: str, most: int = MOST_PART_BYTES) -> Iterator[bytes]:
        """The bytes of a part. Raises WorkbookFault where more comes out than is allowed, whatever the head says."""
        entry = self.parts.get(name.casefold())
        if entry is None:
            raise WorkbookFault(DAMAGED)
        left = min(most, self.left)
        try:
            with self.archive.open(entry) as stream:
                while chunk := stream.read(CHUNK):
                    left -= len(chunk)
                    self.left -= len(chunk)
                    if left < 0:
                        raise WorkbookFault(TOO_MUCH)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise WorkbookFault(DAMAGED) from error

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Kind and part by id, of what the part refers to."""
        folder, file = posixpath.split(name)
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
                found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)

        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        if self.has(rels):
            read_xml(self.chunks(rels), start)
        return found


def read_xml(
    chunks: Iterator[bytes],
    start: Start,
    end: End | None = None,
    text: Text | None = None,
    *,
    most: int = MOST_PART_ELEMENTS,
) -> None:
    """Walk a part to its end, through so many elements at most. Names come without their prefix."""
    seen = 0

    def counted(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal seen
        seen += 1
        if seen > most:
            raise WorkbookFault(TOO_MUCH)
        start(tag, attributes)

    for _done in walk_xml(chunks, counted, end, text):
        pass


def walk_xml(chunks: Iterator[bytes], start: Start, end: End | None = None, text: Text | None = None) -> Iterator[None]:
    """Walk a part, and pause after each chunk. No declaration of a document type, nothing deep: both only do harm."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise WorkbookFault(DAMAGED)
        start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(name.rpartition(":")[2] if ":" in name else name)

    def refuse(*_declaration: object) -> None:
        raise WorkbookFault(DAMAGED)

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.StartDoctypeDeclHandler = refuse
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
        yield
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise WorkbookFault(DAMAGED) from error
