"""The program that makes the search index (pagefind.app): records in, the files of the index out.

Its command line reads a folder in whatever order the disk lists it, and its files differ with that order. Its service
mode takes the records one by one, so that equal records make equal files.
"""

import base64
import gzip
import importlib
import importlib.metadata
import importlib.util
import os
import re
import subprocess
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
from typing import IO, Any

import orjson

from site_builder.problems import BuildError

# Places of words in one file of the index. Smaller files make a query lighter, and the table that every search loads
# first heavier: at 10,000 papers a fifth of the program's own 20,000 halves the one and adds 6 kB to the other.
CHUNK_SIZE = 4000
SIGNATURE = len(b"pagefind_dcd")
TEXT, LONG = 0x60, 24  # first byte of a text in CBOR, and the length from which another byte holds it


@dataclass(frozen=True, slots=True)
class Record:
    """What is searched: its name in the results, its title, and all its other words."""

    name: str
    title: str
    words: str


Files = tuple[tuple[str, bytes], ...]  # path in the index, content


def is_installed() -> bool:
    """Tell whether the optional extra `search` is installed."""
    return importlib.util.find_spec("pagefind_bin") is not None


def version() -> str:
    return importlib.metadata.version("pagefind-bin")


def make_index(records: Sequence[Record], language: str) -> Files:
    """Return the files of the index of the records. Raises BuildError when the program fails.

    language: of the words, for their stems, as `en`.
    """
    files = {file["path"].replace("\\", "/"): base64.b64decode(file["content"]) for file in _ask(records, language)}
    names = {
        path[len("fragment/") : -len(".pf_fragment")]: orjson.loads(gzip.decompress(content)[SIGNATURE:])["url"]
        for path, content in files.items()
        if path.startswith("fragment/")
    }
    own = f"wasm.{language}.pagefind"
    engine = ("pagefind-worker.js", "pagefind-entry.json", own if own in files else "wasm.unknown.pagefind")
    kept: dict[str, bytes] = {}
    for path in sorted(files):
        # Not the program's page elements, nor its fragments: pages and results are ours.
        if path in engine:
            kept[path] = files[path]
        elif path.startswith("index/"):
            kept[path] = _pack(gzip.decompress(files[path]))
        elif path.endswith(".pf_meta"):
            kept[path] = _pack(_with_names(gzip.decompress(files[path]), names))
    return tuple(kept.items())


def _with_names(table: bytes, names: Mapping[str, str]) -> bytes:
    """Return the table that every search loads first with names of ours in the place of the program's.

    Those are hashes, 40 of the 70 kB of the table at 10,000 papers. They stand in it as texts in CBOR (RFC 8949 §3.1),
    each of which may be replaced by any other. Raises BuildError when the table is not as it is known to be.
    """
    replaced = 0

    def replace(match: re.Match[bytes]) -> bytes:
        nonlocal replaced
        name = names.get(match[1].decode())
        if name is None or match[0][0] != TEXT + len(match[1]):
            return match[0]
        replaced += 1
        text = name.encode()
        return (bytes([TEXT + len(text)]) if len(text) < LONG else bytes([TEXT + LONG, len(text)])) + text

    renamed = re.sub(rb"[\x60-\x77]([a-z]+_[0-9a-f]+)", replace, table)
    if replaced != len(names):
        raise BuildError(f"the search index of Pagefind {version()} has another form than the one known here")
    return renamed


def _pack(content: bytes) -> bytes:
    """Compress as well as gzip can: 3 % better than the program does. Python's own gzip differs by release."""
    return zlib.compress(content, 9, wbits=16 + zlib.MAX_WBITS)


def _requests(records: Iterable[Record], language: str) -> Iterator[dict[str, Any]]:
    yield {"type": "NewIndex", "config": {"force_language": language}}
    for record in records:
        yield {
            "type": "AddRecord",
            "index_id": 0,
            "url": record.name,
            "content": record.words,
            "language": language,
            "meta": {"title": record.title},
            "filters": {},
            "sort": {},
        }
    yield {"type": "GetFiles", "index_id": 0}


def _ask(records: Iterable[Record], language: str) -> list[dict[str, str]]:
    """Have the index made and return its files: path, and content in base64."""
    program = importlib.import_module("pagefind_bin").get_executable()
    settings = {**os.environ, "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(CHUNK_SIZE)}
    process = subprocess.Popen(  # noqa: S603 - the program of the installed package, nothing from outside
        [program, "--service"], env=settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdin and process.stdout  # noqa: S101 - both are pipes
    # The program answers while it is still being asked, and leaves as soon as nobody can ask any more.
    sender = Thread(target=_send, args=(process.stdin, _requests(records, language)), daemon=True)
    sender.start()
    try:
        for answer in _answers(process.stdout):
            if answer["type"] == "Error":
                raise BuildError(f"the search index cannot be made: {answer['message']}")
            if answer["type"] == "GetFiles":
                return list(answer["files"])
    finally:
        process.kill()
        sender.join()
        process.stdout.close()
        with suppress(BrokenPipeError):
            process.stdin.close()
        process.wait()
    raise BuildError("the search index cannot be made: Pagefind stopped; `search: false` in site.yaml does without it")


def _send(pipe: IO[bytes], requests: Iterable[dict[str, Any]]) -> None:
    try:
        for number, request in enumerate(requests):
            pipe.write(base64.b64encode(orjson.dumps({"message_id": number, "payload": request})) + b",")
        pipe.flush()
    except BrokenPipeError:
        return  # it stopped early, which whoever reads its answers sees
    except BaseException:
        pipe.close()  # or it would wait for more
        raise


def _answers(pipe: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Yield the program's messages: JSON in base64, each ended by a comma."""
    parts: list[bytes] = []
    while read := pipe.read1(1 << 20):  # type: ignore[attr-defined]
        *ended, rest = read.split(b",")
        for end in ended:
            yield orjson.loads(base64.b64decode(b"".join([*parts, end])))["payload"]
            parts = []
        parts.append(rest)
