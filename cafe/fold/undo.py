"""What taking back the facilitator's last action changes."""

from cafe import events as e
from cafe.fold.change import changes, with_
from cafe.fold.conclusions import conclude
from cafe.fold.dots import reveal
from cafe.fold.handovers import hide_photo, keep_back
from cafe.fold.ideas import stand
from cafe.fold.people import absent, host, host_all, lay, leave, pin, set_table, sit_all
from cafe.fold.programme import mend, move, note, reprogram
from cafe.fold.themes import present, regroup
from cafe.fold.wall import put_on_stage
from cafe.state import Place, State


@changes.register
def _(event: e.Undone, state: State, record: e.Record) -> State:
    state = with_(state, undo=state.undo[:-1], rev=state.rev + 1)
    if event.programme:
        state = reprogram(state, event.programme, event.at, event.by)
    if event.question is not None:
        state = mend(state, event.question)
    if event.what == "note_written":
        state = note(state, event.block, event.note)
    if event.position is not None:
        state = move(state, event.position, record.at)
    if event.wall:
        state = with_(state, wall=event.wall)
    if event.down is not None:
        state = with_(state, phones_down=event.down)
    state = sit_all(state, event.seats)
    if event.what == "hosted":
        state = host(state, event.table, event.who)
    if event.what == "joined":
        state = absent(state, event.who)
    if event.what == "left":
        state = leave(state, event.who, 0)
    if event.what == "pinned":
        state = pin(state, event.who, event.table)
    if event.what == "table_set":
        state = set_table(state, event.table, closed=event.table not in state.closed_tables)
    if event.what == "hand_over_stood" and (place := Place.read(event.place)) is not None:
        state = keep_back(state, place, hidden=place not in state.kept_back)
    if event.photo:
        photo = state.photos.get(event.photo)
        state = hide_photo(state, event.photo, hidden=photo is not None and not photo.hidden)
    if event.what == "concluded":
        state = conclude(state, event.about, event.conclusion)
    if event.what == "vote_set":
        state = reveal(state, shown=not state.revealed)
    if event.names or event.themed:
        state = regroup(state, event.names, event.themed)
    if event.what == "theme_shown":
        state = present(state, event.theme)
    if event.what == "stage_set":
        state = put_on_stage(state, event.idea)
    if event.what == "message_set":
        state = with_(state, message=event.message)
    state = host_all(state, event.hosts)
    if event.what == "tables_laid":
        state = lay(state, event.bare, event.closed)
    return stand(state, event.idea, event.standing) if event.standing else state
