"""The modules of the scripts as one plain script, for sites that are opened from a disk."""

from site_builder.render.disk_script import as_function

THEME = """
-- site.yaml --
theme: own
-- papers/a.yaml --
- {title: Sparse Clouds, listed: 2026-05-27}
"""


def test_what_modules_import_and_export_becomes_what_functions_ask_for_and_hand_on():
    module = (
        'import { change, read } from "./store.js";\n'
        "export const root = new URL('..', import.meta.url);\n"
        'export const later = async () => (await import("./help.js")).show();\n'
        "export { read };\n"
    )
    assert as_function(module) == (
        'const { change, read } = await load("store");\n'
        "const root = exports.root = new URL('..', url);\n"
        'const later = exports.later = async () => (await load("help")).show();\n'
        "Object.assign(exports, { read });\n"
    )


def test_all_modules_of_the_default_theme_but_those_that_need_a_server_are_in_the_script(build_site):
    site = build_site(THEME.replace("theme: own\n", ""))
    script = site.text("assets/disk.js")
    for name in ("store", "papers", "paper", "my", "keys", "filters", "muted"):
        assert f'"{name}": async (exports, url) => {{' in script
    assert '"since":' not in script
    assert '"search":' not in script  # it is no module
    assert "import " not in [line[:7] for line in script.splitlines()]
    assert "Saved on this device" in script


def test_a_module_of_a_theme_is_taken_and_one_of_another_form_left_out(build_site, tmp_path):
    assets = tmp_path / "templates" / "own" / "assets"
    assets.mkdir(parents=True)
    (assets / "extra.js").write_text("export const one = 1;\n")
    (assets / "other.js").write_text('import * as store from "./store.js";\n')
    script = build_site(THEME).text("assets/disk.js")
    assert "const one = exports.one = 1;" in script
    assert '"other":' not in script
