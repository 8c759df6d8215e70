from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder import pipeline
from site_builder.cli import serve as serve_module
from site_builder.seal import Keys, Secrets
from site_builder.serve.server import PreviewServer

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def _ended_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is typed as soon as the server runs."""

    def interrupted(_: PreviewServer, poll_interval: float) -> None:
        assert poll_interval > 0
        raise KeyboardInterrupt

    monkeypatch.setattr(PreviewServer, "serve_forever", interrupted)


@pytest.mark.usefixtures("_ended_at_once")
def test_the_address_is_its_data_and_all_else_is_said_beside_it(run: Run, portal: Path) -> None:
    code, out, err = run("serve", "--port", "0", "--portal", portal)
    assert code == 0
    assert out.startswith("http://127.0.0.1:")
    assert err == "portal: 8 pages\nportal: save a file and the page reloads; Ctrl-C ends\n\n"


@pytest.mark.usefixtures("_ended_at_once")
def test_it_begins_with_a_broken_portal_too(run: Run, portal: Path) -> None:
    (portal / "data" / "portal.yaml").write_text("nmae: x\n")
    code, _, err = run("serve", "--port", "0", "--portal", portal)
    assert code == 0
    assert "error[D404]" in err


@pytest.mark.usefixtures("_ended_at_once")
def test_a_mistake_of_ours_does_not_end_it(run: Run, portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: pipeline.Request) -> pipeline.Built:
        raise ValueError("private")

    monkeypatch.setattr(serve_module, "build", broken)
    code, out, err = run("serve", "--port", "0", "--portal", portal)
    assert (code, out.startswith("http://")) == (0, True)
    assert "this is a mistake in portal, not in your files: ValueError" in err


@pytest.mark.usefixtures("_ended_at_once")
def test_the_browser_is_opened_for_those_who_ask(run: Run, portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    _, out, _ = run("serve", "--port", "0", "--open", "--portal", portal)
    assert opened == [out.strip()]


SECRETS = Secrets(bytes(range(32)), {"ann": "maple tractor lozenge velvet"})


@pytest.mark.usefixtures("_ended_at_once")
@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (Secrets(bytes(range(32)), {"ann": "maple tractor lozenge velvet"}), True),
        (Secrets(bytes(range(32)), {"ann": "another tractor lozenge velvet"}), False),
        (Secrets(bytes(range(32)), {}), False),
        (Secrets(bytes(range(1, 33)), SECRETS.owners), False),
    ],
    ids=["the same", "another phrase", "an owner gone", "another secret"],
)
def test_keys_are_derived_anew_when_the_secrets_change_and_not_before(
    run: Run, portal: Path, monkeypatch: pytest.MonkeyPatch, other: Secrets, *, is_same: bool
) -> None:
    asked: list[Keys] = []

    def built(request: pipeline.Request) -> pipeline.Built:
        asked.extend(map(request.keys, (SECRETS, other)))
        return pipeline.Built(None, (), ())

    monkeypatch.setattr(serve_module, "build", built)
    run("serve", "--port", "0", "--portal", portal)
    first, second = asked
    assert (first is second) is is_same


def test_a_port_in_use_is_wrong_usage(run: Run, portal: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, out, err = run("serve", "--port", port, "--portal", portal)
    assert (code, out, err) == (2, "", f"portal: cannot listen on port {port}: address already in use\n")
