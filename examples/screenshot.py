"""Take a picture of a page in headless Chromium: screenshot.py PAGE.html PICTURE.png [dark]."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
#: So that the browser, too, asks the network for nothing.
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
#: Chooses a partnership, so that the panel shows the sentence that proves it.
CHOOSE = "pressgraph.choose(pressgraph.facts.find(fact => fact.relation === 'partnerOf'))"


def take_picture(page: Path, picture: Path, scheme: str = "light") -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        tab = browser.new_page(
            viewport={"width": 1440, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            locale="fr-FR",
            device_scale_factor=1.2,
        )
        tab.goto(page.resolve().as_uri())
        tab.evaluate(CHOOSE)
        tab.locator("#panel mark").first.wait_for()
        tab.wait_for_timeout(500)  # until the drawing has come to rest
        tab.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    if not 3 <= len(sys.argv) <= 4:
        sys.exit(__doc__)
    take_picture(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
