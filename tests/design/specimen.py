"""Render the specimen pages and, on request, take pictures of them.

``python -m tests.design.specimen OUT [page …]`` writes a picture of each page in
both sizes and both themes.
"""

import contextlib
import functools
import http.server
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from exercise.words import environment

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path.stem
    for path in (ROOT / "templates/specimen").glob("*.html")
    if "extends" in path.read_text(encoding="utf-8")
)
SIZES = {"wide": (1440, 900), "phone": (390, 844)}
CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def rendered(page: str, theme: str = "", **context: object) -> str:
    """Return the markup of a specimen page."""
    template = environment("en").get_template(f"specimen/{page}.html")
    return template.render(theme=theme, **context)


class _Site(http.server.SimpleHTTPRequestHandler):
    """Serves static/ and every specimen as /<theme>/<page>."""

    def do_GET(self) -> None:
        if self.path.startswith("/static/"):
            super().do_GET()
            return
        theme, page = self.path.strip("/").split("/")
        body = rendered(page, theme).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing; the pictures are the output."""


@contextlib.contextmanager
def site() -> Iterator[str]:
    """Serve the specimens on a free port for as long as the block runs."""
    handler = functools.partial(_Site, directory=str(ROOT))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def take(out: Path, wanted: list[str]) -> None:
    """Take each wanted page in both sizes and both themes."""
    from playwright.sync_api import sync_playwright

    out.mkdir(parents=True, exist_ok=True)
    with site() as address, sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path="/usr/bin/chromium", args=list(CHROMIUM)
        )
        for size, (width, height) in SIZES.items():
            view = browser.new_page(viewport={"width": width, "height": height})
            for page in wanted:
                for theme in ("light", "dark"):
                    view.goto(f"{address}/{theme}/{page}")
                    view.screenshot(path=out / f"{page}-{size}-{theme}.png")
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]), sys.argv[2:] or PAGES)
