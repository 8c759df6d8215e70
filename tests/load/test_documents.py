"""The folder data/ and its documents, from files on disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.load.documents import Documents, load_document, load_documents
from site_builder.model.documents import Trust
from site_builder.model.settings import Settings
from site_builder.problem import Problem, Severity

PORTAL = """name: Harbour IT
base_url: https://refer.harbour.example/
locale: en-GB
currency: GBP
timezone: Europe/London
contact: {email: hello@harbour.example}
"""
POSITIONING = "promise: P\nideal_client: {situation: S}\ntriggers: [{phrase: x}]\n"
INCENTIVES = "rules: []\n"

Write = Callable[[str, str], Documents]


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """A three-file portal."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "portal.yaml").write_text(PORTAL, encoding="utf-8")
    (data / "positioning.yaml").write_text(POSITIONING, encoding="utf-8")
    (data / "incentives.yaml").write_text(INCENTIVES, encoding="utf-8")
    return tmp_path


@pytest.fixture
def write(portal: Path) -> Write:
    """Write one file of data/ and load the folder."""

    def put(name: str, text: str) -> Documents:
        (portal / "data" / name).write_text(text, encoding="utf-8")
        return load_documents(portal)

    return put


def only(documents: Documents) -> Problem:
    (found,) = documents.problems
    return found


def test_three_files_are_a_portal_without_a_problem(portal: Path) -> None:
    documents = load_documents(portal)
    assert documents.problems == ()
    assert documents.settings is not None
    assert documents.settings.name == "Harbour IT"
    assert documents.positioning is not None
    assert documents.incentives is not None
    assert documents.absent == {"trust.yaml", "rewards.yaml", "nurture.yaml"}
    assert (documents.trust, documents.rewards, documents.nurture) == (None, None, None)


def test_a_further_file_is_no_longer_absent(write: Write) -> None:
    documents = write("nurture.yaml", "thank_within_days: 3\n")
    assert documents.nurture is not None
    assert documents.nurture.thank_within_days == 3
    assert documents.absent == {"trust.yaml", "rewards.yaml"}


def test_an_optional_file_without_a_key_is_not_started(write: Write) -> None:
    documents = write("trust.yaml", "# later\n")
    assert documents.problems == ()
    assert documents.trust is None
    assert "trust.yaml" in documents.absent


def test_an_optional_file_with_a_mistake_is_neither_read_nor_absent(write: Write) -> None:
    documents = write("trust.yaml", "capasity: {}\n")
    assert only(documents).hint == 'did you mean "capacity"?'
    assert documents.trust is None
    assert "trust.yaml" not in documents.absent


def test_an_empty_required_file_misses_its_keys(write: Write) -> None:
    documents = write("incentives.yaml", "")
    assert (only(documents).code, only(documents).field) == ("D405", "rules")


def test_a_folder_without_data_is_no_portal(tmp_path: Path) -> None:
    found = only(load_documents(tmp_path))
    assert (found.code, found.severity) == ("D001", Severity.ERROR)
    assert "no portal" in found.message
    assert "portal new" in found.hint


def test_each_missing_required_file_is_one_problem(portal: Path) -> None:
    (portal / "data/portal.yaml").unlink()
    (portal / "data/incentives.yaml").unlink()
    found = load_documents(portal).problems
    assert [(each.code, each.source.path) for each in found] == [("D001", "data/portal.yaml"), ("D001", "data/incentives.yaml")]


@pytest.mark.parametrize("alike", ["portal.yml", "Portal.yaml", "protal.yaml", "portal.yaml.txt"])
def test_a_misnamed_required_file_is_one_mistake_with_its_name(portal: Path, alike: str) -> None:
    (portal / "data/portal.yaml").rename(portal / "data" / alike)
    found = only(load_documents(portal))
    assert (found.code, found.hint) == ("D001", f"rename {alike} to portal.yaml")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("client.csv", "clients.csv"),
        ("trust.yml", "trust.yaml"),
        ("Clients.CSV", "clients.csv"),
        ("refferals.csv", "referrals.csv"),
    ],
)
def test_an_unknown_file_asks_back(write: Write, name: str, meant: str) -> None:
    found = only(write(name, "x"))
    assert (found.code, found.source.path, found.hint) == ("D006", f"data/{name}", f'did you mean "{meant}"?')


def test_a_folder_inside_data_is_read_by_nobody(portal: Path) -> None:
    (portal / "data/archive").mkdir()
    assert only(load_documents(portal)).code == "D006"


