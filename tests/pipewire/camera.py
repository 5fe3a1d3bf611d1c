"""What the rows share: Scrim's camera as other programs see it, and those programs."""
import json
import os
import pathlib
import subprocess

from row import OUT, SCRIM, Scrim, check, wait_until
from world import PATIENCE

SIZE = (640, 360)
ROOM = ["--camera", "pattern", "--size", "640x360", "--segmenter", "oval", "--background", "room"]
RUN = [*ROOM, "--output", "pipewire"]
PIXEL_BYTES = {"YUY2": 2, "NV12": 1.5, "I420": 1.5}
FRAME_BYTES = {name: int(SIZE[0] * SIZE[1] * pixel) for name, pixel in PIXEL_BYTES.items()}


class Reader:
    """GStreamer reads a camera into a file, `count` pictures or without end."""

    def __init__(self, world, form="I420", target="scrim", count=-1):
        self.bytes = FRAME_BYTES[form]
        self.path = world.folder / f"read-{len(world.others)}.raw"
        self.log = world.folder / f"read-{len(world.others)}.log"
        caps = f"video/x-raw,format={form},width={SIZE[0]},height={SIZE[1]}"
        with open(self.log, "w", encoding="utf-8") as log:
            self.process = world.run(
                "gst-launch-1.0", "-q", "pipewiresrc", f"target-object={target}",
                f"num-buffers={count}", "!", caps, "!", "filesink", f"location={self.path}",
                "buffer-mode=unbuffered", stdout=log, stderr=log)

    def count(self):
        return self.path.stat().st_size // self.bytes if self.path.exists() else 0

    def await_more(self, more, what):
        """Waits until it has read so many pictures more."""
        goal = self.count() + more
        wait_until(lambda: self.count() >= goal, PATIENCE,
                   f"{what}: {more} pictures more are read; {self.log.read_text()}")

    def picture(self, index=-1):
        """The bytes of one of those it has read."""
        index = index if index >= 0 else self.count() + index
        with open(self.path, "rb") as file:
            file.seek(index * self.bytes)
            return file.read(self.bytes)

    def kill(self):
        self.process.kill()
        self.process.wait()


def publish(world, name="foreign", pattern="smpte", rate=30, size=SIZE):
    """Another program's camera. GStreamer sends no header with its pictures, and no stride."""
    properties = (f"p,media.class=Video/Source,media.role=Camera,node.name={name},"
                  f"node.description={name}")
    caps = f"video/x-raw,format=I420,width={size[0]},height={size[1]},framerate={rate}/1"
    log = open(world.folder / f"publish-{name}.log", "a", encoding="utf-8")
    return world.run("gst-launch-1.0", "-q", "videotestsrc", "is-live=true", f"pattern={pattern}",
                     "!", caps, "!", "pipewiresink", "mode=provide",
                     f"stream-properties={properties}", stdout=log, stderr=log)


def status():
    """What `scrim ctl status` tells, or nothing yet."""
    told = subprocess.run([SCRIM, "ctl", "status", "--json"], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=PATIENCE, check=False)
    return json.loads(told.stdout) if told.returncode == 0 else {}


def await_state(state, what):
    wait_until(lambda: status().get("state") == state, PATIENCE, f"{what}: {state}")


def await_node(world, name="scrim"):
    """Waits for the camera, and returns what is known of it."""
    return wait_until(lambda: world.nodes().get(name), PATIENCE, f"there is a camera {name}")


def await_unread(world):
    """Nobody reads it: the camera sleeps."""
    wait_until(lambda: world.nodes().get("scrim", {}).get("state") in ("idle", "suspended"),
               PATIENCE, "the node rests")
    await_state("asleep", "nobody reads")


def scrim(*arguments):
    """One run of another command, which must succeed."""
    subprocess.run([SCRIM, *map(str, arguments)], stdin=subprocess.DEVNULL, check=True,
                   capture_output=True, timeout=60)
