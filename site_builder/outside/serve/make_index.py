"""The process that makes the search index: a site comes in, files go out, both pickled.

`python -m site_builder.outside.serve.make_index FOLDER`: the folder keeps the last index for when a change leaves alone
what is searched.
"""

import pickle
import sys
from pathlib import Path

from site_builder.index_cache import cached_in
from site_builder.problems import BuildError
from site_builder.render.search_index import render_search_index


def main() -> None:
    """Read the site and write a mapping of output path to content, or the error that says why there is none."""
    site = pickle.load(sys.stdin.buffer)  # noqa: S301 - a pipe of our own
    try:
        made: object = dict(render_search_index(site, cached_in(Path(sys.argv[1]))))
    except BuildError as error:
        made = error
    pickle.dump(made, sys.stdout.buffer)


if __name__ == "__main__":
    main()
