"""The composer's forms, from the catalogue of instruments and the frozen scenario."""

from typing import TypeAlias

from exercise.domain.acts import INSTRUMENTS, FieldSpec, Instrument
from exercise.domain.catalogue import CITABLE
from exercise.domain.decide.capital import delay_ms
from exercise.domain.decide.forums import CALLED_BY
from exercise.domain.decide.seats import allows, signatures
from exercise.domain.ladder import LADDER, TOP
from exercise.web.entries import EntryView
from exercise.web.frame import Frame

Json: TypeAlias = dict[str, object]
Choices: TypeAlias = list[tuple[str, str]]

ENOUGH = ("moderate", "high")


def composer(frame: Frame) -> list[Json]:
    """Return the instruments that this delegation may use."""
    home = frame.state.scenario.delegation(frame.member.delegation)
    kind = home.kind if home else ""
    return [form(frame, one) for one in INSTRUMENTS.values() if kind in one.who]


def form(frame: Frame, instrument: Instrument) -> Json:
    """Return one instrument's form."""
    return {
        "id": instrument.id,
        "title": instrument.title,
        "group": instrument.group,
        "hint": instrument.hint,
        "rung": instrument.rung,
        "rung_meaning": LADDER[instrument.rung].meaning,
        "next_meaning": _raised(instrument),
        "public": instrument.public,
        "addressees": instrument.addressees,
        "command": instrument.command,
        "answers": instrument.answers,
        "request": instrument.request,
        **_seats(frame, instrument),
        "fields": [_field(frame, one) for one in instrument.fields],
    }


def _seats(frame: Frame, instrument: Instrument) -> Json:
    """Return whose word an act needs: seats that may send, that must sign, capital."""
    state, member = frame.state, frame.member
    home = state.scenario.delegation(member.delegation)
    if home is None:
        return {"second_seat": False, "needs": [], "senders": [], "capital_ms": 0}
    needs = signatures(state, member, instrument)
    gated = any(one.may for one in home.seats)
    senders = [one for one in home.seats if gated and allows(one, instrument)]
    return {
        "second_seat": needs is not None,
        "needs": [one.title for one in home.seats if one.id in (needs or ())],
        "senders": [one.title for one in senders],
        "mine": member.seat in {one.id for one in senders} or not senders,
        "capital_ms": delay_ms(home, instrument),
        "head": home.seats[0].title,
    }


def _raised(instrument: Instrument) -> str:
    """Return what one rung higher means, for a measure that may count as that."""
    if instrument.group != "measure":
        return ""
    return LADDER[min(instrument.rung + 1, TOP)].meaning


def attributed(frame: Frame, stream: list[EntryView]) -> bool:
    """Tell whether this delegation said in public, and surely enough, who did it."""
    here = frame.member.delegation
    return any(_attributes(view, here) for view in stream if view.body)


def _attributes(view: EntryView, here: str) -> bool:
    body = view.body
    match view.kind:
        case "act_issued":
            ours = view.author.delegation == here
            said = ours and body["instrument"] == "public_attribution"
            return said and body["fields"].get("confidence") in ENOUGH
        case "text_published":
            state = body["state"]
            signed = here in state["signed"] and bool(state["accuses"])
            return signed and state["confidence"] in ENOUGH
        case _:
            return False


def _field(frame: Frame, spec: FieldSpec) -> Json:
    return {
        "name": spec.name,
        "label": spec.label,
        "shape": spec.shape,
        "required": spec.required,
        "most": spec.most,
        "hint": spec.hint,
        "open_to_all": spec.open_to_all,
        "choices": _choices(frame, spec),
    }


def _choices(frame: Frame, spec: FieldSpec) -> Choices:
    glossary = frame.book.glossary
    match spec.shape:
        case "choice":
            return [one for one in spec.choices if _offered(frame, spec, one[0])]
        case "citations":
            return [(one.id, one.short) for one in CITABLE]
        case "belief":
            return list(glossary["hypotheses"].items())
        case "treaty":
            return list(glossary["treaties"].items())
        case "delegation":
            return [(id_, str(one["name"])) for id_, one in frame.book.parties.items()]
        case _:
            return []


def _offered(frame: Frame, spec: FieldSpec, value: str) -> bool:
    """Tell whether a choice is this delegation's to make."""
    if spec.name != "session":
        return True
    home = frame.state.scenario.delegation(frame.member.delegation)
    return home is not None and home.kind in CALLED_BY[value]


def topics(frame: Frame) -> list[tuple[str, str, Choices]]:
    """Return what a public text can claim: (topic, title, values)."""
    return [
        (id_, one["title"], list(one["values"].items()))
        for id_, one in frame.book.glossary["topics"].items()
    ]
