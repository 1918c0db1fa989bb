"""Pictures for tests, drawn on the fly."""

import io
import random
import struct
import zlib

from PIL import Image, ImageDraw


def drawn(width=800, height=500, form="PNG", seed=0, mode="RGB", **options):
    """Return a picture of coloured boxes as a file of the given format."""
    chance = random.Random(seed)  # noqa: S311
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    for _ in range(30):
        x, y = chance.randrange(width), chance.randrange(height)
        colour = tuple(chance.randrange(256) for _ in "rgb")
        pen.rectangle([x, y, x + width // 9, y + height // 9], fill=colour, outline="black")
    stream = io.BytesIO()
    image.convert(mode).save(stream, form, **options)
    return stream.getvalue()


def noise(width, height, seed=0):
    """Return a picture that does not compress well."""
    data = random.Random(seed).randbytes(width * height * 3)  # noqa: S311
    stream = io.BytesIO()
    Image.frombytes("RGB", (width, height), data).save(stream, "PNG", compress_level=1)
    return stream.getvalue()


def claiming(width, height):
    """Return a PNG of a few bytes whose header claims the given size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pieces = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in pieces
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def moving(frames=3):
    """Return an animated GIF."""
    images = [Image.new("L", (40, 30), 80 * each) for each in range(frames)]
    stream = io.BytesIO()
    images[0].save(stream, "GIF", save_all=True, append_images=images[1:])
    return stream.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
