"""How much of a period is in, day by day, and the points of its plot."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from comptoir.campaigns.progress import Course, Progress, course_of
from comptoir.web.desk.burn_up import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, plot_of

OCTOBER, SEPTEMBER = date(2026, 10, 31), date(2026, 9, 30)
LEGAL, ASKED_FOR = date(2026, 11, 20), date(2026, 11, 17)
FIRST, TODAY = date(2026, 11, 1), date(2026, 11, 12)
NUMBER = re.compile(r"-?\d+\.?\d*")


def november(day: int) -> date:
    return date(2026, 11, day)


NOW = Progress(10, {november(2): 1, november(5): 3, november(12): 2}, OCTOBER)
BEFORE = Progress(8, {date(2026, 10, 2): 2, date(2026, 10, 12): 2, date(2026, 10, 20): 4}, SEPTEMBER)


def course(today: date = TODAY, before: Progress | None = BEFORE, opened_on: date = FIRST) -> Course:
    return course_of(NOW, before, opened_on=opened_on, legal_on=LEGAL, today=today)


def test_a_share_is_what_came_in_by_that_day() -> None:
    assert [NOW.share(november(day)) for day in (1, 2, 4, 5, 12, 30)] == [0, 0.1, 0.1, 0.4, 0.6, 0.6]
    assert NOW.count(november(11)) == 4


def test_the_period_before_is_laid_over_at_the_same_day() -> None:
    shown = course()
    assert shown.now[shown.at] == 0.6
    assert shown.before[shown.at] == 0.5  # by 12 October
    assert len(shown.now) == 12
    assert len(shown.before) == 20
    assert shown.before[-1] == 1


def test_a_month_after_a_shorter_one_counts_from_its_end() -> None:
    february = Progress(4, {date(2026, 3, 1): 4}, date(2026, 2, 28))
    march = Progress(4, {date(2026, 4, 1): 1}, date(2026, 3, 31))
    shown = course_of(
        march, february, opened_on=date(2026, 4, 1), legal_on=date(2026, 4, 20), today=date(2026, 4, 1)
    )
    assert (shown.now, shown.before[0]) == ([0.25], 1.0)


def test_what_was_asked_before_the_period_ended_begins_then() -> None:
    assert course(opened_on=date(2026, 10, 28)).first == date(2026, 10, 28)


def test_a_late_period_is_drawn_to_today_but_not_for_ever() -> None:
    assert course(november(25)).last == november(25)
    assert course(date(2027, 3, 1)).last == november(20) + timedelta(days=14)


def test_nothing_asked_and_nothing_before_is_an_empty_plot() -> None:
    nothing = course_of(
        Progress(0, {}, OCTOBER), None, opened_on=november(1), legal_on=LEGAL, today=november(3)
    )
    plot = plot_of(nothing, asked_for=ASKED_FOR, legal_on=LEGAL)
    assert (nothing.now, plot.before, plot.before_point) == ([0, 0, 0], "", None)


def test_the_day_before_it_begins_draws_no_line() -> None:
    early = course_of(NOW, BEFORE, opened_on=november(1), legal_on=LEGAL, today=date(2026, 10, 20))
    plot = plot_of(early, asked_for=ASKED_FOR, legal_on=LEGAL)
    assert (plot.now, plot.area, plot.point, plot.before_point) == ("", "", None, None)


def test_weekends_and_holidays_are_shaded() -> None:
    plot = plot_of(course(), asked_for=ASKED_FOR, legal_on=LEGAL)
    # 1 November (a Sunday), 7 and 8, 11 (Armistice), 14 and 15.
    assert len(plot.weekends) == 6


def test_chases_beyond_the_plot_are_not_drawn() -> None:
    chases = [(date(2026, 10, 1), True), (november(5), True), (november(18), False)]
    plot = plot_of(course(), asked_for=ASKED_FOR, legal_on=LEGAL, chases=chases)
    assert [(dot.day, dot.is_sent) for dot in plot.chases] == chases[1:]


DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
CAME = st.dictionaries(st.integers(-30, 90), st.integers(1, 9), max_size=8)
# When it was opened, when it is due by law, for when it was asked, and today: days after the end of the period.
WHEN = st.tuples(st.integers(-40, 40), st.integers(1, 60), st.integers(-10, 60), st.integers(-60, 400))


@given(ends_on=DAYS, when=WHEN, came=CAME)
def test_every_point_lies_in_the_drawing(
    ends_on: date, when: tuple[int, int, int, int], came: dict[int, int]
) -> None:
    by_day = {ends_on + timedelta(days=number): count for number, count in came.items()}
    opened_on, legal_on, asked_for, today = (ends_on + timedelta(days=number) for number in when)
    now = Progress(sum(came.values()), by_day, ends_on)
    shown = course_of(now, now, opened_on=opened_on, legal_on=legal_on, today=today)
    plot = plot_of(shown, asked_for=asked_for, legal_on=legal_on, chases=[(asked_for, True)])
    assert all(0 <= share <= 1 for share in shown.now + shown.before)
    assert shown.now == sorted(shown.now)
    for path in (plot.now, plot.area, plot.before):
        numbers = [float(found) for found in NUMBER.findall(path)]
        assert all(LEFT <= x <= RIGHT for x in numbers[::2])
        assert all(TOP <= y <= BOTTOM for y in numbers[1::2])
    marks = [one for one in (plot.point, plot.before_point, plot.asked, plot.legal) if one]
    assert all(0 <= float(mark.x) <= WIDTH and 0 <= float(mark.y or 0) <= HEIGHT for mark in marks)
