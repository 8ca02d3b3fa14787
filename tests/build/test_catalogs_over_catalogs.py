"""A project's catalog comes before the built-in one, message by message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handouts.catalog.model import Key, State
from handouts.diagnostics import Sink

SLAVIC = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
    "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)
TABLETS = """
msgid "Take %(n)s tablet."
msgid_plural "Take %(n)s tablets."
"""
COUNTED = """\
  <p>{% trans n=25|number %}Take {{ n }} tablet.{% pluralize %}Take {{ n }}
     tablets.{% endtrans %}</p>
</section>
"""


@pytest.fixture
def behind(project: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A project whose built-in catalogs are those in `project.builtin`."""
    from handouts.build import workshop

    builtin = type(project)(tmp_path / "builtin")
    monkeypatch.setattr(workshop, "builtin_locales", lambda: builtin.folder / "locales")
    project.builtin = builtin
    project.add_handout("after", project.handout.replace("</section>\n", COUNTED))
    return project


def open_it(project: Any) -> Any:
    from handouts.build import BuildRequest, open_workshop

    opened = open_workshop(BuildRequest(project=project.folder), Sink())
    assert opened is not None
    return opened


def test_each_message_is_counted_by_its_own_catalogs_rule(behind: Any) -> None:
    # Russian, in 3 forms behind and (wrongly) 1 in the project's own catalog.
    built_in = behind.builtin.add_catalog("ru", behind.german, plural_forms=SLAVIC)
    words = ("таблетка", "таблетки", "таблеток")  # tablet, tablets (few), tablets (many)
    forms = "".join(f'msgstr[{i}] "%(n)s {word}"\n' for i, word in enumerate(words))
    built_in.write_text(built_in.read_text("utf-8") + TABLETS + forms, "utf-8")
    behind.add_catalog("ru", {"At home": "Дома"}, plural_forms="nplurals=1; plural=0;")
    messages = open_it(behind).messages("ru")
    counted = Key(None, "Take %(n)s tablet.")
    giver, given = messages.vetted.given(counted)
    assert given.forms[giver.plural_index(22)] == "%(n)s таблетки"
    assert giver.file.endswith("builtin/locales/ru/LC_MESSAGES/handouts.po") or (
        giver.file == "locales/ru/LC_MESSAGES/handouts.po"
    )
    own = Key(None, "At home")
    giver, given = messages.vetted.given(own)
    assert given.forms == ("Дома",)
    assert giver.plural_index(22) == 0
    assert len(messages.files) in {1, 2}


def test_a_faulty_message_of_ones_own_is_not_hidden_by_the_built_in_one(
    behind: Any,
) -> None:
    behind.builtin.add_catalog("de_AT", behind.german)
    behind.add_catalog("de_AT", {"At home": "Zu Hause 7"})
    vetted = open_it(behind).messages("de_AT").vetted
    assert vetted.get(Key(None, "At home")).state is State.FAILING
    assert vetted.get(Key(None, "For patients")).state is State.TRANSLATED
    assert vetted.get(Key(None, "no such message")) is None


def test_a_project_with_its_own_handouts_is_built_in_its_own_locales(behind: Any) -> None:
    behind.builtin.add_catalog("fr", behind.german)
    assert open_it(behind).locales() == ("en",)
    behind.add_catalog("de_AT", behind.german)
    assert open_it(behind).locales() == ("en", "de_AT")


def test_a_project_without_handouts_adds_to_the_locales(behind: Any) -> None:
    (behind.folder / "templates" / "handouts" / "after.html").unlink()
    behind.builtin.add_catalog("fr", behind.german)
    behind.add_catalog("de_AT", behind.german)
    assert open_it(behind).locales() == ("en", "de_AT", "fr")
