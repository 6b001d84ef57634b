"""The URL vocabulary of the participants' server, on one page. The facilitator's controls are another application."""

from aiohttp import web

from server import api, assets, leaving, pages, stream, table, voting, wall

CODE = r"/{code:[A-Za-z0-9]{4,16}}"
TABLE = r"/t/{code:[A-Za-z0-9]{4,16}}/{table:[0-9]{1,4}}"
WALL = r"/wall/{code:[A-Za-z0-9]{4,16}}"
IDEA = r"/c/ideas/{id:[A-Za-z0-9_-]{1,64}}"

ROUTES: tuple[web.RouteDef, ...] = (
    # before somebody is in
    web.get("/", pages.home),
    web.get("/health", api.health),
    web.get(f"/static/{assets.NAME}", assets.of("cafe", "photo", "wall")),
    # the café, for somebody who is in; every unsafe one has a twin that a plain form can reach
    web.get("/c", pages.page),
    web.get("/c/meeting", pages.meeting),
    web.get("/c/state", api.state),
    web.get("/c/events", stream.events, allow_head=False),
    web.get("/c/poll", stream.poll, allow_head=False),
    web.post("/c/ideas", api.send),
    web.put(IDEA, api.change),
    web.post(IDEA + "/edit", api.change),
    web.delete(IDEA, api.take_back),
    web.post(IDEA + "/back", api.take_back),
    web.put("/c/ballot", voting.ballot),
    web.post("/c/ballot", voting.ballot),
    web.post(IDEA + "/vote", voting.dot),
    web.put("/c/here", api.here),
    web.post("/c/here", api.here),
    web.post("/c/hand-over", leaving.hand_over),
    web.post(leaving.PHOTO, leaving.photograph),
    web.post("/c/photo/back", leaving.photographs_back),
    web.post("/c/feedback", api.feedback),
    web.post("/c/erase", api.erase),
    # a table's own device, which is nobody's
    web.get(TABLE, table.page),
    web.get(TABLE + "/state", table.state),
    web.post(TABLE + "/ideas", table.send),
    # the wall in another room, for eyes alone
    web.get("/wall", wall.home),
    web.get(WALL, wall.page),
    web.get(WALL + "/events", wall.events, allow_head=False),
    # the way in; last, because a code may look like anything
    web.get(CODE, pages.join),
    web.post(CODE, api.join),
)
