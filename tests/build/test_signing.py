"""Signatures: what they stand for, what ends them, and what they change on the page."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

HANDOUT = """\
{% extends layout %}
{% set version = "1.0" %}{% set written = "2026-01" %}{% set review_by = "2027-01" %}
{% set symbol = "info" %}{% set sources = [] %}
{% block title %}{% trans %}After your treatment{% endtrans %}{% endblock %}
{% block audience %}{% trans %}For patients{% endtrans %}{% endblock %}
{% block body %}
<section data-risk="safety">
  <h2>{% trans %}At home{% endtrans %}</h2>
  <p>{% trans hours=24|number %}Do <strong>not</strong> drive for {{ hours }} hour.
     {% pluralize %}Do <strong>not</strong> drive for {{ hours }} hours.{% endtrans %}</p>
</section>
<aside class="warning"><h3>{% trans %}Do not drink alcohol.{% endtrans %}</h3></aside>
<section>
  <h2>{% trans %}Later{% endtrans %}</h2>
  {% if clinic.name %}<p>{% trans %}Ask the clinic.{% endtrans %}</p>{% endif %}
  <p>{% trans %}Rest well.{% endtrans %}</p>
</section>
{% endblock %}
"""
SPANISH = {
    "After your treatment": "Después del tratamiento",
    "For patients": "Para pacientes",
    "At home": "En casa",
    "Do not drink alcohol.": "No beba alcohol.",
    "Later": "Más tarde",
    "Ask the clinic.": "Pregunte en la clínica.",
    "Rest well.": "Descanse bien.",
}
DRIVE = """
msgid "Do <strong>not</strong> drive for %(hours)s hour."
msgid_plural "Do <strong>not</strong> drive for %(hours)s hours."
msgstr[0] "<strong>No</strong> conduzca durante %(hours)s hora."
msgstr[1] "<strong>No</strong> conduzca durante %(hours)s horas."
"""
# The built-in Spanish catalog gives the layout's own words.
LAYOUT_WORD = "Ask the clinic for large print or another format."


@pytest.fixture
def spanish(project: Any) -> Any:
    """A project with one handout in Spanish, where the layout speaks Spanish, too."""
    project.add_handout("after", HANDOUT)
    _translate(project, SPANISH)
    return project


def _translate(project: Any, messages: dict[str, str], drive: str = DRIVE) -> None:
    path = project.add_catalog("es", messages)
    path.write_text(path.read_text("utf-8") + drive, encoding="utf-8")


def _sign(project: Any, *more: str, role: str = "reviewer", name: str = "Ada L.") -> Any:
    date = () if "--date" in more else ("--date", "2026-11-22")
    return project.run(
        "sign", "es", "after", "--role", role, "--name", name, *date, *more,
        "--diagnostic-format", "json",
    )  # fmt: skip


def _stats(project: Any, *more: str) -> dict[str, Any]:
    answer = project.run("stats", "-l", "es", "--json", "--today", "2026-11-22", *more)
    data = json.loads(answer.stdout)
    assert data["schema"] == 1
    return dict(data["handouts"][0])


def _text(project: Any, name: str = "es/after-a4.pdf") -> str:
    with pypdfium2.PdfDocument(project.folder / "output" / name) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def test_a_signature_is_one_small_entry_and_takes_the_notice_away(spanish: Any) -> None:
    assert spanish.build("-l", "es").status == 0
    before = _text(spanish)
    assert "Draft translation." in before
    assert _sign(spanish).status == 0
    path = spanish.folder / "locales/es/review.toml"
    (entry,) = tomllib.loads(path.read_text("utf-8"))["signature"]
    assert (entry["handout"], entry["role"], entry["name"]) == (
        "after",
        "reviewer",
        "Ada L.",
    )
    assert str(entry["date"]) == "2026-11-22"
    assert spanish.build("-l", "es").codes == []
    after = _text(spanish)
    assert "Draft translation." not in after
    assert "No beba alcohol." in after
    messages = spanish.manifest["es/after-a4.pdf"]["messages"]
    assert messages["unreviewed"] == 0 < messages["used"]


def test_signing_twice_changes_nothing(spanish: Any) -> None:
    path = spanish.folder / "locales/es/review.toml"
    assert _sign(spanish).status == 0
    once = path.read_bytes()
    assert _sign(spanish).status == 0
    assert path.read_bytes() == once


def test_a_translator_signs_and_the_notice_stays(spanish: Any) -> None:
    assert _sign(spanish, role="translator").status == 0
    assert spanish.build("-l", "es").status == 0
    assert "Draft translation." in _text(spanish)
    assert not _stats(spanish)["is_signed"]


def _edit_template(old: str, new: str) -> Callable[[Any], None]:
    def edit(project: Any) -> None:
        assert old in HANDOUT
        project.add_handout("after", HANDOUT.replace(old, new))

    return edit


def _edit_spanish(msgid: str, msgstr: str) -> Callable[[Any], None]:
    return lambda project: _translate(project, {**SPANISH, msgid: msgstr})


LIST = "<ul><li>{% trans %}Rest well.{% endtrans %}</li></ul>"
WARNING = (
    '<aside class="warning"><h3>{% trans %}Do not drink alcohol.{% endtrans %}</h3>'
    "</aside>\n"
)


@pytest.mark.parametrize(
    ("edit", "changed", "removed"),
    [
        (_edit_template("hours=24|number", "hours=12|number"), 1, 1),
        (_edit_template(WARNING, ""), 0, 1),
        (_edit_template('<section data-risk="safety">', "<section>"), 2, 2),
        (_edit_template('class="warning"', 'class="emergency"'), 0, 0),
        (_edit_template("<p>{% trans %}Rest well.{% endtrans %}</p>", LIST), 0, 0),
        (_edit_spanish("Rest well.", "Descanse mucho."), 1, 1),
        (_edit_spanish("Ask the clinic.", "Consulte en la clínica."), 1, 1),
        (_edit_spanish(LAYOUT_WORD, "Pida a la clínica letra grande."), 1, 1),
    ],
    ids=[
        "dose", "warning-gone", "risk", "box", "list", "word", "clinic-word",
        "layout-word",
    ],
)  # fmt: skip
def test_a_change_ends_the_signature(
    spanish: Any, edit: Callable[[Any], None], changed: int, removed: int
) -> None:
    assert _sign(spanish).status == 0
    assert _stats(spanish)["is_signed"]
    edit(spanish)
    found = _stats(spanish)
    assert not found["is_signed"]
    (lapsed,) = found["lapsed"]
    assert (len(lapsed["changed"]), lapsed["removed"]) == (changed, removed)
    answer = spanish.build("-l", "es")
    one = answer.one("signature-lapsed")
    assert one["message"] == "the text has changed since Ada L. signed it on 2026-11-22"
    assert "Draft translation." in _text(spanish)


def test_what_a_clinic_sets_ends_no_signature(spanish: Any) -> None:
    assert _sign(spanish).status == 0
    spanish.write(
        "handouts.toml",
        'digits = "latin"\n[clinic]\nname = "Clinica"\ncountry = "ES"\n'
        '[[clinic.phones]]\nnumber = "+34 912 34 56 78"\n[policy]\ndriving_hours = 48\n',
    )
    assert _stats(spanish)["is_signed"]


def test_formatting_a_template_or_catalog_ends_no_signature(spanish: Any) -> None:
    assert _sign(spanish).status == 0
    spanish.add_handout("after", HANDOUT.replace("  <p>", "\n\n      <p>"))
    path = spanish.folder / "locales/es/LC_MESSAGES/handouts.po"
    path.write_text("# A comment.\n" + path.read_text("utf-8"), encoding="utf-8")
    assert _stats(spanish)["is_signed"]


def test_three_roles_are_three_people(spanish: Any) -> None:
    assert _sign(spanish).status == 0
    answer = _sign(spanish, role="clinician", name="ADA L.")
    assert (answer.status, answer.codes) == (1, ["same-person"])
    assert _sign(spanish, role="clinician", name="Grace H.").status == 0
    assert len(_stats(spanish)["signed"]) == 2


def test_english_is_signed_by_a_clinician_only(spanish: Any) -> None:
    def sign(role: str) -> Any:
        return spanish.run(
            "sign", "en", "--role", role, "--name", "Grace H.",
            "--diagnostic-format", "json",
        )  # fmt: skip

    assert sign("reviewer").codes == ["role-without-translation"]
    assert sign("clinician").status == 0
    spanish.build("-l", "en")
    assert "Not yet checked by a qualified clinician" not in _text(
        spanish, "en/after-a4.pdf"
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"Rest well.": ""}, "untranslated"),
        ({"Rest well.": "Descanse bien {{ x }}."}, None),
        ({"Do not drink alcohol.": "No beba <b>alcohol</b>."}, "safety-untranslated"),
    ],
)
def test_a_catalog_with_findings_is_not_signed(
    spanish: Any, change: dict[str, str], code: str | None
) -> None:
    _translate(spanish, {**SPANISH, **change})
    answer = _sign(spanish)
    assert answer.status == 1
    assert code is None or code in answer.codes
    assert not (spanish.folder / "locales/es/review.toml").exists()


def test_a_finding_is_signed_if_the_person_allows_it(project: Any) -> None:
    project.add_handout()
    project.add_catalog("de_AT", project.german)
    told = ("sign", "de_AT", "--role", "reviewer", "--name", "Ada L.")
    answer = project.run(*told, "--diagnostic-format", "json")
    assert answer.codes == ["furniture-untranslated"]
    assert "--allow furniture-untranslated" in answer.diagnostics[0]["hint"]
    assert project.run(*told, "--allow", "furniture-untranslated").status == 0
    text = (project.folder / "locales/de_AT/review.toml").read_text("utf-8")
    assert 'allow = ["furniture-untranslated"]' in text


@pytest.mark.parametrize("name", ["", "  ", "12", "A\u202eda", "x" * 121])
def test_nobody_signs_without_a_name(spanish: Any, name: str) -> None:
    assert _sign(spanish, name=name).codes == ["no-name"]


@pytest.mark.parametrize(
    "argv",
    [
        ("sign", "es", "--role", "friend", "--name", "A"),
        ("sign", "es", "--role", "reviewer"),
        ("sign", "es", "--role", "reviewer", "--name", "A", "--date", "soon"),
        ("sign", "zz", "--role", "reviewer", "--name", "A"),
        ("sign", "es", "nothing", "--role", "reviewer", "--name", "A"),
        ("stats", "nothing"),
        ("stats", "--today", "soon"),
    ],
)
def test_wrong_arguments_are_usage_faults(spanish: Any, argv: tuple[str, ...]) -> None:
    assert spanish.run(*argv).status == 2
    assert not (spanish.folder / "locales/es/review.toml").exists()


def test_a_broken_review_file_is_told_and_never_overwritten(spanish: Any) -> None:
    path: Path = spanish.write("locales/es/review.toml", "schema = 1\n[[signature]]\n")
    before = path.read_bytes()
    assert _sign(spanish).codes == ["malformed-review"]
    assert path.read_bytes() == before
    assert spanish.build("-l", "es").codes == ["malformed-review"]
    assert spanish.check("-l", "es").codes == ["malformed-review"]


def test_a_role_that_ci_asks_for_is_an_error_when_strict(spanish: Any) -> None:
    spanish.write("handouts.toml", '[policy]\nsigned_by = ["reviewer"]\n')
    assert spanish.check("-l", "es").codes == ["signature-missing"]
    assert spanish.check("-l", "es").status == 0
    assert spanish.check("-l", "es", "--strict").status == 1
    assert spanish.check("-l", "en", "--strict").status == 0
    assert _sign(spanish).status == 0
    assert spanish.check("-l", "es", "--strict").status == 0


def test_an_unknown_role_in_the_settings_is_told(spanish: Any) -> None:
    spanish.write("handouts.toml", '[policy]\nsigned_by = ["friend"]\n')
    assert spanish.check("-l", "es").codes == ["invalid-choice"]
    spanish.write("handouts.toml", '[policy]\nsigned_by = "reviewer"\n')
    assert spanish.check("-l", "es").status == 2


def test_refused_unsigned_text_is_written_once_it_is_signed(spanish: Any) -> None:
    spanish.write("handouts.toml", '[policy]\nunsigned = "refuse"\n')
    assert spanish.build("-l", "es").codes == ["unsigned"]
    assert _sign(spanish).status == 0
    assert spanish.build("-l", "es").status == 0


def test_stats_tell_what_is_overdue(spanish: Any) -> None:
    def overdue(day: str) -> Any:
        answer = spanish.run("stats", "-l", "es", "--json", "--today", day)
        found = json.loads(answer.stdout)["handouts"][0]["overdue_since"]
        return found, "review-overdue" in answer.stderr

    assert overdue("2027-01-31") == (None, False)
    assert overdue("2027-02-01") == ("2027-02-01", True)
    assert spanish.check("--today", "2027-01-31").codes == []
    late = spanish.check("--today", "2027-02-01")
    assert (late.status, late.codes) == (0, ["review-overdue"])


def test_the_table_for_people(spanish: Any) -> None:
    _sign(spanish)
    _translate(spanish, {**SPANISH, "Rest well.": "Descanse."})
    answer = spanish.run("stats", "-l", "es", "--today", "2028-01-01")
    head, row = answer.stdout.splitlines()
    assert head.split()[:3] == ["locale", "handout", "messages"]
    assert re.search(
        r"reviewer Ada L. 2026-11-22 lapsed: 1 messages changed, 1 gone; "
        r"overdue since 2027-02-01$",
        row,
    )


def test_a_handout_that_cannot_be_counted_is_told(spanish: Any) -> None:
    spanish.add_handout("after", HANDOUT.replace("{% endif %}", "", 1))
    answer = spanish.run("stats", "-l", "es")
    assert answer.status == 1
    assert "error[template-syntax]" in answer.stderr


def _page(project: Any) -> str:
    assert project.build("-l", "es").status == 0
    return " ".join(_text(project).split())


def test_the_last_page_tells_where_the_text_comes_from(spanish: Any) -> None:
    unsigned = _page(spanish)
    assert "version 1.0" in unsigned
    assert "Ada L." not in unsigned
    assert _sign(spanish, "--method", "human", role="translator").status == 0
    translated = _page(spanish)
    assert "Ada L." in translated
    assert "Draft translation." in translated
    assert _sign(spanish, name="Eve R.").status == 0
    reviewed = _page(spanish)
    assert "Eve R." in reviewed
    assert "Draft translation." not in reviewed
    # The words are checked; what they say is not, until a clinician has signed.
    assert "Not yet checked by a qualified clinician." in reviewed
    spanish.run("sign", "en", "--role", "clinician", "--name", "Grace H.")
    checked = _page(spanish)
    assert "Grace H." in checked
    assert "Not yet checked" not in checked


def test_the_last_page_tells_what_has_changed_since(spanish: Any) -> None:
    assert _sign(spanish).status == 0
    assert "3" not in _changed_line(spanish)
    messages = {
        **SPANISH,
        "Rest well.": "Descanse.",
        "Later": "Luego",
        "At home": "En su casa",
    }
    _translate(spanish, messages)
    assert "3" in _changed_line(spanish)


def _changed_line(project: Any) -> str:
    """Return the sentence of the last page that counts, or nothing."""
    found = re.search(r"[^.]*desde la última[^.]*\.", _page(project))
    return found[0] if found else ""
