"""The shipped handouts as plain English, read without the project's own code.

A stub layout and stub filters expand each handout with Jinja alone, so that these tests
still tell the truth when `handouts.templating` changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

ROOT = Path(__file__).parents[2]
HANDOUTS = (
    "understanding-pain",
    "ketamine-evidence",
    "ketamine-safety",
    "infusion-day",
    "pain-plan",
    "decision-sheet",
    "pain-diary",
)
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LAYOUT = (
    '<div id="band"><h1>{% block title %}{% endblock %}</h1>'
    "<p>{% block audience %}{% endblock %}</p></div>"
    '<div id="body">{% block body %}{% endblock %}</div>'
)
TEXT_BLOCKS = ("h1", "h2", "h3", "p", "li", "th", "td", "caption")
SAFETY = (
    "ancestor-or-self::*[@data-risk='safety'"
    " or self::aside[@class='warning' or @class='emergency']]"
)


class Number(float):
    """A number that shows itself in English and marks itself as a value."""

    def __html__(self) -> str:
        return f'<var class="number">{self:,g}</var>'


class Unset:
    """What nobody has set, a phone number or hours: a line to write on."""

    def __html__(self) -> str:
        return '<var class="unset">____</var>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One use of a message: its msgid (the plural, where that is what is shown)."""

    context: str | None
    msgid: str
    values: Mapping[str, float]
    safety: bool
    inside: tuple[str, ...]
    text: str


PARTS = ("parts/fields.html", "parts/medical.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaflet:
    """One handout in English; `passages` are its blocks of text in reading order.

    `labels` are those of them that say again, below a picture, what the text says.
    """

    name: str
    settings: Mapping[str, Any]
    uses: tuple[Use, ...]
    passages: tuple[str, ...]
    lead: tuple[str, ...]
    labels: tuple[str, ...]
    counts: tuple[int, ...]
    boxes: tuple[str, ...]

    def text(self) -> str:
        """Return title, audience line and body as one string."""
        return "\n".join((*self.lead, *self.passages))


def _environment(name: str) -> Environment:
    templates = ROOT / "templates"
    files = {name: f"handouts/{name}.html", **{part: part for part in PARTS}}
    sources = {key: (templates / file).read_text("utf-8") for key, file in files.items()}
    environment = Environment(
        loader=DictLoader({**sources, "layout": LAYOUT}),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.filters["number"] = lambda value: (
        Unset() if value is None else Number(value)
    )
    environment.filters["phone"] = lambda _value: Unset()
    environment.filters["hours"] = lambda _value: ""
    environment.filters["field"] = lambda _name: Unset()
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _marked(None, text),
        lambda one, many, count: _marked(None, one if count == 1 else many),
        newstyle=True,
        pgettext=_marked,
        npgettext=lambda context, one, many, count: _marked(
            context, one if count == 1 else many
        ),
    )
    return environment


def _marked(context: str | None, msgid: str) -> Markup:
    """Wrap a message so that its msgid is found again after the expansion."""
    key = escape(msgid.replace("%", "%%"))
    return Markup('<bdo data-context="{}" title="{}">{}</bdo>').format(
        context or "", Markup(key), Markup(msgid)
    )


def _uses(root: lxml.html.HtmlElement) -> Iterator[Use]:
    for element in root.iter("bdo"):
        msgid = element.get("title")
        names = re.findall(r"%\((\w+)\)s", msgid)
        places = element.xpath(".//var | .//span[@data-blank]")
        shown = [place.text_content() or "____" for place in places]
        values = {
            name: float(text.replace(",", ""))
            for name, text in zip(names, shown, strict=True)
            if "_" not in text
        }
        yield Use(
            context=element.get("data-context") or None,
            msgid=msgid,
            values=values,
            safety=bool(element.xpath(SAFETY)),
            inside=tuple(
                f"{ancestor.tag}.{ancestor.get('class', '')}".rstrip(".")
                for ancestor in element.iterancestors()
            ),
            text=_collapsed(element.text_content()),
        )


def _passages(part: lxml.html.HtmlElement) -> Iterator[str]:
    for element in part.iter(*TEXT_BLOCKS):
        inner = [child for child in element.iterdescendants() if child.tag in TEXT_BLOCKS]
        if not inner and element.get("class") != "alt":
            yield _collapsed(element.text_content())


def _labels(part: lxml.html.HtmlElement) -> Iterator[str]:
    for draw in ("alarm", "receptor"):
        for figure in part.iterfind(f".//figure[@data-draw='{draw}']"):
            yield from _passages(figure)


def _collapsed(text: str) -> str:
    return " ".join(text.split())


def _read(name: str) -> Leaflet:
    environment = _environment(name)
    template = environment.get_template(name)
    nothing = dict.fromkeys(
        (
            *("phone", "phone_hours", "night_phone", "night_hours"),
            *("no_food_hours", "no_drink_hours", "stay_hours", "emergency", "crisis"),
            *("advice", "driving_law", "licence", "off_label", "bring"),
        )
    )
    # A macro sees what is global: the clinic has set nothing.
    environment.globals.update(clinic=nothing, country=nothing, weekdays=WEEK)
    markup = template.render(layout="layout")
    root = lxml.html.fromstring(f"<main>{markup}</main>")
    band, body = root.get_element_by_id("band"), root.get_element_by_id("body")
    module = template.make_module(
        {"layout": "layout", "clinic": nothing, "country": nothing}
    )
    return Leaflet(
        name=name,
        settings=vars(module),
        uses=tuple(_uses(root)),
        passages=tuple(_passages(body)),
        labels=tuple(_labels(body)),
        lead=tuple(_passages(band)),
        counts=tuple(
            int(item.get("data-count")) for item in body.xpath(".//li[@data-count]")
        ),
        boxes=tuple(box.get("class") for box in body.iter("aside")),
    )


@pytest.fixture(scope="session", params=HANDOUTS)
def leaflet(request: pytest.FixtureRequest) -> Leaflet:
    """Return each shipped handout in turn."""
    return _read(request.param)


@pytest.fixture(scope="session")
def leaflets() -> dict[str, Leaflet]:
    """Return all shipped handouts by name."""
    return {name: _read(name) for name in HANDOUTS}
