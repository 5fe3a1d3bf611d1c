"""What the rows share: a scrim to watch, checks, and a line of figures at the end."""
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

SCRIM = os.environ["ROW_SCRIM"]
OUT = pathlib.Path(os.environ["ROW_OUT"])
NAME = os.environ["ROW_NAME"]
CAMERA, VIRTUAL_CAMERA, VIVID = "/dev/video21", "/dev/video20", "/dev/video0"

failures = []


def check(holds, text):
    if not holds:
        failures.append(text)
        print("FAILED: " + text, flush=True)
    return holds


def finish(figures):
    print(f"{NAME}: {figures}", flush=True)
    sys.exit(bool(failures))


def wait_until(condition, seconds, what):
    """Waits for it, and returns what it gave; fails the row if it stays false."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > end:
            check(False, f"after {seconds} s still not: {what}")
            break
        time.sleep(0.02)
    return found


def shell(command):
    """The standard output of a shell command that must succeed, soon."""
    return subprocess.run(["bash", "-c", command], check=True, capture_output=True, text=True,
                          timeout=30).stdout


def idle_seconds():
    """How long the processor had nothing to do so far."""
    return int(pathlib.Path("/proc/stat").read_text().split()[4]) / os.sysconf("SC_CLK_TCK")


def refused(pattern, *arguments, code=1, prefix=()):
    """`scrim run` ends with that code, and its last line is like the pattern, the only error."""
    ended = subprocess.run([*prefix, SCRIM, "run", *arguments, "--seconds", "5"],
                           stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    news = ("scrim: camera: ", "scrim: panel: ")
    errors = [line for line in ended.stderr.splitlines() if not line.startswith(news)]
    check(ended.returncode == code and len(errors) == 1 and re.search(pattern, errors[0]),
          f"{' '.join(arguments)} ends with {ended.returncode}: {ended.stderr}")
    print(*errors, sep="\n")


class Scrim:
    """`scrim run` in the background. Killed when its block ends, unless it has ended by then."""

    def __init__(self, *arguments, prefix=()):
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen([*prefix, SCRIM, "run", *map(str, arguments)],
                                        stdin=subprocess.DEVNULL, stderr=self.errors)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def alive(self):
        return self.process.poll() is None

    def words(self):
        self.errors.flush()
        return pathlib.Path(f"/proc/self/fd/{self.errors.fileno()}").read_text()

    def memory_mb(self):
        pages = pathlib.Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def cpu_seconds(self):
        # The clock of another process, see clock_getcpuclockid(3): finer than /proc.
        return time.clock_gettime((~self.process.pid << 3) | 2)

    def descriptors(self):
        """The fewest of a few looks: it opens some for a moment, to see who reads."""
        looks = []
        for _ in range(5):
            looks.append(len(os.listdir(f"/proc/{self.process.pid}/fd")))
            time.sleep(0.05)
        return min(looks)

    def holds(self, device):
        """Whether it has the device open."""
        folder = pathlib.Path(f"/proc/{self.process.pid}/fd")
        for descriptor in folder.iterdir():
            try:
                if os.readlink(descriptor) == device:
                    return True
            except FileNotFoundError:   # closed meanwhile
                pass
        return False

    def ended(self, seconds=20):
        """Waits for its end. Returns its exit code, or None when it goes on."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def stop(self):
        """Ctrl-C. Returns its last line."""
        self.process.send_signal(signal.SIGINT)
        check(self.ended() == 0, f"interrupted, scrim ends with {self.process.poll()}: "
                                 f"{self.words()}")
        return (self.words().splitlines() or [""])[-1]
