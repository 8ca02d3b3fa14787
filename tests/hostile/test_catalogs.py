"""Catalogs from strangers: each is told where it is wrong; the rest is made."""

from __future__ import annotations

from typing import Any

import pytest

PO = "locales/de_AT/LC_MESSAGES/handouts.po"


def refused(project: Any, data: bytes) -> Any:
    """Build with `data` as the German catalog: German is refused, English is written."""
    project.write(PO, data)
    answer = project.build()
    assert answer.status == 1
    assert project.files() == ["en/after-a4.pdf", "manifest.json"]
    assert "Traceback" not in answer.stderr
    assert project.check().status == 1
    return answer


def catalog(project: Any) -> bytes:
    return bytes((project.folder / PO).read_bytes())


def place(found: dict[str, Any]) -> tuple[object, ...]:
    return found["file"], found["line"], found["column"]


def test_cut_off_in_the_middle(german: Any) -> None:
    data = catalog(german)
    answer = refused(german, data[: data.index(b"trinken")])
    found = answer.one("po-syntax")
    assert place(found) == (PO, 19, 1)
    assert found["message"] == "the string has no closing quote"
    assert found["hint"] == 'end the line with `"`'
    assert answer.codes == [
        "furniture-untranslated",
        "po-syntax",
    ]  # no message by message


def test_latin_1(german: Any) -> None:
    answer = refused(german, catalog(german).decode().encode("latin-1"))
    found = answer.one("not-utf8")
    assert place(found) == (PO, 13, 10)
    assert found["message"] == "byte 0xFC is not UTF-8"
    assert found["hint"].startswith("save the file as UTF-8")


def test_utf_16(german: Any) -> None:
    answer = refused(german, catalog(german).decode().encode("utf-16"))
    assert place(answer.one("not-utf8")) == (PO, 1, 1)


def test_a_byte_order_mark_does_no_harm(german: Any) -> None:
    german.write(PO, b"\xef\xbb\xbf" + catalog(german))
    assert german.build().status == 0
    assert "de_AT/after-a4.pdf" in german.files()


def test_50_mb(german: Any) -> None:
    with (german.folder / PO).open("r+b") as file:
        file.truncate(50_000_000)  # sparse: it takes no room
    answer = german.build()
    assert answer.status == 1
    found = answer.one("catalog-too-large")
    assert found["file"] == PO
    assert found["message"] == "the catalog has 50 MB; the limit is 20 MB"
    assert german.files() == ["en/after-a4.pdf", "manifest.json"]


def test_a_folder_in_its_place(german: Any) -> None:
    (german.folder / PO).unlink()
    (german.folder / PO).mkdir()
    answer = german.build()
    assert answer.one("unreadable-catalog")["message"] == "the catalog is not a file"
    assert german.files() == ["en/after-a4.pdf", "manifest.json"]


@pytest.mark.parametrize(
    ("text", "code", "column", "message"),
    [
        ("{{ clinic.name }}", "template-syntax-in-translation", 9,
         "translation has `{{`, which belongs to templates"),
        ("{% raw %}", "template-syntax-in-translation", 9,
         "translation has `{%`, which belongs to templates"),
        ("<script>x</script>", "unknown-tag", 9,
         "translation has `<script>`, which the source lacks"),
        ("Zu %(h)300000000s Hause", "invalid-placeholder", 12,
         "`%(h)300000000s` is not a valid placeholder"),
        ("Zu %(name)s Hause", "unknown-placeholder", 12,
         "translation has `%(name)s`, which the source lacks"),
        ("bei 50% людей", "added-number", 13,
         "translation has the number `50`, which the source lacks"),
    ],
)  # fmt: skip
def test_a_msgstr_that_is_no_text(
    german: Any, text: str, code: str, column: int, message: str
) -> None:
    data = catalog(german).replace(b"Zu Hause", text.encode())
    answer = refused(german, data)
    found = [one for one in answer.diagnostics if one["code"] == code]
    assert place(found[0]) == (PO, 16, column)
    assert found[0]["message"] == message
    assert found[0]["hint"]
    assert found[0]["msgid"] == "At home"


def test_a_percent_sign_of_its_own_is_text(project: Any) -> None:
    source = project.handout.replace(
        "Rest and drink water.", "{{ share }} of people must rest."
    ).replace("{% trans %}{{ share", "{% trans share=50|percent %}{{ share")
    project.add_handout("after", source)
    messages = {
        **project.german,
        "%(share)s of people must rest.": "%(share)s людей 100 %",
    }
    project.add_catalog("ru", messages)
    answer = project.build("-l", "ru")
    assert "Traceback" not in answer.stderr
    assert answer.one("added-number")["line"] == 22


def test_a_message_that_stands_twice(german: Any) -> None:
    data = catalog(german) + b'\nmsgid "At home"\nmsgstr "Daheim"\n'
    found = refused(german, data).one("duplicate-message")
    assert found["line"] == 22
    assert found["message"] == "the message is already in line 15"


def test_an_endless_message(german: Any) -> None:
    data = catalog(german).replace(b"Zu Hause", b"Zu Hause " * 20_000)
    found = refused(german, data).one("message-too-long")
    assert found["file"] == PO
    assert found["line"] == 15
