#!/usr/bin/python3
"""Another implementation of the coach figures, to hold the tools against.

It knows the rules and not the code: exact decimals for rounding, datetime for
instants, everything in memory. It writes what the tools write, byte by byte.

    coach.py generate SEED NR         crm.ndjson, deals.ndjson, mapping.xlsx
    coach.py workbook FILE            a workbook of the tab-separated cells on
                                      standard input; #123 is a number
    coach.py mapping FILE...          what stage-mapping writes
    coach.py class MAPPING FILE...    what deal-class writes
    coach.py metrics AS_OF FILE...    what metrics coach writes
    coach.py eligibility FILE...      what eligibility writes
    coach.py enums FILE...            what metrics enums writes
    coach.py means NR...              of 100/3, 100/4 ... NR values, summed in
                                      pairs
"""
import json
import random
import re
import sys
import zipfile
from collections import Counter
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_EVEN, Context, Decimal
from xml.etree import ElementTree
from xml.sax.saxutils import escape

NABELLER = "38341389"
STOPPED = "15413630"
WARM = ("114855767", "81686449")
INFO = ("15415582", "116831596")
PERIODS = (("1m", 30), ("3m", 90), ("6m", 180))
KNOWN = ("WON", "LOST", "OPEN", "NABELLER_HANDOFF")
RANK = ("✅ Goed", "⭐ Matig", "⚠️ Uitsluiten", "❌ Uitsluiten", "Geen data")
EXACT = Context(prec=2000, Emin=-9999, Emax=9999)


class Number(str):
    """A number of a record, as it is spelled there."""


def records(files):
    for name in files:
        with open(name, encoding="utf-8", newline="\n") as lines:
            for line in lines:
                line = line.rstrip("\r\n")
                if line.strip():
                    yield line, json.loads(
                        line, parse_int=Number, parse_float=Number)


def show(x):
    """JSON as the tools write it: shortest numbers, no blanks."""
    if isinstance(x, float) and x == int(x):
        x = int(x)
    return json.dumps(x, ensure_ascii=False)


def members(pairs):
    return ",".join(f'"{key}":{show(value)}' for key, value in pairs)


def plain(number):
    """15413220 for 1.5413220e7; what is too long stays as it is."""
    exact = EXACT.create_decimal(number)
    if exact == 0:
        return "0"
    shown = format(exact.normalize(EXACT), "f")
    return shown if len(shown) < 40 else str(number)


def text(x):
    if x is None:
        return None
    if isinstance(x, Number):
        return plain(x)
    if isinstance(x, bool):
        return "true" if x else "false"
    return x


# --- instants -------------------------------------------------------------

STAMP = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?"
    r"(?:([Zz])|([+-])(\d\d)(?::?(\d\d))?)?)?", re.ASCII)


def instant(stamp):
    if not isinstance(stamp, str) or isinstance(stamp, Number):
        return None
    found = STAMP.fullmatch(stamp)
    if not found:
        return None
    y, mo, d, h, mi, s, fraction, _, sign, zh, zm = found.groups()
    if int(zh or 0) > 23 or int(zm or 0) > 59:
        return None
    ahead = timedelta(hours=int(zh or 0), minutes=int(zm or 0))
    try:
        at = datetime(int(y), int(mo), int(d), int(h or 0), int(mi or 0),
                      int(s or 0), int((fraction or "0").ljust(6, "0")[:6]),
                      timezone.utc)
        return at + ahead if sign == "-" else at - ahead
    except (ValueError, OverflowError):
        return None


# --- classes --------------------------------------------------------------

def is_deal(rec):
    if "type" in rec:
        return rec["type"] == "deal"
    return "dealstage" in (rec.get("properties") or {})


def properties(rec):
    given = rec.get("properties")
    return given if isinstance(given, dict) else {}


def flag(x):
    return (text(x) or "").strip(" \t\r\n").lower() in ("true", "1", "yes", "y")


def unmapped_class(p):
    pipeline, stage = text(p.get("pipeline")), text(p.get("dealstage"))
    won, lost = flag(p.get("hs_is_closed_won")), flag(p.get("hs_is_closed_lost"))
    if stage == STOPPED:
        return "LOST"
    if pipeline == NABELLER and won:
        return "NABELLER_HANDOFF"
    if lost:
        return "LOST"
    return "WON" if won else "OPEN"


