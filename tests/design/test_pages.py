"""In a real browser the specimens are accessible, fit narrow screens and keep quiet."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.design.specimen import PAGES, site

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
# What may scroll sideways by itself: tabs, tables, charts and meters.
OUTSIDE = """() => [...document.querySelectorAll('body *')].filter(node => {
  const box = node.getBoundingClientRect();
  return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1)
    && !node.closest('.tabs, .meters, .table-scroll, .scrubber-scroll, .ties-scroll')
    && !node.closest('.report-table, .visually-hidden, .skip');
}).map(node => node.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with site() as served:
        yield served


@pytest.mark.parametrize(
    ("width", "height", "theme"), [(1440, 900, "light"), (390, 844, "dark")]
)
def test_axe_finds_nothing(
    browser: Browser, address: str, width: int, height: int, theme: str
) -> None:
    view = browser.new_page(viewport={"width": width, "height": height})
    found = []
    for page in PAGES:
        view.goto(f"{address}/{theme}/{page}")
        broken = Axe().run(view, options=RULES).response["violations"]
        found += [(page, rule["id"], rule["nodes"][0]["html"]) for rule in broken]
    view.close()
    assert found == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize(("width", "height"), [(320, 640), (320, 256), (1280, 720)])
def test_nothing_hangs_out_of_the_page(
    browser: Browser, address: str, width: int, height: int, direction: str
) -> None:
    view = browser.new_page(viewport={"width": width, "height": height})
    found = []
    for page in PAGES:
        view.goto(f"{address}/light/{page}")
        view.evaluate("direction => { document.dir = direction }", direction)
        found += [(page, outside) for outside in view.evaluate(OUTSIDE)]
    view.close()
    assert found == []


def test_every_page_loads_without_a_word_on_the_console(
    browser: Browser, address: str
) -> None:
    view = browser.new_page()
    said: list[str] = []
    view.on("console", lambda message: said.append(message.text))
    for page in PAGES:
        view.goto(f"{address}/light/{page}")
    view.close()
    assert said == []
