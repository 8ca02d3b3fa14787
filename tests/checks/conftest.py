"""Fixtures of the checks' tests: one message of one PO file, vetted."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import polib
import pytest

from handouts.catalog import Key, SourceMessage, read_catalog
from handouts.checks import Terms, Vetted, VettedMessage, vet
from handouts.diagnostics import Sink
from handouts.languages import language


class Vetting(NamedTuple):
    """What came of one message."""

    message: VettedMessage
    vetted: Vetted
    sink: Sink


Judge = Callable[..., Vetting]


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Vet one translation: `judge(msgid, msgstr, locale)`, plurals as lists."""

    def _judge(
        msgid: str | tuple[str, str],
        msgstr: str | list[str],
        locale: str = "de",
        *,
        comment: str = "",
        flags: tuple[str, ...] = (),
        keep: frozenset[str] = frozenset(),
        terms: Terms | None = None,
    ) -> Vetting:
        one, many = (msgid, None) if isinstance(msgid, str) else msgid
        spoken = language(locale)
        entry = polib.POEntry(
            msgid=one,
            msgid_plural=many or "",
            msgstr=msgstr if isinstance(msgstr, str) else "",
            msgstr_plural=dict(enumerate(msgstr)) if isinstance(msgstr, list) else {},
            tcomment=comment,
            flags=list(flags),
        )
        header = polib.POEntry(
            msgid="", msgstr=f"Language: {locale}\nPlural-Forms: {spoken.plural_rule}\n"
        )
        path = tmp_path / "handouts.po"
        path.write_text(f"{header.__unicode__(0)}\n{entry.__unicode__(0)}")
        sink = Sink()
        shown_as = f"locales/{locale}/LC_MESSAGES/handouts.po"
        catalog = read_catalog(path, locale=locale, shown_as=shown_as, sink=sink)
        references = (("templates/handouts/a.html", 31),)
        source = SourceMessage(key=Key(None, one), plural=many, references=references)
        vetted = vet(catalog, [source], spoken, sink, keep=keep, terms=terms)
        found = vetted.get(source.key)
        assert found is not None
        return Vetting(found, vetted, sink)

    return _judge
