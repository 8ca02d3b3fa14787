from __future__ import annotations

from typing import Any

import pytest

from handouts.config import BRING
from handouts.pdf import page_texts

SAFETY = "output/en/ketamine-safety-a4.pdf"


def text(project: Any, file: str) -> str:
    return " ".join(" ".join(page_texts((project.folder / file).read_bytes())).split())


def test_a_clinic_may_raise_the_hours_without_driving(project: Any) -> None:
    for settings, hours in (("", 24), ("[policy]\ndriving_hours = 48\n", 48)):
        project.write("handouts.toml", settings)
        assert project.run("ketamine-safety", "-l", "en").status == 0
        assert f"Do not drive for at least {hours} hours" in text(project, SAFETY)
    project.write("handouts.toml", "[policy]\ndriving_hours = 12\n")
    assert project.run("ketamine-safety", "-l", "en").status == 2


def test_the_clinic_is_printed(project: Any) -> None:
    project.write(
        "handouts.toml",
        '[clinic]\nname = "Rose Clinic"\nservice = "Pain"\ncountry = "GB"\n'
        '[[clinic.phones]]\nnumber = "020 7946 0958"\nlabel = "day"\n'
        '[clinic.emergency]\nnumber = "999"\nconfirmed = true\n',
    )
    assert project.run("ketamine-safety", "-l", "en").status == 0
    shown = text(project, SAFETY)
    for part in ("Rose Clinic", "Pain", "+44 20 7946 0958", "999"):
        assert part in shown


def test_flags_come_before_the_file(project: Any) -> None:
    project.write("handouts.toml", "[build]\njobs = 3\n")
    assert "build.jobs = 3  (handouts.toml:2)\n" in project.run("info").stdout
    assert "build.jobs = 4  (flag)\n" in project.run("info", "-j", "4").stdout


def test_settings_choose_formats_and_locales(german: Any) -> None:
    german.write("handouts.toml", '[build]\nformats = ["letter"]\nlocales = ["de_AT"]\n')
    assert german.run().status == 0
    assert german.files() == ["de_AT/after-letter.pdf", "manifest.json"]


def test_the_hours_before_a_drip_are_the_clinics(project: Any) -> None:
    file = "output/en/infusion-day-a4.pdf"
    assert project.run("infusion-day", "-l", "en").status == 0
    assert "not eat for at least" in text(project, file)
    assert "not eat for at least 6 hours" not in text(project, file)
    project.write(
        "handouts.toml",
        "[clinic]\nno_food_hours = 6\nno_drink_hours = 2\nstay_hours = 5\n",
    )
    assert project.run("infusion-day", "-l", "en").status == 0
    shown = text(project, file)
    for part in ("not eat for at least 6 hours", "anything for at least 2 hours"):
        assert part in shown
    assert "about 5 hours" in shown
    project.write("handouts.toml", "[clinic]\nno_food_hours = 0\n")
    assert project.run("infusion-day", "-l", "en").status == 2


def test_what_to_bring_is_the_clinics_choice(project: Any) -> None:
    file = "output/en/infusion-day-a4.pdf"
    assert project.run("infusion-day", "-l", "en").status == 0
    assert "Please bring:" in text(project, file)
    assert "glasses" not in text(project, file)  # lines to write on
    project.write("handouts.toml", '[clinic]\nbring = ["music", "glasses"]\n')
    assert project.run("infusion-day", "-l", "en").status == 0
    shown = text(project, file)
    assert "something to listen to, with headphones" in shown
    assert "your glasses or hearing aid" in shown
    for other in ("a list of all your", "appointment letter", "loose clothes", "helper:"):
        assert other not in shown


def test_everything_that_can_be_brought_has_its_words(project: Any) -> None:
    file = "output/en/infusion-day-a4.pdf"
    seen = set()
    for thing in BRING:
        project.write("handouts.toml", f'[clinic]\nbring = ["{thing}"]\n')
        assert project.run("infusion-day", "-l", "en").status == 0
        seen.add(text(project, file).split("Please bring: ")[1].split(" Do not mix")[0])
    assert len(seen) == len(BRING)


OFF_LABEL = (
    "In this country, use for long-lasting pain is outside the licence (off-label)."
)
LICENCE = "Here, it is licensed as an injection for operations."


@pytest.mark.parametrize(
    ("country", "told"),
    [("GB", {OFF_LABEL, LICENCE}), ("NZ", {OFF_LABEL}), ("DE", set()), (None, set())],
)
def test_the_licence_is_that_of_the_clinics_country(
    project: Any, country: str | None, told: set[str]
) -> None:
    leaflets = ("decision-sheet", "infusion-day", "pain-plan")
    leaflets += ("ketamine-evidence", "ketamine-safety")
    if country:
        project.write("handouts.toml", f'[clinic]\ncountry = "{country}"\n')
    assert project.run(*leaflets, "-l", "en").status == 0
    for name in leaflets:
        shown = text(project, f"output/en/{name}-a4.pdf")
        assert "not licensed (approved) for long-lasting pain" in shown
        assert {one for one in (OFF_LABEL, LICENCE) if one in shown} == told


def test_a_diarys_week_begins_as_in_the_clinics_country(project: Any) -> None:
    file = "output/en/pain-diary-a4.pdf"
    for country, first, last in (("GB", "Monday", "Sunday"), ("US", "Sunday", "Monday")):
        project.write("handouts.toml", f'[clinic]\ncountry = "{country}"\n')
        assert project.run("pain-diary", "-l", "en").status == 0
        shown = text(project, file)
        assert shown.index(first) < shown.index(last)