def deal_class(p, mapping):
    pipeline, stage = text(p.get("pipeline")), text(p.get("dealstage"))
    if stage == STOPPED:
        return "LOST"
    return mapping.get((pipeline, stage)) or unmapped_class(p)


def owner_names(recs):
    names = {}
    for _, rec in recs:
        if rec.get("type") != "owner" or rec.get("archived") is True:
            continue
        key = text(rec.get("id")) or text(rec.get("ownerId"))
        first = text(rec.get("firstName")) or text(rec.get("firstname")) or ""
        last = text(rec.get("lastName")) or text(rec.get("lastname")) or ""
        names[key] = (first + " " + last).strip(" \t\r\n") or key
    return names


def default_rows(recs):
    rows = {}
    for _, rec in recs:
        if rec.get("type") != "stage" or rec.get("object", "deals") != "deals":
            continue
        meta = rec.get("metadata") or {}
        closed = None if not meta else \
            (text(meta.get("isClosed")) or "").strip().lower() == "true"
        try:
            p = float((text(meta.get("probability")) or "").strip())
        except ValueError:
            p = None
        pipeline, stage = text(rec["pipeline_id"]), text(rec["id"])
        if pipeline != NABELLER and stage == STOPPED:
            name = "LOST"
        elif closed and p == 1:
            name = "NABELLER_HANDOFF" if pipeline == NABELLER else "WON"
        elif closed and p == 0:
            name = "LOST"
        else:
            name = "OPEN"
        rows[pipeline, stage] = (pipeline, stage, text(rec.get("label")) or "",
                                 closed, p, name)
    return sorted(rows.values(), key=lambda r: (
        r[0], r[4] is None, -(r[4] or 0), r[1]))


def classed(recs, mapping):
    names = owner_names(recs)
    for line, rec in recs:
        if not is_deal(rec):
            yield line
            continue
        p = properties(rec)
        at = instant(p.get("createdate"))
        if at is None:
            continue
        coach = text(p.get("hubspot_owner_id")) or "UNKNOWN"
        added = [] if "type" in rec else [("type", "deal")]
        added += [("class", deal_class(p, mapping)), ("coach_id", coach),
                  ("coach_name", names.get(coach, "UNKNOWN")),
                  ("created_at", at.isoformat())]
        yield line[:-1].rstrip() + "," + members(added) + "}"


# --- figures --------------------------------------------------------------

def round1(x):
    return float(Decimal(x).quantize(Decimal("0.1"), ROUND_HALF_EVEN))


def figures(recs, as_of):
    names = owner_names(recs)
    rows, said = [], {}
    for _, rec in recs:
        if not is_deal(rec):
            continue
        p = properties(rec)
        at = instant(rec.get("created_at") or p.get("createdate"))
        if at is None:
            continue
        coach = text(rec.get("coach_id")) or text(p.get("hubspot_owner_id")) \
            or "UNKNOWN"
        said.setdefault(coach, rec.get("coach_name"))
        rows.append((coach, text(p.get("pipeline")) or "",
                     text(p.get("dealstage")) or "",
                     rec.get("class") or unmapped_class(p), at))
    for coach in sorted({row[0] for row in rows}):
        mine = [row for row in rows if row[0] == coach]
        out = [("type", "coach"), ("coach_id", coach),
               ("coach_name", names.get(coach) or said[coach] or "UNKNOWN")]
        for label, days in PERIODS:
            got = [r for r in mine if r[4] >= as_of - timedelta(days=days)]
            t, won = len(got), sum(r[3] == "WON" for r in got)
            now = sum(r[1] == NABELLER for r in got)
            out += [(f"{name}_{label}", value) for name, value in (
                ("deals", t), ("won", won),
                ("lost", sum(r[3] == "LOST" for r in got)),
                ("open", sum(r[3] == "OPEN" for r in got)),
                ("rate", round1(won / t * 100.0) if t else 0),
                ("smoothed", round1((won + 3) / (t + 5) * 100.0)),
                ("nabeller_now", now),
                ("nabeller_pct", round1(now / t * 100.0) if t else 0),
                ("handoff", sum(r[3] == "NABELLER_HANDOFF" for r in got)),
                ("warme_aanvraag", sum(r[2] in WARM for r in got)),
                ("info_aanvraag", sum(r[2] in INFO for r in got)))]
        stamp = as_of.isoformat().replace("+00:00", "Z")
        yield "{" + members(out + [("as_of", stamp)]) + "}"
    counts = Counter((row[1], row[3]) for row in rows)
    for (pipeline, name), nr in sorted(counts.items()):
        yield "{" + members([("type", "deal_class_count"),
                             ("pipeline", pipeline), ("class", name),
                             ("count", nr)]) + "}"
    for key, name in sorted(names.items()):
        yield "{" + members([("type", "coach_owner"), ("coach_id", key),
                             ("coach_name", name)]) + "}"


