"""Lines of keys, found beside tomllib."""

from __future__ import annotations

import pytest

from handouts.config.places import find_places

SOURCE = '''\
# a comment = 1
digits = "latin"  # [no.table]
text = """
name = 1
[clinic]
""" # still one value
"quoted key".'single' = 1

[clinic]
  name = 'a = "b'
list = [
  1, # [x]
  { country = "GB" },
]
emergency.number = "1"

[[clinic.phones]]
number = "1"
[[ clinic . phones ]]
number = "2"
[clinic.phones.hours]
opens = 1
[style.faces]
Arab = "Amiri"
'''


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ("digits", 2, 1),
        ("text", 3, 1),
        ("quoted key.single", 7, 1),
        ("clinic", 9, 1),
        ("clinic.name", 10, 3),
        ("clinic.list", 11, 1),
        ("clinic.list[1].country", 11, 1),
        ("clinic.emergency.number", 15, 1),
        ("clinic.phones[0]", 17, 1),
        ("clinic.phones[0].number", 18, 1),
        ("clinic.phones[1].number", 20, 1),
        ("clinic.phones[1].hours.opens", 22, 1),
        ("clinic.phones[1].label", 19, 1),
        ("style.faces.Arab", 24, 1),
    ],
)
def test_key_is_found_at_its_line(path: str, line: int, column: int) -> None:
    place = find_places(SOURCE).of(path)
    assert place is not None
    assert (place.line, place.column) == (line, column)
    assert place.quote == SOURCE.split("\n")[line - 1]


def test_width_is_that_of_the_key() -> None:
    place = find_places(SOURCE).of("clinic.name")
    assert place is not None
    assert place.width == len("name")


@pytest.mark.parametrize("path", ["none", "x]", "a[", "", "]["])
def test_unknown_path_has_no_place(path: str) -> None:
    assert find_places(SOURCE).of(path) is None
