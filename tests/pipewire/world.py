#!/usr/bin/env python3
"""Daemons of our own: D-Bus, PipeWire and WirePlumber in a new folder, which nobody else sees.

Rows use the class; `world.py COMMAND...` runs a command in it, for trying things.
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PATIENCE = 30   # seconds that anything may take on a slow machine


class World:
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="scrim-pipewire-"))
        self.daemons = {}
        self.others = []

    def __enter__(self):
        runtime, home = self.folder / "run", self.folder / "home"
        runtime.mkdir(mode=0o700)
        home.mkdir()
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "PIPEWIRE_REMOTE", "PIPEWIRE_RUNTIME_DIR",
                     "SCRIM_CAMERA", "SCRIM_OUTPUT"):
            os.environ.pop(name, None)
        os.environ.update(
            XDG_RUNTIME_DIR=str(runtime), HOME=str(home), GIO_USE_VFS="local",
            DBUS_SESSION_BUS_ADDRESS=f"unix:path={runtime}/bus",
            **{f"XDG_{kind}_HOME": str(home / kind) for kind in ("CONFIG", "STATE", "CACHE", "DATA")})
        self.start("dbus-daemon", "--session", "--nofork", "--nopidfile", "--nosyslog",
                   f"--address={os.environ['DBUS_SESSION_BUS_ADDRESS']}")
        self.await_file("bus")
        return self

    def __exit__(self, *_):
        for process in self.others:
            end(process, signal.SIGKILL)
        for process in reversed(self.daemons.values()):
            end(process, signal.SIGTERM)
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, name, *arguments):
        """A daemon; it is known by its name."""
        with open(self.folder / f"{name}.log", "a", encoding="utf-8") as log:
            self.daemons[name] = subprocess.Popen([name, *arguments], stdin=subprocess.DEVNULL,
                                                  stdout=log, stderr=log)

    def start_pipewire(self):
        self.start("pipewire")
        self.await_file("pipewire-0")
        self.start_wireplumber()

    def start_wireplumber(self):
        self.start("wireplumber")
        deadline = time.monotonic() + PATIENCE
        # Empty metadata is nothing that pw-dump tells of.
        while 'metadata.name = "default"' not in said("pw-cli", "ls", "Metadata"):
            if time.monotonic() > deadline:
                self.cannot("WirePlumber does not get ready")
            time.sleep(0.05)

    def kill(self, name, how=signal.SIGKILL):
        end(self.daemons.pop(name), how)

    def await_file(self, name):
        deadline = time.monotonic() + PATIENCE
        while not (self.folder / "run" / name).exists():
            if time.monotonic() > deadline:
                self.cannot(f"no socket {name}")
            time.sleep(0.02)

    def cannot(self, why):
        """Without daemons nothing can be tested."""
        print(f"SKIPPED, {why}")
        for log in sorted(self.folder.glob("*.log")):
            print(f"{log.name}: {log.read_text()[-1000:]}")
        self.__exit__()
        sys.exit(77)

    def run(self, *command, **options):
        """Another program, killed at the end at the latest."""
        self.others.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, **options))
        return self.others[-1]

    @staticmethod
    def objects():
        """All that the daemon has; nothing while there is none."""
        # A daemon that comes up meanwhile makes it say more than one list.
        try:
            return json.JSONDecoder().raw_decode(said("pw-dump", "--no-colors"))[0]
        except ValueError:
            return []

    def nodes(self, media_class="Video/Source"):
        """{name: what pw-dump tells of it}"""
        infos = [found["info"] for found in self.objects()
                 if found.get("type", "").endswith(":Node") and found.get("info")]
        return {info["props"].get("node.name"): info for info in infos
                if info["props"].get("media.class") == media_class}


def said(*command):
    """What it prints; it may fail."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=PATIENCE, check=False).stdout


def end(process, how):
    if process.poll() is None:
        process.send_signal(how)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


if __name__ == "__main__":
    with World() as world:
        world.start_pipewire()
        code = subprocess.call(sys.argv[1:])
    sys.exit(code)
