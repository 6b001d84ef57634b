"""Pack the bitmap fonts of the wall into one readable file, `misc-fixed.txt`, beside this script.

Run it only to change the fonts or their letters; the packed file is kept in the repository, so that nobody needs the
originals. They are the "misc-fixed" fonts of the X Window System ("Public domain font. Share and enjoy."), on Debian
in the package xfonts-base:

    apt-get install xfonts-base
    python screens/widgets/fonts/pack.py /usr/share/fonts/X11/misc
"""

import gzip
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

FONTS = ("4x6", "5x8", "6x10", "6x13", "8x13B", "9x15B", "9x18B")  # in 6x13B and 7x13B an m is a blot

LETTERS = {
    "ro": "ăâîșțşţ",
    "en": "",
    "nl": "áéíóúàèëïöüĳ",
    "it": "àèéìíîòóùú",
    "hr": "čćđšž",
    "lt": "ąčęėįšųūž",
    "fi": "åäöšž",
}
"""What each language of the wall writes beside a–z; the older cedilla of Romanian and the capitals are included."""

SIGNS = "".join(map(chr, range(0x20, 0x7F))) + "«»‹›‘’‚“”„–—…•·¿¡°±×÷§©®€£½¼¾²³ß→←↑↓"

# In the smallest fonts M and W are so narrow that they read as H; with letters set apart they may be wider. In the
# very smallest C would read as G, 0 as 8, and a point as a plus sign.
REDRAWN = {
    ("4x6", "0"): [0b111, 0b101, 0b101, 0b101, 0b111, 0],
    ("4x6", "C"): [0b011, 0b100, 0b100, 0b100, 0b011, 0],
    ("4x6", "M"): [0b10001, 0b11011, 0b10101, 0b10101, 0b10001, 0],
    ("4x6", "N"): [0b1001, 0b1101, 0b1011, 0b1001, 0b1001, 0],
    ("4x6", "W"): [0b10001, 0b10101, 0b10101, 0b10101, 0b01010, 0],
    ("4x6", "•"): [0, 0, 0b110, 0b110, 0, 0],
    ("4x6", "m"): [0, 0b11010, 0b10101, 0b10101, 0b10101, 0],
    ("4x6", "w"): [0, 0b10101, 0b10101, 0b10101, 0b01010, 0],
    ("5x8", "M"): [0, 0b10001, 0b11011, 0b10101, 0b10101, 0b10001, 0b10001, 0],
    ("5x8", "W"): [0, 0b10001, 0b10001, 0b10101, 0b10101, 0b10101, 0b01010, 0],
}

HEADER = """\
# The bitmap fonts of the wall: X11 misc-fixed, "Public domain font. Share and enjoy." Packed by pack.py.
# A font begins with its name, its width and height in pixels and its ascent; a glyph is its code point in
# hexadecimal, then one number for each row, from the top, whose highest bit of `width` is the leftmost pixel.
"""

METRICS, BITMAPS, ENCODINGS, ACCELERATORS = 1 << 2, 1 << 3, 1 << 5, 1 << 1


def tables(data: bytes) -> dict[int, tuple[str, int, bytes]]:
    """The tables of a PCF file by type, each with its byte order ("<" or ">"), its format and what follows it."""
    count = struct.unpack_from("<I", data, 4)[0]
    found = {}
    for k in range(count):
        kind, form, size, offset = struct.unpack_from("<4I", data, 8 + 16 * k)
        found[kind] = (">" if form & 4 else "<", form, data[offset + 4 : offset + size])
    return found


def metrics(order: str, form: int, body: bytes) -> Iterator[tuple[int, int, int, int, int]]:
    """(left bearing, right bearing, advance, ascent, descent) of each glyph."""
    if form & 0x100:
        count = struct.unpack_from(order + "H", body)[0]
        for k in range(count):
            left, right, advance, up, down = (value - 0x80 for value in body[2 + 5 * k : 7 + 5 * k])
            yield left, right, advance, up, down
    else:
        count = struct.unpack_from(order + "I", body)[0]
        for k in range(count):
            yield struct.unpack_from(order + "5h", body, 4 + 12 * k)


