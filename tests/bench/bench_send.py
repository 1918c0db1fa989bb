"""An edition to 5,000 readers over a mail server on loopback, killed in the middle and gone on with."""

import argparse
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from site_builder.build import build  # noqa: E402
from tests.commands.post_office import PostOffice, opened  # noqa: E402
from tests.conftest import write_content  # noqa: E402

SITE = """
-- site.yaml --
title: Morning papers
base_url: https://digest.example.org
author: {email: ed@example.org}
newsletter: {unsubscribe_url: "https://digest.example.org/leave?reader={email}"}
publish: {readers: readers.csv}
mailing: {rate: 100000, connections: CONNECTIONS}
"""
PAPER = '- {{title: Paper number {0}, arxiv: "2611.{0:05}", listed: {1}, abstract: "{2}"}}\n'


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--readers", type=int, default=5000)
    options.add_argument("--connections", type=int, default=1)
    options.add_argument("--kill-at", type=int, nargs="*", default=[2000, 3500], help="mails after which it is killed")
    chosen = options.parse_args()
    office = PostOffice()
    with tempfile.TemporaryDirectory() as folder, opened(office) as address:
        root, day = Path(folder), datetime.now(UTC).date()
        papers = "".join(PAPER.format(number, day, "A view of clouds. " * 20) for number in range(30))
        text = f"{SITE.replace('CONNECTIONS', str(chosen.connections))}-- papers/{day}.yaml --\n{papers}"
        write_content(root / "content", text)
        readers = [f"reader{number}@example.org" for number in range(chosen.readers)]
        (root / "readers.csv").write_text("\n".join(readers))
        build(root / "content", root / "output", datetime.now(UTC))
        environment = {**os.environ, "BROADSHEET_SMTP_URL": f"smtp://{address}", "PYTHONPATH": str(ROOT)}
        begin, kills = time.monotonic(), 0
        for least in [*chosen.kill_at, sys.maxsize]:
            command = [sys.executable, "-m", "site_builder", "announce"]
            run = subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, text=True)
            while len(office.mails) < least and run.poll() is None:
                time.sleep(0.005)
            if run.poll() is None:
                run.send_signal(signal.SIGKILL)
                kills += 1
            told = run.communicate()[0]
        seconds = time.monotonic() - begin
    copies = Counter(office.copies[reader] for reader in readers)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(told, end="")
    print(f"{seconds:.1f} s, {memory} MiB, killed {kills} times; readers by copies: {dict(sorted(copies.items()))}")


if __name__ == "__main__":
    main()
