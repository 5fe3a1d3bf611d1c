"""Browsers, without a screen, that open the first camera which their portal lets them see."""
import http.server
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from camera import await_node
from row import NAME, Scrim, check, idle_seconds
from world import PATIENCE, World

PAGE = pathlib.Path(__file__).parent / "page.html"
SIZE = (1280, 720)
COLOURS = [(235, 235, 235), (200, 180, 40), (40, 180, 190), (40, 160, 50), (190, 60, 180),
           (200, 50, 40), (40, 50, 190), (20, 20, 20)]
NEAR = 6            # levels, of two conversions
LEAST_RATE = 20     # pictures a second
BUSY = 0.05         # with less idle time than this the computer is too slow, not Scrim
WINDOWS = 8         # in one of which the rate is right
TRIES = 3           # of browsers that crash

CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update",
            "--user-data-dir={profile}",
            "--enable-features=WebRtcPipeWireCamera", "--use-fake-ui-for-media-stream"]
FIREFOX = ["firefox-esr", "--headless", "--no-remote", "--profile", "{profile}"]
PREFERENCES = {
    "media.webrtc.camera.allow-pipewire": True, "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0, "browser.shell.checkDefaultBrowser": False,
    "browser.aboutwelcome.enabled": False, "browser.startup.homepage_override.mstone": "ignore",
    "termsofuse.bypassNotification": True, "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False, "app.update.enabled": False, "app.normandy.enabled": False,
    "network.captive-portal-service.enabled": False, "extensions.update.enabled": False,
    "network.connectivity-service.enabled": False, "browser.safebrowsing.downloads.enabled": False,
    "services.settings.server": "http://127.0.0.1:1/",
}


def need(browser):
    """Skips the row where something is missing."""
    for program in (browser[0], "gdbus", "ffmpeg"):
        if not shutil.which(program):
            print(f"browsers.{NAME}: SKIPPED, no {program} here")
            sys.exit(77)


def bars(folder):
    """A picture of upright bars."""
    path = folder / "bars.png"
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s",
                    f"{len(COLOURS)}x1", "-i", "-", "-vf",
                    f"scale={SIZE[0]}:{SIZE[1]}:flags=neighbor", path],
                   input=b"".join(map(bytes, COLOURS)), check=True, timeout=PATIENCE)
    return path


def show(world):
    """A Scrim that shows the bars to whoever asks PipeWire."""
    scrim = Scrim("--camera", bars(world.folder), "--segmenter", "oval", "--background", "room",
                  "--output", "pipewire", "--panel", "off")
    await_node(world)
    return scrim


# The portal shows no cameras unless it has somebody who could ask people; nobody is asked here.
BACKEND = """[portal]
DBusName=org.freedesktop.impl.portal.desktop.scrim_test
Interfaces=org.freedesktop.impl.portal.Access
UseIn=scrim-test
"""


class Desktop(World):
    """With a portal, which D-Bus starts when it is asked for."""

    def __enter__(self):
        backends = self.folder / "portals"
        backends.mkdir()
        (backends / "scrim-test.portal").write_text(BACKEND)
        os.environ.update(XDG_CURRENT_DESKTOP="scrim-test", XDG_DESKTOP_PORTAL_DIR=str(backends))
        return super().__enter__()


def permit(answer):
    """What the portal remembers of programs outside of Flatpak and cameras."""
    store = "org.freedesktop.impl.portal.PermissionStore"
    subprocess.run(["gdbus", "call", "--session", "--dest", store, "--object-path",
                    "/" + store.replace(".", "/"), "--method", f"{store}.SetPermission",
                    "devices", "true", "camera", "", f"['{answer}']"],
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True, timeout=PATIENCE)


class Crashed(Exception):
    """The browser has ended by itself."""


