"""Reports of a large exercise made while a hall is at work: what everybody feels."""

import json
import re
import resource
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from statistics import median, quantiles
from typing import TypeAlias

from docx import Document
from docx.document import Document as Paper
from pypdf import PdfReader

from bench.hall import Client, Hall
from bench.large import large_scenario
from bench.product import Host, hosted, inject, released, reply
from bench.table import Size, Table
from exercise.adapters.codec import EventCodec
from exercise.adapters.database import open_database
from exercise.adapters.ports_real import RandomIds, RandomSalts, SystemClock
from exercise.adapters.record import read_record
from exercise.adapters.schema import signing_key, upgrade
from exercise.adapters.timeline import SqlTimeline
from exercise.documents import docx
from exercise.documents.cells import Cell
from exercise.documents.tables import tables
from exercise.domain.report import Aar
from exercise.offline.records import read_file
from exercise.offline.rehearsing import Played, rehearse
from exercise.offline.reports import the_report
from exercise.service.conduct import NewExercise
from exercise.service.ports import Ports
from exercise.service.review import keep
from exercise.words import words_in

PEOPLE = 200
# Each says something every two seconds: a hall in the minutes after an inject.
SAYS_EVERY_S = 2.0
# As long as the server remembers a stall; what came before is forgotten then.
QUIET_S = 62.0
FORMS = ("docx", "xlsx", "pdf")
PAGE_ROWS = 25
CELL_BY_CELL = "table.cell(row, column), page by page"
STALL = re.compile(r"^detente_stall_seconds (\S+)$", re.MULTILINE)
Page: TypeAlias = list[list[str]]
Fill: TypeAlias = Callable[[Paper, Page], None]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time: how long people waited, and the loop's longest stall."""

    what: str
    seconds: float
    waits_ms: list[float]
    stall_ms: float
    size: int = 0

    def row(self) -> str:
        """Return it as a row."""
        cuts = quantiles(self.waits_ms, n=100)
        said = f"{self.size / 1024:,.0f} KB" if self.size else ""
        return (
            f"| {self.what} | {self.seconds:.1f} | {said} | {len(self.waits_ms):,}"
            f" | {cuts[49]:.1f} | {cuts[98]:.1f} | {max(self.waits_ms):.0f}"
            f" | {self.stall_ms:.0f} |"
        )


class Working:
    """A hall of people who answer at their own pace."""

    def __init__(self, hall: Hall, people: list[Client], about: str) -> None:
        self.hall = hall
        self._people = people
        self._about = about
        self._sent: dict[int, float] = {}
        self._waits: list[float] = []
        self._next_s = time.perf_counter()
        self._turn = 0
        hall.on_ack = self._answered

    def until(self, done: Callable[[], bool], patience_s: float) -> list[float]:
        """Go on until `done`; return how long each answer took, in milliseconds."""
        self._waits, over = [], time.perf_counter() + patience_s
        while not done():
            if time.perf_counter() > over:
                raise TimeoutError
            self._say()
            self.hall.settle(0.002)
        return self._waits

    def _say(self) -> None:
        while self._next_s <= time.perf_counter():
            self._next_s += SAYS_EVERY_S / len(self._people)
            one = self._people[self._turn % len(self._people)]
            self._turn += 1
            if one.number not in self._sent:
                self._sent[one.number] = time.perf_counter()
                one.emit("command", reply(self._about))

    def _answered(self, client: Client, payload: bytes) -> None:
        if b'"ok":true' not in payload:
            raise RuntimeError(payload[:300])
        sent = self._sent.pop(client.number)
        self._waits.append((time.perf_counter() - sent) * 1e3)


def measure(size: Size) -> Table:
    """Make reports in each format beside a hall at work; then a DOCX by hand."""
    data = size.folder / "reports"
    played = _stored(data)
    record = size.folder / "large.jsonl"
    record.write_bytes(b"".join(played.record))
    with hosted(size.folder, {"DETENTE_DATA": str(data)}) as host:
        stretches, made = _beside_a_hall(host, played, whole=size.is_whole)
    pages = len(PdfReader(BytesIO(made["pdf"])).pages)
    ours, naive = _docx(the_report(read_file(record), "participants"), size.runs)
    parties = len(large_scenario().delegations)
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    about = (
        f"The record: {played.entries:,} entries of {parties} delegations; the PDF has"
        f" {pages} pages. {PEOPLE} people answer every {SAYS_EVERY_S:.0f} s all the"
        f" while. The largest process took {largest:,} MB."
    )
    told = (about, "", *_rows(stretches), "", *_docx_rows(ours, naive))
    return Table(
        title="Reports beside a hall at work",
        lines=told,
        gates={
            "docx": ours / naive[CELL_BY_CELL],
            "report-stall": max(one.stall_ms for one in stretches[1:]),
        },
        runs=size.runs,
    )


def _rows(stretches: list[Stretch]) -> Iterator[str]:
    yield (
        "| meanwhile | s | file | answers | median, ms | 99 %, ms | worst, ms"
        " | longest stall, ms |"
    )
    yield "|---|---|---|---|---|---|---|---|"
    for one in stretches:
        yield one.row()


