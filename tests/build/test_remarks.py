"""What the POT tells translators of each message."""

from __future__ import annotations

from typing import Any

import polib
import pytest

from handouts.build import survey

HEAD = """\
{% extends layout %}
{% set version = "1.0" %}{% set written = "2026-01" %}{% set review_by = "2027-01" %}
{% set symbol = "info" %}{% set sources = [] %}
{% from "parts/fields.html" import lines, phones %}
{% block title %}{% trans %}Title{% endtrans %}{% endblock %}
{% block audience %}{% trans %}Readers{% endtrans %}{% endblock %}
{% block body %}
"""
BODY = """\
<aside class="key-message"><p>{% trans %}Key{% endtrans %}</p></aside>
<p class="pointer" data-risk="safety">{% trans page="emergency"|field %}Red box:
  {{ page }}{% endtrans %}</p>
<section id="home" data-risk="safety">
  <h2>{% trans %}At home{% endtrans %}</h2>
  {# TRANSLATORS: the author's note #}
  <p>{% trans n=24|number, day="2026-01-02"|date %}Wait {{ n }} hour, {{ day }}.
     {% pluralize %}Wait {{ n }} hours, {{ day }}.{% endtrans %}</p>
  <ul class="checklist"><li>{% trans %}Tick{% endtrans %}</li></ul>
  <ul><li>{% trans share=5|percent, where="https://example.org/a"|url %}Item {{ share }}
    <em>{{ where }}</em>{% endtrans %}</li></ul>
</section>
<section id="more">
  <h2>{% trans %}More{% endtrans %}</h2>
  <p>{% trans %}Once{% endtrans %} <strong>{% trans %}Inner{% endtrans %}</strong></p>
  <table>
    <caption>{% trans %}Caption{% endtrans %}</caption>
    <thead><tr><th scope="col">{% trans %}Column{% endtrans %}</th></tr></thead>
    <tbody><tr><td>{% trans %}Cell{% endtrans %}</td></tr></tbody>
  </table>
  <hr/>
  <figure data-draw="people">
    <ul><li data-count="12"><p>{% trans %}Twelve of a hundred{% endtrans %}</p>
      <p class="alt">{% trans %}A picture of people{% endtrans %}</p></li></ul>
    <figcaption><p data-key="counted">{% trans %}Filled{% endtrans %}</p>
      <p data-key="other">{% trans %}Not filled{% endtrans %}</p></figcaption>
  </figure>
  {{ lines() }}
</section>
<aside class="emergency" data-symbol="phone">
  <h3>{% trans %}Call{% endtrans %}</h3>
  {{ phones() }}
</aside>
{% if not clinic.phone %}<p>{% trans %}No phone yet{% endtrans %}</p>{% endif %}
{% if is_source %}<p>{% trans %}Read in English{% endtrans %}</p>{% endif %}
"""
SAFETY = "Safety: yes. Without a sound translation the leaflet is not printed."
PEOPLE = "Picture: 100 people, 12 of them filled in."


@pytest.fixture
def comments(project: Any) -> dict[str, list[str]]:
    project.add_handout("after", f"{HEAD}{BODY}{{% endblock %}}\n")
    answer = project.run("extract", "--diagnostic-format", "json")
    assert answer.diagnostics == []
    entries = polib.pofile(str(project.folder / "locales" / "handouts.pot"))
    return {entry.msgid: entry.comment.splitlines() for entry in entries}


