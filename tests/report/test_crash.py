from __future__ import annotations

import pytest

from site_builder.model.cells import split_list
from site_builder.page import Route
from site_builder.report.crash import Caught


def test_a_crash_names_type_and_place_in_our_code_and_no_value() -> None:
    with Caught() as caught:
        Route("/directory/{client}/").url(secret="ann@private.example")
    assert caught.crash is not None
    assert caught.crash.kind == "ValueError"
    assert caught.crash.place.startswith("site_builder/page.py:")
    assert caught.crash.place.endswith(" (url)")
    assert "secret" not in caught.crash.words()
    assert "Traceback" in caught.crash.trace


def test_a_crash_outside_our_code_names_where_it_was() -> None:
    with Caught() as caught:
        raise KeyError("private")
    assert caught.crash is not None
    assert caught.crash.place.startswith("test_crash.py:")


def test_what_goes_well_leaves_no_crash() -> None:
    with Caught() as caught:
        assert split_list("a; b") == ("a", "b")
    assert caught.crash is None


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, BrokenPipeError])
def test_what_ends_a_program_on_purpose_passes(error: type[BaseException]) -> None:
    with pytest.raises(error), Caught():
        raise error
