"""Static files and icons: what the pages are dressed in."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template import Context, Template, TemplateSyntaxError
from django.test import override_settings

from distribution import frontend


def test_every_file_that_pages_use_is_in_its_package() -> None:
    """An upgrade that moves a file would leave the pages bare."""
    assert [name for name in frontend.FILES if finders.find(name) is None] == []


@pytest.mark.slow
def test_files_are_collected_once_until_one_changes(tmp_path: Path) -> None:
    """A second start must not spend seconds on hashing what it hashed before."""
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    with override_settings(STATIC_ROOT=str(tmp_path), STORAGES=storages):
        assert frontend.collect_if_changed()
        assert list(tmp_path.glob("npm/htmx/htmx.min.*.js.gz"))
        assert not frontend.collect_if_changed()
        (tmp_path / ".sources").write_text("of another day")
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda _start: frontend.collect_if_changed(), range(2)))
        assert sorted(answers) == [False, True], "two starts at once: one waits for the other"


def test_icons_are_decoration_unless_they_have_a_name() -> None:
    """A screen reader must not read out shapes, and must read out a sign that stands alone."""
    page = Template('{% load icons %}{% icon "truck" %}{% icon "truck" label=name %}').render(
        Context({"name": "On its <way>"})
    )
    assert page.count("<svg") == 2
    assert 'aria-hidden="true"' in page
    assert 'aria-label="On its &lt;way&gt;"' in page
    assert "style=" not in page


def test_an_icon_that_does_not_exist_is_an_error() -> None:
    """A typing mistake must fail here and not show as nothing on the page."""
    with pytest.raises(TemplateSyntaxError, match="no icon trukc"):
        Template('{% load icons %}{% icon "trukc" %}').render(Context())


def test_translations_are_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence that falls back to English in the middle of a Chinese page."""
    monkeypatch.setenv("PATH", str(tmp_path))  # a machine without GNU gettext
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr ""\n\nmsgid "Hello %(name)s"\nmsgstr "%(nom)s"\n\nmsgid "Bye"\nmsgstr ""\n'
    )
    with override_settings(LOCALE_PATHS=[tmp_path]), pytest.raises(Exception, match="not translated") as caught:
        call_command("translations", check=True)
    assert "other placeholders: 'Hello %(name)s'" in str(caught.value)
