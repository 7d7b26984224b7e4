"""The layout of ../gazetteer.bin: names → places, for look-up without parsing at start-up.

Little endian. Magic `RGAZ0002`; u32 counts: records, keys, blocks, bytes of postings, bytes of keys, bytes of names. Then
    records    20 bytes each: i24 latitude and i24 longitude in 1/40000 degree, u32 population, u24 GeoNames id or 0, u16 division, u8 country, u8 feature,
               u24 offset of its name
    blocks     u32 offset into the keys, u32 offset into the postings, for every BLOCK keys
    postings   for each key: u8 how many, then u24 record numbers, the most populous first
    keys       front-coded within a block: u8 letters shared with the key before, u8 further bytes, those bytes
    names      u8 length, UTF-8
Countries, divisions and features are numbered by ../gazetteer.lists.tsv.
"""
import re
import struct
import unicodedata

BLOCK = 16
MOST = 60


def fold(name: str) -> str:
    """As `fold` in src/places: lower case, no accents, points or apostrophes, hyphens as spaces."""
    text = unicodedata.normalize("NFD", name.lower())
    text = "".join(c for c in text if not unicodedata.combining(c))
    for old, new in (("ı", "i"), ("ø", "o"), ("ł", "l"), ("đ", "d"), ("ß", "ss"), ("æ", "ae")):
        text = text.replace(old, new)
    text = re.sub(r"[.'’‘`ʼ]", "", text)
    return " ".join(re.sub(r"[-–,]", " ", text).split())


def pack(records, keys) -> bytes:
    """records: (latitude, longitude, population, id, division, country, feature, name) with lists numbered; keys: folded name → record numbers."""
    names, offsets = bytearray(), {}
    for record in records:
        raw = record[7].encode()[:250]
        if raw not in offsets:
            offsets[raw] = len(names)
            names += bytes([len(raw)]) + raw
    table = bytearray()
    for latitude, longitude, population, geonames, division, country, feature, name in records:
        for degrees in (latitude, longitude):
            table += round(degrees * 40000).to_bytes(3, "little", signed=True)
        table += struct.pack("<I", population) + geonames.to_bytes(3, "little") + struct.pack("<HBB", division, country, feature)
        table += offsets[name.encode()[:250]].to_bytes(3, "little")
    blocks, postings, key_bytes, before = bytearray(), bytearray(), bytearray(), b""
    for number, key in enumerate(sorted(k.encode() for k in keys)):
        if number % BLOCK == 0:
            blocks += struct.pack("<II", len(key_bytes), len(postings))
            before = b""
        shared = 0
        while shared < min(len(before), len(key), 255) and before[shared] == key[shared]:
            shared += 1
        key_bytes += bytes([shared, len(key) - shared]) + key[shared:]
        before = key
        wanted = sorted(keys[key.decode()], key=lambda i: (-records[i][2], i))[:MOST]
        postings += bytes([len(wanted)]) + b"".join(i.to_bytes(3, "little") for i in wanted)
    head = b"RGAZ0002" + struct.pack("<6I", len(records), len(keys), len(blocks) // 8, len(postings), len(key_bytes), len(names))
    return head + bytes(table) + bytes(blocks) + bytes(postings) + bytes(key_bytes) + bytes(names)
