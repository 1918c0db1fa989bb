"""Bundle of the theme's modules for sites opened from disk, where browsers load no modules.

It supports the forms of import and export that the scripts of the default theme use.
"""

import re
from pathlib import PurePosixPath

from site_builder.model.page import Page
from site_builder.pages.assets import DISK_SCRIPT, ModulesData
from site_builder.render import assets
from site_builder.render.site import Site, once

_HEAD = """"use strict";
{
const { src, dataset } = document.querySelector("script[data-modules]");
const made = {};
const load = (name) => (made[name] ??= modules[name]({}, new URL(`${name}.js`, src)));
const modules = {
"""
_TAIL = """};
for (const name of dataset.modules.trim().split(/\\s+/)) if (name in modules) load(name);
}
"""
_FORMS = tuple(
    (re.compile(pattern, re.MULTILINE), put)
    for pattern, put in (
        (r'^import \{ ([\w$, ]+) \} from "\./([\w-]+)\.js";$', r'const { \1 } = await load("\2");'),
        (r'\bimport\("\./([\w-]+)\.js"\)', r'load("\1")'),
        (r"^export const (\w+) = ", r"const \1 = exports.\1 = "),
        (r"^export (\{ [\w, ]+ \});$", r"Object.assign(exports, \1);"),
        (r"\bimport\.meta\.url\b", "url"),
    )
)
_OTHER_FORM = re.compile(r"^(?:import|export)\b|\bimport[.(]", re.MULTILINE)


def render(page: Page, site: Site) -> bytes:
    """Return the script; modules with other forms of import or export are left out and do not run from disk."""
    return _script(site)


@once
def _script(site: Site) -> bytes:
    names = ModulesData.of(site.pages[DISK_SCRIPT]).names
    written = ((name, assets.read_of_theme(f"assets/{name}", site).decode()) for name in names)
    modules = "".join(
        f'"{PurePosixPath(name).stem}": async (exports, url) => {{\n{script}return exports;\n}},\n'
        for name, module in written
        if not _OTHER_FORM.search(script := as_function(module))
    )
    return (_HEAD + modules + _TAIL).encode()


def as_function(module: str) -> str:
    """Convert a module to the body of an async function of `exports` and `url`, which may call `load(name)`."""
    for form, put in _FORMS:
        module = form.sub(put, module)
    return module
