"""THE contract: the key that extraction finds is the key that a page asks for."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.catalog import Key, extract
from handouts.diagnostics import Sink

if TYPE_CHECKING:
    from conftest import Desk

BODIES = {
    "plain": "<p>{% trans %}Do not drive.{% endtrans %}</p>",
    "variables": "{% trans a=1|number, b='x'|name %}{{ a }} and {{ b }}{% endtrans %}",
    "free variable": "{% set a = 3 %}<p>{% trans a %}Take {{ a }}{% endtrans %}</p>",
    "plural": "{% trans n=27|number %}{{ n }} hour{% pluralize %}{{ n }} hours"
    "{% endtrans %}",
    "plural of the second": "<p>{% trans a=1|number, b=2|number %}{{ a }} of {{ b }} man"
    "{% pluralize b %}{{ a }} of {{ b }} men{% endtrans %}</p>",
    "plural called num": "{% trans num=2|number %}{{ num }} day{% pluralize %}{{ num }} a"
    "{% endtrans %}",
    "context": '<p>{% trans "verb" %}Rest{% endtrans %}</p>',
    "context and plural": '<p>{% trans "table" n=2|number %}{{ n }} pill{% pluralize %}'
    "{{ n }} pills{% endtrans %}</p>",
    "percent": "<p>{% trans %}50% of people{% endtrans %}</p>",
    "two percents": "<p>{% trans %}100%% sure, 5 % more{% endtrans %}</p>",
    "percent and variable": "{% trans n=5|number %}{{ n }}% of 100 %d{% endtrans %}",
    "percent and plural": "{% trans n=5|number %}{{ n }}% one{% pluralize %}{{ n }}% a"
    "{% endtrans %}",
    "tags": "{% trans %}Do <strong>not</strong> drive<br>or <em>go</em>.{% endtrans %}",
    "lines": "<p>{% trans %}\n   Two\n\t lines   apart \n{% endtrans %}</p>",
    "carriage returns": "<p>{% trans %}Two\r\n   lines{% endtrans %}</p>",
    "not trimmed": "<p>{% trans notrimmed %} kept\n  so {% endtrans %}</p>",
    "quotes": """<p>{% trans %}Say "no", it's fine: 'yes' \\ \\n{% endtrans %}</p>""",
    "entities": "<p>{% trans %}Q &amp; A &lt; B&nbsp;C{% endtrans %}</p>",
    "bare signs": "<p>{% trans %}Q & A, 3 < 4 > 2{% endtrans %}</p>",
    "other scripts": "<p>{% trans %}Żółć — «é» 日本 שלום 👩‍⚕️{% endtrans %}</p>",
    "bound filters": "{% trans p='0123'|phone, d='2026-11'|date, w='https://x.org'|url, "
    "c=5|percent %}{{ p }} {{ d }} {{ w }} {{ c }}{% endtrans %}",
    "whitespace control": "<p>{%- trans -%} close {%- endtrans -%}</p>",
    "raw": "<p>{% trans %}{% raw %}{{ braces }}{% endraw %}{% endtrans %}</p>",
    "called by name": """<p>{{ _("Direct") }} {{ gettext("100 %% sure") }}
      {{ ngettext("%(num)s a", "%(num)s b", 3) }} {{ pgettext("c", "d") }}
      {{ npgettext("c", "%(num)s e", "%(num)s f", 1) }}</p>""",
    "expression": "<p>{{ '{% trans %}' }}{% trans %}x{% endtrans %}</p>",
    "macro": "{% macro m(n) %}<li>{% trans n=n|number %}{{ n }} a{% pluralize %}{{ n }} b"
    "{% endtrans %}</li>{% endmacro %}{{ m(1) }}{{ m(2) }}",
    "same text twice": "{% trans %}Same{% endtrans %} {% trans %}Same{% endtrans %}",
}  # fmt: skip


def _keys(desk: Desk) -> tuple[set[Key], set[Key]]:
    """The keys of extraction and of run time."""
    source = desk.source()
    expansion = desk.expand(vetted=source)
    assert expansion is not None, desk.sink.diagnostics
    assert not [d for d in desk.sink if d.code == "unextracted-message"]
    extracted = {message.key for message in extract((desk.folder,), Sink())}
    assert {lookup.key for lookup in expansion.lookups} == set(source.asked)
    return extracted, set(source.asked)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_extraction_and_page_agree_on_every_key(desk: Desk, body: str) -> None:
    desk.expand(body)
    extracted, asked = _keys(desk)
    assert extracted == asked
    assert len(asked) > 1


def test_plurals_are_the_same_too(desk: Desk) -> None:
    desk.expand("".join(BODIES.values()))
    expansion = desk.expand()
    assert expansion is not None
    extracted = {m.key: m.plural for m in extract((desk.folder,), Sink())}
    for lookup in expansion.lookups:
        assert extracted[lookup.key] == lookup.plural


def test_references_are_the_lines_of_the_lookups(desk: Desk) -> None:
    desk.expand("\n\n<p>{% trans %}Here{% endtrans %}</p>")
    expansion = desk.expand()
    assert expansion is not None
    extracted = {m.key: m.references for m in extract((desk.folder,), Sink())}
    for lookup in expansion.lookups:
        assert (lookup.file, lookup.line) in extracted[lookup.key]


# Jinja's own signs are left out: they make other templates, not other texts.
_WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="{}%#"), max_size=12
)
_PIECES = st.one_of(
    _WORDS,
    st.sampled_from(
        ["%", "%%", " 50% of ", "%s", "%d", "\n   ", " ", "<strong>not</strong>", "<br>",
         "&amp;", "&nbsp;", "'", '"', "\\", "{{ n }}", "{{ who }}", "% ("]
    ),
)  # fmt: skip
_TEXTS = st.lists(_PIECES, min_size=1, max_size=6).map("".join).filter(str.strip)


@given(
    singular=_TEXTS,
    plural=st.none() | _TEXTS,
    context=st.none() | st.sampled_from(["a", "b c"]),
    trim=st.sampled_from(["", "trimmed", "notrimmed"]),
)
@settings(deadline=None, max_examples=40)
def test_generated_texts_agree(
    new_desk: Callable[[Path], Desk],
    singular: str,
    plural: str | None,
    context: str | None,
    trim: str,
) -> None:
    head = f'"{context}" ' if context else ""
    head += "n=2|number, who='Ann'|name" + (f", {trim}" if trim else "")
    body = f"{{% trans {head} %}}{singular}"
    if plural is not None:
        body += f"{{% pluralize n %}}{plural}"
    with tempfile.TemporaryDirectory() as folder:
        desk = new_desk(Path(folder) / "templates")
        desk.expand(f"<p>{body}{{% endtrans %}}</p>")
        extracted, asked = _keys(desk)
        assert extracted == asked
