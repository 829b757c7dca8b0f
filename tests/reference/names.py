#!/usr/bin/env python3
"""names.py - the matching of names, worked out again without the tools

It knows match(5) and not the code: Python's Unicode tables, every name compared
with every other.

    names.py generate SEED PEOPLE ROWS   roster.ndjson, aliases.csv, rows.ndjson
    names.py match ROSTER ALIASES ROWS   what name-match --keep-unmatched writes,
                                         then what it reports
    names.py property SEED TIMES         runs name-match on the rows of people who
                                         are known, shuffled, renamed and
                                         misspelt; prints what came of it, exits 1
                                         when a row went to somebody else
"""
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import unicodedata

ACCEPT, MARGIN, SUGGEST = 0.96, 0.03, 0.85
METHODS = ["alias", "id", "exact", "tokens", "first_last", "contains", "fuzzy"]
SURE = ("alias", "id", "exact")
SOURCE = {"inflow_row": "inflow", "hubstaff_hours": "hubstaff"}
LETTERS = dict(zip("ßæœøłđðþı", "ss ae oe o l d d th i".split()))
SPACES = set("\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000") | {
    chr(c) for c in range(0x2000, 0x200b)}


def fold(c):
    """Simple case folding, by the full one and the lower case."""
    if c == "İ":
        return c
    if len(c.casefold()) == 1:
        return c.casefold()
    return c.lower() if len(c.lower()) == 1 else c


def words(s):
    return " ".join("".join(" " if c in SPACES else c for c in s).split(" ")
                    ).split()


def plain(raw):
    s = unicodedata.normalize("NFC", raw)
    s = unicodedata.normalize("NFC", "".join(map(fold, s)))
    return " ".join(words(s))


def loose(raw):
    s = ""
    for c in plain(raw):
        latin = "\u00c0" <= c <= "\u024f" or "\u1e00" <= c <= "\u1eff"
        for part in unicodedata.normalize("NFD", c) if latin else c:
            part = fold(part)
            if part in "-_/,":
                s += " "
            elif not ("\u0300" <= part <= "\u036f" or part in "'`.’ʼ"):
                s += LETTERS.get(part, part)
    return " ".join(words(s))


def tokens(raw):
    everything = loose(raw).split(" ") if loose(raw) else []
    some = [t for t in everything
            if t not in ("jr", "sr", "ii", "iii", "iv") and len(t) > 1]
    return some if len(some) >= 2 else everything


