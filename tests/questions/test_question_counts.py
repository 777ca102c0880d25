"""The pages of questions cost the same number of statements for one question, for three and for ten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.questions.asked import ask, draft
from tests.test_query_counts import cost_at_each

if TYPE_CHECKING:
    from tests.test_query_counts import Play
    from tests.world import Cast


def ask_a_question(play: Play) -> None:
    """And draft another."""
    draft(play.member("accountant"), play.cast.bakery)
    ask(play.member("accountant"), play.cast.bakery)


@pytest.mark.parametrize("path", ["/desk/questions/", "/desk/companies/{bakery}/questions"])
def test_a_page_costs_the_same_however_many_there_are(cast: Cast, path: str) -> None:
    cost = cost_at_each(cast, "accountant", path, ask_a_question)
    assert len(set(cost.values())) == 1, cost
