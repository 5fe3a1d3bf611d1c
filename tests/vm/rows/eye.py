"""Who looks at vivid's colour bars through `--background room`: live, pause, or something else."""
import numpy as np

from devices import snapshot
from pictures import is_pause, luma
from row import VIVID, shell

SIZE = (640, 360)
TEXT_ROWS = 60   # of 90: there vivid writes what time it is


def bars():
    """vivid's picture, as it is live."""
    shell(f"v4l2-ctl -d {VIVID} --set-fmt-video=width={SIZE[0]},height={SIZE[1]},pixelformat=YUYV")
    return luma(snapshot(VIVID), "YUYV", SIZE)


class Eye:
    """Looks at the virtual camera: "live" is the camera's picture, "pause", or "other"."""

    def __init__(self, reader, live):
        self.reader, self.live = reader, live[::4, ::4].astype(float)
        self.pictures = {}   # the last of each kind

    def look(self):
        at, data = self.reader.read()
        kind = self.kind_of(data)
        self.pictures[kind] = data
        return at, kind

    def kind_of(self, data):
        small = luma(data, self.reader.fourcc, self.reader.size)[::4, ::4]
        if np.abs(small - self.live)[TEXT_ROWS:].mean() < 2:
            return "live"
        if is_pause(small):
            return "pause"
        return "other"

    def watch(self, seconds, until=None):
        """What comes in that time, or until that kind comes: [(when, kind), ...]."""
        seen = [self.look()]
        while seen[-1][1] != until and seen[-1][0] - seen[0][0] < seconds:
            seen.append(self.look())
        return seen
