"""Cameras that rows feed, and readers of virtual cameras."""
import ctypes
import fcntl
import mmap
import multiprocessing
import os
import select
import struct
import subprocess
import sys
import tempfile
import time

from row import shell, wait_until

# From linux/videodev2.h, as 64-bit machines have them.
G_FMT, S_FMT, REQBUFS, QUERYBUF = 0xC0D05604, 0xC0D05605, 0xC0145608, 0xC0585609
QBUF, DQBUF, STREAMON = 0xC058560F, 0xC0585611, 0x40045612
CAPTURE, OUTPUT, MMAP = 1, 2, 1
LONGEST_WAIT = 15   # seconds for a picture
BITS = {"YUYV": 16, "UYVY": 16, "RGB3": 24, "NV12": 12, "YU12": 12, "GREY": 8, "MJPG": 16}


def bytes_of(fourcc, size):
    return size[0] * size[1] * BITS[fourcc] // 8


def start_streaming(fd, direction):
    fcntl.ioctl(fd, STREAMON, struct.pack("=i", direction))


def set_output_format(fd, fourcc, size):
    code = int.from_bytes(fourcc.encode(), "little")
    fields = struct.pack("=9I", OUTPUT, 0, *size, code, 0, 0, bytes_of(fourcc, size), 0)
    fcntl.ioctl(fd, S_FMT, bytearray(fields.ljust(208, b"\0")))


def format_of(device):
    """What a camera gives now: (fourcc, (width, height)), or None."""
    request = bytearray(struct.pack("=I", CAPTURE).ljust(208, b"\0"))
    try:
        with open(device, "rb", buffering=0) as node:
            fcntl.ioctl(node, G_FMT, request)
    except OSError:
        return None
    width, height, code = struct.unpack_from("=3I", request, 8)
    return code.to_bytes(4, "little").decode(), (width, height)


def fed(device, scrim):
    """Waits until scrim feeds the device. Returns its format; ends the row if scrim does not."""
    wait_until(lambda: format_of(device) or not scrim.alive(), 20, f"{device} is fed")
    return format_of(device) or sys.exit(f"FAILED: scrim does not feed {device}: {scrim.words()}")


class Feed:
    """Makes a loopback device a camera: shows `pictures` (bytes each) over and over at `fps`.

    It streams besides writing: a producer that does not leaves the device unusable when it goes.
    """

    def __init__(self, device, pictures, fourcc, size, fps=30):
        self.pictures, self.fps = pictures, fps
        self.times = multiprocessing.RawArray(ctypes.c_double, 100_000)  # when each was shown
        self.shown = multiprocessing.RawValue(ctypes.c_long, 0)
        self.fd = os.open(device, os.O_RDWR)
        set_output_format(self.fd, fourcc, size)
        os.write(self.fd, pictures[0])
        start_streaming(self.fd, OUTPUT)
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


class Pace:
    """How many times a second a program gets to run here that only waits for its next turn."""

    def __init__(self, fps):
        self.turns = multiprocessing.RawValue(ctypes.c_long, 0)
        self.begin = time.monotonic()
        self.process = multiprocessing.get_context("fork").Process(target=self.wait, args=(1 / fps,),
                                                                   daemon=True)
        self.process.start()

    def wait(self, period):
        due = time.monotonic()
        while True:
            time.sleep(max(0, due - time.monotonic()))
            self.turns.value += 1
            due = max(due + period, time.monotonic())

    def stop(self):
        self.process.kill()
        self.process.join()
        return self.turns.value / (time.monotonic() - self.begin)


def snapshot(device, count=1):
    """The next picture of a camera, as v4l2-ctl reads it; of several the last."""
    with tempfile.NamedTemporaryFile() as file:
        shell(f"v4l2-ctl -d {device} --stream-mmap --stream-skip={count - 1} --stream-count=1 "
              f"--stream-to={file.name}")
        return file.read()


class Reader:
    """A program that looks at a virtual camera: ffmpeg, in whatever format the device has."""

    def __init__(self, device, scrim):
        self.fourcc, self.size = fed(device, scrim)
        self.bytes_each = bytes_of(self.fourcc, self.size)
        self.process = subprocess.Popen(
            ["ffmpeg", "-v", "fatal", "-f", "v4l2", "-i", device, "-c", "copy", "-f", "rawvideo",
             "-"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, bufsize=0)
        fcntl.fcntl(self.process.stdout, fcntl.F_SETPIPE_SZ, 1 << 20)

    def __enter__(self):
        self.read()   # ffmpeg takes its time to start
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def read(self):
        """The next picture: (when it came, its bytes); None when none comes for long."""
        data = bytearray(self.bytes_each)
        view, have = memoryview(data), 0
        while have < len(data):
            ready = select.select([self.process.stdout], [], [], LONGEST_WAIT)[0]
            count = self.process.stdout.readinto(view[have:]) if ready else 0
            if not count:
                return None
            have += count
        return time.monotonic(), data

    def skip(self, seconds):
        for _ in self.read_for(seconds):
            pass

    def read_for(self, seconds):
        """All pictures of some seconds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and (picture := self.read()):
            yield picture


class MappedReader:
    """A reader that looks at pictures where the driver keeps them, as browsers do."""

    def __init__(self, device, buffers=4):
        self.fd = os.open(device, os.O_RDWR | os.O_NONBLOCK)
        answer = self.request(REQBUFS, struct.pack("=5I", buffers, CAPTURE, MMAP, 0, 0))
        self.buffers = [self.map(index) for index in range(struct.unpack_from("=I", answer)[0])]
        for index in range(len(self.buffers)):
            self.request(QBUF, self.buffer(index))
        start_streaming(self.fd, CAPTURE)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self.fd)

    def request(self, code, fields):
        answer = bytearray(fields)
        fcntl.ioctl(self.fd, code, answer)
        return answer

    @staticmethod
    def buffer(index):
        return struct.pack("=2I", index, CAPTURE).ljust(60, b"\0") + \
            struct.pack("=I", MMAP).ljust(28, b"\0")

    def map(self, index):
        answer = self.request(QUERYBUF, self.buffer(index))
        offset, length = struct.unpack_from("=I4xI", answer, 64)
        return mmap.mmap(self.fd, length, mmap.MAP_SHARED, mmap.PROT_READ, offset=offset)

    def take(self, patience):
        """The next picture's buffer, or None when there is none within so many seconds."""
        if not select.select([self.fd], [], [], patience)[0]:
            return None
        try:
            return struct.unpack_from("=I", self.request(DQBUF, self.buffer(0)))[0]
        except BlockingIOError:   # poll() promises more than there is
            return None

    def look(self, consider):
        """Calls consider(a picture that is new, where it lies), and gives it back. Whether there was
        one within a second. Old ones are skipped: they are next to be written over."""
        while (index := self.take(0)) is not None:
            self.request(QBUF, self.buffer(index))
        if (index := self.take(1)) is None:
            return False
        consider(self.buffers[index])
        self.request(QBUF, self.buffer(index))
        return True


def rate(times):
    return (len(times) - 1) / (times[-1] - times[0])
