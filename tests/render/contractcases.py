"""Templates that name what there is not, and templates that do not, for views of tests/render/test_contract.py."""

from __future__ import annotations

WRONG = {
    "a name": ("{{ nothing }}", 'there is no "nothing"'),
    "a field of the view": ("{{ view.titel }}", 'view has no "titel"'),
    "a field of the site": ("{{ site.owners }}", 'site has no "owners"'),
    "a field of the page": ("{{ page.path2 }}", 'page has no "path2"'),
    "a field asked for like a key": ('{{ view["titel"] }}', 'view has no "titel"'),
    "a branch never taken": ("{% if false %}{{ view.titel }}{% endif %}", 'view has no "titel"'),
    "another branch": ("{% if view.on %}{% else %}{{ view.titel }}{% endif %}", 'view has no "titel"'),
    "a third branch": ("{% if view.on %}{% elif view.titel %}{% endif %}", 'view has no "titel"'),
    "either way": ("{{ view.title if view.on else view.titel }}", 'view has no "titel"'),
    "only if": ("{{ view.titel if view.on }}", 'view has no "titel"'),
    "the second of an and": ("{{ view.on and view.titel }}", 'view has no "titel"'),
    "the second of an or": ("{{ view.on or view.titel }}", 'view has no "titel"'),
    "a comparison": ("{{ view.titel > 1 }}", 'view has no "titel"'),
    "a sum": ("{{ 1 + view.titel }}", 'view has no "titel"'),
    "words put together": ('{{ "a" ~ view.titel }}', 'view has no "titel"'),
    "a method of a text": ("{{ view.title.uper() }}", 'view.title has no "uper"'),
    "a part of a day": ("{{ view.on.yeer }}", 'view.on has no "yeer"'),
    "a word of a few": ("{{ view.colour.valu }}", 'view.colour has no "valu"'),
    "an item of a loop": ("{% for each in view.people %}{{ each.nam }}{% endfor %}", 'each has no "nam"'),
    "an item of two": ("{% for id, each in view.pairs %}{{ id.upper() }}{{ each.nam }}{% endfor %}", 'each has no "nam"'),
    "an item taken apart the wrong way": ("{% for a, b in view.people %}{{ c }}{% endfor %}", 'there is no "c"'),
    "a loop's own": ("{% for each in view.people %}{{ loop.indx }}{% endfor %}", 'loop has no "indx"'),
    "outside its loop": ("{% for each in view.people %}{% endfor %}{{ each.name }}", 'there is no "each"'),
    "an empty loop": ("{% for each in view.people %}{% else %}{{ each }}{% endfor %}", 'there is no "each"'),
    "a loop's condition": ("{% for each in view.people if each.nam %}{% endfor %}", 'each has no "nam"'),
    "a name set": ("{% set who = view.people|first %}{{ who.nam }}", 'who has no "nam"'),
    "a name set to a block": ("{% set words %}{{ view.titel }}{% endset %}{{ words.upper() }}", 'view has no "titel"'),
    "a name for a while": ("{% with who = view.who %}{{ who.nam }}{% endwith %}", 'who has no "nam"'),
    "a value by its id": ("{{ view.by_id.ann.nam }}", 'view.by_id.ann has no "nam"'),
    "a value by a key": ('{{ view.by_id["ann"].nam }}', 'view.by_id[…] has no "nam"'),
    "a value by number": ("{{ view.people[0].nam }}", 'view.people[…] has no "nam"'),
    "some of them": ("{% for each in view.people[:3] %}{{ each.nam }}{% endfor %}", 'each has no "nam"'),
    "what neither of two has": ("{{ view.who.phone }}", 'view.who has no "phone"'),
    "a property's own": ("{{ view.people[0].initials.nam }}", 'view.people[…].initials has no "nam"'),
    "what a method gives": ("{{ view.people[0].greeting().nam }}", 'view.people[…].greeting() has no "nam"'),
    "what a function gives": ('{{ find("x").nam }}', 'find() has no "nam"'),
    "what is nobody's business": ("{{ view.people[0]._secret }}", 'view.people[…] has no "_secret"'),
    "a record": ("{{ view.triggers[0].frase }}", 'view.triggers[…] has no "frase"'),
    "a record's machinery": ("{{ view.triggers[0].model_dump() }}", 'view.triggers[…] has no "model_dump"'),
    "a list of the template's own": ("{% for each in [view.who, view.who] %}{{ each.nam }}{% endfor %}", 'each has no "nam"'),
    "a filter": ("{{ view.title|uper }}", 'there is no filter "uper"'),
    "a filter for a block": ("{% filter uper %}x{% endfilter %}", 'there is no filter "uper"'),
    "a test": ("{{ view.title is nonne }}", 'there is no test "nonne"'),
    "a test of what is not there": ("{{ view.titel is string }}", 'view has no "titel"'),
    "a test's argument": ("{{ 1 is sameas(view.titel) }}", 'view has no "titel"'),
    "behind a filter": ("{{ (view.people|sort(attribute='name')|first).nam }}", 'view.people|sort|first has no "nam"'),
    "a filter's argument": ("{{ view.title|replace(view.titel, 1) }}", 'view has no "titel"'),
    "a filter's named argument": ("{{ view.title|truncate(length=view.titel) }}", 'view has no "titel"'),
    "what a filter looks up": ("{{ view.people|map(attribute='nam')|list }}", 'view.people has no "nam"'),
    "what a filter picks by": ("{{ view.people|selectattr('nam')|list }}", 'view.people has no "nam"'),
    "what a filter maps to": ("{{ (view.people|map(attribute='name')|first).nam }}", 'view.people|map|first has no "nam"'),
    "what may be missing": ("{{ (view.on|default(view.on)).yeer }}", 'view.on|default has no "yeer"'),
    "a kind of page": ('{{ url_for("oen") }}', 'there is no kind of page "oen"'),
    "whether there is a kind": ('{{ has("oen") }}', 'there is no kind of page "oen"'),
    "a page's parameter": ('{{ url_for("two") }}', 'url_for("two") takes firm'),
    "a parameter too many": ('{{ url_for("one", firm=1) }}', 'url_for("one") takes nothing else'),
    "a template included": ('{% include "part.html" %}', "there is no template part.html"),
    "a template imported": ('{% import "part.html" as p %}{{ p.card() }}', "there is no template part.html"),
    "a template extended": ('{% extends "bas.html" %}', "there is no template bas.html"),
    "a macro": ('{% from "parts.html" import crad %}', 'parts.html has no "crad"'),
    "a macro of an imported template": ('{% import "parts.html" as p %}{{ p.crad() }}', 'p has no "crad"'),
    "a macro's parameter": ('{% from "parts.html" import card %}{{ card(1, sise=2) }}', 'card takes no "sise"'),
    "what is handed to a macro": ('{% from "parts.html" import card %}{{ card(view.titel) }}', 'view has no "titel"'),
    "a list handed over": ('{% from "parts.html" import card %}{{ card(*view.titel) }}', 'view has no "titel"'),
    "names handed over": ('{% from "parts.html" import card %}{{ card(**view.titel) }}', 'view has no "titel"'),
    "a macro's default": ("{% macro a(b=view.titel) %}{% endmacro %}", 'view has no "titel"'),
    "a macro nobody calls": ("{% macro a(b) %}{{ view.titel }}{% endmacro %}", 'view has no "titel"'),
    "a macro asked whether it is there": (
        "{% macro a() %}{{ view.titel }}{% endmacro %}{{ a()|default(1) }}",
        'view has no "titel"',
    ),
    "a call with a body": (
        "{% macro a() %}{{ caller() }}{% endmacro %}{% call a() %}{{ view.titel }}{% endcall %}",
        'view has no "titel"',
    ),
    "a block nobody shows": (
        '{% extends "base.html" %}{% block mian %}{% endblock %}',
        'base.html has no block "mian": it is never shown',
    ),
    "words to translate": ("{% trans name=view.titel %}Hello {{ name }}{% endtrans %}", 'view has no "titel"'),
    "a page of its own kind": ('{% if page.kind == "one" %}{{ view.count }}{% endif %}', 'view has no "count"'),
    "escaping": ("{% autoescape true %}{{ view.titel }}{% endautoescape %}", 'view has no "titel"'),
}
"""What a template says, and what is told of it."""

