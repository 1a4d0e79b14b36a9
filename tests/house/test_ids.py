"""Identifiers sort in the order in which they were made."""

from concurrent.futures import ThreadPoolExecutor

from qingli.lib.ids import new_id


def test_many_in_one_millisecond_keep_their_order() -> None:
    made = [new_id() for _ in range(20_000)]
    assert made == sorted(made)
    assert {one.version for one in made} == {7}
    assert {one.variant for one in made} == {"specified in RFC 4122"}


def test_threads_never_make_the_same() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: [new_id() for _ in range(500)], range(8)))
    assert len({one for some in made for one in some}) == 4000
