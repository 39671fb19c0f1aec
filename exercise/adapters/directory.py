"""The directory on SQL: sessions, links, codes and failed tries."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from exercise.adapters.codes import code_hash, code_of, token_hash
from exercise.adapters.database import Database
from exercise.adapters.reading import SqlReading
from exercise.adapters.tables import CODE, FAILED_TRY, LINK, SESSION
from exercise.service.directory import Failures, Link, Membership, Place

# Failed tries older than this count for nothing.
FORGET_MS = 3_600_000


class SqlDirectory(SqlReading):
    """Everything beside the record, in one database; `secret` is the server's."""

    def __init__(self, database: Database, secret: str) -> None:
        super().__init__(database)
        self._secret = secret

    def admit(self, token: str, who: Membership, wall_ms: int) -> None:
        """Let the holder of `token` act as a member."""
        key = {
            "token_hash": token_hash(token),
            "exercise": who.exercise,
            "member": who.member,
        }
        with self._database.write() as connection:
            gone = delete(SESSION).where(*(SESSION.c[one] == key[one] for one in key))
            connection.execute(gone)
            connection.execute(insert(SESSION), key | {"admitted_ms": wall_ms})

    def memberships(self, token: str) -> Sequence[Membership]:
        """Return whom the holder of `token` may act as, in the order of admission."""
        query = (
            select(SESSION.c.exercise, SESSION.c.member)
            .where(
                SESSION.c.token_hash == token_hash(token), SESSION.c.left_ms.is_(None)
            )
            .order_by(SESSION.c.admitted_ms, SESSION.c.member)
        )
        with self._database.read() as connection:
            return [Membership(*row) for row in connection.execute(query)]

    def leave(self, token: str, wall_ms: int, member: str = "") -> None:
        """Log the holder out, as one member or as all."""
        change = update(SESSION).where(
            SESSION.c.token_hash == token_hash(token), SESSION.c.left_ms.is_(None)
        )
        if member:
            change = change.where(SESSION.c.member == member)
        with self._database.write() as connection:
            connection.execute(change, {"left_ms": wall_ms})

    def replace_token(self, old: str, new: str) -> None:
        """Move every membership of a session to a fresh token."""
        change = update(SESSION).where(
            SESSION.c.token_hash == token_hash(old), SESSION.c.left_ms.is_(None)
        )
        with self._database.write() as connection:
            connection.execute(change.values(token_hash=token_hash(new)))

    def left_since(self, wall_ms: int) -> Sequence[tuple[str, str]]:
        """Return (token hash, member) of every logout since then."""
        query = select(SESSION.c.token_hash, SESSION.c.member)
        query = query.where(SESSION.c.left_ms >= wall_ms)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [(row.token_hash, row.member) for row in rows]

    def make_link(self, token: str, link: Link, wall_ms: int) -> None:
        """Keep a fresh link."""
        row = {
            "token_hash": token_hash(token),
            "exercise": link.exercise,
            "role": link.role,
            "member": link.member,
            "made_ms": wall_ms,
        }
        with self._database.write() as connection:
            connection.execute(insert(LINK), row)

    def link(self, token: str) -> Link | None:
        """Return what a link leads to, spent or not."""
        with self._database.read() as connection:
            return _link(connection, token)

    def spend_link(self, token: str, wall_ms: int) -> Link | None:
        """Spend a link; None if there is none or somebody was faster."""
        spend = update(LINK).where(
            LINK.c.token_hash == token_hash(token), LINK.c.spent_ms.is_(None)
        )
        with self._database.write() as connection:
            if connection.execute(spend, {"spent_ms": wall_ms}).rowcount != 1:
                return None
            return _link(connection, token)

    def make_code(self, place: Place) -> str:
        """Make a place's code, or another one in its stead, and return it."""
        mine = (CODE.c.exercise == place.exercise) & (
            CODE.c.delegation == place.delegation
        )
        with self._database.write() as connection:
            last = connection.execute(select(CODE.c.generation).where(mine)).scalar()
            connection.execute(delete(CODE).where(mine))
            generation = self._free(connection, place, (last or 0) + 1)
            code = code_of(self._secret, place, generation)
            row = {
                "code_hash": code_hash(self._secret, code),
                "exercise": place.exercise,
                "delegation": place.delegation,
                "generation": generation,
            }
            connection.execute(insert(CODE), row)
        return code

    def codes(self, exercise: str) -> Mapping[str, str]:
        """Return the codes in force by delegation."""
        query = select(CODE.c.delegation, CODE.c.generation)
        query = query.where(CODE.c.exercise == exercise).order_by(CODE.c.delegation)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return {
            one: code_of(self._secret, Place(exercise, one), generation)
            for one, generation in rows
        }

    def place(self, typed: str) -> Place | None:
        """Return where a code leads, typed in any way."""
        query = select(CODE.c.exercise, CODE.c.delegation)
        query = query.where(CODE.c.code_hash == code_hash(self._secret, typed))
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else Place(*row)

    def fail(self, browser: str, wall_ms: int) -> None:
        """Count a failed try of this browser."""
        row = {"browser_hash": token_hash(browser), "wall_ms": wall_ms}
        old = FAILED_TRY.c.wall_ms < wall_ms - FORGET_MS
        with self._database.write() as connection:
            connection.execute(delete(FAILED_TRY).where(old))
            connection.execute(insert(FAILED_TRY), row)

    def failures(self, browser: str, since_ms: int) -> Failures:
        """Return how many tries failed since then."""
        count = select(func.count()).select_from(FAILED_TRY)
        count = count.where(FAILED_TRY.c.wall_ms >= since_ms)
        of_mine = count.where(FAILED_TRY.c.browser_hash == token_hash(browser))
        with self._database.read() as connection:
            mine = connection.execute(of_mine).scalar_one()
            return Failures(mine, connection.execute(count).scalar_one())

    def _free(self, connection: Connection, place: Place, generation: int) -> int:
        """Return the first generation from this one whose code nobody else has."""
        while True:
            code = code_of(self._secret, place, generation)
            taken = CODE.c.code_hash == code_hash(self._secret, code)
            if connection.execute(select(CODE.c.exercise).where(taken)).first() is None:
                return generation
            generation += 1


def _link(connection: Connection, token: str) -> Link | None:
    query = select(LINK).where(LINK.c.token_hash == token_hash(token))
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return Link(row.exercise, row.role, row.member, spent=row.spent_ms is not None)
