"""The list of readers, line by line."""

from pathlib import Path

import pytest

from site_builder.commands.send.readers import checked_address, read_list, reader_of
from site_builder.problems import BuildError

TEMPLATE = "https://example.org/leave?reader={email}&key={token}"


def read(tmp_path: Path, text: str, template: str = TEMPLATE) -> tuple[dict[str, str], list[str]]:
    file = tmp_path / "readers.csv"
    file.write_text(text, encoding="utf-8")
    readers, problems = read_list(file, template)
    return {reader.address: reader.unsubscribe_url for reader in readers}, list(map(str, problems))


def test_a_token_or_an_address_stands_behind_each_reader(tmp_path: Path) -> None:
    readers, problems = read(
        tmp_path,
        "\ufeffemail,token\nada+papers@example.org,a&b\n\n# a comment\nbo@example.org, https://example.org/u/77\n",
    )
    assert readers == {
        "ada+papers@example.org": "https://example.org/leave?reader=ada%2Bpapers%40example.org&key=a%26b",
        "bo@example.org": "https://example.org/u/77",
    }
    assert problems == []


def test_an_address_alone_suffices_where_no_token_is_wanted(tmp_path: Path) -> None:
    readers, problems = read(tmp_path, "ada@example.org\n", "https://example.org/leave/{email}")
    assert readers == {"ada@example.org": "https://example.org/leave/ada%40example.org"}
    assert problems == []


def test_what_is_no_reader_is_told_with_its_line(tmp_path: Path) -> None:
    text = "ada@example.org,1\nADA@Example.org,2\nnobody\nbo@example.org\ncy@example.org,http://example.org/u\n"
    readers, problems = read(tmp_path, text)
    assert list(readers) == ["ada@example.org"]
    assert [problem.partition(";")[0] for problem in problems] == [
        "readers.csv:2: ADA@Example.org is there twice",
        "readers.csv:3: 'nobody' is no mail address",
        "readers.csv:4: bo@example.org has no address to unsubscribe at",
        "readers.csv:5: cy@example.org has no address to unsubscribe at",
    ]


@pytest.mark.parametrize(
    "address",
    ["", "a", "@b.c", "a@", "a@b@c", "a b@c.d", "a@b..c", "a@-b.c", ".a@b.c", "a..b@c.d", "a@b.c>", "a@b.c\nBcc: x@y.z",
     "<a@b.c>", "é@b.c", "a" * 65 + "@b.c", "a@" + "b" * 64 + ".c", "a@" + "b.c" * 90, "a@b_c.d", "a,b@c.d"],
)  # fmt: skip
def test_what_could_break_a_command_or_a_header_is_no_address(address: str) -> None:
    assert checked_address(address) == ""


def test_a_domain_of_any_script_becomes_ascii_as_browsers_write_it() -> None:
    assert checked_address(" ada@bücher.example ") == "ada@xn--bcher-kva.example"
    assert checked_address("ada@BÜCHER.example") == "ada@xn--bcher-kva.example"
    assert checked_address("ada@faß.example") == "ada@xn--fa-hia.example"
    assert checked_address("ada@☃\u200d.example") == ""


def test_a_line_that_is_no_table_is_told_and_keeps_no_other_from_being_read(tmp_path: Path) -> None:
    file = tmp_path / "readers.csv"
    file.write_text(f"email\n{'x' * 200_000}\nbo@example.org\n")
    readers, problems = read_list(file, "https://example.org/leave?r={email}")
    assert [reader.address for reader in readers] == ["bo@example.org"]
    assert [problem.line for problem in problems] == [2]


def test_of_several_addresses_in_a_line_the_others_are_told(tmp_path: Path) -> None:
    text = "ada@example.org, bo@example.org\ncy@example.org;di@example.org;ed@example.org\n"
    readers, problems = read(tmp_path, text, "https://example.org/leave/{email}")
    assert list(readers) == ["ada@example.org", "cy@example.org"]
    assert [problem.partition(";")[0] for problem in problems] == [
        "readers.csv:1: bo@example.org follows ada@example.org",
        "readers.csv:2: di@example.org, ed@example.org follows cy@example.org",
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_of_any_spreadsheet_is_a_list(tmp_path: Path, mark: str) -> None:
    readers, problems = read(tmp_path, f'E-Mail{mark}Key\r\nada@example.org{mark}a1\r\n"bo@example.org"{mark}"b2"\r\n')
    assert [url.partition("key=")[2] for url in readers.values()] == ["a1", "b2"]
    assert problems == []


def test_a_list_is_read_in_the_encodings_that_tell_themselves(tmp_path: Path) -> None:
    file = tmp_path / "readers.csv"
    file.write_bytes("ada@example.org\tÄnne\r\nbo@example.org\r\n".encode("utf-16"))
    assert [reader.address for reader in read_list(file, "", "leave@example.org")[0]] == [
        "ada@example.org",
        "bo@example.org",
    ]
    file.write_bytes("Jürgen <ju@example.org>\n".encode("latin-1"))
    with pytest.raises(BuildError, match="save it as UTF-8"):
        read_list(file, "", "leave@example.org")


def test_a_name_may_stand_before_the_address(tmp_path: Path) -> None:
    text = 'Anna Berg <anna@example.org>\n"Berg, Bo" <bo@example.org>,key\nCy <>\n'
    readers, problems = read(tmp_path, text, "https://example.org/leave/{email}")
    assert list(readers) == ["anna@example.org", "bo@example.org"]
    assert problems == ["readers.csv:3: 'Cy <>' is no mail address; correct or remove it"]


def test_a_mail_address_alone_is_enough_to_unsubscribe_at(tmp_path: Path) -> None:
    file = tmp_path / "readers.csv"
    file.write_text("ada@example.org\nbo@example.org,http://example.org/u\n")
    readers, problems = read_list(file, "", "leave@example.org")
    assert [reader.unsubscribe_url for reader in readers] == ["mailto:leave@example.org?subject=unsubscribe"]
    assert len(problems) == 1


def test_one_address_by_hand_may_do_without_a_web_address_to_unsubscribe() -> None:
    assert reader_of("a@b.example", "", "ed@b.example").unsubscribe_url == "mailto:ed@b.example?subject=unsubscribe"
    with pytest.raises(BuildError, match="is no mail address"):
        reader_of("a b@c.example", "", "ed@b.example")


def test_a_list_that_cannot_be_read_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="cannot be read"):
        read_list(tmp_path / "none.csv", TEMPLATE)
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BuildError, match=r"holds bytes that are no UTF-16-LE; .*nothing was sent"):
        read_list(tmp_path / "binary.csv", TEMPLATE)