def glyphs(data: bytes) -> tuple[int, dict[int, tuple[int, list[int]]]]:
    """The font's ascent; for each code point its advance and its rows (integers, whole cell, leftmost bit first)."""
    parts = tables(data)
    order, _form, body = parts[ACCELERATORS]
    ascent, descent = struct.unpack_from(order + "2i", body, 8)
    sizes = list(metrics(*parts[METRICS]))

    order, form, body = parts[BITMAPS]
    count = struct.unpack_from(order + "I", body)[0]
    offsets = struct.unpack_from(f"{order}{count}I", body, 4)
    bits = body[4 + 4 * count + 16 :]
    pad, unit, high_bit_first = 1 << (form & 3), 1 << (form >> 4 & 3), bool(form & 8)

    def rows(index: int) -> list[int]:
        left, right, advance, up, down = sizes[index]
        stride = -(-(right - left) // (8 * pad)) * pad
        raw = bits[offsets[index] : offsets[index] + stride * (up + down)]
        if high_bit_first != (order == ">"):
            raw = b"".join(raw[k : k + unit][::-1] for k in range(0, len(raw), unit))
        lines = [0] * (ascent - up)
        for y in range(up + down):
            row = raw[y * stride : (y + 1) * stride]
            if not high_bit_first:
                row = bytes(int(f"{byte:08b}"[::-1], 2) for byte in row)
            value = int.from_bytes(row, "big") >> (8 * stride - (right - left))
            shift = advance - right
            lines.append(value << shift if shift >= 0 else value >> -shift)
        return lines + [0] * (descent - down)

    order, _form, body = parts[ENCODINGS]
    first_low, last_low, first_high, last_high, _default = struct.unpack_from(order + "5H", body)
    found = {}
    span = last_low - first_low + 1
    for high in range(first_high, last_high + 1):
        for low in range(first_low, last_low + 1):
            place = (high - first_high) * span + low - first_low
            index = struct.unpack_from(order + "H", body, 10 + 2 * place)[0]
            if index != 0xFFFF:
                found[high << 8 | low] = (sizes[index][2], rows(index))
    return ascent, found


def square_dots(rows: list[int]) -> list[int]:
    """The same glyph with square dots: the originals are plus signs, and 192.168 would read as 192,168."""
    fixed = list(rows)
    for y in range(len(rows) - 2):
        arm, bar, foot = rows[y : y + 3]
        if arm and arm == foot and bar == arm << 1 | arm | arm >> 1:
            wide = arm if arm & arm << 1 else arm | arm << 1
            fixed[y : y + 3] = [wide, wide, 0]
    return fixed


def wanted() -> list[str]:
    """Every character to pack: the letters of the seven languages in both cases, figures, punctuation, quotes."""
    letters = "".join(LETTERS.values())
    return sorted(set(letters + letters.upper() + SIGNS))


def pack(folder: Path) -> str:
    """The text of the packed file, from the `.pcf.gz` files in `folder`."""
    out = [HEADER]
    for name in FONTS:
        ascent, found = glyphs(gzip.decompress((folder / f"{name}.pcf.gz").read_bytes()))
        width, cell = found[ord("M")]
        for sign in ".:;…":
            if ord(sign) in found:
                found[ord(sign)] = (width, square_dots(found[ord(sign)][1]))
        found |= {ord(letter): (width, rows) for (font, letter), rows in REDRAWN.items() if font == name}
        out.append(f"font {name} {width} {len(cell)} {ascent}\n")
        for letter in wanted():
            if ord(letter) in found:
                out.append(f"{ord(letter):04x} {' '.join(f'{row:x}' for row in found[ord(letter)][1])}\n")
            else:
                print(f"{name} has no {letter}", file=sys.stderr)
    return "".join(out)


if __name__ == "__main__":
    Path(__file__).with_name("misc-fixed.txt").write_text(pack(Path(sys.argv[1])), encoding="utf-8")
