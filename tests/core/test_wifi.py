"""The code with which phones join the venue's Wi-Fi."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafe.plan import Wifi, parse

WORDS = st.text(st.sampled_from('aZ9 ș„”\\;,:"'), max_size=20)


def read(code: str) -> dict[str, str]:
    """The fields of a Wi-Fi code as a phone takes them apart."""
    assert code.startswith("WIFI:")
    fields, name, value, signs = {}, "", None, iter(code.removeprefix("WIFI:"))
    for sign in signs:
        if sign == "\\" and value is not None:
            value += next(signs)
        elif sign == ":" and value is None:
            value = ""
        elif sign == ";":
            if value is not None:
                fields[name] = value
            name, value = "", None
        elif value is None:
            name += sign
        else:
            value += sign
    return fields


@given(WORDS.filter(bool), WORDS)
def test_every_name_and_password_comes_out_as_it_went_in(name: str, password: str) -> None:
    """Whatever signs a name or a password has, a phone reads them as they are."""
    fields = read(Wifi(name, password).code)
    assert fields == {"T": "WPA", "S": name, "P": password} if password else fields == {"T": "nopass", "S": name}


@pytest.mark.parametrize(
    ("wifi", "code"),
    [
        (Wifi("Cafe", "abc12345"), "WIFI:T:WPA;S:Cafe;P:abc12345;;"),
        (Wifi("Cafe"), "WIFI:T:nopass;S:Cafe;;"),
        (Wifi("Cafe", "abc12345", hidden=True), "WIFI:T:WPA;S:Cafe;P:abc12345;H:true;;"),
        (Wifi('a\\b;c,d:e"f', "x"), 'WIFI:T:WPA;S:a\\\\b\\;c\\,d\\:e\\"f;P:x;;'),
    ],
)
def test_the_code_is_as_cameras_know_it(wifi: Wifi, code: str) -> None:
    """With a password, open, hidden, and with every sign that needs a backslash."""
    assert wifi.code == code


def test_a_plan_can_name_a_hidden_network() -> None:
    """`hidden = true` under [wifi] is understood; anything else there is told with what would be right."""
    text = (
        'title = "T"\n[wifi]\nname = "N"\nhidden = {}\n[sessions.s1]\ntitle = "S"\nquestions = ["Q?"]\n[[programme]]\n'
        'at = "10:00"\nkind = "session"\nsession = "s1"\n'
    )
    plan = parse(text.format("true")).plan
    assert plan is not None
    assert plan.wifi == Wifi("N", hidden=True)
    mistake = parse(text.format('"yes"')).mistakes[0]
    assert (mistake.line, "true or false" in mistake.sentence) == (4, True)
