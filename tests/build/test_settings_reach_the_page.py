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
