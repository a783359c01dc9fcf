"""Firefox by WebDriver: its own server (Marionette), spoken to without a driver in between."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: Where Firefox is: Debian's `firefox-esr`, or what the environment names.
FIREFOX = os.environ.get("FIREFOX") or shutil.which("firefox-esr")
#: The name under which WebDriver tells of an element.
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
ENTER, ESCAPE = "\ue007", "\ue00c"
PREFERENCES = {
    "marionette.port": 0, "browser.download.folderList": 2, "datareporting.policy.firstRunURL": "",
    "browser.shell.checkDefaultBrowser": False, "toolkit.telemetry.reportingpolicy.firstRun": False,
    "browser.download.alwaysOpenPanel": False, "intl.accept_languages": "fr-FR,fr",
    "app.update.enabled": False, "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False, "extensions.update.enabled": False,
}  # fmt: skip


class Firefox:
    """Hold a session with a Firefox: commands of WebDriver, one after another."""

    def __init__(self, port: int, downloads: Path) -> None:
        self.line = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.downloads = downloads
        self.number = 0
        self.read()  # who it is
        self.tell("NewSession")
        self.tell("SetWindowRect", width=1280, height=860)

    def read(self) -> Any:
        """Read a message: its length, a colon, and JSON."""
        size = b""
        while not size.endswith(b":"):
            size += self.line.recv(1)
        body = b""
        while len(body) < int(size[:-1]):
            body += self.line.recv(int(size[:-1]) - len(body))
        return json.loads(body)

    def tell(self, command: str, **values: Any) -> Any:
        """Give a command and return its result."""
        self.number += 1
        body = json.dumps([0, self.number, f"WebDriver:{command}", values]).encode()
        self.line.sendall(str(len(body)).encode() + b":" + body)
        _, _, error, result = self.read()
        assert error is None, error
        return result.get("value", result) if isinstance(result, dict) else result

    def run(self, script: str, *values: Any) -> Any:
        """Return what an expression is in the page; `arguments` are the values."""
        return self.tell("ExecuteScript", script=f"return {script}", args=values, sandbox=None)

    def open(self, address: str) -> None:
        """Open a page and wait until it is there."""
        self.tell("Navigate", url="about:blank")
        self.tell("Navigate", url=address)
        self.wait(
            "Boolean(window.wrappedJSObject ? wrappedJSObject.pressgraph : window.pressgraph)"
        )

    def wait(self, script: str, *values: Any) -> None:
        """Wait until an expression is true."""
        end = time.monotonic() + 20
        while not self.run(script, *values):
            assert time.monotonic() < end, script
            time.sleep(0.05)

    def find(self, selector: str) -> dict[str, str]:
        """Return an element."""
        found: dict[str, str] = self.tell("FindElement", using="css selector", value=selector)
        return found

    def click(self, selector: str) -> None:
        """Click an element as people do, by its middle."""
        self.tell("ElementClick", id=self.find(selector)[ELEMENT])

    def text(self, selector: str) -> str:
        """Return an element's text as it is seen."""
        words: str = self.tell("GetElementText", id=self.find(selector)[ELEMENT])
        return words

    def type(self, words: str) -> None:
        """Type on the keyboard, wherever it is."""
        keys = [{"type": kind, "value": key} for key in words for kind in ("keyDown", "keyUp")]
        self.tell("PerformActions", actions=[{"type": "key", "id": "keys", "actions": keys}])

    def press(self, x: float, y: float, *, times: int = 1) -> None:
        """Click at a point of the window."""
        move = {"type": "pointerMove", "x": round(x), "y": round(y), "origin": "viewport"}
        once = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
        self.tell("PerformActions", actions=[{**mouse, "actions": [move, *once * times]}])


@contextmanager
def start_firefox(folder: Path) -> Iterator[Firefox]:
    """Start a Firefox of its own without a window, and end it."""
    assert FIREFOX
    profile, downloads = folder / "profile", folder / "downloads"
    profile.mkdir()
    downloads.mkdir()
    wanted = {**PREFERENCES, "browser.download.dir": str(downloads)}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(it)});" for name, it in wanted.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    process = subprocess.Popen(
        [FIREFOX, "--headless", "--marionette", "--no-remote", "--profile", str(profile)],
        env={**os.environ, "HOME": str(folder)}, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        port = profile / "MarionetteActivePort"
        end = time.monotonic() + 120
        while not port.exists() or not port.read_text():
            assert process.poll() is None, "Firefox ended"
            assert time.monotonic() < end, "Firefox does not answer"
            time.sleep(0.2)
        fox = Firefox(int(port.read_text()), downloads)
        yield fox
        fox.line.close()
    finally:
        process.terminate()
        process.wait(30)
