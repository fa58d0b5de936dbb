"""News of agents tell everybody who is otherwise, and nothing that is not of these agents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wallboard.domain.clock import Moment
from wallboard.domain.snapshot import Agent, AgentId, AgentState, QueueId, Snapshot, difference
from wallboard.engine.agent_news import AgentNews
from wallboard.engine.board import Board
from wallboard.engine.happenings import PictureTaken
from wallboard.engine.lineup import Lineup, arranged
from wallboard.engine.roster import Arrangement, Grouping, Sorting
from wallboard.engine.step import step

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
Crew = Mapping[AgentId, Agent]


def agent(key: str, *, name: str = "", queues: tuple[str, ...] = (), seconds: int = 0) -> Agent:
    return Agent(
        agent_id=AgentId(key),
        name=name or key,
        state=AgentState.FREE if seconds % 2 else AgentState.IN_CALL,
        state_since=NOON - timedelta(seconds=seconds),
        queues=tuple(map(QueueId, queues)),
    )


def crew_of(*agents: Agent) -> Crew:
    return {one.agent_id: one for one in agents}


def pictures(*crews: Crew) -> list[Board]:
    """Return the boards after pictures of agents, one after the other."""
    board, before, made = Board(name="", zone=UTC, poll=timedelta(seconds=1)), None, []
    for second, crew in enumerate(crews):
        at = NOON + timedelta(seconds=second)
        snapshot = Snapshot(as_of=at, agents=crew)
        taken = PictureTaken(change=difference(before, snapshot))
        board, _ = step(board, taken, Moment(wall=at, steady_s=float(second)))
        before = snapshot
        made.append(board)
    return made


def news_since(boards: list[Board], first: int, *, renamed: bool = False) -> set[str] | None:
    told = boards[-1].agent_news.since(boards[first].agent_news.mark, renamed=renamed)
    return None if told is None else set(told)


def test_that_news_tell_who_changed_came_and_is_gone() -> None:
    ali, sara, reza = agent("ali"), agent("sara"), agent("reza")
    first = crew_of(ali, sara)
    second = crew_of(ali, agent("sara", seconds=5))
    third = crew_of(agent("sara", seconds=5), reza)
    boards = pictures(first, second, third)
    assert news_since(boards, 1) == {"ali", "reza"}
    assert news_since(boards, 0) == {"ali", "sara", "reza"}
    assert news_since(boards, 0, renamed=True) == {"ali", "reza"}
    assert news_since(boards, 2) == set()


def test_that_another_name_and_other_queues_are_told_apart_from_another_state() -> None:
    boards = pictures(
        crew_of(agent("a"), agent("b"), agent("c"), agent("d")),
        crew_of(agent("a", name="A"), agent("b", queues=("q",)), agent("c", seconds=1), agent("d")),
    )
    assert news_since(boards, 0) == {"a", "b", "c"}
    assert news_since(boards, 0, renamed=True) == {"a", "b"}


def test_that_where_nobody_changed_there_is_no_news() -> None:
    crew = crew_of(agent("a"))
    before, after = pictures(crew, dict(crew))
    assert after.agent_news is before.agent_news


def test_that_a_whole_picture_is_no_news_of_the_agents_before() -> None:
    crew = crew_of(agent("a"))
    news = AgentNews(crew)
    anew = Snapshot(as_of=NOON, agents=crew_of(agent("a", seconds=3)))
    assert news.after(crew, anew.agents, difference(None, anew)).since(news.mark) is None


def test_that_news_of_other_agents_are_none() -> None:
    crew, other = crew_of(agent("a")), crew_of(agent("b"))
    anew = Snapshot(as_of=NOON, agents=crew_of(agent("b", seconds=3)))
    news = AgentNews(crew)
    change = difference(Snapshot(as_of=NOON, agents=other), anew)
    assert news.after(other, anew.agents, change).since(news.mark) is None


def test_that_who_was_not_asked_for_long_compares_all() -> None:
    crews = [crew_of(agent("a", seconds=second)) for second in range(9)]
    boards = pictures(*crews)
    assert news_since(boards, 0) is None
    assert news_since(boards, 6) == {"a"}


def test_that_boards_that_show_the_same_are_equal_whatever_is_known_of_their_past() -> None:
    board = pictures(crew_of(agent("a")))[0]
    assert replace(board, agent_news=AgentNews()) == board


CREWS = st.lists(
    st.dictionaries(
        st.sampled_from("abcdef"),
        st.builds(
            lambda name, queues, seconds: (name, tuple(queues), seconds),
            st.sampled_from(["x", "y", "z"]),
            st.lists(st.sampled_from(["q1", "q2"]), max_size=2, unique=True),
            st.integers(0, 9),
        ),
    ),
    min_size=1,
    max_size=7,
)


@given(
    crews=CREWS,
    seen=st.lists(st.booleans(), min_size=7, max_size=7),
    grouping=st.sampled_from([Grouping.NOTHING, Grouping.STATE, Grouping.QUEUE]),
    sorting=st.sampled_from(Sorting),
    backwards=st.booleans(),
    filtered=st.booleans(),
)
def test_that_a_lineup_that_hears_the_news_is_the_one_that_all_made_anew_gives(
    crews: list[dict[str, tuple[str, tuple[str, ...], int]]],
    seen: list[bool],
    grouping: Grouping,
    sorting: Sorting,
    backwards: bool,
    filtered: bool,
) -> None:
    arrangement = Arrangement(grouping=grouping, sorting=sorting, backwards=backwards)
    matches = (lambda one: one.state is AgentState.FREE) if filtered else None
    lineup = Lineup(arrangement, matches=matches)
    told = [
        crew_of(*(agent(key, name=n, queues=q, seconds=s) for key, (n, q, s) in crew.items()))
        for crew in crews
    ]
    # Not every board is shown: what was missed is in the news, too.
    for board, looked_at in zip(pictures(*told), seen, strict=False):
        if not looked_at or board.snapshot is None:
            continue
        agents = board.snapshot.agents
        expected = arranged(agents.values(), arrangement, matches=matches)
        assert lineup.groups(agents, board.agent_news) == expected
