"""Review files: what is written is read back; what is no signature counts for nothing."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.catalog import (
    METHODS,
    Review,
    Role,
    Signature,
    clean_name,
    read_review,
    review_text,
)
from handouts.diagnostics import Sink

NAMES = (
    st.text(
        st.characters(categories=["L", "M", "Nd", "Zs", "P"]), min_size=1, max_size=30
    )
    .map(lambda text: clean_name("A" + text))
    .filter(bool)
)
SIGNATURES = st.builds(
    Signature,
    handout=st.from_regex(r"[a-z]{1,8}(-[a-z]{1,8})?", fullmatch=True),
    role=st.sampled_from(Role),
    name=NAMES,
    date=st.dates(),
    version=st.from_regex(r"[0-9]\.[0-9]", fullmatch=True),
    digest=st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    marks=st.lists(st.from_regex(r"[0-9a-f]{8}", fullmatch=True), max_size=20).map(tuple),
    method=st.sampled_from((None, *METHODS)),
    allow=st.lists(st.sampled_from(("negation-lost", "brackets")), unique=True).map(
        tuple
    ),
)
WHOLE = """\
schema = 1

[[signature]]
handout = "a"
role = "reviewer"
name = "Ada"
date = 2026-01-02
version = "1.0"
digest = "{digest}"
marks = []
""".format(digest="0" * 64)


def _read(path: Path, text: str | bytes) -> tuple[Review, Sink]:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    sink = Sink()
    return read_review(path, shown_as="review.toml", locale="de", sink=sink), sink


@given(st.lists(SIGNATURES, max_size=6))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, signatures: list[Signature]
) -> None:
    review = Review()
    for one in signatures:
        review = review.signed(one)
    path = tmp_path_factory.mktemp("review") / "review.toml"
    found, sink = _read(path, review_text(review))
    assert not sink
    assert found == review
    assert review_text(found) == review_text(review)


@given(st.lists(SIGNATURES, max_size=6), SIGNATURES)
def test_a_signature_replaces_one_of_the_same_role_and_no_other(
    signatures: list[Signature], new: Signature
) -> None:
    before = Review()
    for one in signatures:
        before = before.signed(one)
    after = before.signed(new)
    assert after.of(new.handout)[new.role] == new
    others = [s for s in before.signatures if (s.handout, s.role) != _place(new)]
    assert [s for s in after.signatures if s != new] == others


def _place(one: Signature) -> tuple[str, Role]:
    return one.handout, one.role


@given(st.randoms(), st.lists(SIGNATURES, max_size=5, unique_by=_place))
def test_the_order_of_signing_leaves_no_trace(
    randoms: object, signatures: list[Signature]
) -> None:
    shuffled = list(signatures)
    randoms.shuffle(shuffled)  # type: ignore[attr-defined]
    texts = set()
    for order in (signatures, shuffled):
        review = Review()
        for one in order:
            review = review.signed(one)
        texts.add(review_text(review))
    assert len(texts) == 1


def test_a_whole_signature_is_taken(tmp_path: Path) -> None:
    review, sink = _read(tmp_path / "review.toml", WHOLE)
    assert not sink
    (one,) = review.signatures
    assert (one.name, one.role, one.date) == (
        "Ada",
        Role.REVIEWER,
        datetime.date(2026, 1, 2),
    )


@pytest.mark.parametrize(
    ("changed", "to", "why"),
    [
        ("schema = 1", "schema = 2", "`schema`"),
        ('role = "reviewer"', 'role = "friend"', "`role`"),
        ('name = "Ada"', 'name = ""', "`name`"),
        ('name = "Ada"', 'name = "A\\u202Eda"', "`name`"),
        ('name = "Ada"\n', "", "'name'"),
        ("date = 2026-01-02", 'date = "2026-01-02"', "`date`"),
        ("date = 2026-01-02", "date = 2026-01-02T10:00:00Z", "`date`"),
        ('digest = "0', 'digest = "x', "`digest`"),
        ("marks = []", 'marks = ["zz"]', "`marks`"),
        ("marks = []", "marks = 3", "`marks`"),
        ("marks = []", 'marks = []\nallow = ["A B"]', "`allow`"),
        ("marks = []", 'marks = []\nmethod = "guessed"', "`method`"),
        ('handout = "a"', "handout = 3", "`handout`"),
        ("[[signature]]", "[[signature", "no TOML"),
        ("[[signature]]\n", "signature = 3\n[x]\n", "signature"),
    ],
)
def test_what_is_no_signature_counts_for_nothing(
    tmp_path: Path, changed: str, to: str, why: str
) -> None:
    assert changed in WHOLE
    review, sink = _read(tmp_path / "review.toml", WHOLE.replace(changed, to, 1))
    assert review.signatures == ()
    (found,) = sink
    assert found.code == "malformed-review"
    assert found.is_error
    assert why in found.message


def test_a_bad_signature_does_not_cost_the_next_one(tmp_path: Path) -> None:
    entry = WHOLE.partition("\n\n")[2]
    bad = entry.replace("reviewer", "friend")
    text = f"schema = 1\n\n{bad}\n{entry}\n{entry}"
    review, sink = _read(tmp_path / "review.toml", text)
    assert [one.name for one in review.signatures] == ["Ada"]
    assert [one.message.split(": ")[1][:11] for one in sink] == [
        "signature 1",
        "signature 3",
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"#" * 1_000_001, "larger than 1 MB"),
        (b"a = " + b"[" * 5000, "nested too deeply"),
    ],
)
def test_no_file_is_too_broken_to_be_told(tmp_path: Path, data: bytes, why: str) -> None:
    review, sink = _read(tmp_path / "review.toml", data)
    assert review == Review()
    assert [one.code for one in sink] == ["malformed-review"]
    assert why in next(iter(sink)).message


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    sink = Sink()
    assert not read_review(tmp_path, shown_as="x", locale="de", sink=sink).signatures
    assert [one.code for one in sink] == ["malformed-review"]
