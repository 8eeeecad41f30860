"""How jobs are worked off: claimed for a while, never taken; finished only by whoever still holds them.

A line whose sender vanished in mid-send becomes *unknown*. It is never sent again blindly and never lost
silently: the worker looks whether it arrived, and where it cannot look the operator is told.

Two clocks, on purpose: what is due is compared with the clock that is handed in, so that a week can pass in a
second; leases are compared with the database's own, so that replicas with different clocks agree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    exists,
    func,
    not_,
    or_,
    select,
    tuple_,
    update,
)

from storage.crashpoints import crashpoint
from storage.database import clock_there, transaction
from storage.jobs import (
    Job,
    JobKind,
    JobState,
    add,
    answered,
    cancel,
    cancel_for,
    job_table,
    made,
    nudged,
    of_conversation,
    waiting,
)
from storage.repository import Repository
from storage.store import Store

__all__ = [
    "Job", "JobKind", "JobState", "add", "answered", "begin", "cancel", "cancel_for", "claim", "finish",
    "is_due", "job_by_id", "next_due", "nudged", "of_conversation", "postpone", "put_back", "retry",
    "scrub", "settle", "unsettled", "waiting",
]  # fmt: skip

LOOKUP_SECONDS = 60.0  # so long later lines wait for the worker to find out whether an unknown one arrived
BEGUN = "begun"  # the reason a claimed line carries while it is being sent
RECONCILE = timedelta(hours=1)  # so long a finished job keeps its slots

_c = job_table.c


def claim(
    store: Store,
    owner: str,
    now: datetime,
    lease_seconds: float,
    limit: int,
    *,
    kinds: Collection[JobKind] = tuple(JobKind),
    only_urgent: bool = False,
) -> list[Job]:
    """Take what is due, of all organisations, for ``lease_seconds``; urgent lines first, then by due moment.

    Of each person's lines only the first unfinished one can be taken, so that they arrive in order. A line
    whose use is over is dropped here.
    """
    if not _may_have_work(store, now):
        return []
    with transaction(store.engine) as connection:
        _drop_stale(connection, now)
        _release_expired(connection)
        crashpoint("claim_swept")
        line = job_table.alias("line")
        due = (
            select(job_table)
            .where(
                _c.state == JobState.READY,
                _c.try_at <= now,
                or_(_c.kind != JobKind.SAY, not_(exists().where(_goes_before(line.c, connection, now)))),
                *([] if len(kinds) == len(JobKind) else [_c.kind.in_(kinds)]),
                *([_c.urgent] if only_urgent else []),
            )
            # Settling a card is for the eye: it never takes a line's place.
            .order_by(_c.urgent.desc(), _c.kind == JobKind.SETTLE, _c.due_at, _c.seq)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = [row._asdict() for row in connection.execute(due)]
        if rows:
            taken = {
                "state": JobState.SENDING,
                "lease_owner": owner,
                "lease_until": clock_there(connection, lease_seconds),
                "attempts": _c.attempts + 1,
                "reason": None,
            }
            connection.execute(update(job_table).where(_is_one_of(rows)).values(taken))
        crashpoint("claim_marked")
    crashpoint("claim_committed")
    jobs = []
    for row in rows:
        row |= {"state": JobState.SENDING, "lease_owner": owner, "attempts": row["attempts"] + 1}
        job = made(row, store.sealer(row["organisation_id"]))
        if job.body is None:  # forgotten since it was queued: there is nothing left to say
            finish(store, job, JobState.DROPPED, now, reason="forgotten")
        else:
            jobs.append(job)
    return jobs


def _may_have_work(store: Store, now: datetime) -> bool:
    """Whether there is anything to take, to drop or to release: a look that holds up nobody who writes."""
    with transaction(store.engine, reading=True) as connection:
        free = and_(_c.state == JobState.READY, or_(_c.try_at <= now, _c.use_by < now))
        expired = and_(_c.state == JobState.SENDING, _c.lease_until < clock_there(connection, 0))
        return bool(connection.execute(select(exists().where(or_(free, expired)))).scalar_one())


def finish(
    where: Store | Repository,
    job: Job,
    state: JobState | str,
    now: datetime,
    reason: str | None = None,
    sent_ref: str | None = None,
) -> bool:
    """End a claimed job, with the caller's transaction if given a repository. False: the claim was lost."""
    ended = {"state": JobState(state), "reason": reason, "sent_ref": sent_ref, "finished_at": now}
    crashpoint("before_finish")
    done = _change(where, job, ended)
    crashpoint("after_finish")
    return done


