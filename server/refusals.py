"""Every no of the participants' server: its code, its sentence and its HTTP status, in one table."""

from cafe.i18n import N_
from cafe.rules import REFUSALS, Refused

SENTENCES = REFUSALS | {
    "wrong_code": N_("That is not the code of this café. Look at the wall and try again."),
    "wrong_host": N_("This address is not the café's. Please scan the code on the wall again."),
    "wrong_origin": N_("This did not come from the café's own page. Please load the page again."),
    "not_found": N_("There is nothing at this address."),
    "not_allowed": N_("That cannot be done here."),
    "bad_request": N_("This could not be read. Please load the page again."),
    "too_slow": N_("It took too long to arrive. It will be sent again."),
    "no_photo": N_("This is no photograph that can be read. Please take one as JPEG."),
    "crowded": N_("Very many people are coming in. Please try again in a moment."),
    "wrong_key": N_(
        "This code is no good any more: it works once, for one phone, for two minutes. Show a new one in the private "
        "view; if another phone took this one, end that there."
    ),
    "no_remote_phone": N_("This phone is not the remote. Scan the code in the private view."),
    "too_many_keys": N_("Somebody is trying keys. Please wait a moment."),
    "too_late": N_("That came too late and was not done. Look again, then press."),
    "fault": N_("Something went wrong on the laptop. Please try again."),
}
"""What is said, in words that a participant understands."""

STATUS = {
    "not_joined": 401,
    "not_open": 403,
    "not_yours": 403,
    "wrong_origin": 403,
    "wrong_key": 403,
    "no_remote_phone": 403,
    "wrong_code": 404,
    "not_found": 404,
    "no_such_idea": 404,
    "not_allowed": 405,
    "too_slow": 408,
    "never_open": 409,
    "no_vote": 409,
    "no_dot_left": 409,
    "dots_on_one": 409,
    "closed": 410,
    "handed_on": 409,
    "others_hand_over": 409,
    "enough_photos": 409,
    "too_large": 413,
    "wrong_host": 421,
    "bad_id": 422,
    "other_text": 422,
    "empty": 422,
    "too_long": 422,
    "too_many_lines": 422,
    "not_text": 422,
    "no_such_group": 422,
    "no_such_table": 422,
    "no_such_card": 422,
    "card_taken": 409,
    "no_hosts": 409,
    "host_taken": 409,
    "no_choice": 409,
    "no_such_talk": 409,
    "phones_needed": 409,
    "table_full": 409,
    "no_hand_over": 404,
    "no_photo": 415,
    "room_changed": 409,
    "too_fast": 429,
    "crowded": 429,
    "too_many_keys": 429,
    "too_late": 409,
    "already_left": 409,
    "fault": 500,
    "not_saved": 503,
    "disk_full": 507,
}
"""What a no is in HTTP; a code that is not named is 400."""

RETRY = {"not_saved": 2.0, "disk_full": 15.0, "too_slow": 1.0, "fault": 2.0}
"""Seconds after which the same may be tried again, where time may heal it."""

OF_HTTP = {404: "not_found", 405: "not_allowed", 408: "too_slow", 413: "too_large"}
"""The codes of what aiohttp itself refuses."""


class No(Refused):
    """A refusal of the server itself; `retry` says after how many seconds to try again."""

    def __init__(self, code: str, retry: float = 0) -> None:
        Exception.__init__(self, SENTENCES[code])
        self.code, self.retry = code, retry


def status(code: str) -> int:
    return STATUS.get(code, 400)


def retry(no: Refused) -> float:
    """Seconds after which this may be tried again; 0 for never."""
    return no.retry if isinstance(no, No) and no.retry else RETRY.get(no.code, 0)
