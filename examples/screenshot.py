"""Take a picture in headless Chromium: screenshot.py PAGE.html|GRAPH|STORE PICTURE.png [dark].

A page is shown with a purchase chosen, a graph or a store by the page of `kg serve` that asks
it for what is sure.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
#: So that the browser, too, asks the network for nothing.
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
#: Milliseconds that a machine may take which does other things, too.
PATIENCE = 120_000
#: Chooses a purchase, so that the panel shows the sentence that proves it.
CHOOSE = "pressgraph.choose(pressgraph.facts.find(fact => fact.relation === 'acquired'))"
SERVE = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--port", "0"]


def take_picture(source: Path, picture: Path, scheme: str = "light") -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        tab = browser.new_page(
            viewport={"width": 1440, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            locale="fr-FR",
            device_scale_factor=1.2,
        )
        tab.set_default_timeout(PATIENCE)
        if source.suffix == ".html":
            show_purchase(tab, source)
            tab.screenshot(path=picture)
        else:
            with serve(source) as address:
                show_answer(tab, address)
                tab.screenshot(path=picture)
        browser.close()


def show_purchase(tab: Page, page: Path) -> None:
    tab.goto(page.resolve().as_uri())
    tab.evaluate(CHOOSE)
    tab.locator("#panel mark").first.wait_for()
    tab.wait_for_timeout(500)  # until the drawing has come to rest


def show_answer(tab: Page, address: str) -> None:
    tab.goto(address + "ask")
    tab.locator("#questions button").first.click()
    tab.get_by_label("Confiance minimale").fill("0.6")
    tab.keyboard.press("Control+Enter")
    tab.locator("tbody tr").first.wait_for()
    tab.mouse.move(720, 880)


@contextmanager
def serve(graph: Path) -> Iterator[str]:
    with subprocess.Popen([*SERVE, str(graph)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().split()[0]
        finally:
            server.terminate()


if __name__ == "__main__":
    if not 3 <= len(sys.argv) <= 4:
        sys.exit(__doc__)
    take_picture(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
