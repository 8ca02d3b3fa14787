"""The line that points to the emergency box, from the template to the proven file."""

from __future__ import annotations

from typing import Any

import pytest

from handouts.pdf import page_texts

HANDOUT = """\
{% extends layout %}
{% set version = "1.0" %}{% set written = "2026-01" %}{% set review_by = "2027-01" %}
{% set symbol = "info" %}{% set sources = [] %}
{% block title %}{% trans %}Title{% endtrans %}{% endblock %}
{% block audience %}{% trans %}Readers{% endtrans %}{% endblock %}
{% block body %}
<p class="pointer" data-risk="safety">{% trans page="emergency"|field %}See the red box on
   page {{ page }}{% endtrans %}</p>
<section id="what"><h2>{% trans %}What{% endtrans %}</h2>
{% for _ in range(PARAGRAPHS) %}
  <p>{% trans %}Words that fill the page, and more words that fill the page, so that what
     follows stands on another one, and a few more for good measure.{% endtrans %}</p>
{% endfor %}
</section>
<aside class="emergency"><h3>{% trans %}Get help{% endtrans %}</h3>
  <p>{% trans %}Now{% endtrans %}</p></aside>
{% endblock %}
"""


@pytest.mark.parametrize(("paragraphs", "page"), [(2, 1), (18, 2), (36, 3)])
def test_the_page_is_that_of_the_box(project: Any, paragraphs: int, page: int) -> None:
    project.add_handout("after", HANDOUT.replace("PARAGRAPHS", str(paragraphs)))
    answer = project.run("after", "-l", "en", "-f", "a4")
    assert answer.status == 0, answer.diagnostics
    file = "output/en/after-a4.pdf"
    pages = page_texts((project.folder / file).read_bytes())
    assert "Get help" in pages[page - 1]
    pointer = f"See the red box on page {page}"
    assert (pointer in " ".join(pages[0].split())) == (page > 1)
    assert ("red box" in pages[0]) == (page > 1)
    assert project.run("verify", str(project.folder / file), jobs=None).status == 0
