from __future__ import annotations

from handouts.batch import Job, plan


def test_every_edition_once_locale_by_locale() -> None:
    jobs = plan(
        ["b", "a", "b"], ["ar", "en", "ar"], lambda _locale: ["a4", "letter", "a4"]
    )
    assert [job.name for job in jobs] == [
        "ar/b-a4", "ar/b-letter", "ar/a-a4", "ar/a-letter",
        "en/b-a4", "en/b-letter", "en/a-a4", "en/a-letter",
    ]  # fmt: skip


def test_each_locale_has_its_own_formats() -> None:
    jobs = plan(["a"], ["en", "en_US"], {"en": ["a4"], "en_US": ["letter"]}.__getitem__)
    assert [job.file for job in jobs] == ["en/a-a4.pdf", "en_US/a-letter.pdf"]


def test_nothing_wanted_is_nothing_planned() -> None:
    assert plan([], ["en"], lambda _locale: ["a4"]) == ()


def test_a_job_names_its_file() -> None:
    job = Job(handout="ketamine-safety", locale="zh_Hans", format="a4")
    assert job.file == "zh_Hans/ketamine-safety-a4.pdf"
