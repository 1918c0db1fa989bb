"""The service worker: a script of the theme, preceded by the names of the files that it stores."""

import json
from hashlib import blake2b

from site_builder.model.page import Page
from site_builder.pages.offline import NO_NETWORK, WorkerData
from site_builder.render import assets
from site_builder.render.fingerprints import fingerprints
from site_builder.render.site import Site

NEEDED = (".css", ".js", ".svg", ".woff2")  # extensions of theme files that pages need
SEARCH = "search"  # prefix of scripts and styles for the search page only, which is not stored


def render(page: Page, site: Site) -> bytes:
    """Return the script, with a version that changes when one of the files does."""
    script = assets.read_of_theme(page.template, site)
    pages = WorkerData.of(page).pages
    if not pages:
        return script
    needed = [asset for asset in site.pages.values() if asset.renderer == "asset" and _is_needed(asset.template)]
    contents = [blake2b(assets.render(asset, site)).hexdigest() for asset in needed]
    known = {
        "VERSION": fingerprints(site).digest((fingerprints(site).whole, contents)),
        "FILES": [*(asset.path for asset in needed), *map(site.settings.address, pages)],
        "NO_NETWORK": site.settings.address(NO_NETWORK),
    }
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in known.items())
    return head.encode() + script


def _is_needed(asset: str) -> bool:
    return asset.endswith(NEEDED) and not asset.startswith(SEARCH)
