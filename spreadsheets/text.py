"""CSV: rows of a file, plain or gzipped; written so that no spreadsheet reads formulas into it, and the way back."""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO

from defusedcsv import csv as safe_csv
from django.utils.translation import gettext as _

from spreadsheets.encodings import find_encoding, refuse_contradiction
from spreadsheets.options import CountedStream, ReadOptions, UnreadableFile

GZIP_MARK = b"\x1f\x8b"
CHUNK = 1_000
_WITH_MARK = {"utf-8": "utf-8-sig", "utf8": "utf-8-sig"}
_DELIMITERS = ",;\t|"


def text_chunks(path: Path, options: ReadOptions) -> Iterator[list[list[str]]]:
    """The records of the file, the head included, many at a time: a generator a record would cost as much as reading.

    Raises UnreadableFile with the row where it breaks off.
    """
    if options.encoding:
        refuse_contradiction(options.encoding, lambda: _binary(path, options))
    encoding = _WITH_MARK.get(options.encoding.lower(), options.encoding) or _encoding_of(path, options)
    done = 0
    csv.field_size_limit(options.limits.cell_characters)
    chunk: list[list[str]] = []
    try:
        with io.TextIOWrapper(_binary(path, options), encoding=encoding, errors="strict", newline="") as stream:
            delimiter = options.delimiter or _delimiter_of(path, encoding, options)
            reader = csv.reader(stream, delimiter=delimiter, strict=True)
            while True:
                chunk = []
                chunk.extend(islice(reader, CHUNK))  # keeps what was read where it breaks off
                if not chunk:
                    return
                done += len(chunk)
                yield chunk
    except csv.Error as error:
        raise UnreadableFile(_csv_reason(error, options), row=done + len(chunk) + 1) from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            _("These bytes are not valid text in the encoding %(name)s.") % {"name": encoding},
            row=done + len(chunk) + 1,
        ) from error
    except LookupError as error:
        raise UnreadableFile(_("Unknown encoding “%(name)s”.") % {"name": encoding}) from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UnreadableFile(_("The gzip file is damaged or incomplete."), row=done + len(chunk) + 1) from error


def _binary(path: Path, options: ReadOptions) -> io.BufferedReader:
    with path.open("rb") as probe:
        gzipped = probe.read(2) == GZIP_MARK
    inner = gzip.open(path, "rb") if gzipped else path.open("rb")  # noqa: SIM115 - closed with the stream around it
    return io.BufferedReader(CountedStream(inner, options.limits.content_bytes), 1 << 20)  # type: ignore[arg-type]  # both are binary files


def _encoding_of(path: Path, options: ReadOptions) -> str:
    try:
        return find_encoding(lambda: _binary(path, options))
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UnreadableFile(_("The gzip file is damaged or incomplete.")) from error


def _delimiter_of(path: Path, encoding: str, options: ReadOptions) -> str:
    """The most frequent delimiter in the header, outside of quotes; a comma where there is none."""
    with io.TextIOWrapper(_binary(path, options), encoding=encoding, newline="") as stream:
        lines = [stream.readline(options.limits.cell_characters) for _ in range(options.header_row)]
    unquoted = "".join(lines[-1].split('"')[::2]) if lines else ""
    return max(_DELIMITERS, key=lambda mark: (unquoted.count(mark), -_DELIMITERS.index(mark)))


def _csv_reason(error: csv.Error, options: ReadOptions) -> str:
    text = str(error)
    if "field larger" in text:
        return _("A cell has more than %(limit)s characters. Is a quotation mark missing?") % {
            "limit": options.limits.cell_characters
        }
    return _("The quotation marks do not match (%(detail)s).") % {"detail": text}


_DISARMED = re.compile(r"^'[@+\-=|%]")


def write_csv(stream: IO[str], headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table that Excel reads as UTF-8 (by its mark); cells that look like formulas are disarmed."""
    stream.write("\ufeff")
    writer = safe_csv.writer(stream, lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows(rows)


def restore_cell(cell: str) -> str:
    """A cell as it was before `write_csv` disarmed it."""
    return cell[1:].replace("\\|", "|") if _DISARMED.match(cell) else cell