def postpone(where: Store | Repository, job: Job, due_at: datetime) -> bool:
    """Give a claimed job another due moment: it takes its place among the lines of that time."""
    return _change(where, job, {"state": JobState.READY, "due_at": due_at, "try_at": due_at, **_FREE})


def retry(where: Store | Repository, job: Job, at: datetime, reason: str | None = None) -> bool:
    """Try a claimed job again later: it keeps its place, and the lines after it wait."""
    return _change(where, job, {"state": JobState.READY, "try_at": at, "reason": reason, **_FREE})


def put_back(where: Store | Repository, job: Job, at: datetime) -> bool:
    """Put a claimed job back untried, for a later moment: it keeps its place, and no try is counted."""
    untried = {"state": JobState.READY, "try_at": at, "attempts": job.attempts - 1, "reason": None, **_FREE}
    return _change(where, job, untried)


def is_due(store: Store, now: datetime, kinds: Collection[JobKind], *, only_urgent: bool = False) -> bool:
    """Whether there is something of these kinds to claim; a look that holds up nobody who writes."""
    urgent = [_c.urgent] if only_urgent else []
    due = exists().where(_c.state == JobState.READY, _c.try_at <= now, _c.kind.in_(kinds), *urgent)
    with transaction(store.engine, reading=True) as connection:
        return bool(connection.execute(select(due)).scalar_one())


def begin(store: Store, job: Job, lease_seconds: float) -> bool:
    """Right before a line is sent, or somebody outside is asked: keep the claim for so long from now. False:
    it was lost, so hands off.

    From here on nobody knows what became of the line, should this process end; before, it was not sent. A
    lookup is begun anew then.
    """
    key = (*_key(job), _c.state == JobState.SENDING, _c.lease_owner == job.lease_owner)
    with transaction(store.engine) as connection:
        # A lease that has run out is somebody else's to judge, even if nobody has looked yet.
        mine = (*key, _c.attempts == job.attempts, _c.lease_until > clock_there(connection, 0))
        begun = {"lease_until": clock_there(connection, lease_seconds), "reason": BEGUN}
        return connection.execute(update(job_table).where(*mine).values(begun)).rowcount == 1


def job_by_id(repository: Repository, job_id: str) -> Job | None:
    """One job."""
    row = repository.scope.row(job_table, _c.id == job_id)
    return None if row is None else made(row, repository.scope.sealer)


def unsettled(store: Store) -> list[Job]:
    """The unknown lines nobody has looked for yet, the oldest first. Ended leases are noticed here too."""
    with transaction(store.engine) as connection:
        _release_expired(connection)
        found = select(job_table).where(_c.state == JobState.UNKNOWN, _c.reason.is_(None)).order_by(_c.due_at)
        rows = [row._asdict() for row in connection.execute(found)]
    return [made(row, store.sealer(row["organisation_id"])) for row in rows]


def settle(
    store: Store,
    job: Job,
    state: JobState | str,
    now: datetime,
    reason: str | None = None,
    sent_ref: str | None = None,
    try_at: datetime | None = None,
) -> bool:
    """Say what became of an unknown line: sent, ready (it never arrived; to be tried again now or at
    ``try_at``), or unknown for good and why.
    """
    ended: dict[str, Any] = {"state": JobState(state), "reason": reason, "sent_ref": sent_ref}
    again = {"try_at": try_at or now, "finished_at": None, **_FREE}
    ended |= again if state == JobState.READY else {"finished_at": now}
    where = (*_key(job), _c.state == JobState.UNKNOWN)
    with transaction(store.engine) as connection:
        return connection.execute(update(job_table).where(*where).values(ended)).rowcount == 1


def next_due(store: Store, person_id: str | None = None) -> datetime | None:
    """The moment at which something is due next, for a person or for anyone."""
    earliest = select(func.min(_c.try_at)).where(_c.state == JobState.READY)
    if person_id is not None:
        earliest = earliest.where(_c.person_id == person_id)
    with transaction(store.engine, reading=True) as connection:
        moment: datetime | None = connection.execute(earliest).scalar_one()
    return moment


