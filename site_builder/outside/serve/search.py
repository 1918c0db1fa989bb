"""What the search page loads, made in a process of its own when somebody searches: at 10,000 papers it takes long.

As a program (`python -m site_builder.outside.serve.search FOLDER`) it is that process: a site in, the files out.
"""

import asyncio
import pickle
import sys
from collections.abc import Mapping
from pathlib import Path
from subprocess import PIPE
from typing import cast

from site_builder.outside.serve.answers import Answer
from site_builder.outside.serve.builder import Builder
from site_builder.problems import BuildError
from site_builder.urls import index_path, search_data_path

FOLDERS = tuple(f"{path.partition('/')[0]}/" for path in (index_path(""), search_data_path("")))


class SearchIndex:
    """The search index of the newest site; who asks for a file of it waits until it is made.

    One of an older site is never shown: a paper that was just added and is not found would look like a defect.
    """

    def __init__(self, builder: Builder, folder: Path) -> None:
        """folder: keeps the last index, for when a change leaves alone what is searched."""
        self._builder = builder
        self._folder = folder
        self._made: asyncio.Task[Mapping[str, bytes]] | None = None

    def forget(self) -> None:
        """Make the index anew when it is next asked for."""
        if self._made:
            self._made.cancel()
        self._made = None

    async def answer(self, address: str) -> Answer | None:
        """Return a file of the index; None when there is none, or no longer."""
        if not address.startswith(FOLDERS):
            return None
        made = self._made = self._made or asyncio.create_task(self._make())
        try:
            content = (await asyncio.shield(made)).get(address)
        except BuildError as error:
            return Answer(address, b"", tuple(str(error).split("\n")))
        except asyncio.CancelledError:
            if made.cancelled():  # a change came meanwhile, for which the page that asks is about to be shown anew
                return None
            raise
        return None if content is None else Answer(address, content)

    async def _make(self) -> Mapping[str, bytes]:
        """Return the content of every file by its output path. Raises BuildError."""
        site = await self._builder.searched()
        if not site:
            return {}
        program = (sys.executable, "-m", __name__, str(self._folder))
        process = await asyncio.create_subprocess_exec(*program, stdin=PIPE, stdout=PIPE, start_new_session=True)
        try:
            made, _ = await process.communicate(site)
        finally:
            if process.returncode is None:
                process.kill()
        if process.returncode:
            raise BuildError("the process that makes the search index has ended; the terminal may tell why")
        return cast(Mapping[str, bytes], _opened(made))


def _opened(made: bytes) -> object:
    """Return what our other process sent. Raises BuildError when it sent one."""
    value = pickle.loads(made)  # noqa: S301 - through a pipe of ours
    if isinstance(value, BuildError):
        raise value
    return value


def main() -> None:
    """Make the index of the site that comes in."""
    from site_builder.index_cache import cached_in
    from site_builder.render.search_index import render_search_index

    site = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - through a pipe of ours
    try:
        made: object = dict(render_search_index(site, cached_in(Path(sys.argv[1]))))
    except BuildError as error:
        made = error
    sys.stdout.buffer.write(pickle.dumps(made))


if __name__ == "__main__":
    main()
