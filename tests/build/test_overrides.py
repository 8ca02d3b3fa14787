"""A locale of the English itself: its catalog overrides single messages."""

from __future__ import annotations

import tomllib
from typing import Any

import pikepdf
import pypdfium2
import pytest

PATH = "locales/en_US/LC_MESSAGES/handouts.po"
SAFE = """\
{% extends layout %}
{% set version = "1.0" %}{% set written = "2026-01" %}{% set review_by = "2027-01" %}
{% set symbol = "info" %}{% set sources = [] %}
{% block title %}{% trans %}After a fit{% endtrans %}{% endblock %}
{% block audience %}{% trans %}For patients{% endtrans %}{% endblock %}
{% block body %}
<section data-risk="safety">
  <h2>{% trans %}At home{% endtrans %}</h2>
  <p>{% trans hours=24|number %}Do <strong>not</strong> drive for {{ hours }} hour.
     {% pluralize %}Do <strong>not</strong> drive for {{ hours }} hours.{% endtrans %}</p>
</section>
{% endblock %}
"""
TITLE = {"After a fit": "After a seizure"}


@pytest.fixture
def american(project: Any) -> Any:
    """A project with one handout and one message of it in American English."""
    project.add_handout("after", SAFE)
    project.add_catalog("en_US", TITLE)
    return project


def pages(project: Any, name: str = "en_US/after-letter") -> str:
    with pypdfium2.PdfDocument(project.folder / "output" / f"{name}.pdf") as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_what_it_lacks_is_the_english_itself(american: Any) -> None:
    answer = american.build("--strict")
    assert (answer.status, answer.diagnostics) == (0, [])
    assert american.files() == [
        "en/after-a4.pdf", "en_US/after-letter.pdf", "manifest.json",
    ]  # fmt: skip
    text = pages(american)
    assert "After a seizure" in text
    assert "After a fit" not in text
    assert "Do not drive for 24 hours." in text
    assert "After a fit" in pages(american, "en/after-a4")


def test_it_is_an_english_page_and_no_translation(american: Any) -> None:
    assert american.build("-l", "en-us").status == 0
    text = pages(american)
    assert "Draft. Not yet checked by a qualified clinician." in text
    assert "ranslat" not in text
    assert "After a seizure · English (US) · version 1.0" in text
    with pikepdf.open(american.folder / "output/en_US/after-letter.pdf") as pdf:
        assert str(pdf.Root.Lang) == "en-US"
        assert [float(one) for one in pdf.pages[0].MediaBox] == [0, 0, 612, 792]


@pytest.mark.parametrize(
    ("locale", "paper"),
    [("en_US", "letter"), ("en_GB", "a4"), ("fr_CA", "letter"), ("es", "a4")],
)
def test_paper_is_that_of_the_locales_country(
    project: Any, locale: str, paper: str
) -> None:
    project.add_handout()
    project.add_catalog(locale, {})
    answer = project.build("-l", locale, "--draft")
    assert answer.status == 0
    assert f"{locale}/after-{paper}.pdf" in project.files()


@pytest.mark.parametrize(
    ("settings", "argv"),
    [('[build]\nformats = ["a4"]\n', ()), ("", ("-f", "a4"))],
    ids=["settings", "flag"],
)
def test_a_format_that_is_named_wins(
    american: Any, settings: str, argv: tuple[str, ...]
) -> None:
    american.write("handouts.toml", settings)
    assert american.build("-l", "en_US", *argv).status == 0
    assert american.files() == ["en_US/after-a4.pdf", "manifest.json"]


def test_a_doubtful_override_leaves_the_english(american: Any) -> None:
    path = american.folder / PATH
    text = path.read_text("utf-8").replace('msgid "After', '#, fuzzy\nmsgid "After')
    path.write_text(text, encoding="utf-8")
    answer = american.build("-l", "en_US", "--strict")
    assert (answer.status, answer.diagnostics) == (0, [])
    assert "After a fit" in pages(american)


def test_an_override_that_fails_a_check_is_refused(american: Any) -> None:
    american.add_catalog("en_US", {"At home": "At home for 3 days"})
    answer = american.build("-l", "en_US")
    assert answer.status == 1
    assert answer.codes == ["added-number", "safety-untranslated"]
    assert answer.one("added-number")["file"] == PATH


