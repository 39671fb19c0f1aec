"""A small exercise to score: a scenario by parts, and entries written by hand."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.moment import Author, Recorded
from exercise.domain.scenario import (
    Citations,
    Consultation,
    Delegation,
    Hypothesis,
    Inject,
    Item,
    Obligation,
    Probe,
    Provocation,
    Scenario,
    Seat,
    Topic,
    Value,
    Window,
)
from exercise.domain.scoring import Scoreboard, ScoreCard
from tests.builders import MINUTE, a_frame

MIN = MINUTE
IDS = ("VES", "ORL", "KAS", "MSC")
KINDS = {"VES": "state", "ORL": "state", "KAS": "state", "MSC": "regional_org"}


def a_delegation(id_: str, *, played: bool = True) -> Delegation:
    return Delegation(
        id=id_,
        name=id_,
        short=id_,
        kind=KINDS.get(id_, "media"),  # type: ignore[arg-type] # one of the six
        shape=0,
        colour=1,
        seats=(Seat(id="lead", title="Lead"),),
        brief="",
        facilitator_played=not played,
    )


def an_inject(
    id_: str, *obligations: Obligation, at: int = 0, **more: object
) -> Inject:
    given: dict[str, object] = {
        "id": id_,
        "number": id_,
        "title": id_,
        "at_ms": at * MIN,
        "channel": "wire",
        "audience": ("all",),
        "body": id_,
        "obligations": obligations,
    }
    return Inject(**{**given, **more})  # type: ignore[arg-type] # a test's own words


def asks(
    who: str, *instruments: str, target: int = 5, by: int = 10, **more: object
) -> Obligation:
    given: dict[str, object] = {
        "delegation": who,
        "kind": "ack" if instruments == ("ack",) else "respond",
        "instruments": instruments or ("reply",),
        "target_ms": target * MIN,
        "deadline_ms": by * MIN,
    }
    return Obligation(**{**given, **more})  # type: ignore[arg-type] # a test's own words


def an_item(id_: str, *to: str, holder: str = "VES", **more: object) -> Item:
    given: dict[str, object] = {
        "id": id_,
        "title": id_,
        "body": id_,
        "holder": holder,
        "inject": "one",
        "recipients": to,
        "need_by_ms": 10 * MIN,
        "useless_after_ms": 20 * MIN,
        "tlp": "AMBER",
    }
    return Item(**{**given, **more})  # type: ignore[arg-type] # a test's own words


def a_probe(id_: str = "P1", **more: object) -> Probe:
    given: dict[str, object] = {
        "id": id_,
        "title": id_,
        "at_ms": 40 * MIN,
        "window_ms": 5 * MIN,
        "reference": {"organ": 50, "proxy": 50, "fourth": 0, "accident": 0},
        "severity": 2,
    }
    return Probe(**{**given, **more})  # type: ignore[arg-type] # a test's own words


def a_topic(
    *speakers: str, fits: tuple[str, ...] = ("undetermined",), until: int = 30
) -> Topic:
    window = Window(
        start_ms=10 * MIN, end_ms=until * MIN, speakers=speakers, compatible=fits
    )
    values = tuple(
        Value(id=one, title=one) for one in ("undetermined", "organ", "proxy")
    )
    return Topic(id="who", title="who", values=values, windows=(window,))


def a_duty(source: str, target: str, start: int = 5, end: int = 15) -> Consultation:
    return Consultation(
        id=f"{source}-{target}",
        source=source,
        target=target,
        start_ms=start * MIN,
        end_ms=end * MIN,
    )


def a_provocation(
    *who: str, inject: str = "one", ceiling: int = 2, window: int = 10
) -> Provocation:
    return Provocation(
        inject=inject, provoked=who, ceiling=ceiling, window_ms=window * MIN
    )


def a_trigger(*speakers: str, **more: object) -> Citations:
    given: dict[str, object] = {
        "id": "cite",
        "inject": "one",
        "speakers": speakers,
        "expected": (("UN-NORM:13c",), ("UN-NORM:13b", "UN-NORM:13f")),
        "acceptable": ("UN-NORM:13a",),
        "inapplicable": ("LAW:BUD",),
        "window_ms": 20 * MIN,
    }
    return Citations(**{**given, **more})  # type: ignore[arg-type] # a test's own words


def a_scenario(**parts: object) -> Scenario:
    given: dict[str, object] = {
        "delegations": tuple(a_delegation(one) for one in IDS),
        "injects": (an_inject("one"),),
        "hypotheses": tuple(
            Hypothesis(id=one, title=one, blames="KAS" if one == "organ" else "")
            for one in ("organ", "proxy", "fourth", "accident")
        ),
    }
    return a_frame(**{**given, **parts})


@dataclass(slots=True)
class Game:
    """The entries of one run; every method writes one and returns its id."""

    scenario: Scenario
    entries: list[Recorded] = field(default_factory=list)
    everyone: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.everyone = self.scenario.delegation_ids
        self.write(0, "system", "", e.Started())

    def write(
        self,
        at: float,
        actor: str,
        delegation: str,
        event: e.Event,
        audience: tuple[str, ...] = (),
    ) -> str:
        seq = len(self.entries) + 1
        at_ms = int(at * MIN)
        self.entries.append(
            Recorded(
                seq=seq,
                id=f"e{seq}",
                at_ms=at_ms,
                wall_ms=at_ms,
                actor=actor,
                event=event,
                author=Author(member=actor, delegation=delegation),
                audience=audience,
            )
        )
        return f"e{seq}"

    def release(self, inject: str, at: float = 0, to: tuple[str, ...] = ()) -> str:
        event = e.InjectReleased(
            inject=inject,
            number=inject,
            title=inject,
            body=inject,
            channel="wire",
            to=to or self.everyone,
        )
        return self.write(at, "system", "", event, to or self.everyone)

    def ack(self, who: str, about: str, at: float) -> str:
        return self.write(at, who, who, e.Acknowledged(about=about, title=""))

    def act(  # noqa: PLR0913 - an act is these things
        self,
        who: str,
        instrument: str,
        at: float,
        *,
        to: tuple[str, ...] = (),
        about: str = "",
        reply_by: float | None = None,
        **fields: object,
    ) -> str:
        spec = INSTRUMENTS[instrument]
        asked = {entry.id for entry in self.entries if _asks(entry)}
        event = e.ActIssued(
            instrument=instrument,
            to=to,
            fields=fields,  # type: ignore[arg-type] # a test's own fields
            public=spec.public,
            rung=spec.rung,
            about=about,
            answers=about if spec.answers and about in asked else "",
            reply_by_ms=None if reply_by is None else int(reply_by * MIN),
        )
        return self.write(at, who, who, event, (who, *to))

    def share(
        self, who: str, item: str, to: Iterable[str], at: float, about: str = ""
    ) -> str:
        event = e.ItemShared(
            item=item, title=item, tlp="AMBER", body="", to=tuple(to), about=about
        )
        return self.write(at, who, who, event, (who, *to))

    def call(self, who: str, to: str, at: float, *, answered: bool = True) -> str:
        opened = self.write(
            at,
            who,
            who,
            e.CallOpened(caller=who, callee=to, rings_until_ms=int((at + 1) * MIN)),
        )
        if answered:
            event = e.CallAnswered(call=opened, caller=who, callee=to)
            self.write(at + 0.1, to, to, event)
        return opened

    def probe(self, id_: str, at: float = 40, closes: float = 45) -> None:
        event = e.ProbeOpened(
            probe=id_,
            title=id_,
            closes_ms=int(closes * MIN),
            hypotheses=self.scenario.hypotheses,
            severity_scale=(),
            severity_steps=6,
        )
        self.write(at, "system", "", event)

    def answer(
        self, who: str, id_: str, belief: dict[str, int], severity: int, at: float = 42
    ) -> str:
        event = e.ProbeAnswered(
            probe=id_, attribution=belief, confidence="low", severity=severity
        )
        return self.write(at, who, who, event)

    def close(self, id_: str, at: float = 45) -> None:
        self.write(at, "system", "", e.ProbeClosed(probe=id_, title=id_))

    def promise(
        self, by: str, to: str, at: float, due: float, type_: str = "forensics"
    ) -> str:
        event = e.CommitmentMade(
            type=type_,
            promisor=by,
            beneficiary=to,
            due_ms=int(due * MIN),
            source="e1",
        )
        return self.write(at, to, to, event)

    def deliver(self, by: str, to: str, promise: str, at: float) -> str:
        event = e.CommitmentDelivered(
            commitment=promise, type="forensics", promisor=by, beneficiary=to
        )
        return self.write(at, by, by, event)

    def confirm(self, by: str, to: str, promise: str, at: float) -> str:
        event = e.CommitmentConfirmed(
            commitment=promise, type="forensics", promisor=by, beneficiary=to
        )
        return self.write(at, to, to, event)

    def publish(self, signed: tuple[str, ...], at: float, **state: object) -> str:
        given: dict[str, object] = {
            "text": "t",
            "title": "t",
            "version": 1,
            "body": "",
            "drafter": signed[0],
            "parties": self.everyone,
            "claims": {},
            "signed": signed,
        }
        text = e.TextState(**{**given, **state})  # type: ignore[arg-type] # ours
        naming = bool(state.get("accuses"))
        event = e.TextPublished(
            state=text,
            instrument="joint_attribution" if naming else "joint_statement",
            rung=3 if naming else 2,
        )
        return self.write(at, signed[0], signed[0], event)

    def rule(self, entry: str, ruling: str, at: float = 61) -> str:
        event = e.Adjudicated(entry=entry, ruling=ruling, reason="r")  # type: ignore[arg-type] # one of four
        return self.write(at, "eva", "", event)

    def end(self, at: float = 60, *, aborted: bool = False) -> str:
        return self.write(at, "fac", "", e.Ended(aborted=aborted))

    def board(self) -> Scoreboard:
        board = Scoreboard(self.scenario)
        for entry in self.entries:
            board.feed(entry)
        return board

    def card(self, at: float = 60, *, final: bool = True) -> ScoreCard:
        return self.board().card(int(at * MIN), final=final)

    def value(self, indicator: str, at: float = 60) -> float | None:
        ended = any(isinstance(one.event, e.Ended) for one in self.entries)
        return self.card(at, final=ended).indicator(indicator).value


def _asks(entry: Recorded) -> bool:
    event = entry.event
    return isinstance(event, e.ActIssued) and INSTRUMENTS[event.instrument].request
