"""The Nu Html Checker reads every page of the golden site."""

import json
import shutil
import subprocess
from pathlib import Path

from site_builder.build import build
from tests.browser.programs import JAVA, VNU, need
from tests.conftest import NOW

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "content"


def test_the_checker_of_html_finds_no_error_on_the_golden_site(tmp_path):
    need(JAVA, VNU)
    content = shutil.copytree(GOLDEN, tmp_path / "content")  # a build writes into it what it published
    build(content, tmp_path / "output", NOW)
    pages = [str(file) for file in (tmp_path / "output").rglob("*.html") if "mail" not in file.parts]
    command = [JAVA, "-jar", VNU, "--errors-only", "--format", "json", "--exit-zero-always", *pages]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    messages = json.loads(answer.stderr)["messages"]
    # The checker reads files, where a policy's 'self' means nothing to it.
    assert [each for each in messages if "Content-Security-Policy" not in each["message"]] == []
