"""The template language of a theme is that of Jinja2, with all text escaped and clean."""

from pathlib import Path
from typing import Any

import pytest
from jinja2 import TemplateSyntaxError, UndefinedError
from markupsafe import Markup

from site_builder.render.templates import Templates
from site_builder.volumes.cache import Cache


def fill(folder: Path, text: str, **values: Any) -> str:
    (folder / "page.html").write_text(text, encoding="utf-8")
    templates = Templates((folder,))
    return templates.fill("page.html", templates.globals | {"shared": "of all pages"}, values)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("plain", "plain"),
        ("<b> & 'c' \"d\"", "&lt;b&gt; &amp; &#39;c&#39; &#34;d&#34;"),
        ("a\x00b\u202ec\ufdd0d\U000efffee", "abcde"),
        ("a\x00<b>", "a&lt;b&gt;"),
        ("one\r\ntwo\x85three\tfour", "one\ntwo\nthree\tfour"),
        ("한국어 ﷺ 🎈 𠀀", "한국어 ﷺ 🎈 𠀀"),
        (Markup("<b>safe</b>"), "<b>safe</b>"),
        (1_000, "1000"),
        (None, "None"),
        (["<"], "[&#39;&lt;&#39;]"),
    ],
)
def test_every_value_is_escaped_and_without_controls(tmp_path: Path, value: Any, shown: str) -> None:
    assert fill(tmp_path, "{{ value }}", value=value) == shown


def test_a_constant_of_a_template_is_escaped_like_a_value(tmp_path: Path) -> None:
    assert fill(tmp_path, "{{ '<' }}{{ 'a' ~ '&' }}") == "&lt;a&amp;"


def test_macros_and_blocks_of_text_are_escaped_once(tmp_path: Path) -> None:
    text = "{% macro said(what) %}<q>{{ what }}{{ caller() }}</q>{% endmacro %}"
    text += "{% set kept %}<i>{{ value }}</i>{% endset %}"
    text += "{% call said(value) %}, {{ value }}{% endcall %}{{ kept }}"
    text += "{% for each in [value] %}{{ upper(each) }}{% endfor %}"
    shown = fill(tmp_path, text, value="a&b", upper=str.upper)
    assert shown == "<q>a&amp;b, a&amp;b</q><i>a&amp;b</i>A&amp;B"


def test_functions_and_methods_are_called_with_what_the_template_gives_them(tmp_path: Path) -> None:
    text = "{{ told() }}{% for each in 'ab' %}{{ told(each, 'c') }}{{ told(each, last='d') }}{{ each.upper() }}"
    text += "{% endfor %}"
    shown = fill(tmp_path, text, told=lambda *words, last="": f"{len(words)}{''.join(words)}{last};")
    assert shown == "0;2ac;1ad;A2bc;1bd;B"


def test_a_function_that_nobody_knows_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError, match="nobody"):
        fill(tmp_path, "{{ nobody(1) }}")


def test_a_value_of_the_page_comes_before_one_of_all_pages(tmp_path: Path) -> None:
    assert fill(tmp_path, "{{ shared }}", shared="of this page") == "of this page"


def test_an_unknown_name_is_an_error_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError, match="missing") as error:
        fill(tmp_path, "\n\n{{ missing }}")
    assert ("page.html", 3) in [(Path(str(each.path)).name, each.lineno + 1) for each in error.traceback]


def test_templates_are_compiled_once_and_again_when_they_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "theme").mkdir()
    page = tmp_path / "theme" / "page.html"
    page.write_text("{{ 1 }}", encoding="utf-8")
    compiled: list[str] = []
    compile_one = Templates._compile

    def counted(self: Templates, source: str, filename: str) -> Any:
        compiled.append(filename)
        return compile_one(self, source, filename)

    monkeypatch.setattr(Templates, "_compile", counted)
    for text, shown in (("{{ 1 }}", "1"), ("{{ 1 }}", "1"), ("{{ 2 }}", "2")):
        page.write_text(text, encoding="utf-8")
        cache = Cache(tmp_path / "cache", b"k" * 32)
        templates = Templates((tmp_path / "theme",), cache=cache)
        templates.load_all(("",))
        assert templates.fill("page.html", {}, {}) == shown
        cache.close()
    assert compiled == [str(page), str(page)]


def test_a_broken_template_that_no_page_uses_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{% if %}", encoding="utf-8")
    templates = Templates((tmp_path,))
    templates.load_all(("",))
    with pytest.raises(TemplateSyntaxError):
        templates.fill("page.html", {}, {})


def test_messages_are_escaped_with_their_values_but_for_markup(tmp_path):
    source = '{{ _("%(one)s & %(two)s", one=value, two=link) }} {{ ngettext("%(count)s <b>", "%(count)s <i>", 1200) }}'
    shown = fill(tmp_path, source, value="<a>", link=Markup("<br>"))
    assert shown == "&lt;a&gt; &amp; <br> 1,200 &lt;i&gt;"


def test_a_partial_sees_the_values_around_it_and_keeps_its_own(tmp_path: Path) -> None:
    (tmp_path / "partial.html").write_text("{{ each|default('-') }}{{ shared }}{{ value }}{% set value = 2 %};")
    text = "{% for each in 'ab' %}{% include 'partial.html' %}{% endfor %}{% include ['none', 'partial.html'] %}"
    text += "{% include 'none' ignore missing %}{% set shared = 3 %}{% include 'partial.html' %}{{ value }}"
    whole = "aof all pages1;bof all pages1;-of all pages1;-31;1"
    assert fill(tmp_path, text, value=1) == whole
    assert fill(tmp_path, f"{{% block main %}}{text}{{% endblock %}}", value=1) == whole


def test_an_error_in_a_partial_has_its_line(tmp_path: Path) -> None:
    (tmp_path / "partial.html").write_text("\n{{ missing }}")
    with pytest.raises(UndefinedError, match="missing") as error:
        fill(tmp_path, "{% include 'partial.html' %}")
    assert ("partial.html", 2) in [(Path(str(each.path)).name, each.lineno + 1) for each in error.traceback]