def _docx_rows(ours: float, naive: dict[str, float]) -> Iterator[str]:
    yield "| DOCX of that report | CPU, s | ours against it |"
    yield "|---|---|---|"
    yield f"| ours: links, pictures, bookmarks, all of it | {ours:.2f} | |"
    for name, spent in naive.items():
        yield f"| its tables alone, `{name}` | {spent:.2f} | {ours / spent:.2f} × |"


def _stored(data: Path) -> Played:
    """Play the large exercise, and keep it in the server's own database."""
    played = rehearse(large_scenario())
    record = read_record(played.record)
    data.mkdir(mode=0o700)
    database = open_database(f"sqlite:///{data / 'detente.db'}")
    try:
        upgrade(database)
        signer = signing_key(database)
        timeline, salts = SqlTimeline(database), RandomSalts()
        ports = Ports(timeline, EventCodec(), SystemClock(), RandomIds(), salts, signer)
        plan = NewExercise(
            played.exercise,
            large_scenario().title,
            large_scenario(),
            record.scenario_sha256,
            record.opened_ms,
        )
        keep(record.entries, plan, ports, lambda: None)
        return played
    finally:
        database.close()


def _beside_a_hall(
    host: Host, played: Played, *, whole: bool
) -> tuple[list[Stretch], dict[str, bytes]]:
    trainer = host.facilitator(played.exercise)
    product, hall = host.opened(), Hall(host.process.port)
    hall.connect([product.facilitator])
    hall.connect(product.join(PEOPLE, hall))
    about = released(hall, hall.clients[0], inject(1))
    working = Working(hall, hall.clients[1:], about)
    quiet_s = QUIET_S if whole else 3.0
    address = f"/api/v1/exercises/{played.exercise}/report."
    stretches, made = [], {}
    with ThreadPoolExecutor(1) as pool:
        _rest(working, quiet_s)  # What joining cost is forgotten after this.
        start = time.perf_counter()
        waits = _rest(working, quiet_s)
        passed = time.perf_counter() - start
        stall = _stall_ms(host.process.port)
        stretches.append(Stretch("nothing is made", passed, waits, stall))
        for form in FORMS:
            start = time.perf_counter()
            job = pool.submit(_fetched, host.process.port, address + form, trainer)
            waits = working.until(job.done, 600.0)
            passed = time.perf_counter() - start
            made[form] = job.result()
            stall = _stall_ms(host.process.port)
            told = f"{form.upper()} is made"
            stretches.append(Stretch(told, passed, waits, stall, len(made[form])))
            _rest(working, quiet_s)
    hall.close()
    return stretches, made


def _rest(working: Working, seconds: float) -> list[float]:
    until = time.perf_counter() + seconds
    return working.until(lambda: time.perf_counter() > until, seconds + 60)


def _fetched(port: int, path: str, token: str = "") -> bytes:
    door = HTTPConnection("127.0.0.1", port, timeout=600)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    door.request("GET", path, headers=headers)
    answer = door.getresponse()
    body = answer.read()
    door.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status} {body[:300]!r}")
    return body


def _stall_ms(port: int) -> float:
    """Return the longest stall of the last minute, as the server tells it."""
    found = STALL.search(_fetched(port, "/metrics").decode())
    if found is None:
        raise RuntimeError("/metrics tells of no stall")
    return float(found[1]) * 1e3


def _docx(report: Aar, runs: int) -> tuple[float, dict[str, float]]:
    """Return the CPU seconds of our document, and of its tables cell by cell."""
    pages = _pages(report)
    ours = median(_cpu_s(lambda: docx.render(report)) for _ in range(runs))
    naive = {name: _cpu_s(partial(_by_hand, pages, fill)) for name, fill in BY_HAND}
    return ours, naive


def _cpu_s(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _pages(report: Aar) -> list[Page]:
    """Return the texts of the report's tables."""
    shown = tables(words_in("en"), report)
    whole = [getattr(shown, name).rows for name in shown.__dataclass_fields__]
    return [[[_text(one) for one in row] for row in rows] for rows in whole if rows]


def _text(cell: Cell) -> str:
    return json.dumps([getattr(one, "text", "T+01:12:40") for one in cell])


def _by_hand(pages: list[Page], fill: Fill) -> None:
    paper = Document()
    for one in pages:
        fill(paper, one)
    paper.save(BytesIO())


def _cell_by_cell(paper: Paper, rows: Page) -> None:
    for at in range(0, len(rows), PAGE_ROWS):
        part = rows[at : at + PAGE_ROWS]
        table = paper.add_table(len(part), len(part[0]))
        for i, row in enumerate(part):
            for j, text in enumerate(row):
                table.cell(i, j).text = text


def _row_by_row(paper: Paper, rows: Page) -> None:
    table = paper.add_table(len(rows), len(rows[0]))
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            table.rows[i].cells[j].text = text


def _one_more(paper: Paper, rows: Page) -> None:
    table = paper.add_table(0, len(rows[0]))
    for row in rows:
        cells = table.add_row().cells
        for j, text in enumerate(row):
            cells[j].text = text


BY_HAND: tuple[tuple[str, Fill], ...] = (
    (CELL_BY_CELL, _cell_by_cell),
    ("table.rows[row].cells[column]", _row_by_row),
    ("table.add_row().cells[column]", _one_more),
)
