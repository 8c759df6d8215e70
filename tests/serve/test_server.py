from __future__ import annotations

import socket
from pathlib import Path

import pytest

from site_builder.serve.preview import Preview
from site_builder.serve.server import listen
from tests.serve.talking import Browser, Builder, mistake, running


@pytest.mark.parametrize(
    ("path", "status", "kind", "text"),
    [
        ("/portal/", 200, "text/html; charset=utf-8", "home"),
        ("/portal/index.html?x=1", 200, "text/html; charset=utf-8", "home"),
        ("/portal/rewards/", 200, "text/html; charset=utf-8", "rewards"),
        ("/portal/feed.xml", 200, "application/xml", "<feed/>"),
        ("/portal/assets/a.css", 200, "text/css; charset=utf-8", "body{}"),
        ("/portal/assets/strange.bin", 200, "application/octet-stream", "?"),
        ("/portal/none/", 404, "text/html; charset=utf-8", "not here"),
        ("/elsewhere/", 404, "text/html; charset=utf-8", "not here"),
        ("/portal/_headers", 404, "text/html; charset=utf-8", "not here"),
        ("/portal/../../etc/passwd", 404, "text/html; charset=utf-8", "not here"),
        ("/portal/%2e%2e/data/portal.yaml", 404, "text/html; charset=utf-8", "not here"),
    ],
)
def test_files_are_answered_as_a_host_would(browser: Browser, path: str, status: int, kind: str, text: str) -> None:
    answer = browser.ask(path)
    assert (answer.status, answer.headers["Content-Type"], answer.text) == (status, kind, text)


def test_the_root_leads_to_the_base_path_and_a_folder_to_its_slash(browser: Browser) -> None:
    assert (browser.ask("/").status, browser.ask("/").headers["Location"]) == (302, "/portal/")
    assert browser.ask("/portal/rewards").headers["Location"] == "/portal/rewards/"
    assert "Location" not in browser.ask("//portal.example/rewards").headers


def test_the_sites_own_headers_are_sent_but_nothing_is_kept_and_no_form_leaves(browser: Browser) -> None:
    headers = browser.ask("/portal/rewards/").headers
    policy = "connect-src 'self'; default-src 'none'; form-action 'self' mailto:"
    assert headers["Content-Security-Policy"] == policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Exact"] == "yes"
    assert headers["Cache-Control"] == "no-store"
    asset = browser.ask("/portal/assets/a.css").headers
    assert (asset["X-Asset"], asset["Cache-Control"]) == ("yes", "no-store")


def test_every_page_names_the_version_it_is_part_of(browser: Browser, preview: Preview) -> None:
    assert browser.ask("/portal/").headers["Server-Timing"] == f'portal;desc="{preview.shown.version}"'


def test_head_answers_without_the_content(browser: Browser) -> None:
    answer = browser.ask("/portal/", "HEAD")
    assert (answer.status, answer.headers["Content-Length"], answer.text) == (200, "4", "")
    assert browser.ask("/portal/__portal/events", "HEAD").status == 404


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "[::1]:80"])
def test_other_names_for_this_machine_are_refused(browser: Browser, host: str) -> None:
    answer = browser.ask("/portal/", host=host)
    assert (answer.status, answer.text) == (421, "This preview answers to localhost alone.\n")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:9"])
def test_its_own_names_are_answered(browser: Browser, host: str) -> None:
    assert browser.ask("/portal/", host=host).status == 200


def test_a_form_is_not_sent_and_its_sender_hears_so(browser: Browser) -> None:
    answer = browser.ask("/portal/refer/thanks/", "POST", "prospect=Ann")
    assert (answer.status, answer.headers["Location"]) == (303, "/portal/__portal/not-sent")
    page = browser.ask("/portal/__portal/not-sent")
    assert "In the preview nothing is sent" in page.text
    assert 'href="/portal/refer/thanks/"' in page.text
    assert "form-action 'none'" in page.headers["Content-Security-Policy"]


def test_a_form_without_end_is_not_read(browser: Browser) -> None:
    with socket.create_connection(("127.0.0.1", browser.port), timeout=20) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n")
        answer = connection.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 303 ")
    assert b"Connection: close" in answer


