"""Pictures as numbers: planes of the formats that devices have, how like they are, the clip."""
import subprocess
import sys

import numpy as np

from devices import bytes_of, fed, snapshot
from row import NAME, OUT, wait_until

PAUSE_LUMA = 40
PIXEL_FORMATS = {"YUYV": "yuyv422", "UYVY": "uyvy422", "NV12": "nv12", "YU12": "yuv420p",
                 "GREY": "gray"}


def halved(plane):
    """Pairs of rows, averaged."""
    return (plane[0::2].astype(np.float32) + plane[1::2]) / 2


def luma(data, fourcc, size):
    """Only Y, without a copy."""
    width, height = size
    samples = np.frombuffer(data, np.uint8, bytes_of(fourcc, size))
    if fourcc in ("YUYV", "UYVY"):
        return samples.reshape(height, width, 2)[:, :, int(fourcc == "UYVY")]
    return samples[:width * height].reshape(height, width)


def planes(data, fourcc, size):
    """Y, U and V, these of half the size both ways, whatever the format."""
    width, height = size
    samples = np.frombuffer(data, np.uint8, bytes_of(fourcc, size))
    y, rest = luma(data, fourcc, size), samples[width * height:]
    if fourcc in ("YUYV", "UYVY"):
        chroma = samples.reshape(height, width // 2, 4)[:, :, int(fourcc == "YUYV")::2]
        return y, halved(chroma[:, :, 0]), halved(chroma[:, :, 1])
    if fourcc == "GREY":
        return y, *np.full((2, height // 2, width // 2), 128, np.uint8)
    if fourcc == "NV12":
        return y, *np.moveaxis(rest.reshape(height // 2, width // 2, 2), 2, 0)
    return y, *rest.reshape(2, height // 2, width // 2)


def is_pause(y):
    return np.mean(y == PAUSE_LUMA) > 0.9   # all but the sign


def live_snapshot(device, scrim):
    """What a reader gets of a camera that is live, (bytes, fourcc, size): pause pictures come first."""
    given = fed(device, scrim)

    def look():
        data = snapshot(device, 3)
        return None if is_pause(luma(data, *given)[::4, ::4]) else data

    data = wait_until(look, 20, f"{device} is live")
    if not data:
        sys.exit(scrim.words())
    return data, *given


def psnr(a, b, where=...):
    error = np.mean((a[where].astype(np.float32) - b[where]) ** 2)
    return 99.0 if error == 0 else 10 * np.log10(255 ** 2 / error)


def masks(where=None):
    """For Y, U and V, of one for Y."""
    if where is None:
        return ..., ..., ...
    chroma = where[::2, ::2] & where[1::2, 1::2]
    return where, chroma, chroma


def worst_psnr(a, b, where=None):
    """Of all planes; `where` is a mask of luma's size."""
    return min(psnr(p, q, mask) for p, q, mask in zip(a, b, masks(where)))


def save(data, fourcc, size, suffix=""):
    """A picture to look at."""
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt",
                    PIXEL_FORMATS[fourcc], "-s", f"{size[0]}x{size[1]}", "-i", "-",
                    str(OUT / f"{NAME}{suffix}.png")], input=bytes(data), check=True)


class Clip:
    """What the test camera shows, and what is known about it; see tests/vm/clip."""
    size = (1280, 720)

    def __init__(self):
        folder = OUT / "clip"
        self.material = (folder / "material").read_text()
        self.jpegs = [path.read_bytes() for path in sorted(folder.glob("*.jpg"))]
        y, u, v, self.core, self.far = (np.load(folder / f"{name}.npy", mmap_mode="r")
                                        for name in ("y", "u", "v", "core", "far"))
        self.pictures = list(zip(y, u, v))
        rows, columns = np.nonzero(self.core.all(0))
        self.spots = rows[::len(rows) // 2000 + 1], columns[::len(rows) // 2000 + 1]
        self.keys = np.array([picture[self.spots] for picture in y], np.float32)

    def errors(self, luma_seen, bands):
        """Mean squared errors of the person against each picture, from top to bottom."""
        squares = (self.keys - luma_seen[self.spots]) ** 2
        return [band.mean(axis=1) for band in np.array_split(squares, bands, axis=1)]

    def index_of(self, luma_seen, bands=2):
        """Which picture of the clip that is; None where its bands are of different ones."""
        found = {int(error.argmin()) for error in self.errors(luma_seen, bands)}
        return found.pop() if len(found) == 1 else None
