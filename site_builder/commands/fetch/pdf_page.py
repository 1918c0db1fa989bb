"""Draw the first page of a PDF as a picture, in a separate process because the PDF is untrusted."""

import resource
import subprocess
import sys
from importlib.util import find_spec

from site_builder.sources.content.picture_bytes import PictureError

SECONDS = 30
MEMORY = 2 * 1024**3  # bytes
WIDTH = 1080  # pixels
MAX_HEIGHT = 2000


def first_page(document: bytes) -> bytes:
    """Return the first page of a document as PNG. Raises PictureError if it cannot be drawn."""
    if not (find_spec("pypdfium2") and find_spec("PIL")):
        raise PictureError("needs pypdfium2 and Pillow", 'install "broadsheet[pictures]"')
    if not document.lstrip()[:5] == b"%PDF-":
        raise PictureError("is no PDF", "nothing can be done")
    command = [sys.executable, "-m", "site_builder.commands.fetch.pdf_page"]
    try:
        drawn = subprocess.run(command, input=document, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise PictureError("takes too long to draw", "nothing can be done") from None
    except (subprocess.CalledProcessError, OSError):
        raise PictureError("is a PDF that cannot be drawn", "nothing can be done") from None
    return drawn.stdout


def _draw() -> None:
    """Draw the document from standard input to standard output."""
    import pypdfium2

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    page = pypdfium2.PdfDocument(sys.stdin.buffer.read())[0]
    width, height = page.get_size()
    scale = min(WIDTH / width, MAX_HEIGHT / height)
    page.render(scale=scale).to_pil().convert("RGB").save(sys.stdout.buffer, "PNG")


if __name__ == "__main__":
    _draw()