def test_dotfiles_are_noted_and_git_s_own_are_not(portal: Path) -> None:
    for name in (".env", ".gitkeep", ".gitignore", ".DS_Store"):
        (portal / "data" / name).write_text("x", encoding="utf-8")
    found = load_documents(portal).problems
    assert [(each.code, each.severity, each.source.path) for each in found] == [
        ("D007", Severity.NOTE, "data/.DS_Store"),
        ("D007", Severity.NOTE, "data/.env"),
    ]


def test_tables_are_known_here(write: Write) -> None:
    assert write("clients.csv", "client_id\n").problems == ()


def test_a_link_that_leaves_the_portal_is_not_followed(portal: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "trust.yaml").write_text("capacity: {statement: S}\n", encoding="utf-8")
    (portal / "data/trust.yaml").symlink_to(outside / "trust.yaml")
    documents = load_documents(portal)
    assert (only(documents).code, only(documents).source.path) == ("D004", "data/trust.yaml")
    assert documents.trust is None


def test_a_linked_data_folder_is_one_problem(portal: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "data"
    shutil.move(portal / "data", outside)
    (portal / "data").symlink_to(outside)
    assert only(load_documents(portal)).code == "D004"


def test_a_file_that_is_not_utf_8_is_one_problem(portal: Path) -> None:
    (portal / "data/portal.yaml").write_bytes("name: Café\n".encode("cp1252"))
    found = only(load_documents(portal))
    assert (found.code, found.source.path, found.source.line) == ("D002", "data/portal.yaml", 1)


def test_a_file_over_a_mebibyte_is_one_problem(write: Write) -> None:
    assert only(write("trust.yaml", "#" * (1024 * 1024 + 1))).code == "D003"


def test_all_mistakes_of_all_files_are_told_in_one_run(portal: Path) -> None:
    (portal / "data/portal.yaml").write_text(PORTAL.replace("GBP", "GPB") + "staff: many\nstaff: 3\n", encoding="utf-8")
    (portal / "data/incentives.yaml").write_text("rules: x\nrulez: y\n", encoding="utf-8")
    (portal / "data/positioning.yaml").write_text("a: b: c\n", encoding="utf-8")
    found = load_documents(portal).problems
    assert sorted(each.code for each in found) == ["D203", "D401", "D402", "D404", "D406"]


def test_rules_between_values_make_no_record(write: Write) -> None:
    documents = write("portal.yaml", PORTAL.replace("GBP", "GPB"))
    assert (only(documents).code, only(documents).source.line) == ("D216", 4)
    assert documents.settings is None


def test_one_document_alone(portal: Path) -> None:
    loaded = load_document(portal, "data/portal.yaml", Settings)
    assert loaded.record is not None
    assert (loaded.absent, loaded.problems) == (False, ())
    assert load_document(portal, "data/trust.yaml", Trust).absent


ANY = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="ab: -[]{}'\"\n\t#&*!|>%@~0é", max_size=80),
    st.builds(
        lambda key, value: f"{PORTAL}{key}: {value}\nrules: [{{type: {value}}}]\n",
        st.sampled_from(["owners", "checks", "brand", "form", "locale", "as_of", "rules", "policy", "economics", "triggers"]),
        st.text(alphabet="ab: -[]{}'\",0.x", max_size=30),
    ),
)


@pytest.mark.parametrize("name", ["portal", "positioning", "incentives", "trust", "rewards", "nurture"])
def test_any_text_is_a_record_or_problems_and_never_a_traceback(tmp_path: Path, name: str) -> None:
    (tmp_path / "data").mkdir()

    @given(ANY)
    def check(text: str) -> None:
        (tmp_path / f"data/{name}.yaml").write_bytes(text.encode())
        documents = load_documents(tmp_path)
        mine = [found for found in documents.problems if found.source.path == f"data/{name}.yaml"]
        record = getattr(documents, "settings" if name == "portal" else name)
        assert (record is None) or not [found for found in mine if found.severity is Severity.ERROR]
        assert record is not None or mine or f"{name}.yaml" in documents.absent

    check()


@given(st.binary(max_size=200))
def test_any_bytes_are_problems_or_a_record(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    root = tmp_path_factory.mktemp("bytes")
    (root / "data").mkdir()
    (root / "data/trust.yaml").write_bytes(content)
    load_documents(root)
