"""A café on the internet: what a proxy may say of whoever stands behind it, and what is promised to people."""

from pathlib import Path

import pytest

from tests.server.running import CODE, run, running

PUBLIC = "https://cafe.example.org"
HOST = {"Host": "cafe.example.org"}


def by(*hops: str, **more: str) -> dict[str, str]:
    """The headers with which a proxy sends a request of somebody on."""
    return {**HOST, "X-Forwarded-For": ", ".join(hops), **more}


@pytest.mark.parametrize(
    ("proxies", "headers", "reached"),
    [
        ((), by("203.0.113.7"), 0),
        (("127.0.0.1",), HOST, 0),
        (("127.0.0.1",), by("203.0.113.7"), 1),
        (("127.0.0.1",), by("203.0.113.7:4711"), 1),
        (("127.0.0.1",), by("[2001:db8::7]:443"), 1),
        (("127.0.0.1", "10.0.0.0/8"), by("203.0.113.7", "10.1.1.1"), 1),
        (("127.0.0.1",), by("127.0.0.1"), 0),
        (("127.0.0.1",), by("nonsense"), 0),
        (("127.0.0.1",), by("203.0.113.7", "nonsense"), 0),
        (("10.0.0.0/8",), by("203.0.113.7"), 0),
    ],
)
def test_only_a_named_proxy_is_believed(
    tmp_path: Path, proxies: tuple[str, ...], headers: dict[str, str], reached: int
) -> None:
    """What a header says proves that somebody came through only when a proxy brings it that the facilitator named."""

    async def test() -> None:
        async with running(tmp_path, public_url=PUBLIC, proxies=proxies) as cafe, cafe.phone(joined=False) as phone:
            await cafe.room.address(PUBLIC)
            assert (await phone.get("/health", headers=headers)).status == 200
            assert cafe.room.live.pulse.reached == reached

    run(test())


def test_one_device_is_counted_once_whatever_it_claims(tmp_path: Path) -> None:
    """Only the last address that is not a proxy's counts: what a guest wrote in front of it makes no second device."""

    async def test() -> None:
        given = {"public_url": PUBLIC, "proxies": ("127.0.0.1",)}
        async with running(tmp_path, **given) as cafe, cafe.phone(joined=False) as phone:
            await cafe.room.address(PUBLIC)
            for claimed in ("1.1.1.1", "2.2.2.2", "127.0.0.1", "x" * 5000):
                await phone.get("/health", headers=by(claimed, "203.0.113.7"))
            assert cafe.room.live.pulse.reached == 1

    run(test())


def test_another_address_must_be_proved_anew(tmp_path: Path) -> None:
    """When phones are told another address, those that came in by the old one prove nothing about it."""

    async def test() -> None:
        async with running(tmp_path, proxies=("127.0.0.1",)) as cafe, cafe.phone(joined=False) as phone:
            headers = {"X-Forwarded-For": "203.0.113.7"}
            await cafe.room.address("http://192.168.7.7:8080")
            await phone.get("/health", headers=headers)
            assert cafe.room.live.pulse.reached == 1
            cafe.room.live.begin_proof()
            assert cafe.room.live.pulse.reached == 0

    run(test())


@pytest.mark.parametrize(
    ("public", "headers", "secure"),
    [
        (PUBLIC, by("203.0.113.7"), True),
        (PUBLIC, {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}, True),
        (PUBLIC, {}, False),
        (None, {"X-Forwarded-Proto": "https"}, False),
    ],
)
def test_a_cookie_is_secure_where_the_phone_spoke_https(
    tmp_path: Path, public: str | None, headers: dict[str, str], secure: bool
) -> None:
    """Over the internet the cookie never travels in the clear, and pages give up camera, place and microphone; in the
    hall, where there is no HTTPS and no page has these, it works.
    """

    async def test() -> None:
        async with (
            running(tmp_path, public_url=public, proxies=("127.0.0.1",)) as cafe,
            cafe.phone(joined=False) as phone,
        ):
            asked = await phone.get(f"/{CODE}", headers=headers)
            assert ("Permissions-Policy" in asked.headers) == secure
            joined = await phone.post(f"/{CODE}", headers=headers)
            assert joined.status == 303
            assert ("; Secure" in joined.headers["Set-Cookie"]) == secure

    run(test())


def test_one_address_of_the_internet_cannot_shut_the_others_out(tmp_path: Path) -> None:
    """Whoever guesses codes, or joins without end, from one address is stopped; others still come in at once."""

    async def test() -> None:
        given = {"public_url": PUBLIC, "proxies": ("127.0.0.1",)}
        async with running(tmp_path, **given) as cafe, cafe.phone(joined=False) as phone:
            guesses = [(await phone.get("/AAAA", headers=by("203.0.113.66"))).status for _ in range(14)]
            assert guesses == [404] * 10 + [429] * 4
            assert (await phone.get("/AAAA", headers=by("203.0.113.7"))).status == 404
            joins = []
            for _ in range(102):
                async with cafe.phone(joined=False) as other:
                    joins.append((await other.post(f"/{CODE}", headers=by("203.0.113.66"))).status)
            assert joins == [303] * 100 + [429] * 2
            assert (await phone.post(f"/{CODE}", headers=by("203.0.113.7"))).status == 303

    run(test())


def test_people_are_told_who_stands_between(tmp_path: Path) -> None:
    """The join page of a café on the internet says whose service carries the words; that of a hall does not."""

    async def test() -> None:
        async with running(tmp_path, public_url=PUBLIC) as cafe, cafe.phone(joined=False, language="en") as phone:
            page = (await phone.get(f"/{CODE}")).text
            assert "over the internet" in page
            assert "cafe.example.org" in page

    async def hall() -> None:
        async with running(tmp_path) as cafe, cafe.phone(joined=False, language="en") as phone:
            assert "over the internet" not in (await phone.get(f"/{CODE}")).text

    run(test())
    (tmp_path / "test.cafe").unlink()
    run(hall())
