"""Every key of the wall and of the private view, as data: help, footer, README and tests are made from this table."""

from typing import Literal

import msgspec

from cafe.i18n import N_

View = Literal["wall", "private", "replay"]

EVERYWHERE: tuple[View, ...] = ("wall", "private", "replay")
SHOWN: tuple[View, ...] = ("wall", "replay")
REPLAY: tuple[View, ...] = ("replay",)


class Key(msgspec.Struct, frozen=True):
    """A key's meaning. `twice`: what the room would notice wants a second press within three seconds. On its own `page`
    of the private view a key means this and nothing else; without one it may act on what is chosen in the lists of
    `homes`, and on other pages, where nobody sees what that is, it says so. `fixed`: no settings file gives it other
    keys. Of a replay's pairs the first half goes back.
    """

    action: str
    keys: tuple[str, ...]
    label: str
    told: str
    views: tuple[View, ...] = ("wall", "private")
    twice: bool = False
    page: str = ""
    homes: tuple[str, ...] = ()
    fixed: bool = False


KEYS: tuple[Key, ...] = (
    Key("start", ("space", "p"), N_("start, pause"), N_("Starts what waits; lets the clock stand still, and run on.")),
    Key("next", ("n", "right", "pagedown"), N_("next"), N_("Goes on to the next step."), twice=True),
    Key(
        "back",
        ("left", "pageup"),
        N_("back"),
        N_("Goes back to the step before, as long as nothing was done since."),
        ("wall",),
        twice=True,
    ),
    Key("add", ("plus", "equals_sign", "up"), N_("one minute more"), N_("Gives the round one minute more.")),
    Key("take", ("minus", "underscore", "down"), N_("one minute less"), N_("Takes one minute from the round.")),
    Key("fit", ("f",), N_("fit"), N_("Fits the rounds that are left into the planned end; shown first."), twice=True),
    Key(
        "lay",
        ("m",),
        N_("how many tables"),
        N_("Before round 1: tables for those who came; shown first."),
    ),
    Key("undo", ("u", "ctrl+z"), N_("undo"), N_("Takes the last action back, twenty deep.")),
    Key("ideas", ("i",), N_("ideas"), N_("Ideas on the wall: a strip of the newest, all, none.")),
    Key("hide", ("h",), N_("hide the newest"), N_("Takes the newest idea off the wall.")),
    Key("vote", ("v",), N_("votes"), N_("In the harvest: shows what has the most dots, or goes on."), ("wall",)),
    Key("themes", ("g",), N_("themes"), N_("In the harvest: the next theme with its ideas, then none."), ("wall",)),
    Key("phones", ("z",), N_("phones down"), N_("Asks to lay phones down, until the next step.")),
    Key(
        "join",
        ("j",),
        N_("code"),
        N_("Shows the code to scan alone, over anything; pressed again, that of the Wi-Fi."),
        ("wall",),
    ),
    Key(
        "address",
        ("w",),
        N_("address"),
        N_("Tells phones the laptop's next address; shown first."),
        twice=True,
    ),
    Key("blank", ("b", "full_stop"), N_("blank"), N_("Makes the wall dark; any key brings it back."), EVERYWHERE),
    Key(
        "question",
        tuple("1234567890"),
        N_("one question"),
        N_("Shows one question large; 0 shows all."),
        SHOWN,
        fixed=True,
    ),
    Key("language", ("l",), N_("language"), N_("The wall's next language."), EVERYWHERE),
    Key("theme", ("t",), N_("colours"), N_("Night, day, high contrast."), EVERYWHERE),
    Key(
        "lock",
        ("L",),
        N_("lock"),
        N_("Locks the wall's keys, all but start, blank and code, or unlocks them."),
        ("wall",),
    ),
    Key(
        "show",
        ("a",),
        N_("show"),
        N_("Lets the chosen idea through, or shows a hidden one again."),
        ("private",),
        homes=("ideas",),
    ),
    Key(
        "conceal",
        ("x",),
        N_("hide"),
        N_("Takes the chosen idea off the wall and the phones."),
        ("private",),
        homes=("ideas", "tables"),
    ),
    Key(
        "stage",
        ("enter",),
        N_("large"),
        N_("The chosen idea stands large on the wall; once more, or Esc, takes it down."),
        ("private",),
        homes=("ideas",),
        fixed=True,
    ),
    Key(
        "lower",
        ("escape", "enter"),
        N_("take down"),
        N_("Takes down the idea that stands large."),
        ("wall",),
        fixed=True,
    ),
    Key(
        "tell", ("exclamation_mark",), N_("message"), N_("Tells the room something, on wall and phones."), ("private",)
    ),
    Key("search", ("slash",), N_("search"), N_("Finds ideas by their words, people by name or card."), ("private",)),
    Key(
        "arrive",
        ("y",),
        N_("is here"),
        N_("Ticks off the chosen person of the list: they have come."),
        ("private",),
        homes=("people",),
    ),
    Key(
        "host",
        ("o",),
        N_("host"),
        N_("Makes the chosen person the host of their table, or no longer."),
        ("private",),
        homes=("people",),
    ),
    Key("entry", ("s",), N_("write"), N_("Types an idea that somebody said, or wrote on paper."), ("private",)),
    Key("bring", ("g",), N_("no phone"), N_("Seats somebody without a phone, with the next card."), ("private",)),
    Key(
        "depart",
        ("d",),
        N_("left"),
        N_("Notes that the chosen person has left; their seats are free."),
        ("private",),
        homes=("people",),
    ),
    Key(
        "keep",
        ("k",),
        N_("stays put"),
        N_("The chosen person cannot move, or can again."),
        ("private",),
        homes=("people",),
    ),
    Key(
        "erase",
        ("r",),
        N_("forget"),
        N_("Forgets the chosen person, who asked for it: the name and all."),
        ("private",),
        homes=("people",),
        twice=True,
    ),
    Key(
        "even", ("e",), N_("even out"), N_("Offers ways on for the tables to come, each with its price."), ("private",)
    ),
    Key(
        "shut",
        ("v",),
        N_("close table"),
        N_("Closes the chosen table from the next round on, or opens it; in a vote it shows the dots, as on the wall."),
        ("private",),
        homes=("tables",),
    ),
    Key(
        "longer",
        ("plus", "equals_sign"),
        N_("longer"),
        N_("Programme page: a minute more for the chosen part."),
        ("private",),
        page="programme",
    ),
    Key(
        "shorter",
        ("minus", "underscore"),
        N_("shorter"),
        N_("Programme page: a minute less for the chosen part."),
        ("private",),
        page="programme",
    ),
    Key(
        "leave_out",
        ("x",),
        N_("leave out"),
        N_("Programme page: leaves the chosen part out, or takes it in again."),
        ("private",),
        page="programme",
    ),
    Key(
        "put_in",
        ("b",),
        N_("break"),
        N_("Programme page: puts a break in after the chosen part."),
        ("private",),
        page="programme",
    ),
    Key(
        "repeat",
        ("r",),
        N_("once more"),
        N_("Programme page: one round more, or the chosen part once more."),
        ("private",),
        page="programme",
    ),
    Key(
        "mend",
        ("e",),
        N_("wording"),
        N_("Programme page: gives a question of the chosen part other words; in a harvest, its conclusion."),
        ("private",),
        page="programme",
    ),
    Key(
        "note",
        ("s",),
        N_("note"),
        N_("Programme page: writes your own note about the chosen part."),
        ("private",),
        page="programme",
    ),
    Key(
        "photo",
        ("r",),
        N_("photograph"),
        N_("Tables page: shows the photographs of the chosen table, and takes one out of the report, or in again."),
        ("private",),
        page="tables",
    ),
    Key(
        "take_turns",
        ("o",),
        N_("tables report"),
        N_("Tables page: lets the tables report one after another, each with its clock; once more ends it."),
        ("private",),
        page="tables",
    ),
    Key(
        "pass_over",
        ("d",),
        N_("pass over"),
        N_("Tables page: the chosen table does not report, or does after all."),
        ("private",),
        page="tables",
    ),
    Key(
        "phone",
        ("w",),
        N_("phone"),
        N_("Tables page: shows what a phone at the chosen table shows now."),
        ("private",),
        page="tables",
    ),
    Key("mark", ("k",), N_("mark"), N_("Ideas page: marks the chosen idea for a theme."), ("private",), page="ideas"),
    Key(
        "gather",
        ("g",),
        N_("theme"),
        N_("Ideas page: puts the marked ideas, or the chosen one, under a theme, or under none."),
        ("private",),
        page="ideas",
    ),
    Key(
        "present",
        ("enter",),
        N_("on the wall"),
        N_("Themes page: shows the chosen theme on the wall, in the harvest; once more takes it down."),
        ("private",),
        page="themes",
    ),
    Key("retitle", ("e",), N_("name"), N_("Themes page: gives the chosen theme a name."), ("private",), page="themes"),
    Key(
        "unite",
        ("g",),
        N_("merge"),
        N_("Themes page: puts the chosen theme, or the chosen idea alone, under another theme."),
        ("private",),
        page="themes",
    ),
    Key(
        "dissolve",
        ("x",),
        N_("take away"),
        N_("Themes page: takes the chosen theme away, or the chosen idea out of it; its ideas stay."),
        ("private",),
        page="themes",
    ),
    Key(
        "copy",
        ("c",),
        N_("copy"),
        N_("Laptop page: copies the café to a stick or a folder, now and every five minutes."),
        ("private",),
        page="laptop",
    ),
    Key(
        "strike",
        ("x",),
        N_("deleted"),
        N_("Laptop page: takes a copy that you have deleted off the list."),
        ("private",),
        page="laptop",
    ),
    Key("catch_up", ("c",), N_("wall clock"), N_("After coming back: takes the wall clock's time."), ("private",)),
    Key(
        "remote",
        ("0",),
        N_("phone remote"),
        N_("Makes your phone the remote, by a code that works once; or ends that."),
        ("private",),
    ),
    Key(
        "tab",
        tuple("12345678"),
        N_("page"),
        N_("Ideas, people, tables, programme, notes, network, themes, laptop."),
        ("private",),
        fixed=True,
    ),
    Key("run", ("space", "p"), N_("run, stand still"), N_("Lets the hours run, or stand still."), REPLAY),
    Key(
        "pace",
        ("minus", "underscore", "plus", "equals_sign"),
        N_("slower, faster"),
        N_("Slower; faster."),
        REPLAY,
        fixed=True,
    ),
    Key("minute", ("left", "right"), N_("a minute"), N_("A minute back; a minute on."), REPLAY, fixed=True),
    Key(
        "round", ("pageup", "pagedown"), N_("a round"), N_("To the round before; to the next one."), REPLAY, fixed=True
    ),
    Key(
        "part", ("up", "down"), N_("a part"), N_("To the programme's part before; to the next one."), REPLAY, fixed=True
    ),
    Key("ends", ("home", "end"), N_("beginning, end"), N_("To the beginning; to the end."), REPLAY, fixed=True),
    Key(
        "skip",
        ("n", "enter"),
        N_("what comes"),
        N_("Over a time without anything, to what happened next."),
        REPLAY,
        fixed=True,
    ),
    Key("foot", ("h",), N_("last line"), N_("Hides the last line, or shows it again."), REPLAY),
    Key("help", ("question_mark", "f1"), N_("help"), N_("Shows these keys."), EVERYWHERE),
    Key("leave", ("q", "ctrl+q"), N_("quit"), N_("Leaves, after a question; the café can be continued.")),
    Key("away", ("q", "ctrl+q"), N_("quit"), N_("Leaves; the file is as it was."), REPLAY),
)

HARMLESS = ("f5", "ctrl+c", "tab")
"""Keys that presenters' clickers and habits send; they do nothing on the wall."""


NAMES = {
    "space": N_("space"),
    "right": "→",
    "left": "←",
    "up": "↑",
    "down": "↓",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "underscore": "_",
    "full_stop": ".",
    "question_mark": "?",
    "slash": "/",
    "exclamation_mark": "!",
    "enter": N_("Enter"),
    "escape": "Esc",
    "f1": "F1",
    "ctrl+z": "Ctrl+Z",
    "ctrl+q": "Ctrl+Q",
}
"""What stands on a key, where it is not the key's own name."""