FINE = {
    "what it is handed": (
        "{{ page.kind }}{{ site.contact.email }}{{ view.title.upper() }}{{ view.on.year }}{{ view.colour.value }}"
    ),
    "records": "{{ view.triggers[0].phrase }}{{ view.triggers[0].say.upper() }}",
    "what nobody knows": (
        "{{ view.anything.at.all }}{{ view.anything[0].x }}{% for each in view.anything %}{{ each.y }}{% endfor %}"
    ),
    "nothing": "{% set a = none %}{{ a.b }}{% for x in none %}{{ x.y }}{% endfor %}",
    "what one of two has": "{{ view.who.owner.email }}{{ view.who.email }}",
    "what may be another": "{% set a = view.who %}{% if view.on %}{% set a = view %}{% endif %}{{ a.title }}{{ a.owner }}",
    "what is set in a branch": "{% if view.on %}{% set a = 1 %}{% endif %}{{ a }}",
    "asking first": "{% if view.count is defined %}{{ view.count }}{% endif %}{{ view.count|default(0) }}{{ oh|d }}",
    "asking first the other way": "{% if view.count is undefined %}{% else %}{{ view.count.x }}{% endif %}",
    "asking for a name": (
        "{% if oh is defined %}{{ oh }}{% endif %}{{ 1 if oh is undefined else oh }}{% if (1 + 1) is defined %}{% endif %}"
    ),
    "asking deeper": "{% if view.count.x is defined and view.count.x %}{{ view.count.x }}{% endif %}{{ site.name is defined }}",
    "pages of another kind": '{% if page.kind == "two" %}{{ view.count }}{% endif %}{{ view.count if page.kind != "one" }}',
    "pages of other kinds": (
        '{% if page.kind in ["two", "x"] %}{{ view.count }}{% elif page.kind not in ("one",) %}{{ oh }}{% endif %}'
    ),
    "and so on": '{{ page.kind == "two" and view.count }}{{ page.kind == "one" or view.count }}',
    "not the other kind": '{% if not page.kind == "one" or false %}{{ view.anything }}{% endif %}{% if not view.on %}{% endif %}',
    "a kind that is worked out": (
        "{% if page.kind == view.title %}{% endif %}{% if page.kind < 'x' %}{% endif %}{% if 1 < 2 < 3 %}{% endif %}"
    ),
    "one of many branches": '{% if page.kind == "one" %}{% elif view.count %}{% else %}{{ view.count }}{% endif %}',
    "a namespace": "{% set ns = namespace(a=1) %}{% set ns.b = 2 %}{{ ns.b }}",
    "two names at once": "{% set a, b = view.pairs[0] %}{{ a.upper() }}{{ b.name }}{% set c, d = view.people %}{{ c.name }}",
    "a loop": "{% for each in view.people %}{{ loop.index }}{{ loop.previtem.name }}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "a loop over letters and keys": (
        "{% for a in view.title %}{{ a.upper() }}{% endfor %}{% for id in view.by_id %}{{ id.upper() }}{% endfor %}"
    ),
    "a loop over a dictionary": "{% for id, who in view.by_id.items() %}{{ who.name }}{% endfor %}{{ {'a': 1}.b }}",
    "a name used anew": "{% set each = view.title %}{% for each in view.people %}{{ each.name }}{% endfor %}",
    "jinja's own": (
        "{% for n in range(3) %}{{ n }}{% endfor %}{{ dict(a=1).a }}{{ lipsum }}{{ _('x').upper() }}{{ joiner(',')() }}"
    ),
    "filters": (
        "{{ (view.people|list|first).name }}{{ view.title|upper|length }}"
        "{{ view.people|map('upper')|first }}{{ view.people|sum }}"
    ),
    "filters by number": (
        "{{ view.pairs|map(attribute=1)|list }}{{ view.pairs|map(attribute='1.name')|list }}{{ view.pairs|groupby(0) }}"
    ),
    "filters by name": "{{ view.people|map(attribute='name')|join(', ') }}{{ view.pairs|sort(attribute=view.title) }}",
    "groups": "{% for group in view.people|groupby('email') %}{{ group.grouper }}{% endfor %}",
    "words": "{% trans n=view.people|length %}one{% pluralize %}{{ n }}{% endtrans %}",
    "addresses": (
        '{{ url_for("two", firm=1) }}{{ url_for("two", **view.by_id) }}{{ has("two") }}{{ url_for(view.title) }}{{ url_for() }}'
    ),
    "a function under its name": '{% set has = view.anything %}{{ has("oen") }}',
    "a template that may miss": (
        '{% include "part.html" ignore missing %}{% include view.title %}{% include ["a.html", "b.html"] %}'
    ),
    "a macro handed what nobody knows": (
        '{% from "parts.html" import card as c %}{{ c(view.anything, size=2) }}{{ c(*view.people) }}'
    ),
    "a macro that takes all": "{% macro a() %}{{ kwargs }}{{ varargs }}{% endmacro %}{{ a(b=1) }}{{ a(caller=none) }}",
    "a macro imported from a template that is worked out": (
        "{% import view.title as p %}{{ p.x }}{% from view.title import y %}{{ y() }}"
    ),
    "a macro that calls itself": "{% macro a(b) %}{{ a(b) }}{% endmacro %}{{ a(view.who) }}",
    "a call with arguments": "{% macro a() %}{{ caller(1) }}{% endmacro %}{% call(x) a() %}{{ x.y }}{% endcall %}",
    "a filter for a block": "{% filter upper %}{{ view.title }}{% endfilter %}",
    "blocks": (
        '{% extends "base.html" %}{% block main %}{{ super() }}'
        "{{ self.head() }}{% block new %}{{ above }}{% endblock %}{% endblock %}"
    ),
    "what stands above blocks": '{% extends "base.html" %}{% set a = view.title %}{% block main %}{{ a.upper() }}{% endblock %}',
    "a scoped block": "{% for each in view.people %}{% block row scoped %}{{ each.name }}{% endblock %}{% endfor %}",
    "extending what is worked out": "{% extends view.title %}{% block whatever %}{{ view.title }}{% endblock %}",
    "the default one": '{% extends "default/one.html" %}{% block inner %}{{ super() }}{% endblock %}',
}
"""What a template says without a mistake that could be known."""