def test_the_previews_own_files_are_served(browser: Browser) -> None:
    script = browser.ask("/portal/__portal/reload.js")
    assert (script.status, script.headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert "EventSource" in script.text
    assert browser.ask("/portal/__portal/preview.css").status == 200
    assert browser.ask("/portal/__portal/server.py").status == 404


# Mistakes


def test_a_mistake_stands_over_every_page_and_assets_keep_working(browser: Browser, preview: Preview, builder: Builder) -> None:
    builder.next = mistake()
    preview.rebuild()
    for path in ("/portal/", "/portal/rewards/", "/portal/none/", "/"):
        answer = browser.ask(path)
        assert answer.status == 503
        assert "data/portal.yaml:1:1" in answer.text
        assert "the key &quot;nmae&quot; is &lt;not&gt; known here" in answer.text
        assert '<pre tabindex="0">nmae: xxxxxxx xx\n^</pre>' in answer.text
        assert "did you mean &quot;name&quot;?" in answer.text
        assert '<script src="/portal/__portal/reload.js" defer>' in answer.text
        assert "script-src 'self'; style-src 'self'" in answer.headers["Content-Security-Policy"]
    assert browser.ask("/portal/assets/a.css").text == "body{}"


def test_the_page_comes_back_when_the_mistake_is_mended(browser: Browser, preview: Preview, builder: Builder) -> None:
    good = builder.next
    for following in (mistake(), good):
        builder.next = following
        preview.rebuild()
    assert browser.ask("/portal/").text == "home"


def test_a_mistake_of_ours_is_a_page_without_data(browser: Browser, preview: Preview, builder: Builder) -> None:
    builder.next = ValueError("ann@private.example")
    preview.rebuild()
    answer = browser.ask("/portal/")
    assert answer.status == 503
    assert "ValueError" in answer.text
    assert "conftest.py:" in answer.text or "site_builder/" in answer.text
    assert "ann@private.example" not in answer.text


def test_a_first_build_that_fails_shows_its_mistake_at_any_address(tmp_path: Path, builder: Builder) -> None:
    builder.next = mistake()
    preview = Preview(builder)
    preview.rebuild()
    with running(preview, tmp_path) as browser:
        assert browser.ask("/").status == 503
        assert '"/__portal/reload.js"' in browser.ask("/anything/").text
        assert browser.ask("/__portal/reload.js").status == 200
        assert browser.ask("/logo.svg").text == "There is nothing here.\n"


# Reloading


def test_open_pages_hear_of_every_build(browser: Browser, preview: Preview, builder: Builder) -> None:
    with browser.listening("/portal/__portal/events") as following:
        assert following() == preview.shown.version
        builder.next = mistake()
        broken = preview.rebuild()
        assert following() == broken.version


def test_the_stream_ends_with_the_preview(browser: Browser, preview: Preview) -> None:
    with browser.listening("/portal/__portal/events") as following:
        following()
        preview.end()
        assert following() == ""


def test_a_reader_who_goes_away_disturbs_nobody(browser: Browser, preview: Preview, capsys: pytest.CaptureFixture[str]) -> None:
    with browser.listening("/portal/__portal/events") as following:
        following()
    preview.rebuild()
    preview.rebuild()
    assert browser.ask("/portal/").status == 200
    assert "Traceback" not in capsys.readouterr().err


def test_a_request_that_fails_is_told_without_data_and_the_next_is_answered(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("ann@private.example")

    with monkeypatch.context() as patched:
        patched.setattr("site_builder.serve.server.found", broken)
        with pytest.raises(ConnectionError):
            browser.ask("/portal/")
    assert browser.ask("/portal/").status == 200
    said = capsys.readouterr().err
    assert "ValueError in site_builder/serve/server.py:" in said
    assert "ann@private.example" not in said


# Ports


def test_a_port_in_use_is_passed_over_unless_it_was_asked_for(
    tmp_path: Path, preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = listen(0, preview, tmp_path)
    try:
        monkeypatch.setattr("site_builder.serve.server.FIRST_PORT", taken.server_port)
        other = listen(None, preview, tmp_path)
        other.server_close()
        assert other.server_port > taken.server_port
        with pytest.raises(OSError, match="Address already in use"):
            listen(taken.server_port, preview, tmp_path)
        assert taken.url() == f"http://127.0.0.1:{taken.server_port}/portal/"
    finally:
        taken.server_close()
