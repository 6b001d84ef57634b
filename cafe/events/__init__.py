"""Every fact that can happen in a café: a page for each matter.

An event is a frozen value; its kind is its tag in the log. Kinds are never redefined and bodies only grow: a new
field has a default. Events carry results, never only seeds, so that a replay needs no planner. They know random
participant ids and no person. Times are café time in integer milliseconds.
"""

from cafe.events.cafe import Addressed, CaughtUp, Closed, HeadsCounted, Opened, PlanTaken, Returned, Started
from cafe.events.conclusions import Concluded
from cafe.events.dots import DotsGiven, VoteSet
from cafe.events.event import Event, Position, Report, Seat, Track
from cafe.events.feedback import FeedbackGiven
from cafe.events.handovers import HandedOver, HandOverStood, PhotoStood, PhotoTaken, PhotoTakenBack
from cafe.events.ideas import IdeaChanged, IdeaSent, IdeaStood, IdeaTakenBack
from cafe.events.people import (
    Expected,
    Forgot,
    Hosted,
    Joined,
    LanguageChosen,
    Left,
    NamesPurged,
    Paired,
    Pinned,
    Seated,
    Settled,
    TableSet,
    TablesLaid,
    TalkChosen,
)
from cafe.events.programme import (
    Before,
    BlockBegan,
    Fitted,
    MoveBegan,
    NoteWritten,
    Paused,
    ProgrammeChanged,
    QuestionMended,
    Resumed,
    RoundBegan,
    TimeChanged,
    Undone,
)
from cafe.events.record import KINDS, Record, Stored, Unknown, decode, encode, name_of, pack, unpack
from cafe.events.reports import ReportSet
from cafe.events.themes import ThemesChanged, ThemeShown
from cafe.events.wall import LanguageSet, Message, MessageSet, PhonesLaid, StageSet, Surface, WallSet

__all__ = [
    "KINDS",
    "Addressed",
    "Before",
    "BlockBegan",
    "CaughtUp",
    "Closed",
    "Concluded",
    "DotsGiven",
    "Event",
    "Expected",
    "FeedbackGiven",
    "Fitted",
    "Forgot",
    "HandOverStood",
    "HandedOver",
    "HeadsCounted",
    "Hosted",
    "IdeaChanged",
    "IdeaSent",
    "IdeaStood",
    "IdeaTakenBack",
    "Joined",
    "LanguageChosen",
    "LanguageSet",
    "Left",
    "Message",
    "MessageSet",
    "MoveBegan",
    "NamesPurged",
    "NoteWritten",
    "Opened",
    "Paired",
    "Paused",
    "PhonesLaid",
    "PhotoStood",
    "PhotoTaken",
    "PhotoTakenBack",
    "Pinned",
    "PlanTaken",
    "Position",
    "ProgrammeChanged",
    "QuestionMended",
    "Record",
    "Report",
    "ReportSet",
    "Resumed",
    "Returned",
    "RoundBegan",
    "Seat",
    "Seated",
    "Settled",
    "StageSet",
    "Started",
    "Stored",
    "Surface",
    "TableSet",
    "TablesLaid",
    "TalkChosen",
    "ThemeShown",
    "ThemesChanged",
    "TimeChanged",
    "Track",
    "Undone",
    "Unknown",
    "VoteSet",
    "WallSet",
    "decode",
    "encode",
    "name_of",
    "pack",
    "unpack",
]
