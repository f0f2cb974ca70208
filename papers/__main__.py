"""Make one PDF of the papers that the standard input names in JSON, within the limits given there.

What is written to the standard output begins with one byte: P for a PDF, E for the words of an error.
"""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from confined.limits import confine

TEMPLATES = Path(__file__).resolve().parent / "templates"
_POINTS_A_INCH = 110


def main(request: dict[str, Any]) -> None:
    confine(memory_bytes=request["memory_bytes"], seconds=request["seconds"])
    try:
        made = _compile(request)
    except (typst.TypstError, MemoryError) as error:
        _answer(b"E", str(error).encode())
    else:
        _answer(b"P", made)


def _compile(request: dict[str, Any]) -> bytes:
    """No font, package or file but those of the two folders; no clock: the same data makes the same bytes."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=request["fonts"])
    with TemporaryDirectory() as nothing:
        made = typst.compile(
            TEMPLATES / "papers.typ",
            root=TEMPLATES,
            font_paths=fonts,
            ignore_system_fonts=True,
            package_path=nothing,
            package_cache_path=nothing,
            format=request["format"],
            ppi=_POINTS_A_INCH,
            sys_inputs={"data": json.dumps(request["data"])},
            timestamp=0,
        )
    if request["format"] == "pdf":
        return made
    pages = [made] if isinstance(made, bytes) else made  # a list where there are several
    return b"".join(len(page).to_bytes(4, "big") + page for page in pages)


def _answer(word: bytes, content: bytes) -> None:
    sys.stdout.buffer.write(word + content)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(json.load(sys.stdin.buffer))