def labelled(recs):
    coaches = []
    for line, rec in recs:
        if rec.get("type") != "coach":
            yield line
            continue
        coaches.append((line, rec["coach_id"], *(
            Decimal(rec[name + "_1m"]) for name in
            ("deals", "open", "rate", "smoothed", "nabeller_pct"))))
    pool = sorted(c[5] for c in coaches if c[2] > 5)
    p50 = pool[len(pool) // 2] if pool else Decimal(0)
    rows = []
    for line, key, deals, open_, rate, smoothed, nabeller in coaches:
        if deals == 0:
            label = RANK[4]
        elif nabeller > 20:
            label = RANK[2]
        elif smoothed >= p50 and open_ >= 5:
            label = RANK[0]
        elif smoothed > 20 and 3 <= open_ <= 9:
            label = RANK[1]
        else:
            label = RANK[3]
        rows.append((RANK.index(label), -rate, key, line, label))
    for *_, line, label in sorted(rows, key=lambda row: row[:3]):
        yield line[:-1] + "," + members(
            [("eligibility", label), ("p50_smoothed_1m", float(p50))]) + "}"


def observed(recs):
    deals = [properties(rec) for _, rec in recs if is_deal(rec)]
    for name in ("pipeline", "dealstage", "hubspot_owner_id",
                 "hs_is_closed_won", "hs_is_closed_lost"):
        counts = Counter(text(p.get(name)) or "" for p in deals)
        for value, nr in sorted(counts.items(), key=lambda c: (-c[1], c[0])):
            yield "{" + members([("type", "observed_value"),
                                 ("property", name), ("value", value),
                                 ("count", nr)]) + "}"


def pairwise(x):
    if len(x) < 8:
        return add_up(x)
    if len(x) > 128:
        half = len(x) // 2 - len(x) // 2 % 8
        return pairwise(x[:half]) + pairwise(x[half:])
    whole = len(x) // 8 * 8
    r = [add_up(x[i:whole:8]) for i in range(8)]
    pairs = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]))
    return add_up([pairs] + x[whole:])


def add_up(x):
    total = x[0] if x else 0.0
    for value in x[1:]:
        total += value
    return total


# --- workbooks ------------------------------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."


def cell(where, value):
    if value.startswith("#"):
        return f'<c r="{where}"><v>{value[1:]}</v></c>'
    if value == "":
        return ""
    return (f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">'
            f'{escape(value)}</t></is></c>')


def write_workbook(path, rows, sheet="stage_mapping"):
    data = "".join(
        f'<row r="{n}">' + "".join(
            cell(chr(65 + i) + str(n), v) for i, v in enumerate(row)) +
        "</row>" for n, row in enumerate(rows, 1))
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    parts = {
        "[Content_Types].xml":
            f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}'
            'sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
            f'ContentType="{KIND}worksheet+xml"/></Types>',
        "_rels/.rels":
            f'<Relationships xmlns="{RELS}"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        "xl/workbook.xml":
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet '
            f'name="{escape(sheet)}" sheetId="1" r:id="r1"/></sheets>'
            "</workbook>",
        "xl/_rels/workbook.xml.rels":
            f'<Relationships xmlns="{RELS}"><Relationship Id="r1" '
            f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
        "xl/worksheets/sheet1.xml":
            f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData>'
            "</worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in parts.items():
            book.writestr(name, head + part)


