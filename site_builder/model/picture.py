"""A picture of a paper or a note, as pages, mails and feeds show it."""

from dataclasses import dataclass
from typing import Literal

LEAST_PREVIEW = 300  # pixels
Form = Literal["small", "large", "mail", "original"]


@dataclass(frozen=True, slots=True)
class PictureFile:
    """An output file that holds a picture: its path, and its size in pixels."""

    path: str
    width: int
    height: int

    def within(self, width: int, height: int) -> tuple[int, int]:
        """Return the largest size at which the picture fits into a box, never larger than the picture itself."""
        return within(self.width, self.height, width, height)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in several forms: small for cards, large for leads and its own page, and one for mail programs.

    caption: plain text. source: address of the page that it is from. licence: as in `CC BY 4.0`.
    """

    small: PictureFile
    large: PictureFile
    mail: PictureFile
    caption: str = ""
    source: str = ""
    licence: str = ""

    @property
    def is_preview(self) -> bool:
        """Whether it is wide enough for other sites to show it with a link."""
        return self.mail.width >= LEAST_PREVIEW


@dataclass(frozen=True, slots=True)
class PictureToMake:
    """An output file to be made from a picture of the content.

    path: output path. file: path of the picture. digest: of its bytes. width, height: of the output, in pixels.
    """

    path: str
    file: str
    digest: str
    form: Form
    width: int
    height: int


def within(width: int, height: int, most_width: int, most_height: int) -> tuple[int, int]:
    """Scale a size down, keeping its proportions, to fit into another one."""
    scale = min(1.0, most_width / width, most_height / height)
    return max(1, round(width * scale)), max(1, round(height * scale))
