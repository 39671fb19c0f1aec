"""What we keep of an answer, written by the book: ORM, one commit, a template.

One row for the entry, chained by its hash, one for each stream it is delivered to, one
for the command's result; the html of the row, the card and the paper from a template.
"""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from jinja2 import DictLoader, Environment
from sqlalchemy import Engine, ForeignKey, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

STAFF = ("facilitators", "evaluators")
PAGE = """
<li id="row-{{ id }}" class="entry" data-entry="{{ id }}" data-by="{{ home }}">
<time datetime="{{ at }}">{{ at }}</time><div class="entry-body">
<p class="entry-line"><span class="badge">{{ home }}</span> <b>Reply</b>
<span class="quiet">about</span> {{ about }}</p>
<blockquote class="entry-quote" dir="auto">{{ text }}</blockquote></div></li>
<li id="mail-{{ id }}" class="mail" data-entry="{{ id }}" data-by="{{ home }}">
<a href="#paper-{{ id }}"><span class="mail-line"><bdi>{{ home }}</bdi></span>
<h3 class="mail-title" dir="auto">{{ text[:90] }}</h3></a></li>
<article id="paper-{{ id }}" class="paper-sheet" data-entry="{{ id }}">
<header class="document-top"><span class="document-kind">Reply</span></header>
<dl class="header-lines"><div><dt>From</dt><dd>{{ home }}</dd></div>
<div><dt>About</dt><dd><a href="#paper-{{ about }}">{{ about }}</a></dd></div></dl>
<div class="document-body">
{% for one in text.split("\n\n") %}<p dir="auto">{{ one }}</p>{% endfor %}
</div></article>
"""


class Base(DeclarativeBase):
    """The tables."""


class Entry(Base):
    """One entry of the timeline."""

    __tablename__ = "kept_entry"
    seq: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    member: Mapped[str]
    at: Mapped[datetime]
    body: Mapped[str]
    prev: Mapped[str]
    hash: Mapped[str]


class Delivery(Base):
    """An entry's place in one stream."""

    __tablename__ = "kept_delivery"
    stream: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(ForeignKey(Entry.seq))


class Result(Base):
    """What became of a command."""

    __tablename__ = "kept_result"
    member: Mapped[str] = mapped_column(primary_key=True)
    command: Mapped[str] = mapped_column(primary_key=True)
    ack: Mapped[str]


class Keeper:
    """Keeps one answer after another."""

    def __init__(self, engine: Engine) -> None:
        Base.metadata.create_all(engine)
        self._engine = engine
        pages = Environment(loader=DictLoader({"page": PAGE}), autoescape=True)
        self._page = pages.get_template("page")

    def keep(
        self, member: str, home: str, told: dict[str, Any]
    ) -> tuple[dict[str, object], dict[str, object]]:
        """Return the ack, and what the delegation and the staff are sent."""
        with Session(self._engine) as session:
            known = session.get(Result, (member, told["id"]))
            if known is not None:
                return json.loads(known.ack), {}
            entry = self._entry(session, member, told)
            session.add(entry)
            for stream in (home, *STAFF):
                session.add(self._delivery(session, stream, entry.seq))
            ack = {"ok": True, "id": entry.seq, "at": entry.at.isoformat()}
            session.add(Result(member=member, command=told["id"], ack=json.dumps(ack)))
            shown = self._shown(entry, home, told)
            session.commit()
        return ack, shown

    def _entry(self, session: Session, member: str, told: dict[str, Any]) -> Entry:
        last = session.scalar(select(Entry).order_by(Entry.seq.desc()).limit(1))
        prev = last.hash if last else ""
        body = json.dumps(told, sort_keys=True)
        return Entry(
            seq=last.seq + 1 if last else 1,
            kind="act_issued",
            member=member,
            at=datetime.now(UTC),
            body=body,
            prev=prev,
            hash=sha256((prev + body).encode()).hexdigest(),
        )

    def _delivery(self, session: Session, stream: str, seq: int) -> Delivery:
        query = select(func.max(Delivery.position)).where(Delivery.stream == stream)
        return Delivery(
            stream=stream, position=(session.scalar(query) or 0) + 1, seq=seq
        )

    def _shown(
        self, entry: Entry, home: str, told: dict[str, Any]
    ) -> dict[str, object]:
        at, text = entry.at.isoformat(), told["fields"]["text"]
        html = [
            self._page.render(
                id=entry.seq, home=home, about=told["about"], at=at, text=text
            )
            for _desk in ("delegation", "facilitator")
        ]
        return {"id": entry.seq, "at": at, "body": told, "html": html[0]}
