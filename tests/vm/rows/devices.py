"""Cameras that rows feed, and readers of virtual cameras."""
import ctypes
import fcntl
import multiprocessing
import os
import re
import struct
import subprocess
import sys
import time

from row import wait_until

S_FMT, STREAMON, OUTPUT, ANY_FIELD = 0xC0D05605, 0x40045612, 2, 0


def set_output_format(fd, fourcc, size, bytes_each):
    fields = struct.pack("=8I", *size, int.from_bytes(fourcc.encode(), "little"), ANY_FIELD, 0,
                         bytes_each, 0, 0)
    request = bytearray(struct.pack("=II", OUTPUT, 0) + fields).ljust(208, b"\0")
    fcntl.ioctl(fd, S_FMT, request)


class Feed:
    """Makes a loopback device a camera: shows `pictures` (bytes each) over and over at `fps`.

    It streams besides writing: a producer that does not leaves the device unusable when it goes.
    """

    def __init__(self, device, pictures, fourcc, size, fps=30):
        self.pictures, self.fps = pictures, fps
        self.times = multiprocessing.RawArray(ctypes.c_double, 100_000)  # when each was shown
        self.shown = multiprocessing.RawValue(ctypes.c_long, 0)
        self.fd = os.open(device, os.O_RDWR)
        set_output_format(self.fd, fourcc, size, max(map(len, pictures)))
        os.write(self.fd, pictures[0])
        fcntl.ioctl(self.fd, STREAMON, struct.pack("=i", OUTPUT))
        self.process = multiprocessing.get_context("fork").Process(target=self.show, daemon=True)

    def show(self):
        start = time.monotonic()
        for number in range(len(self.times)):
            time.sleep(max(0, start + number / self.fps - time.monotonic()))
            self.times[number] = time.monotonic()
            os.write(self.fd, self.pictures[number % len(self.pictures)])
            self.shown.value = number + 1

    def __enter__(self):
        self.process.start()
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.join()
        os.close(self.fd)

    def shown_at(self, index, before):
        """When picture `index` was last shown before that moment, or None."""
        numbers = range(index, self.shown.value, len(self.pictures))
        return max((self.times[n] for n in numbers if self.times[n] <= before), default=None)

    def rate(self, since, until):
        times = [t for t in self.times[:self.shown.value] if since <= t <= until]
        return (len(times) - 1) / (times[-1] - times[0])


def format_of(device):
    """What a device gives its readers now: (fourcc, (width, height)), or None."""
    said = subprocess.run(["v4l2-ctl", "-d", device, "--get-fmt-video"], capture_output=True,
                          text=True).stdout
    fourcc, size = re.search(r"'(.{4})'", said), re.search(r"(\d+)/(\d+)", said)
    return (fourcc[1], (int(size[1]), int(size[2]))) if fourcc and size else None


def fed(device, scrim):
    """Waits until scrim feeds the device. Returns its format; ends the row if scrim does not."""
    wait_until(lambda: format_of(device) or not scrim.alive(), 20, f"{device} is fed")
    return format_of(device) or sys.exit(f"FAILED: scrim does not feed {device}: {scrim.words()}")


BITS = {"YUYV": 16, "UYVY": 16, "NV12": 12, "YU12": 12, "GREY": 8}


class Reader:
    """A program that looks at a virtual camera: ffmpeg, in whatever format the device has."""

    def __init__(self, device, scrim):
        self.fourcc, self.size = fed(device, scrim)
        self.bytes_each = self.size[0] * self.size[1] * BITS[self.fourcc] // 8
        self.process = subprocess.Popen(
            ["ffmpeg", "-v", "error", "-f", "v4l2", "-i", device, "-c", "copy", "-f", "rawvideo",
             "-"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, bufsize=0)
        fcntl.fcntl(self.process.stdout, fcntl.F_SETPIPE_SZ, 1 << 20)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def read(self):
        """The next picture: (when it came, its bytes); None at the end."""
        data = bytearray(self.bytes_each)
        view, have = memoryview(data), 0
        while have < len(data):
            count = self.process.stdout.readinto(view[have:])
            if not count:
                return None
            have += count
        return time.monotonic(), data

    def read_for(self, seconds):
        """All pictures of some seconds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and (picture := self.read()):
            yield picture


def rate(times):
    return (len(times) - 1) / (times[-1] - times[0])
