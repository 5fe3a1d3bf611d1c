"""A running Scrim with a drawn camera and its panel, for tests in Python."""
import http.client
import json
import os
import pathlib
import re
import subprocess
import sys

SCRIM = str(pathlib.Path(sys.argv[1]).resolve())
PICTURE = (320, 180)


def check(fact, what):
    if not fact:
        sys.exit(f"FAILED: {what}")


class Run:
    """A running Scrim with a drawn camera; `port` and `token` are those of the link it told."""

    def __init__(self, folder, *options):
        self.environment = {**os.environ, "XDG_RUNTIME_DIR": str(folder),
                            "XDG_DATA_HOME": str(folder / "data"),
                            "XDG_CONFIG_HOME": str(folder / "config")}
        self.folder = folder
        self.process = subprocess.Popen(
            [SCRIM, "run", "--camera", "presenter", "--output", "null", "--segmenter", "oval",
             "--size", "%dx%d" % PICTURE, *options],
            stderr=subprocess.PIPE, text=True, env=self.environment)
        line = self.process.stderr.readline()
        found = re.match(r"scrim: panel: http://127\.0\.0\.1:(\d+)/\?token=([0-9a-f]{32})$", line)
        check(found, f"run said {line!r}")
        self.port, self.token = int(found[1]), found[2]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stderr.close()

    def ask(self, method, path, body=None, token=True, **headers):
        """Status, headers, body. Bytes go as they are, the rest as JSON."""
        if token:
            headers["Authorization"] = "Bearer " + self.token
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        try:
            if body and not isinstance(body, bytes):
                body = json.dumps(body)
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def json(self, method, path, body=None):
        status, _, text = self.ask(method, path, body)
        check(status == 200, f"{method} {path}: {status} {text}")
        return json.loads(text)

    def ctl(self, *words):
        done = subprocess.run([SCRIM, "ctl", *words, "--json"], capture_output=True, text=True,
                              env=self.environment, timeout=60)
        check(done.returncode == 0, f"ctl {words}: {done.stderr}")
        return json.loads(done.stdout)

    def stream(self, path):
        """What answers a request that has no end."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers={"Authorization": "Bearer " + self.token})
        return connection, connection.getresponse()

    def corner(self):
        """The colour of the snapshot's upper left corner."""
        png = self.ask("GET", "/snapshot.png")[2]
        check(png.startswith(b"\x89PNG"), "the snapshot is no PNG")
        rgb = subprocess.run(["ffmpeg", "-v", "error", "-i", "-", "-f", "rawvideo", "-pix_fmt",
                              "rgb24", "-"], input=png, stdout=subprocess.PIPE, check=True).stdout
        check(len(rgb) == 3 * PICTURE[0] * PICTURE[1], "the snapshot has another size")
        return tuple(rgb[:3])