class Page:
    """page.html in a browser, and what it tells."""

    def __init__(self, world, browser):
        self.told, self.heard = [], threading.Condition()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(self.hear))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        profile = pathlib.Path(tempfile.mkdtemp(prefix="profile-", dir=world.folder))
        (profile / "user.js").write_text("".join(
            f"user_pref({json.dumps(name)}, {json.dumps(value)});\n"
            for name, value in PREFERENCES.items()))
        self.log = profile / "log"
        with open(self.log, "w", encoding="utf-8") as log:
            self.process = world.run(
                *(part.format(profile=profile) for part in browser),
                f"http://127.0.0.1:{self.server.server_port}/", stdout=log, stderr=log,
                start_new_session=True, env={**os.environ, "MOZ_CRASHREPORTER_DISABLE": "1"})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.quit()
        self.server.shutdown()

    def quit(self):
        """With all its processes, from one moment to the next."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def hear(self, event):
        with self.heard:
            if not self.told or self.told[-1]["what"] != event["what"]:
                print(event, flush=True)
            self.told.append(event)
            self.heard.notify_all()

    def forget(self):
        """What was told so far."""
        with self.heard:
            self.told.clear()

    def expect(self, what, condition=lambda event: True):
        """Waits for such an event, which may have come already; nothing if there is none."""
        def find():
            return next((event for event in self.told
                         if event["what"] == what and condition(event)), None)

        end = time.monotonic() + PATIENCE
        with self.heard:
            while not (event := self.heard.wait_for(find, 0.5)) and time.monotonic() < end:
                if self.process.poll() is not None:
                    raise Crashed(self.log.read_text()[-1000:])
        check(event, f"after {PATIENCE} s the page has not told '{what}' but {self.told[-5:]}; "
                     f"{self.log.read_text()[-1000:]}")
        return event or {}

    def watch(self):
        """Checks what it sees: size, colours, and the rate in one of some windows of time."""
        size = self.expect("open").get("size")
        check(size == list(SIZE), f"it is of {size}")
        idle, begin, best = idle_seconds(), time.monotonic(), {"rate": 0, "colours": []}
        for _ in range(WINDOWS):
            best = max(best, self.expect("seen"), key=lambda seen: seen.get("rate", 0))
            self.forget()
            if best["rate"] >= LEAST_RATE:
                break
        idle = (idle_seconds() - idle) / (time.monotonic() - begin)
        check(best["rate"] >= LEAST_RATE or idle < BUSY,
              f"{best['rate']:.1f} pictures a second, with the processor idle for {idle:.0%}")
        check(near(best["colours"]), f"colours: {best['colours']}")
        return f"{best['rate']:.1f} pictures a second, processor idle {idle:.0%}"


def near(colours):
    return len(colours) == len(COLOURS) and all(
        abs(seen - meant) <= NEAR for seen, meant in zip(sum(colours, []), sum(COLOURS, ())))


def come_and_go(browser):
    """The camera in that browser: there, away, and back with another Scrim. Returns figures."""
    with Desktop() as world:
        world.start_pipewire()
        permit("yes")
        with show(world) as scrim, Page(world, browser) as page:
            figures = page.watch()
            page.forget()
            print(scrim.stop(), scrim.words(), sep="\n")
            page.expect("ended")
            page.expect("devicechange", lambda event: event["labels"] == [])
            page.forget()
            begin = time.monotonic()
            with show(world) as another:
                page.expect("devicechange", lambda event: event["labels"] == ["Scrim"])
                page.expect("open")
                back = time.monotonic() - begin
                page.watch()
                print(another.stop())
    return f"1280x720, the right colours, {figures}; open again {back:.1f} s after a restart"


def unless_it_crashes(test):
    """Firefox aborts now and then while it opens a PipeWire camera, when a picture comes before
    it is done (RaceDetected in its copy of libwebrtc's video_capture_pipewire.cc)."""
    for _ in range(TRIES - 1):
        try:
            return test()
        except Crashed as crash:
            print(f"the browser crashed: {crash}", flush=True)
    return test()


def handler(hear):
    """Gives the page to whoever asks, and hears what it posts."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            found = self.path == "/"
            self.answer(200 if found else 404, PAGE.read_bytes() if found else b"")

        def do_POST(self):
            hear(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.answer(200, b"")

        def answer(self, code, body):
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Handler
