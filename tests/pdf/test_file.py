"""`FileObjects`: what comes out is a PDF that another library reads without a repair."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from handouts.pdf.file import FileObjects, deflated


def minimal() -> tuple[FileObjects, str, str]:
    """Return the objects of a document without pages, its catalog and information."""
    objects = FileObjects()
    pages = objects.add("<</Type /Pages /Kids [] /Count 0>>")
    root = objects.add(f"<</Type /Catalog /Pages {pages}>>")
    return objects, root, objects.add("<</Title (Pain)>>")


def test_objects_and_streams_come_back() -> None:
    objects, root, info = minimal()
    text = objects.add_text(b"BT ET")
    plain = objects.add_stream("/Kind /Plain", b"as it is\r")
    objects.add(f"<</Kind /Pair /One {text} /Two {plain}>>")

    with pikepdf.open(BytesIO(objects.file(root=root, info=info))) as document:
        assert document.check_pdf_syntax() == []
        assert str(document.trailer.Info.Title) == "Pain"
        pair = next(one for one in document.objects if one.get("/Kind") == "/Pair")
        assert pair.One.read_bytes() == b"BT ET"
        assert pair.Two.read_raw_bytes() == b"as it is\r"


@pytest.mark.parametrize("count", [1, 199, 200, 201, 1000])
def test_every_object_has_its_place(count: int) -> None:
    objects, root, info = minimal()
    names = [objects.add(f"<</Number {number}>>") for number in range(count)]

    with pikepdf.open(BytesIO(objects.file(root=root, info=info))) as document:
        found = [
            int(document.get_object(int(name.split()[0]), 0).Number) for name in names
        ]
    assert found == list(range(count))


def test_numbers_that_nobody_used_are_free() -> None:
    objects = FileObjects(3)  # somebody else's, who uses but the second
    objects.put(2, "<</Theirs true>>")
    late, unused = objects.numbers(2)
    pages = objects.add("<</Type /Pages /Kids [] /Count 0>>")
    root = objects.add(f"<</Type /Catalog /Pages {pages}>>")
    objects.put(late, "<</Late true>>")

    with pikepdf.open(BytesIO(objects.file(root=root, info=root))) as document:
        assert document.check_pdf_syntax() == []
        assert document.get_object(2, 0).Theirs is True
        assert document.get_object(late, 0).Late is True
        for number in (1, 3, unused):
            assert document.get_object(number, 0) is None


def test_a_number_that_comes_from_outside_is_not_given_again() -> None:
    objects = FileObjects()
    objects.put(7, "null")
    objects.put_stream(9, b"<</Length 0>>", b"")

    assert objects.last == 9
    assert list(objects.numbers(2)) == [10, 11]


def test_the_id_comes_from_the_content() -> None:
    files = []
    for text in ("(one)", "(one)", "(two)"):
        objects, root, info = minimal()
        objects.add(text)
        files.append(objects.file(root=root, info=info))

    assert files[0] == files[1]
    ids = []
    for file in files[1:]:
        with pikepdf.open(BytesIO(file)) as document:
            ids.append([bytes(one) for one in document.trailer.ID])
    assert ids[0] != ids[1]
    assert all(len(one) == 16 and one == other for one, other in ids)


def test_deflated_content_is_smaller() -> None:
    assert len(deflated(b"pain " * 100)) < 50