def scrub(store: Store, now: datetime) -> int:
    """Let finished jobs drop their slots once nobody will look for them any more; how many did."""
    over = _c.state.in_((JobState.SENT, JobState.DONE, JobState.DEAD, JobState.DROPPED, JobState.UNKNOWN))
    still_looked_for = and_(_c.state == JobState.UNKNOWN, _c.reason.is_(None))
    where = (over, not_(still_looked_for), _c.body.is_not(None), _c.finished_at < now - RECONCILE)
    with transaction(store.engine) as connection:
        return connection.execute(update(job_table).where(*where).values(body=None)).rowcount


_FREE: dict[str, Any] = {"lease_owner": None, "lease_until": None}


def _goes_before(line: Any, connection: Connection, now: datetime) -> ColumnElement[bool]:
    """Whether ``line`` is the reason why a job must wait."""
    first = or_(
        and_(line.urgent, not_(_c.urgent)),
        and_(
            line.urgent == _c.urgent,
            or_(line.due_at < _c.due_at, and_(line.due_at == _c.due_at, line.seq < _c.seq)),
        ),
    )
    being_looked_for = and_(
        line.state == JobState.UNKNOWN,
        line.reason.is_(None),
        line.lease_until > clock_there(connection, -LOOKUP_SECONDS),
    )
    return and_(
        line.organisation_id == _c.organisation_id,
        line.person_id == _c.person_id,
        line.kind == JobKind.SAY,
        line.id != _c.id,
        or_(
            and_(line.state == JobState.READY, line.due_at <= now, first),
            and_(line.state == JobState.SENDING, or_(first, not_(_c.urgent))),
            and_(being_looked_for, not_(_c.urgent), first),
        ),
    )


def _drop_stale(connection: Connection, now: datetime) -> None:
    stale = _c.state == JobState.READY, _c.use_by < now
    dropped = {"state": JobState.DROPPED, "reason": "stale", "finished_at": now}
    _change_free_rows(connection, stale, dropped)


def _release_expired(connection: Connection) -> None:
    expired = _c.state == JobState.SENDING, _c.lease_until < clock_there(connection, 0)
    # The lease's end stays with an unknown line: from it counts how long the lines after it wait.
    lost = {"state": JobState.UNKNOWN, "finished_at": _c.lease_until, "reason": None}
    _change_free_rows(connection, (*expired, _c.kind == JobKind.SAY, _c.reason == BEGUN), lost)
    untouched = or_(_c.kind != JobKind.SAY, _c.reason.is_(None), _c.reason != BEGUN)
    _change_free_rows(connection, (*expired, untouched), {"state": JobState.READY, **_FREE})


def _change_free_rows(
    connection: Connection, where: tuple[ColumnElement[bool], ...], values: dict[str, Any]
) -> None:
    """Change rows nobody else is changing; whoever holds the others changes them just so."""
    free = select(_c.organisation_id, _c.id).where(*where).with_for_update(skip_locked=True)
    rows = [row._asdict() for row in connection.execute(free)]
    if rows:
        connection.execute(update(job_table).where(_is_one_of(rows)).values(values))


def _change(where: Store | Repository, job: Job, values: dict[str, Any]) -> bool:
    # The fence. Owner alone is not enough: the same worker may have claimed the job anew after losing it.
    mine = (
        *_key(job),
        _c.state == JobState.SENDING,
        _c.lease_owner == job.lease_owner,
        _c.attempts == job.attempts,
    )
    with _connection(where) as connection:
        return connection.execute(update(job_table).where(*mine).values(values)).rowcount == 1


@contextmanager
def _connection(where: Store | Repository) -> Iterator[Connection]:
    if isinstance(where, Repository):
        yield where.scope.connection
    else:
        with transaction(where.engine) as connection:
            yield connection


def _key(job: Job) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _c.organisation_id == job.organisation_id, _c.id == job.id


def _is_one_of(rows: list[dict[str, Any]]) -> ColumnElement[bool]:
    return tuple_(_c.organisation_id, _c.id).in_([(row["organisation_id"], row["id"]) for row in rows])