def read_mapping(path):
    with zipfile.ZipFile(path) as book:
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    table = []
    for row in root.iter(f"{{{MAIN}}}row"):
        values = {}
        for c in row:
            column = c.get("r").rstrip("0123456789")
            if c.get("t") == "inlineStr":
                values[column] = "".join(c.itertext()).strip()
            else:
                values[column] = plain("".join(c.itertext()))
        table.append(values)
    column = {name: key for key, name in table[0].items()}
    mapping = {}
    for values in table[1:]:
        pipeline, stage, name = (
            values.get(column[c], "") for c in
            ("pipeline_id", "dealstage_id", "class"))
        if pipeline and stage:
            mapping[pipeline, stage] = name.strip("\u00a0 ").upper()
    return mapping


# --- random input ---------------------------------------------------------

AS_OF = datetime(2026, 3, 1, 12, 0, 0, 123456, timezone.utc)
FIRST = ("Anna", "Bram", "Céline", "Daan", "Ünal", "Femke", "", "  ", "李")
LAST = ("Vos", "de Wit", "Aalders", "O'Neil", "Kaya \"K\"", "", "\tBos ", "é")


class Raw(str):
    """JSON that is written as it is."""


def dump(x):
    if isinstance(x, Raw):
        return str(x)
    if isinstance(x, dict):
        return "{" + ",".join(
            f"{json.dumps(k)}:{dump(v)}" for k, v in x.items()) + "}"
    return json.dumps(x, ensure_ascii=bool(hash_bit(x)))


def hash_bit(x):
    return len(x) % 2 if isinstance(x, str) else 0


def odd_id(r, key):
    """An id as some source spells it."""
    pick = r.randrange(12)
    if not key.isdigit() or key.startswith("0") or pick > 3:
        return key
    forms = (key, key + ".0", key + "e0",
             f"{key[0]}.{key[1:] or '0'}e{len(key) - 1}")
    return Raw(forms[pick])


