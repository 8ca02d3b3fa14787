from __future__ import annotations

from typing import Any

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
    german.write("handouts.toml", '[build]\nformats = ["letter"]\nlocales = ["de"]\n')
    assert german.run().status == 0
    assert german.files() == ["de/after-letter.pdf", "manifest.json"]


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


def test_a_diarys_week_begins_as_in_the_clinics_country(project: Any) -> None:
    file = "output/en/pain-diary-a4.pdf"
    for country, first, last in (("GB", "Monday", "Sunday"), ("US", "Sunday", "Monday")):
        project.write("handouts.toml", f'[clinic]\ncountry = "{country}"\n')
        assert project.run("pain-diary", "-l", "en").status == 0
        shown = text(project, file)
        assert shown.index(first) < shown.index(last)