def jaro_winkler(a, b):
    if not a or not b:
        return 0.0
    window = max(max(len(a), len(b)) // 2 - 1, 0)
    left, right = [], [None] * len(b)
    for i, c in enumerate(a):
        for j in range(max(0, i - window), min(len(b), i + window + 1)):
            if right[j] is None and b[j] == c:
                right[j] = c
                left.append(c)
                break
    m = len(left)
    if m == 0:
        return 0.0
    t = sum(x != y for x, y in
            zip(left, [c for c in right if c is not None])) // 2
    jaro = (m / len(a) + m / len(b) + (m - t) / m) / 3
    prefix = len(os.path.commonprefix([a[:4], b[:4]]))
    return jaro + prefix * 0.1 * (1 - jaro)


def multiset_in(small, large):
    large = list(large)
    for t in small:
        if t not in large:
            return False
        large.remove(t)
    return True


class Name:
    def __init__(self, raw):
        self.plain, self.loose, self.tokens = plain(raw), loose(raw), tokens(raw)
        self.multiset = sorted(self.tokens)
        self.sorted = " ".join(self.multiset)
        self.ends = (sorted([self.tokens[0], self.tokens[-1]])
                     if len(self.tokens) > 1 else None)


def team(s):
    s = plain(s or "")
    return s[5:] if s.startswith("team ") and len(s) > 5 else s


class Person:
    def __init__(self, record, index):
        self.record, self.index = record, index
        self.name = Name(record["name"])
        self.team = team(record.get("team"))
        self.active = (plain(record.get("status") or "active") == "active" and
                       plain(record.get("role") or "chatter") == "chatter" and
                       self.team != "0")


def by_rules(people, aliases, source, raw, user_id, similar):
    """The rule that points at somebody, at whom, and if a team may settle it."""
    name = Name(raw)
    for s, alias, canonical in aliases:
        if s in ("*", source) and loose(alias) == name.loose:
            return "alias", [p for p in people
                             if p.name.plain == plain(canonical)], True
    found = [p for p in people if source == "hubstaff" and user_id and
             p.record.get("hubstaff_user_id") == user_id]
    if found:
        return "id", found, True
    if not name.tokens:
        return None, [], True
    for method, same in (
            ("exact", lambda n: n.plain == name.plain),
            ("exact", lambda n: n.loose == name.loose),
            ("tokens", lambda n: n.multiset == name.multiset),
            ("first_last", lambda n: n.ends and n.ends == name.ends)):
        found = [p for p in people if same(p.name)]
        if found:
            return method, found, True
    if len(name.tokens) == 1:
        letters = sum(unicodedata.category(c)[0] == "L" for c in name.tokens[0])
        found = [p for p in people if source == "inflow" and letters >= 4 and
                 name.tokens[0] in p.name.tokens]
        if found:
            return "contains", found, False
    found = []
    for p in people:
        short, long = sorted((name.tokens, p.name.tokens), key=len)
        if len(short) >= 2 and multiset_in(short, long):
            found.append(p)
    if found:
        return "contains", found, True
    found = [p for p in without_older(people)(similar.ranked)
             if similar[p] >= min(SUGGEST, ACCEPT - MARGIN)]
    if not any(similar.close(p) for p in found):
        return None, [], True
    return "fuzzy", [p for p in found
                     if p is found[0] or
                     similar[found[0]] - similar[p] < MARGIN], True


def mistakes(raw, full):
    """With how many the spelling means that name; 3 for more than two."""
    everything = [loose(raw).split(), loose(full).split()]
    mine, theirs = ([w for w in some if w not in
                     ("jr", "sr", "ii", "iii", "iv")] for some in everything)
    blanks = max(1, distance(*map("".join, everything)))
    long = len(mine) > 2 and set(w for w in mine if len(w) > 1) & set(theirs)

    def cost(word, other):
        if len(other) == 1:
            return 0 if word[0] == other else 3
        if len(word) == 1:
            return 0 if word == other[0] else 3
        if other != word and other.startswith(word):
            return 1
        return distance(word, other) if abs(
            len(word) - len(other)) < 3 else 3

    def best(some, left, budget):
        if not some:
            return 0
        word, rest, found = some[0], some[1:], budget + 1
        if len(word) == 1:
            found = 1 + best(rest, left, budget - 1) if budget else 1
        elif long and budget >= 2:
            found = 2 + best(rest, left, budget - 2)
        for i, other in enumerate(left):
            c = cost(word, other)
            if c <= budget and c < found:
                found = min(found, c + best(rest, left[:i] + left[i + 1:],
                                            budget - c))
        return min(found, budget + 1)

    # the same word first: then there is less to try
    for word in [w for w in mine if w in theirs]:
        if word in theirs:
            mine.remove(word)
            theirs.remove(word)
    return min(best(mine, theirs, 2), blanks, 3)


def rivals(people, raw, person, found, method):
    """Others who may be meant as well."""
    if method in SURE:
        return []
    own = mistakes(raw, person.record["name"])
    if own == 0 and method == "tokens":
        return []
    parts = [w for w in loose(raw).split() if w not in
             ("jr", "sr", "ii", "iii", "iv")]
    bound = 2 if own > 2 or own and len(parts) > 2 else own
    return [p for p in people if p is not person and p not in found and
            (p.active or not person.active or
             p.name.loose != person.name.loose) and
            mistakes(raw, p.record["name"]) <= bound]


def without_older(_people):
    def drop(found):
        return [p for p in found if p.active or not any(
            q.active and q.name.loose == p.name.loose for q in found)]
    return drop


class Similar(dict):
    def __init__(self, people, raw):
        super().__init__()
        self.name = Name(raw)
        for p in people:
            self[p] = jaro_winkler(self.name.sorted, p.name.sorted)
        self.ranked = sorted((p for p in people if self[p] >= min(
            SUGGEST, ACCEPT - MARGIN)),
            key=lambda p: (-self[p], p.record["id"]))

    def close(self, p):
        return (self[p] >= ACCEPT and
                len(p.name.tokens) == len(self.name.tokens))


def show(p, similar):
    return {"id": p.record["id"], "name": p.record["name"],
            "similarity": similar[p]}


def lookup(people, aliases, row):
    source, raw = SOURCE[row["type"]], row["name"] or ""
    similar = Similar(people, raw)
    method, found, by_team = by_rules(
        people, aliases, source, raw, row.get("user_id"), similar)
    if method == "alias" and not found:
        return {"reason": "ignore"}
    found = without_older(people)(found)
    person, group = None, ""
    if len(found) == 1:
        person = found[0]
    elif found and by_team and team(row.get("group")):
        mine = [p for p in found if p.team == team(row["group"])]
        if len(mine) == 1:
            person, group = mine[0], "+group"
    if person and method == "fuzzy" and not similar.close(person):
        person = None
    others = rivals(people, raw, person, found, method) if person else []
    if others:
        found = found + others
        mine = [p for p in found if by_team and team(row.get("group")) and
                p.team == team(row["group"])]
        group = "+group"
        if mine != [person]:
            person = None
    outcome = {"person": person, "method": method, "label": f"{method}{group}",
               "similar": similar}
    rank = lambda some: [show(p, similar) for p in sorted(
        some, key=lambda p: (-similar[p], p.record["id"]))][:3]
    if person and person.active:
        outcome["reason"] = None
        outcome["runner_up"] = next(
            (show(p, similar) for p in similar.ranked
             if p is not person and similar[p] >= SUGGEST), None)
        outcome["candidates"] = [show(person, similar)]
    elif not found:
        outcome["reason"] = "none"
        outcome["candidates"] = rank(
            p for p in people if similar[p] >= SUGGEST)
    else:
        outcome["reason"] = ("ambiguous" if not person and
                             any(p.active for p in found) else "inactive")
        outcome["candidates"] = rank([person] if person else found)
    return outcome


def claimant(row):
    return loose(row["name"] or ""), row.get("user_id") or ""


def records(name):
    with open(name, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def match(roster, alias_file, row_file):
    people = [Person(r, i) for i, r in enumerate(records(roster))]
    with open(alias_file, encoding="utf-8") as f:
        known = {p.name.plain for p in people} | {"ignore"}
        aliases = [a for a in csv.reader(f) if not a[0].startswith("#") and
                   plain(a[2]) in known]
    rows = records(row_file)
    memo, claims, outcomes = {}, {}, []
    for row in rows:
        key = json.dumps([row["type"], row["name"], row.get("group"),
                          row.get("user_id")])
        if key not in memo:
            memo[key] = lookup(people, aliases, row)
        outcomes.append(memo[key])
        o = memo[key]
        if o["reason"] is None:
            claims.setdefault((row["type"], row["date"], o["person"]),
                              []).append((o["method"], claimant(row)))

    def stands(of, method):
        if method in SURE:
            return True
        if any(m in SURE for m, _ in of):
            return False
        best = min(METHODS.index(m) for m, _ in of)
        return (METHODS.index(method) == best and
                len({c for m, c in of if m == method}) == 1)

    misses = {}
    for row, o in zip(rows, outcomes):
        if o["reason"] == "ignore":
            continue
        source, raw, p = SOURCE[row["type"]], row["name"], o["person"]
        reason = o["reason"]
        if reason is None and not stands(
                claims[row["type"], row["date"], p], o["method"]):
            reason = "conflict"
        new = {"source": source, "raw": raw}
        if reason is None:
            row.update(name=p.record["name"], id=p.record["id"])
            new.update(method=o["label"], similarity=o["similar"][p],
                       runner_up=o["runner_up"])
        else:
            row["id"] = None
            new.update(method=None, reason=reason, candidates=o["candidates"])
            miss = misses.setdefault((source, claimant(row), reason), {
                "type": "unmatched", "source": source, "raw": raw,
                "reason": reason, "candidates": o["candidates"], "rows": 0,
                "first_date": row["date"], "last_date": row["date"],
                "sales": None, "messages_sent": None})
            miss["rows"] += 1
            miss["raw"] = max(miss["raw"], raw, key=lambda r: r.encode())
            miss["first_date"] = min(miss["first_date"], row["date"])
            miss["last_date"] = max(miss["last_date"], row["date"])
            for key in ("sales", "messages_sent"):
                if row.get(key) is not None:
                    miss[key] = (miss[key] or 0) + row[key]
        row["match"] = new
        print(json.dumps(row))
    for miss in sorted(misses.values(), key=lambda m: (
            -(m["sales"] or 0), -(m["messages_sent"] or 0),
            ("inflow", "hubstaff").index(m["source"]), m["raw"].encode())):
        print(json.dumps(miss))
    for kind, source in SOURCE.items():
        for date in sorted({r["date"] for r in rows if r["type"] == kind}):
            for p in people:
                of = claims.get((kind, date, p), [])
                if p.active and not any(stands(of, m) for m, _ in of):
                    print(json.dumps({
                        "type": f"missing_{source}", "date": date,
                        "id": p.record["id"], "name": p.record["name"],
                        "team": p.record.get("team")}))


# --- people, and what sources make of their names

FIRST = """Ana Anna Mariana Maria Mario Marie Marc Mark Alice Alicia Alice-Ann
Peter Petra Pieter James Jamie Daniel Daniela Danilo Grace Graça Zoë Zoe Sören
Søren Łucja Đặng Þóra Bruno Brunó Katherine Katherin Kathrin Kofi Kwame Иван
Анна Олег Andrej Jean-Luc Jean Lucía Lucia Nguyễn Ngozi Aisha Aïcha Emeka
Chinedu Wanjiru Akinyi Otieno Omar Umar Åsa Asa Élodie Ümit Βασίλης""".split()
LAST = """Moreno Morena Lopez Lopes López Cruz Dela/Cruz Sa/Costa Sá-Costa
D’Angelo DAngelo O'Neil ONeill Otieno Odhiambo Oduya Mensah Boateng Luna Lunas
Soto Sotto Peña Pena Peñalosa Adeyemi Adeyinka Okafor Okoro Nguyen Kowalski
Kowalska Петров Петрова Müller Mueller Muller Strauß Strauss Yılmaz Nakamura
Van/der/Berg Van/den/Berg Fernández Fernandes Hernández""".split()
TEAMS = ["day", "night", "evening"]


def new_name(draw, made_up):
    def word():
        if made_up and draw.random() < 0.5:
            return "".join(draw.choice("bcdfgklmnprstv") + draw.choice("aeiou")
                           for _ in range(draw.randint(2, 4))).capitalize()
        return None
    parts = [word() or draw.choice(FIRST)]
    if draw.random() < 0.3:
        parts.append(draw.choice(FIRST))
    if draw.random() < 0.95:
        parts.append(word() or draw.choice(LAST).replace("/", " "))
    if draw.random() < 0.05:
        parts.append(draw.choice(["Jr", "II", "Sr."]))
    return " ".join(parts)


def misspell(draw, name):
    s = list(name)
    i = draw.randrange(len(s))
    what = draw.randrange(4)
    if what == 0:
        del s[i]
    elif what == 1:
        s[i] = draw.choice("aeioustrnlкоа")
    elif what == 2:
        s.insert(i, draw.choice("aeioustrnlкоа"))
    elif i + 1 < len(s):
        s[i], s[i + 1] = s[i + 1], s[i]
    return "".join(s)


def strip_marks(name):
    return "".join(c for c in unicodedata.normalize("NFD", name)
                   if not unicodedata.combining(c))


def rename(draw, name):
    """The same person as a source may write the name."""
    parts = name.split(" ")
    way = draw.randrange(12)
    if way == 0:
        return name.upper()
    if way == 1:
        return "  ".join(parts).lower() + " "
    if way == 2 and len(parts) > 1:
        return parts[-1] + ", " + " ".join(parts[:-1])
    if way == 3 and len(parts) > 2:
        return parts[0] + " " + parts[-1]
    if way == 4 and len(parts) > 1:
        return parts[0] + " X. " + " ".join(parts[1:])
    if way == 5:
        return strip_marks(name)
    if way == 6:
        return unicodedata.normalize("NFD", name)
    if way == 7 and len(parts) > 1:
        return parts[0]
    if way == 8:
        return name + draw.choice([" Jr", " III", ", Sr."])
    if way == 9:
        return name.replace(" ", draw.choice(["\u00a0", "_", "-", "\t"]))
    if way == 10 and len(parts) > 2:
        return " ".join(parts[:2])
    return name


def write(name, lines):
    with open(name, "w", encoding="utf-8") as f:
        for line in lines:
            f.write(json.dumps(line, ensure_ascii=False) + "\n")


def person(draw, i, name):
    return {"type": "roster", "id": f"rec{i:04}", "name": name,
            "team": draw.choice(TEAMS + [None, "0"]),
            "status": draw.choice(["Active"] * 8 + [None, "Dropped"]),
            "role": draw.choice(["Chatter"] * 8 + [None, "Team Leader"]),
            "hubstaff_user_id": str(7000 + i // 2 * 2)
            if draw.random() < 0.3 else None}


def new_row(draw, name, user_id=None):
    row = {"type": draw.choice(list(SOURCE)),
           "date": f"2026-02-1{draw.randrange(3)}", "name": name}
    if row["type"] == "hubstaff_hours":
        row["user_id"] = user_id or str(draw.randrange(9000, 9999))
    else:
        row["group"] = draw.choice([None, "Team Day", "night", "EVENING", "?"])
        row["sales"] = draw.choice([None, 0, 12, 250])
        row["messages_sent"] = draw.choice([None, 3, 70])
    return row


def generate(seed, nr_people, nr_rows):
    draw = random.Random(seed)
    roster = [person(draw, i, new_name(draw, False)) for i in range(nr_people)]
    write("roster.ndjson", roster)
    names = [p["name"] for p in roster]
    seen, raws = set(), []
    with open("aliases.csv", "w", encoding="utf-8") as f:
        out = csv.writer(f, lineterminator="\n")
        for _ in range(nr_people // 10):
            raw = rename(draw, new_name(draw, False))
            if loose(raw) in seen:
                continue
            seen.add(loose(raw))
            raws.append(raw)
            out.writerow([draw.choice(["inflow", "hubstaff", "*"]), raw,
                          draw.choice(names + ["ignore", "No Body"])])
        out.writerow(["hubstaff", "Not In Use", ""])
    rows = []
    for _ in range(nr_rows):
        name = draw.choice(names + raws + [new_name(draw, False)])
        for _ in range(draw.choice([0, 0, 1, 1, 2])):
            name = draw.choice([misspell, rename])(draw, name) or "x"
        rows.append(new_row(draw, name, draw.choice(roster)["hubstaff_user_id"]))
    write("rows.ndjson", rows)


def distance(a, b):
    """Edits that make one of the other: of a letter, or of two neighbours."""
    before, last = None, list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        line = [i]
        for j, y in enumerate(b, 1):
            best = min(last[j] + 1, line[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, before[j - 2] + 1)
            line.append(best)
        before, last = last, line
    return last[-1]


def unlike(name, others):
    """Nobody would take one for the other."""
    mine = Name(name)
    return all(not set(mine.tokens) & set(other.tokens) and
               distance(mine.sorted, other.sorted) > 5 for other in others)


def is_fair(raw, own, others):
    """A reader who knows all people could still tell whose name it is."""
    name, own = Name(raw), Name(own)
    mine = distance(name.sorted, own.sorted)
    return bool(name.tokens) and all(
        name.multiset != other.multiset and
        (name.multiset == own.multiset or
         multiset_in(name.tokens, own.tokens) or
         multiset_in(own.tokens, name.tokens) or
         distance(name.sorted, other.sorted) >= mine) for other in others)


def one_property(draw, folder, counts):
    names = list({loose(n): n for n in (
        new_name(draw, True) for _ in range(draw.randint(4, 60)))}.values())
    draw.shuffle(names)
    roster, rows, gone = [], [], []
    forms = {n: Name(n) for n in names}
    for i, name in enumerate(names):
        others = [forms[n] for n in names if n != name]
        truth = f"rec{i:04}"
        p = person(draw, i, name)
        p.update(team=draw.choice(TEAMS), hubstaff_user_id=draw.choice(
            [None, str(7000 + i)]))
        if draw.random() < 0.2 and unlike(name, others):
            gone.append(truth)
        else:
            roster.append(p)
        for _ in range(draw.randint(1, 3)):
            raw = name
            for _ in range(draw.choice([0, 1, 1, 2])):
                raw = draw.choice([misspell, rename])(draw, raw) or "x"
            if not is_fair(raw, name, others):
                counts["unfair"] += 1
                continue
            row = new_row(draw, raw, p["hubstaff_user_id"])
            if row.get("group"):
                row["group"] = p["team"]
            row["truth"] = truth
            rows.append(row)
    draw.shuffle(roster)
    draw.shuffle(rows)
    if not roster or not rows:
        return
    active = {p["id"] for i, p in enumerate(roster) if Person(p, i).active}
    roster_file = os.path.join(folder, "roster.ndjson")
    row_file = os.path.join(folder, "rows.ndjson")
    write(roster_file, roster)
    write(row_file, rows)
    done = subprocess.run(
        ["name-match", f"--roster={roster_file}", "--keep-unmatched", row_file],
        capture_output=True, check=True)
    for line in done.stdout.split(b"\n")[:-1]:
        row = json.loads(line)
        counts["rows"] += 1
        if row["id"] is None:
            counts["missed" if row["truth"] in active else "refused"] += 1
            if row["truth"] in active:
                counts[f"missed: {row['match']['reason']}"] += 1
        elif row["id"] == row["truth"]:
            counts["right"] += 1
        else:
            counts["wrong"] += 1
            print("wrong:", line.decode(), file=sys.stderr)


def properties(seed, times):
    draw = random.Random(seed)
    counts = dict.fromkeys(
        ["rows", "right", "wrong", "missed", "missed: none",
         "missed: ambiguous", "missed: conflict", "missed: inactive",
         "refused", "unfair"], 0)
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(times):
            one_property(draw, folder, counts)
    print("; ".join(f"{name} {nr}" for name, nr in counts.items()))
    sys.exit(counts["wrong"] > 0)


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    if command == "match":
        match(*arguments)
    else:
        {"generate": generate, "property": properties}[command](
            *map(int, arguments))