@pytest.mark.parametrize(
    ("msgid", "expected"),
    [
        ("Title", ["Where: after, title and readers.",
                   "Where: after, foot of every page.", "Safety: no."]),
        ("Key", ["Where: after, key-message box.", "Safety: no."]),
        ("Red box: %(page)s",
         ["Where: after, paragraph.", SAFETY,
          "%(page)s: the number of the page with the emergency box, such as 2."]),
        ("At home", ["Where: after, heading.", SAFETY]),
        ("Wait %(n)s hour, %(day)s.",
         ["the author's note", 'Where: after, under "At home", paragraph.', SAFETY,
          "%(n)s: a number, such as 24.",
          "%(day)s: a date, such as January 2, 2026."]),
        ("Tick", ['Where: after, under "At home", line with a box to tick.', SAFETY]),
        ("Item %(share)s <em>%(where)s</em>",
         ['Where: after, under "At home", list item.', SAFETY,
          "%(share)s: a percentage, such as 5%.",
          "%(where)s: a web address, such as https://example.org/a."]),
        ("Inner", ['Where: after, under "More", paragraph.', "Safety: no."]),
        ("Caption", ['Where: after, under "More", caption of a table.', "Safety: no."]),
        ("Column", ['Where: after, under "More", heading in a table.', "Safety: no."]),
        ("Cell", ['Where: after, under "More", cell of a table.', "Safety: no."]),
        ("Twelve of a hundred",
         ['Where: after, under "More", label.', "Safety: no.", PEOPLE]),
        ("A picture of people",
         ['Where: after, under "More", read aloud in place of the picture.',
          "Safety: no.", PEOPLE]),
        ("Filled", ['Where: after, under "More", label.', "Safety: no.",
                    "Picture: 100 people, some of them filled in."]),
        ("Lines to write on",
         ['Where: after, under "More", read aloud in place of the picture.',
          "Safety: no.", "Picture: empty lines to write on."]),
        ("Clinic phone", ['Where: after, under "Call", label.', SAFETY,
                          "Picture: boxes with telephone numbers."]),
        ("Clinic: %(name)s",
         ["a line to write the clinic's name on follows.",
          "Where: every handout, head of the page.", "Safety: no.",
          "%(name)s: a line to write on."]),
        ("Page %(page)s of %(pages)s",
         ['page number and number of pages, such as "Page 1 of 2".',
          "Where: every handout, foot of every page.", "Safety: no.",
          "%(page)s: the number of this page, such as 1.",
          "%(pages)s: the number of pages, such as 2."]),
        ("No phone yet", ["Where: after, paragraph.", "Safety: no."]),
        ("Read in English", ["Where: after, paragraph.", "Safety: no."]),
    ],
)  # fmt: skip
def test_remarks(comments: dict[str, list[str]], msgid: str, expected: list[str]) -> None:
    assert comments[msgid] == expected


def test_remarks_do_not_depend_on_settings_locale_or_cores(
    german: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("b", "c", "d"):
        german.add_handout(name, german.handout.replace("home", f"home {name}"))
    german.run("extract")
    pot = german.folder / "locales" / "handouts.pot"
    before = pot.read_bytes()
    german.write("handouts.toml", '[clinic]\nname = "A"\n[build]\nformats = ["letter"]\n')
    german.run("extract")
    assert pot.read_bytes() == before
    monkeypatch.setattr(survey, "_MANY", 1)
    monkeypatch.setattr(survey, "available_cores", lambda: 2)
    german.run("extract")
    assert pot.read_bytes() == before
    monkeypatch.setattr(survey, "_shares_by", _lost)
    german.run("extract")
    assert pot.read_bytes() == before


def _lost(*_: object) -> list[object]:
    from concurrent.futures.process import BrokenProcessPool

    raise BrokenProcessPool


def test_a_handout_that_cannot_be_shown_gives_no_remarks(german: Any) -> None:
    broken = german.handout.replace("{% block body %}", "{% block bodi %}")
    german.add_handout("broken", broken.replace("Rest", "Sleep"))
    german.add_handout(
        "odd", german.handout.replace("<h2>", "<h4>").replace("Rest", "Odd")
    )
    german.run("extract")
    entries = polib.pofile(str(german.folder / "locales" / "handouts.pot"))
    found = {entry.msgid: entry.comment for entry in entries}
    assert found["Sleep and drink water."] == ""
    assert found["Odd and drink water."] == ""
    assert found["Rest and drink water."].startswith("Where: after")


def test_many_places_are_counted(german: Any) -> None:
    for number in range(5):
        german.add_handout(f"h{number}")
    german.run("extract")
    entries = polib.pofile(str(german.folder / "locales" / "handouts.pot"))
    (rest,) = (e for e in entries if e.msgid == "Rest and drink water.")
    assert rest.comment.splitlines()[4:] == ["Where: 2 more places.", "Safety: no."]
