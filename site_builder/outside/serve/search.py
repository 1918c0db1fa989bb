"""What the search page loads, made when somebody searches, and apart: at 10,000 papers it takes a while."""

import asyncio
import pickle
import sys
from collections.abc import Mapping
from pathlib import Path
from subprocess import PIPE

from site_builder.outside.serve.answers import Answer
from site_builder.outside.serve.builder import Builder
from site_builder.problems import BuildError
from site_builder.urls import index_path, search_data_path

FOLDERS = tuple(f"{path.partition('/')[0]}/" for path in (index_path(""), search_data_path("")))
PROGRAM = (sys.executable, "-m", "site_builder.outside.serve.make_index")

Files = Mapping[str, bytes]  # output path → content


class SearchIndex:
    """The search index of the newest site; who asks for a file of it waits until it is made.

    That of an older site is never shown: a paper that was just added and is not found would look like a defect.
    """

    def __init__(self, builder: Builder, folder: Path) -> None:
        """folder: keeps the last index."""
        self._builder = builder
        self._folder = folder
        self._making: asyncio.Task[Files] | None = None

    def forget(self) -> None:
        """Make the index anew when it is next asked for."""
        if self._making:
            self._making.cancel()
        self._making = None

    async def close(self) -> None:
        """End the process that makes the index."""
        making = self._making
        self.forget()
        if making:
            await asyncio.wait((making,))

    async def answer(self, address: str) -> Answer | None:
        """Return a file of the index; None when there is none, or no longer."""
        if not address.startswith(FOLDERS):
            return None
        making = self._making = self._making or asyncio.create_task(self._make())
        try:
            content = (await asyncio.shield(making)).get(address)
        except BuildError as error:
            return Answer(address, b"", tuple(str(error).split("\n")))
        except asyncio.CancelledError:
            if making.cancelled():  # a change came, for which the page that asks is about to be shown anew
                return None
            raise
        return None if content is None else Answer(address, content)

    async def _make(self) -> Files:
        """Return all files of the index. Raises BuildError when it cannot be made."""
        site = await self._builder.searched()
        if not site:
            return {}
        process = await asyncio.create_subprocess_exec(
            *PROGRAM, str(self._folder), stdin=PIPE, stdout=PIPE, start_new_session=True
        )
        try:
            told, _ = await process.communicate(site)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode:
            raise BuildError("the process that makes the search index has ended; the terminal tells why, if it knows")
        made: Files | BuildError = pickle.loads(told)  # noqa: S301 - a pipe of our own
        if isinstance(made, BuildError):
            raise made
        return made
