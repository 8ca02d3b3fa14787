"""What stands on the page for a message: its translation, its English, its values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from handouts.catalog import Key, State
from handouts.templating import reached

if TYPE_CHECKING:
    from conftest import Clinic, Desk

HOURS = (
    "<p>{% trans h=HOURS|number %}{{ h }} hour{% pluralize %}"
    "{{ h }} hours{% endtrans %}</p>"
)
PART = "{% macro m() %}<p>{% trans %}Part{% endtrans %}</p>{% endmacro %}"
NAMES = ("hours", "form")


def test_a_translation_is_marked_with_its_lookup(desk: Desk) -> None:
    body = desk.body(
        "<p>{% trans %}Do <strong>not</strong> drive.{% endtrans %}</p>",
        locale="es",
        translations={"Do <strong>not</strong> drive.": ("<strong>No</strong> maneje.",)},
    )
    assert body == '<p><m n="1" t="N"><strong>No</strong> maneje.</m></p>'


def test_a_missing_message_appears_in_english_tagged_as_english(desk: Desk) -> None:
    expansion = desk.expand(HOURS.replace("HOURS", "1000"), locale="fa", translations={})
    assert expansion is not None
    assert (
        f'<m n="1" t="{expansion.nonce}" lang="en" dir="ltr">'
        f'<v k="number" t="{expansion.nonce}">1,000</v> hours</m>'
    ) in expansion.markup
    lookup = expansion.lookups[1]
    assert (lookup.state, lookup.lang) == (State.MISSING, "en")
    assert lookup.text == "%(h)s hours"
    assert lookup.arguments == (("h", "1,000"),)
    assert (lookup.file, lookup.line) == ("templates/handouts/x.html", 5)


@pytest.mark.parametrize(
    ("hours", "shown"), [(1, "1 godzina"), (24, "24 godziny"), (25, "25 godzin")]
)
def test_the_count_chooses_the_form(desk: Desk, hours: int, shown: str) -> None:
    forms = ("%(h)s godzina", "%(h)s godziny", "%(h)s godzin")
    body = desk.body(
        HOURS.replace("HOURS", str(hours)),
        vetted=_polish(desk, "%(h)s hour", forms),
        locale="pl",
    )
    number, _, word = shown.partition(" ")
    assert body == f'<p><m n="1" t="N"><v k="number" t="N">{number}</v> {word}</m></p>'


@pytest.mark.parametrize(
    ("hours", "form"), [(0, 1), (1, 0), (-1, 0), (2, 1), (0.5, 0), (1.5, 1)]
)
def test_english_is_plural_but_for_one(desk: Desk, hours: float, form: int) -> None:
    body = desk.body(HOURS.replace("HOURS", f"({hours})"))
    assert ("hours" in body) is bool(form)
    assert desk.codes() == (["fractional-count"] if hours % 1 else [])


def test_percent_signs(desk: Desk) -> None:
    assert desk.body("<p>{% trans %}50% of 100%% %d{% endtrans %}</p>") == (
        '<p><m n="1" t="N">50% of 100%% %d</m></p>'
    )
    assert (
        desk.body(
            "<p>{% trans %}50% sure{% endtrans %}</p>",
            translations={"50%% sure": ("a 50 %% b",)},
        )
        == '<p><m n="1" t="N">a 50 % b</m></p>'
    )


def test_plain_values_are_escaped_and_marked(desk: Desk) -> None:
    body = desk.body("<p>{% trans a='<x>', b=3 %}{{ a }}{{ b }}{% endtrans %}</p>")
    assert body == (
        '<p><m n="1" t="N"><v k="text" t="N">&lt;x&gt;</v><v k="text" t="N">3</v></m></p>'
    )


def test_markup_of_macros_is_a_value_too(desk: Desk) -> None:
    body = desk.body(
        "{% macro blank(w) %}<span data-blank='{{ w }}'></span>{% endmacro %}"
        "<p>{% trans b=blank('4mm') %}Name: {{ b }}{% endtrans %}</p>"
    )
    assert body == '<p><m n="1" t="N">Name: <span data-blank=\'4mm\'></span></m></p>'


def test_unset_values_are_blanks(desk: Desk) -> None:
    expansion = desk.expand(
        "<p>{% trans p=clinic.phone|phone %}Call {{ p }}{% endtrans %}</p>"
        "<p>{{ clinic.name|name }}</p>"
    )
    assert expansion is not None
    assert expansion.markup.count('<span data-blank="field"></span>') == 2
    assert expansion.lookups[1].arguments == (("p", ""),)


VALUES: dict[str, tuple[str, str, str]] = {
    "number": ("en", "1234567.5|number", "1,234,567.5"),
    "number, German": ("de", "1234567.5|number", "1.234.567,5"),
    "number, Persian": ("fa", "1234567.5|number", "۱٬۲۳۴٬۵۶۷٫۵"),
    "number, Bengali groups": ("bn", "1234567|number", "১২,৩৪,৫৬৭"),
    "number, Burmese": ("my", "24|number", "၂၄"),
    "number, Nepali": ("ne", "24|number", "२४"),
    "number from a text": ("en", "'24'|number", "24"),
    "number, exact": ("en", "0.1|number", "0.1"),
    "percent": ("en", "27|percent", "27%"),
    "percent, French": ("fr", "27|percent", "27\xa0%"),
    "percent, Persian": ("fa", "27|percent", "۲۷٪"),
    "month": ("en", "'2026-11'|date", "November 2026"),
    "month, Persian": ("fa", "'2026-11'|date", "نوامبر ۲۰۲۶"),
    "month, Chinese": ("zh_Hans", "'2026-11'|date", "2026年11月"),
    "month without own names": ("ht", "'2026-11'|date", "2026-11"),
    "day": ("es", "'2026-11-05'|date", "5 de noviembre de 2026"),
    "phone stays Latin": ("fa", "'+44 20 7946 0000'|phone", "+44 20 7946 0000"),
    "name": ("fa", "'Ward 3'|name", "Ward 3"),
    "filter twice": ("en", "24|number|number", "24"),
}


@pytest.mark.parametrize(("locale", "value", "shown"), VALUES.values(), ids=VALUES.keys())
def test_values_as_each_language_writes_them(
    desk: Desk, locale: str, value: str, shown: str
) -> None:
    kind = value.rpartition("|")[2]
    translations = {"%(v)s": ("%(v)s",)}
    body = desk.body(
        f"{{% trans v={value} %}}{{{{ v }}}}{{% endtrans %}}|{{{{ {value} }}}}",
        locale=locale,
        translations=translations,
    )
    marked = f'<v k="{kind}" t="N">{shown}</v>'
    assert body == f'<m n="1" t="N">{marked}</m>|{marked}'


def test_digits_can_be_latin(desk: Desk) -> None:
    assert "1,234" in desk.body("{{ 1234|number }}", locale="fa", digits="latin")


def test_an_address_is_a_link(desk: Desk) -> None:
    assert desk.body("{{ 'https://x.org/?a&b'|url }}{{ 'x.org'|url }}") == (
        '<a href="https://x.org/?a&amp;b"><v k="url" t="N">https://x.org/?a&amp;b</v></a>'
        '<v k="url" t="N">x.org</v>'
    )


def test_numbers_compare_as_numbers(desk: Desk) -> None:
    body = "{% set n = 27|number %}{{ n > 1 }}{{ n == 27 }}{{ n <= 26 }}{{ n != 3 }}"
    assert (
        desk.body(body + "{{ n >= n }}{{ n < 28|number }}") == "TrueTrueFalseTrueTrueTrue"
    )


def test_furniture_is_what_layouts_and_parts_say(desk: Desk) -> None:
    desk.write(
        "parts/a.html",
        "{% macro m() %}<p>{% trans %}Part{% endtrans %}</p>{% endmacro %}",
    )
    layout = desk.folder / "layouts" / "leaflet.html"
    layout.write_text(layout.read_text() + "{% trans %}Foot{% endtrans %}")
    expansion = desk.expand(
        "{% from 'parts/a.html' import m %}{{ m() }}{% trans %}Own{% endtrans %}",
        locale="fa",
        translations={},
    )
    assert expansion is not None
    assert {k.key.msgid: k.furniture for k in expansion.lookups} == {
        "Title": False, "Part": True, "Own": False, "Foot": True,
    }  # fmt: skip
    (found,) = desk.sink.diagnostics
    assert (found.code, found.is_error) == ("furniture-untranslated", False)
    assert found.message == "2 of the layout's own texts appear in English"
    assert found.notes == ("`Part`", "`Foot`")


def test_parts_see_the_context_and_belong_to_one_edition(
    desk: Desk, clinic: type[Clinic]
) -> None:
    desk.write(
        "parts/a.html",
        "{% set who %}{% trans c=clinic.name|name %}At {{ c }}{% endtrans %}{% endset %}"
        "{% macro m() %}{{ who }}{% endmacro %}",
    )
    body = "{% from 'parts/a.html' import m %}{{ m() }}"
    for name in ("One", "Two"):
        assert f">{name}</v>" in desk.body(body, clinic=clinic(name=name))


def test_the_title_in_the_source_language_is_data(desk: Desk) -> None:
    layout = desk.folder / "layouts" / "leaflet.html"
    layout.write_text(
        layout.read_text() + "[{{ in_source(self.title) }}|{{ self.title() }}]"
    )
    expansion = desk.expand("x", locale="fa", translations={"Title": ("عنوان",)})
    assert expansion is not None
    assert f'[Title|<m n="1" t="{expansion.nonce}">عنوان</m>]' in expansion.markup
    assert len(expansion.lookups) == 2


def test_variables_and_reached_messages(desk: Desk) -> None:
    expansion = desk.expand("{% if false %}{% trans %}lost{% endtrans %}{% endif %}")
    assert expansion is not None
    assert dict(expansion.variables) == {
        "version": "0.1", "written": "2026-11", "review_by": "2027-11", "symbol": "info",
        "sources": [],
    }  # fmt: skip
    assert reached(expansion) == {Key(None, "Title")}


def test_same_inputs_same_markup(desk: Desk) -> None:
    assert desk.expand("<p>{% trans %}x{% endtrans %}</p>") == desk.expand()


def test_a_saved_template_is_read_again(desk: Desk) -> None:
    assert desk.body("<p>one</p>") == "<p>one</p>"
    assert desk.body("<p>other</p>") == "<p>other</p>"


def test_folders_hide_one_another(desk: Desk, tmp_path: Any, new_desk: Any) -> None:
    from handouts.templating import TemplateSet

    other = new_desk(tmp_path / "own" / "templates")
    desk.expand("<p>built in</p>")
    assert TemplateSet((other.folder, desk.folder)).handouts() == ("x",)
    other.write("handouts/y.html", "")
    assert TemplateSet((other.folder, desk.folder)).handouts() == ("y",)
    assert TemplateSet(()).handouts() == ()


def test_a_message_that_extraction_cannot_see_is_an_error(desk: Desk) -> None:
    desk.expand("{% set x = 'made up' %}<p>{{ gettext(x) }}</p>")
    (found,) = desk.sink.diagnostics
    assert (found.code, found.line, found.msgid) == ("unextracted-message", 5, "made up")


def test_templates_can_reckon_and_join(desk: Desk) -> None:
    body = "{{ 2 * 3 + 4 % 3 }} {{ 2 ** 3 }} {{ ['<', 2]|join(', ') }} {{ 'a' ~ 1 }}"
    assert desk.body(body) == "7 8 &lt;, 2 a1"
    assert desk.body("{% for i in range(3) %}{{ i }}{% endfor %}") == "012"
    assert desk.body("{% for i in [1, 2] %}{{ loop.last }}{% endfor %}") == "FalseTrue"


def test_calls_by_name_are_messages(desk: Desk) -> None:
    body = (
        '{{ _("a") }}{{ pgettext("c", "b") }}'
        '{{ npgettext("c", "%(num)s d", "%(num)s e", 2) }}'
    )
    desk.body(body)
    expansion = desk.expand()
    assert expansion is not None
    assert [(k.key, k.text) for k in expansion.lookups[1:]] == [
        (Key(None, "a"), "a"),
        (Key("c", "b"), "b"),
        (Key("c", "%(num)s d"), "%(num)s e"),
    ]


def _polish(desk: Desk, msgid: str, forms: tuple[str, ...]) -> Any:
    from handouts.catalog import parse_plural_forms
    from handouts.languages import plural_forms

    rule = parse_plural_forms(plural_forms("pl", None))
    message = desk.message(Key(None, msgid), State.TRANSLATED, forms)
    return desk.vetted({message.key: message}, rule.index)
