"""Looks for the room in pictures where nobody may see it, or not sharp."""
import numpy as np

from pictures import is_pause, luma, save
from row import VIRTUAL_CAMERA

GREEN = 111
# A fixed oval of a person: the left sixth of the picture is far from it, and from the sign of the
# pause picture.
RUN = ["--size", "640x360", "--segmenter", "oval", "--output", f"v4l2:{VIRTUAL_CAMERA}"]
GREEN_WALL, BLUR = ["--background", "colour:00b140"], ["--background", "blur"]
# vivid's bars and its text are steps of 20 levels and more, and of a few when blurred.
SHARP = 12


class Guard:
    """Counts pictures, and those that show the room, of a run with a green wall."""

    def __init__(self, reader):
        self.reader, self.pictures, self.leaks = reader, 0, 0

    def look(self):
        """"live" or "pause"."""
        _, data = self.reader.read()
        y = luma(data, self.reader.fourcc, self.reader.size)
        self.pictures += 1
        if self.shows_room(y[:, :y.shape[1] // 6]):
            self.leaks += 1
            save(data, self.reader.fourcc, self.reader.size)
        return "pause" if self.is_pause(y[::4, ::4]) else "live"

    def watch(self, seconds, until):
        """Whether such a picture came."""
        return any(self.look() == until for _ in range(round(seconds * 30)))

    # Every fourth pixel both ways: memory is dear in the guest.
    def shows_room(self, wall):
        return (np.abs(wall[::4, ::4].astype(int) - GREEN) > 2).any()

    def is_pause(self, y):
        return np.mean(np.abs(y.astype(int) - GREEN) > 2) <= 0.05


class BlurGuard(Guard):
    """The same of a run with the room blurred."""

    def __init__(self, reader):
        super().__init__(reader)
        self.sharpest = 0

    def shows_room(self, wall):
        step = np.abs(np.diff(wall[::8].astype(int), axis=1)).max()
        self.sharpest = max(self.sharpest, step)
        return step >= SHARP

    def is_pause(self, y):
        return is_pause(y)
