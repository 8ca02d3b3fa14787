"""Templates with mistakes: told by file and line; the other handouts are made."""

from __future__ import annotations

from typing import Any

import pytest

BAD = "templates/handouts/bad.html"


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "message", "hint"),
    [
        ("<p>", "{% nonsense %}<p>", "template-syntax", (9, 3),
         "unknown tag `nonsense`", "close `block` with `{% endblock %}`"),
        ("At home{% endtrans %}", "At home", "template-syntax", (9, 3),
         "trans blocks can't be nested; did you mean `endtrans`?",
         "mend this line; until then none of the template's messages counts"),
        ("{% endtrans %}</p>", "</p>", "template-syntax", (11, 1), None, None),
        ("<p>", "<blink>x</blink><p>", "unknown-tag", (9, None),
         "unknown tag `<blink>`", "did you mean `li`?"),
        ("</h2>", "", "unclosed-tag", (8, None),
         "`<h2>` is not closed before `</section>`", "add `</h2>`"),
        ("<p>", "<p>{{ clinc.name }}", "undefined-name", (9, None),
         "name `clinc` is not defined", "did you mean `clinic`?"),
        ("<p>", "<p>{{ clinic.nam|name }}", "undefined-name", (9, None),
         "there is no `nam` here", "did you mean `name`?"),
        ("block body", "block bodi", "misspelt-block", (6, None),
         "block `bodi` is not in the layout: it would not be printed",
         "did you mean `body`?"),
        ("Rest", "R\udce9st", "not-utf8", (9, None),
         "the template is not UTF-8", "save the file as UTF-8"),
        ("{% extends layout %}", "", "missing-layout", (1, None),
         "handout extends no layout", "begin it with `{% extends layout %}`"),
    ],
)  # fmt: skip
def test_a_mistake_costs_its_own_handout_only(  # noqa: PLR0917  # a table's columns
    german: Any,
    old: str,
    new: str,
    code: str,
    place: tuple[int, int | None],
    message: str | None,
    hint: str | None,
) -> None:
    text = german.handout.replace(old, new)
    german.write(BAD, text.encode("utf-8", "surrogateescape"))
    answer = german.build()
    assert answer.status == 1
    assert german.files() == ["de_AT/after-a4.pdf", "en/after-a4.pdf", "manifest.json"]
    assert "Traceback" not in answer.stderr
    found = [one for one in answer.diagnostics if one["code"] == code]
    assert {one["locale"] for one in found} == {"de_AT", "en"}
    assert len(found) == 2
    assert (found[0]["file"], found[0]["line"], found[0]["column"]) == (BAD, *place)
    assert message is None or found[0]["message"] == message
    assert hint is None or found[0]["hint"] == hint
    assert code in german.check().codes


def test_an_endless_loop_ends(german: Any) -> None:
    loops = "".join("{% for x in [1,2,3,4,5,6,7,8,9,0] %}" for _ in range(7))
    ends = "{% endfor %}" * 7
    german.add_handout("bad", german.handout.replace("<p>", f"{loops}{ends}<p>"))
    answer = german.build()
    assert answer.status == 1
    assert "template-too-long" in answer.codes
    assert "de_AT/after-a4.pdf" in german.files()


def test_a_broken_layout_is_told_for_each_edition(german: Any) -> None:
    german.write("templates/layouts/leaflet.html", "{% block title %}")
    answer = german.build()
    assert answer.status == 1
    assert german.files() == ["manifest.json"]
    assert {one["file"] for one in answer.diagnostics} >= {
        "templates/layouts/leaflet.html"
    }


def test_nothing_is_extracted_from_templates_with_errors(german: Any) -> None:
    german.add_handout("bad", german.handout.replace("<p>", "{% nonsense %}"))
    for command in ("extract", "update"):
        answer = german.run(command, "--diagnostic-format", "json")
        assert answer.status == 1
        assert answer.codes == ["template-syntax"]
        assert not (german.folder / "locales" / "handouts.pot").exists()
    assert german.run("init", "nl").status == 1
    assert not (german.folder / "locales" / "nl").exists()