def stamp(at, r):
    form = r.randrange(10)
    if form < 5:
        return at.strftime("%Y-%m-%dT%H:%M:%S.") + \
            "%03dZ" % (at.microsecond // 1000)
    if form == 5:
        ahead = timezone(timedelta(minutes=r.choice((60, 120, -330, 345))))
        return at.astimezone(ahead).isoformat()
    if form == 6:
        return at.strftime("%Y-%m-%d %H:%M:%S.%f")
    if form == 7:
        return at.strftime("%Y-%m-%dT%H:%M:%S.%f") + "999" + "Z"
    if form == 8:
        return at.strftime("%Y-%m-%d")
    return at.strftime("%Y-%m-%dT%H:%MZ")


def random_date(r):
    pick = r.randrange(20)
    if pick == 0:
        return r.choice((None, "", "garbage", "1767225600000", "2026-02-30",
                         Raw("1767225600000"), "2026-02-01T25:00:00Z"))
    if pick < 5:
        bound = AS_OF - timedelta(days=r.choice((30, 90, 180)))
        off = timedelta(microseconds=r.choice(
            (0, 0, 1, -1, 456, -456, 1000, -1000, 10**6, -10**6)))
        return (bound + off).isoformat()
    if pick == 5:
        return stamp(AS_OF + timedelta(seconds=r.randrange(10**7)), r)
    if pick < 13:
        return stamp(AS_OF - timedelta(seconds=r.randrange(25 * 10**5)), r)
    return stamp(AS_OF - timedelta(seconds=r.randrange(20 * 10**6)), r)


def random_flag(r):
    return r.choice((None, "", "true", "true", "false", "false", "TRUE",
                     " Yes ", "y", "1", "0", "no", "waar", Raw("true"),
                     Raw("1"), Raw("false")))


def generate(seed, nr):
    r = random.Random(seed)
    coaches = [str(r.randrange(10**r.randrange(1, 10))) for _ in range(60)]
    coaches += ["9", "10", "100", "éa", "a b", "\U0001f600", "\uffff"]
    pipelines = ["15413220"] * 8 + [NABELLER, "default", "77"]
    stages = [STOPPED, *WARM, *INFO, "closedwon", "1", "2", "3", "4711"]
    lines = []
    for key in coaches[:50] + coaches[60:] + coaches[:3]:
        owner = {"type": "owner", "id": odd_id(r, key),
                 "firstName": r.choice(FIRST), "lastName": r.choice(LAST),
                 "archived": r.random() < 0.1}
        if r.random() < 0.1:
            owner["ownerId"], owner["id"] = owner["id"], None
        if r.random() < 0.1:
            owner["firstname"] = owner.pop("firstName")
        lines.append(dump(owner))
    rows = [["extra", "class", "dealstage_id", "pipeline_id", "stage_label"]]
    for pipeline in sorted(set(pipelines)):
        lines.append(dump({"type": "pipeline", "object": "deals",
                           "id": pipeline, "label": "P " + pipeline}))
        for stage in stages:
            meta = r.choice((
                None, {}, {"isClosed": "true", "probability": "1.0"},
                {"isClosed": "TRUE", "probability": "0.0"},
                {"isClosed": Raw("true"), "probability": Raw("1")},
                {"isClosed": "false", "probability": " 0.25 "},
                {"isClosed": "true", "probability": "0.5"},
                {"isClosed": "true", "probability": ""},
                {"probability": "0.3"}, {"isClosed": "true"},
                {"isClosed": "true", "probability": "1e0"}))
            lines.append(dump({
                "type": "stage", "object": r.choice(("deals",) * 9 + ("tickets",)),
                "pipeline_id": odd_id(r, pipeline), "id": odd_id(r, stage),
                "label": r.choice(("Nieuw", "Klaar", None)), "metadata": meta}))
            if r.random() < 0.6:
                spell = lambda key: (r.choice(("", "#")) + key
                                     if key.isdigit() else key)
                rows.append(["x", r.choice((*KNOWN, " won ", "Lost", "", "gewonnen",
                                            "OPEN\u00a0")),
                             spell(stage), spell(pipeline), "label"])
    rows.append(["x", "WON", "", "15413220", ""])
    rows.append(["", "", "", "", ""])
    with open("crm.ndjson", "w", encoding="utf-8", newline="\n") as out:
        out.writelines(line + "\n" for line in lines)
    write_workbook("mapping.xlsx", rows)
    with open("deals.ndjson", "w", encoding="utf-8", newline="\n") as out:
        for i in range(nr):
            key = r.choice(coaches) if i % 3 else r.choice(coaches[:6])
            p = {"pipeline": odd_id(r, r.choice(pipelines)),
                 "dealstage": odd_id(r, r.choice(stages)),
                 "dealname": r.choice(("a", 'b "c"', "d\\e", "\u00e9\n")),
                 "hubspot_owner_id": odd_id(r, key),
                 "createdate": random_date(r),
                 "hs_is_closed_won": random_flag(r),
                 "hs_is_closed_lost": random_flag(r)}
            for name in list(p):
                if r.random() < 0.04:
                    p[name] = None
                elif r.random() < 0.03:
                    del p[name]
            deal = {"type": "deal", "id": str(i), "properties": p}
            if r.random() < 0.05 and "dealstage" in p:
                del deal["type"]
            elif r.random() < 0.01:
                deal["properties"] = None
            out.write(dump(deal) + "\n")


def main():
    command, *args = sys.argv[1:]
    out = sys.stdout
    out.reconfigure(encoding="utf-8", newline="\n")
    if command == "generate":
        generate(int(args[0]), int(args[1]))
        return
    if command == "means":
        for nr in map(int, args):
            out.write(f"{pairwise([100 / (i + 3) for i in range(nr)]) / nr!r}\n")
        return
    if command == "workbook":
        write_workbook(args[0], [line.rstrip("\n").split("\t")
                                 for line in sys.stdin])
        return
    if command == "mapping":
        lines = ("{" + members([("type", "stage_mapping"), *zip(
            ("pipeline_id", "dealstage_id", "stage_label", "is_closed",
             "probability", "class"), row)]) + "}"
                 for row in default_rows(list(records(args))))
    elif command == "class":
        lines = classed(list(records(args[1:])), read_mapping(args[0]))
    elif command == "metrics":
        lines = figures(list(records(args[1:])), instant(args[0]))
    elif command == "eligibility":
        lines = labelled(list(records(args)))
    else:
        lines = observed(list(records(args)))
    out.writelines(line + "\n" for line in lines)


main()
