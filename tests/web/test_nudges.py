"""Who waits for other workers to be told waits for nobody."""

import threading

from exercise.web.nudges import Aside, Nudges


def test_a_listener_far_away_that_hangs_holds_nobody_up() -> None:
    passed, go = threading.Semaphore(0), threading.Event()
    far: list[str] = []

    def hangs(exercise: str) -> None:
        go.wait(20)
        far.append(exercise)
        passed.release()

    near: list[str] = []

    def notes(exercise: str, _tailed: object) -> None:
        near.append(exercise)

    nudges, aside = Nudges(), Aside(hangs)
    nudges.listen(notes)
    nudges.tell(aside)
    threading.Thread(target=aside.serve, daemon=True).start()
    for _ in range(3):
        nudges("ex")
    assert (near, far) == (["ex"] * 3, [])
    go.set()
    assert passed.acquire(timeout=20)
    assert set(far) == {"ex"}
