"""Queries that are compiled once and asked many times, for the few that almost every request asks.

Django builds and compiles a query set anew each time, which takes several times as long as the database takes to
answer it (docs/performance.md). What stands under `@prepared` is an ordinary function from values to a query set:

    @prepared
    def token_in_force(*, digest: str, at: datetime) -> QuerySet[ApiToken]:
        return ApiToken.objects.filter(digest=digest, expires_at__gt=at)

    token_in_force.first(digest=…, at=timezone.now())

It is called once with stand-ins of the values' types, and the stand-ins are then found again among the parameters of
its SQL; every later call puts its own values there. What gives the query its shape (None, True, an enumeration, the
profile of a member) is told apart, and each shape is compiled by itself. A model instance counts as its fields, and
as the attributes that its class names in `beside_fields`: what is chosen of a few, and what is None, true or false, is
shape; the rest are values.

Not for what becomes part of the SQL (a list of any length; for the number of rows there is `Limit`) or is changed on its way into it (`contains`):
such a value is not found again, and the first call raises TypeError.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, cast
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import QuerySet

P = ParamSpec("P")
Row = TypeVar("Row")

LARGE = 7 << 56  # no number in any query of ours begins here
SHAPES = 200  # of one query; more means that a value was taken for shape
Path = tuple[str, str]  # the argument, and the field where that is a model instance


class Limit(int):
    """A number of rows: part of a statement, unlike other numbers, so that each is compiled by itself."""


class prepared(Generic[P, Row]):  # noqa: N801 -- a decorator
    def __init__(self, build: Callable[P, QuerySet[Any, Row]]) -> None:
        self.build = build
        self.__doc__ = build.__doc__
        # Of each thread its own, as connections are.
        self._known = threading.local()

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[Row]:
        assert not args, "By keyword only: a value is found again by its name."
        shape, values = taken_apart(kwargs)
        known: dict[Any, Statement[Row] | None] = self._known.__dict__
        if shape not in known:
            assert len(known) < SHAPES, f"{self.build.__name__} has too many shapes."
            known[shape] = self._compiled(kwargs, values)
        statement = known[shape]
        return [] if statement is None else statement.rows(values)

    def first(self, *args: P.args, **kwargs: P.kwargs) -> Row | None:
        """The first row, or None. Order and limit are the query's own."""
        rows = self(*args, **kwargs)
        return rows[0] if rows else None

    def _compiled(self, arguments: dict[str, Any], values: dict[Path, Any]) -> Statement[Row] | None:
        """None for a query that can have no rows."""
        stand_ins = {path: stand_in(value) for path, value in values.items()}
        build = cast("Callable[..., QuerySet[Any, Row]]", self.build)
        try:
            return Statement(build(**put_together(arguments, stand_ins)), stand_ins)
        except EmptyResultSet:
            return None


class Statement(Generic[Row]):
    """A query set whose compiler answers with SQL that is ready and with the parameters of the moment."""

    def __init__(self, rows: QuerySet[Any, Row], stand_ins: dict[Path, Any]) -> None:
        self._rows = rows
        # Instances, tuples, named tuples or single values: as the query set was asked for them.
        self._iterable: Callable[[Any], Iterator[Row]] = rows._iterable_class  # type: ignore[assignment]  # noqa: SLF001
        connection = connections[rows.db]
        compiler = rows.query.get_compiler(using=rows.db)
        self._sql, parameters = compiler.as_sql()
        self._parameters = list(parameters)
        self._places = list(places(self._parameters, stand_ins, connection.ops.adapt_datetimefield_value))
        converters = compiler.get_converters(one[0] for one in compiler.select)
        # Not this query set's alone but this thread's as well, and nothing else ever sees it.
        compiler.as_sql = self._as_sql
        compiler.get_converters = lambda expressions: converters  # noqa: ARG005 -- Django's signature
        rows.query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]  # noqa: ARG005

    def _as_sql(self, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        return self._sql, tuple(self._parameters)

    def rows(self, values: dict[Path, Any]) -> list[Row]:
        for index, path, adapt in self._places:
            self._parameters[index] = adapt(values[path])
        return list(self._iterable(self._rows))


def taken_apart(arguments: dict[str, Any]) -> tuple[tuple[Any, ...], dict[Path, Any]]:
    """What decides the SQL, and what is only a value in it."""
    shape: list[Any] = []
    values: dict[Path, Any] = {}
    for name, value in arguments.items():
        if isinstance(value, Model):
            for field in value._meta.concrete_fields:
                found = getattr(value, field.attname)
                if type(found) in (UUID, datetime, str, int) and not field.choices:
                    values[name, field.attname] = found
                    shape.append((name, field.attname))
                else:
                    shape.append((name, field.attname, found))
            for beside in beside_fields(value):
                found = getattr(value, beside)
                if found is not None:
                    values[name, beside] = found
                shape.append((name, beside, found is None))
        elif type(value) in (UUID, datetime, str, int):
            values[name, ""] = value
            shape.append((name, type(value)))
        else:
            shape.append((name, type(value), value))
    return tuple(shape), values


def beside_fields(value: Model) -> tuple[str, ...]:
    """What an instance carries that is no field and a query may depend on: identifiers and moments, or None."""
    return getattr(value, "beside_fields", ())


def put_together(arguments: dict[str, Any], values: dict[Path, Any]) -> dict[str, Any]:
    """The arguments with those values in the place of their own."""
    return {name: _with_values(name, value, values) for name, value in arguments.items()}


def _with_values(name: str, value: Any, values: dict[Path, Any]) -> Any:
    if not isinstance(value, Model):
        return values.get((name, ""), value)
    names = [field.attname for field in value._meta.concrete_fields]
    # Its `__class__`: what stands here may be Django's lazy wrapper round an instance.
    made = value.__class__(**{one: values.get((name, one), getattr(value, one)) for one in names})
    for one in beside_fields(value):
        setattr(made, one, values.get((name, one)))
    return made


_number = count(1)


def stand_in(value: Any) -> Any:
    """A value of the same type that occurs nowhere else."""
    number = next(_number)
    if isinstance(value, UUID):
        return UUID(int=(LARGE << 64) + number)
    if isinstance(value, datetime):
        return datetime(1871, 1, 1, tzinfo=UTC) + timedelta(seconds=number)
    return f"stand-in {number}" if isinstance(value, str) else LARGE + number


def places(
    parameters: list[Any], stand_ins: dict[Path, Any], adapt_moment: Callable[[Any], Any]
) -> Iterator[tuple[int, Path, Callable[[Any], Any]]]:
    """Where each value stands among the parameters, and how this database wants it."""
    ways: tuple[Callable[[Any], Any], ...] = (as_it_is, as_hex, adapt_moment)
    found = set()
    for index, parameter in enumerate(parameters):
        for path, value in stand_ins.items():
            for way in ways if isinstance(value, UUID | datetime) else (as_it_is,):
                if fits(way, value) and way(value) == parameter:
                    found.add(path)
                    yield index, path, way
                    break
    if missing := [name for name, field in stand_ins if not field and (name, field) not in found]:
        raise TypeError(f"Not a parameter of its SQL: {', '.join(missing)}")


def fits(way: Callable[[Any], Any], value: Any) -> bool:
    return way is as_it_is or isinstance(value, UUID) == (way is as_hex)


def as_it_is(value: Any) -> Any:
    return value


def as_hex(value: UUID) -> str:
    return value.hex
