"""Whatever people do in whatever order: positions, privacy, repetition."""

from hypothesis import given
from hypothesis import strategies as st

from exercise.adapters.proof import verify
from exercise.adapters.record import record_lines
from exercise.domain.commands import (
    Acknowledge,
    Act,
    AdHocInject,
    Call,
    Command,
    Note,
    Pause,
    Release,
    Resume,
    SetRate,
    Survey,
)
from exercise.service.conduct import Conductor
from exercise.service.requests import Ack, Request
from tests.adapters.stand import EXERCISE, Stand, in_memory

MEMBERS = st.sampled_from(["fac", "ves", "kas", "nobody"])
COMMANDS: st.SearchStrategy[Command] = st.one_of(
    st.builds(Note, text=st.sampled_from(["a", "b"])),
    st.builds(Pause),
    st.builds(Resume),
    st.builds(SetRate, rate=st.sampled_from([1, 10, 60])),
    st.builds(Release, inject=st.sampled_from(["session", "spare", "none"])),
    st.builds(
        AdHocInject,
        title=st.just("News"),
        body=st.just("Cranes stop."),
        channel=st.just("wire"),
        audience=st.sampled_from(["all", "public", ("VES",), ("KAS",)]),
    ),
    st.builds(
        Act,
        instrument=st.just("private_demarche"),
        to=st.just(("KAS",)),
        fields=st.just({"message": "Stop."}),
    ),
    st.builds(Acknowledge, about=st.just("unknown")),
    st.builds(Call, to=st.sampled_from(["VES", "KAS"])),
    st.builds(Survey, answers=st.just({"pace": "good"}), anonymous=st.booleans()),
)
REQUESTS = st.builds(
    Request, member=MEMBERS, id=st.sampled_from("abcdefgh"), command=COMMANDS
)
STEPS = st.lists(
    st.tuples(
        st.integers(-200, 90_000),
        st.integers(0, 1),
        st.lists(REQUESTS, min_size=1, max_size=4),
    ),
    max_size=8,
)


@given(STEPS)
def test_a_timeline_is_sound_whatever_happens(
    steps: list[tuple[int, int, list[Request]]],
) -> None:
    stand = Stand(in_memory().timeline).running()
    writers = [stand.conductor, stand.another_writer()]
    answers: dict[tuple[str, str], Ack] = {}
    for wall_ms, who, group in steps:
        stand.clock.wall_ms += wall_ms
        outcomes = writers[who].run(group)
        for request, outcome in zip(group, outcomes, strict=True):
            _same_answer(answers, request, outcome)
    _is_sound(stand)
    states = {id_: one.refresh() for id_, one in enumerate(writers)}
    assert states[0] == states[1] == Conductor(EXERCISE, stand.ports).refresh()


def _same_answer(
    answers: dict[tuple[str, str], Ack], request: Request, outcome: object
) -> None:
    """Check that an id is answered once, and then in the same words."""
    anonymous = isinstance(request.command, Survey) and request.command.anonymous
    key = ("anonymous" if anonymous else request.member, request.id)
    if isinstance(outcome, Ack):
        known = answers.get(key)
        assert outcome.duplicate == (known is not None)
        if known is None:
            answers[key] = outcome
        else:
            assert outcome.id == known.id
            assert outcome.position == known.position


def _is_sound(stand: Stand) -> None:
    timeline = stand.timeline
    tailed = timeline.tail(EXERCISE, 0, limit=10_000)
    entries = [one.entry for one in tailed]
    assert [one.seq for one in entries] == list(range(1, len(entries) + 1))
    times = [one.at_ms for one in entries]
    assert times == sorted(times)
    for audience, head in timeline.heads(EXERCISE).items():
        page = timeline.page(EXERCISE, audience, limit=10_000)
        assert [one.position for one in page] == list(range(1, head + 1))
        assert [one.id for one in page] == [
            one.id for one in entries if audience in one.audience
        ]
    for one in tailed:
        assert set(one.positions) == set(one.entry.audience)
    verdict = verify(record_lines(timeline, EXERCISE, stand.ports.signer))
    assert verdict.ok, verdict
