"""The picture of a paper or a note, as pages, mails and feeds show it."""

from dataclasses import dataclass
from typing import Literal

LEAST_PREVIEW = 300  # pixels
Form = Literal["small", "large", "mail", "original"]


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A file of the site that holds a picture: its output path, and its size in pixels."""

    path: str
    width: int
    height: int

    def within(self, width: int, height: int) -> tuple[int, int]:
        """Return the size at which it fills a box, never larger than it is."""
        return within(self.width, self.height, width, height)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in its forms: small for cards, large for leads and a page of its own, one that mail programs show.

    caption: what it shows, plain text. source: the address of the page that it is from. licence: `CC BY 4.0`.
    """

    small: PictureFile
    large: PictureFile
    mail: PictureFile
    caption: str = ""
    source: str = ""
    licence: str = ""

    @property
    def is_preview(self) -> bool:
        """Tell whether other sites may show it next to a link: it is as wide as they ask for."""
        return self.mail.width >= LEAST_PREVIEW


@dataclass(frozen=True, slots=True)
class PictureToMake:
    """An output file that is made of a picture of the content.

    path: its output path. file: where the picture lies; digest: of its bytes. width, height: of what is made.
    """

    path: str
    file: str
    digest: str
    form: Form
    width: int
    height: int


def within(width: int, height: int, most_width: int, most_height: int) -> tuple[int, int]:
    """Return a size with the same proportions that is not larger than another one."""
    scale = min(1.0, most_width / width, most_height / height)
    return max(1, round(width * scale)), max(1, round(height * scale))