def test_an_override_may_be_the_english_text(american: Any) -> None:
    american.add_catalog("en_US", {"At home": "At home"})
    assert american.check("-l", "en_US", "--strict").status == 0


def test_a_project_overrides_the_overrides(project: Any) -> None:
    """The built-in American words stay where the project has none of its own."""
    project.write("handouts.toml", '[build]\nformats = ["letter"]\n')
    project.add_catalog("en_US", {"sleep apnoea or lung disease": "sleep apnea"})
    assert project.build("ketamine-safety", "-l", "en_US").status == 0
    text = pages(project, "en_US/ketamine-safety-letter")
    assert "sleep apnea" in text
    assert "or lung disease" not in text
    assert "epilepsy (seizures)" in text


def test_a_clinician_signs_it_and_nobody_else(american: Any) -> None:
    def sign(locale: str, role: str) -> Any:
        return american.run(
            "sign", locale, "after", "--role", role, "--name", "Ada L.",
            "--date", "2026-11-22", "--diagnostic-format", "json",
        )  # fmt: skip

    refused = sign("en_US", "reviewer")
    assert refused.status == 1
    assert refused.codes == ["role-without-translation"]
    # The English's signature is for other words.
    assert sign("en", "clinician").status == 0
    assert american.build().status == 0
    assert "Draft." not in pages(american, "en/after-a4")
    assert "Draft." in pages(american)
    assert "Ada L." not in pages(american)

    assert sign("en_US", "clinician").status == 0
    review = american.folder / "locales" / "en_US" / "review.toml"
    assert tomllib.loads(review.read_text("utf-8"))
    assert american.build().status == 0
    text = pages(american)
    assert "Draft." not in text
    assert "Clinician: Ada L." in text


def test_only_a_clinician_is_asked_for(american: Any) -> None:
    roles = '["translator", "reviewer", "clinician"]'
    american.write("handouts.toml", f"[policy]\nsigned_by = {roles}\n")
    answer = american.check("-l", "en_US")
    found = [one for one in answer.diagnostics if one["code"] == "signature-missing"]
    assert [one["message"] for one in found] == ["no clinician has signed this text"]


def test_unsigned_text_is_refused_where_english_is(american: Any) -> None:
    american.write("handouts.toml", '[policy]\nunsigned = "refuse"\n')
    assert american.build("-l", "en_US").codes == ["unsigned"]


def test_stats_count_the_english_as_sound(american: Any) -> None:
    answer = american.run("stats", "-l", "en_US")
    assert answer.status == 0
    assert answer.stdout.splitlines()[1].split()[:2] == ["en_US", "after"]
    counts = answer.stdout.splitlines()[1].split()[2:7]
    assert counts[0] == counts[1]
    assert counts[2:] == ["0", "0", "0"]


def test_init_makes_an_empty_one(project: Any) -> None:
    project.add_handout()
    answer = project.run("init", "en-AU")
    path = "locales/en_AU/LC_MESSAGES/handouts.po"
    assert (answer.status, answer.stdout) == (0, f"{path}\n")
    text = (project.folder / path).read_text("utf-8")
    assert text.count("msgid ") == 1
    assert '"Language: en_AU\\n"' in text


def test_update_adds_nothing_to_it(american: Any) -> None:
    american.add_catalog("en_US", {**TITLE, "A word of old": "An old word"})
    answer = american.run("update")
    assert f"{PATH}: 1 kept, 0 fuzzy, 0 new, 1 obsolete" in answer.stdout
    text = (american.folder / PATH).read_text("utf-8")
    assert 'msgid "At home"' not in text
    assert 'msgid "After a fit"\nmsgstr "After a seizure"' in text
    assert '#~ msgid "A word of old"' in text
    american.run("update")
    assert (american.folder / PATH).read_text("utf-8") == text
    # What the templates ask for again comes back.
    american.add_handout("after", SAFE.replace("After a fit", "A word of old"))
    american.run("update")
    text = (american.folder / PATH).read_text("utf-8")
    assert '\nmsgid "A word of old"\nmsgstr "An old word"' in text
    assert '#~ msgid "After a fit"' in text
