"""A tiny complete theme for tests, so that they do not depend on how the default one looks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from site_builder.render.theme import Theme

BASE = """\
<!doctype html>
<html lang="{{ site.lang }}"><head><title>{% block title %}{{ site.name }}{% endblock %}</title>
<link rel="stylesheet" href="{{ site.stylesheet }}"></head>
<body>{% for item in site.nav %}<a href="{{ item.url }}">{{ item.label or item.kind }}</a>{% endfor %}
<main id="main">{% block main %}{% endblock %}</main></body></html>
"""
FILES: Mapping[str, str] = MappingProxyType(
    {
        "templates/base.html": BASE,
        "templates/home.html": '{% extends "base.html" %}{% block main %}{{ view.positioning.promise }}{% endblock %}',
        "templates/page.html": '{% extends "base.html" %}{% block main %}{{ view.page.body|markdown }}{% endblock %}',
        "templates/robots.txt": "Sitemap: {{ absolute(url_for('sitemap')) }}\n",
        "templates/sitemap.xml": "{% for url in site.indexed %}{{ url }}\n{% endfor %}",
        "styles/tokens.css": "@layer tokens { :root { --brand: green; } }\n",
        "styles/base.css": "@layer base { body { margin: 0; } }\n",
    }
)


def put(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files into a folder and return it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def theme(portal: Path, own: Mapping[str, str] | None = None) -> Theme:
    """The tiny theme, with a portal's own files over it in themes/own/ where some are given."""
    default = put(portal.parent / f"{portal.name}-default", FILES)
    return Theme(default, put(portal / "themes" / "own", own) if own else None)
