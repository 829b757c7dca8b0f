#!/usr/bin/env python3
"""misspelt.py - nobody's figures land on somebody else

Makes up rosters of people whose names are hard to tell apart, and rows of both
sources whose names are written as people write them: in other case and order,
with initials, without marks or middle names, cut off, or with one mistake. Whose
each row is, is known. Then it runs name-match and chatter-day and counts.

    misspelt.py wrong SEED TIMES    rows on somebody else: none is allowed. Rows
                                    that found nobody must be in the report.
    misspelt.py same SEED TIMES     neither the order of the input nor what
                                    people are called changes what comes out

What no reader could decide is left out, and counted as unfair:
- a spelling that has the very words of somebody else's name;
- one that is without a mistake a short form of somebody else's name, and of its
  owner's only with one;
- of somebody who is not on the roster, one that has a word of somebody who is;
- of somebody who left, one whose name somebody active has: that is taken for an
  older entry of one person.
A name has one mistake at most: a letter, a blank, a cut, or a name or initial
that the roster does not have.
"""
import collections
import json
import os
import random
import subprocess
import sys
import tempfile
import unicodedata

from names import distance, loose, plain, tokens

FIRST = """Ana Anna Anabel Mariana Marianna Marina Maria Mario Mary Marie Marc
Mark Marco Alice Alicia Alina Alexandra Alexander Olexandra Al Peter Petra
Pieter James Jaime Daniel Daniela Danilo Grace Graça Zoë Zoe Zora Sören Søren
Łucja Đặng Þóra Bruno Brunó Katherine Katherin Katharina Kofi Kwame Иван Ивана
Анна Олег Andrej Andrea Jean-Luc Jean Luc Lucía Lucia Luca Nguyễn Ngozi Aisha
Aïcha Emeka Chinedu Wanjiru Akinyi Omar Umar Åsa Élodie Ümit Βασίλης José Jose
Mary-Ann Maryann Jo Joe Joan Joana Juan Mei Mei-Lin Lin Linh""".split()
LAST = """Moreno Morena Morelo Lopez Lopes López Cruz Cruise Cruzado Dela/Cruz
De/la/Cruz Sa/Costa Sá-Costa Costa Costas D’Angelo DAngelo O'Neil O'Neill Otieno
Otiende Odhiambo Oduya Oduor Mensah Mensa Boateng Luna Lunas Soto Sotto Souto
Peña Pena Peñalosa Adeyemi Adeyinka Okafor Okoro Nguyen Kowalski Kowalska Петров
Петрова Müller Mueller Muller Möller Strauß Yılmaz Nakamura Van/der/Berg
Van/den/Berg Fernández Fernandes Hernández Fernandez Silva Silvas Silveira
Kamau Kamande Montgomery Montgomerie""".split()
TEAMS = ["day", "night", "evening"]
SUFFIX = ("jr", "sr", "ii", "iii", "iv")
ABC = "abcdefghijklmnopqrstuvwxyz"


def syllables(draw):
    return "".join(draw.choice("bcdfghklmnprstvz") + draw.choice("aeiou")
                   for _ in range(draw.randint(2, 4))).capitalize()


def a_word(draw, pool):
    return (syllables(draw) if draw.random() < 0.25
            else draw.choice(pool).replace("/", " "))


def new_name(draw):
    parts = [a_word(draw, FIRST)]
    for _ in range(draw.choice([0, 0, 0, 1, 1, 2])):
        parts.append(draw.choice([a_word(draw, FIRST),
                                  draw.choice(ABC).upper() + "."]))
    parts += [a_word(draw, LAST) for _ in range(draw.choice([1, 1, 1, 1, 2]))]
    if draw.random() < 0.04:
        parts.append(draw.choice(["Jr", "II", "Sr."]))
    return " ".join(parts)


def relative(draw, name):
    """Somebody else whose name is easily taken for it."""
    parts = name.split(" ")
    way = draw.randrange(11)
    if way == 0:
        return typo(draw, name)
    if way == 1:
        parts[0] = a_word(draw, FIRST)
    elif way == 2:
        parts[-1] = a_word(draw, LAST)
    elif way == 3:
        parts.insert(1, a_word(draw, FIRST))
    elif way == 4 and len(parts) > 2:
        parts.pop(draw.randrange(len(parts)))
    elif way == 5:
        draw.shuffle(parts)
    elif way == 6:
        return without_marks(name)
    elif way == 7:
        parts.append(a_word(draw, LAST))
    elif way == 8:
        parts[draw.randrange(len(parts))] = a_word(draw, FIRST)
    elif way == 9:
        return typo(draw, typo(draw, name))
    elif way == 10:
        parts[0] = parts[0][:max(1, len(parts[0]) - draw.randint(1, 3))]
    return " ".join(parts)


def without_marks(name):
    return "".join(c for c in unicodedata.normalize("NFD", name)
                   if not unicodedata.combining(c))


# --- what a source makes of a name: first what is no mistake

def middle_gone(draw, parts):
    if len(parts) > 2:
        del parts[draw.randrange(1, len(parts) - 1)]
    return parts


def last_gone(_draw, parts):
    return parts[:-1] if len(parts) > 2 else parts


def alone(draw, parts):
    return [draw.choice(parts)]


def initial(draw, parts):
    i = draw.randrange(len(parts))
    if len(parts) > 1 and len(loose(parts[i]).split(" ")) == 1 and parts[i][0].isalpha():
        parts[i] = parts[i][0] + draw.choice(["", "."])
    return parts


def swapped(draw, parts):
    cut = draw.randrange(len(parts))
    return parts[cut:] + parts[:cut]


def comma(_draw, parts):
    return [parts[-1] + ","] + parts[:-1] if len(parts) > 1 else parts


def shuffled(draw, parts):
    return draw.sample(parts, len(parts))


def suffix(draw, parts):
    return parts + [draw.choice(["Jr", "III", "Sr."])]


SHAPES = [middle_gone, middle_gone, last_gone, alone, initial, initial, swapped,
          comma, comma, shuffled, suffix]


def looks(draw, name):
    way = draw.randrange(9)
    if way == 0:
        return name.upper()
    if way == 1:
        return name.lower()
    if way == 2:
        return without_marks(name)
    if way == 3:
        return unicodedata.normalize("NFD", name)
    if way == 4:
        return "  " + name.replace(" ", draw.choice(
            ["  ", "\u00a0", "_", "-", "\t"])) + " "
    if way == 5:
        return name.replace("'", "’").replace("-", " ")
    return name


# --- and one mistake

def typo(draw, name):
    """One letter more, less, another, or two that changed places."""
    at = [i for i, c in enumerate(name)
          if c.isalpha() and c.lower() not in "ßæœþ"]
    if not at:
        return name
    i = draw.choice(at)
    letter = draw.choice(ABC)
    way = draw.randrange(4)
    if way == 0:
        return name[:i] + name[i + 1:]
    if way == 1:
        return name[:i] + letter + name[i + 1:]
    if way == 2:
        return name[:i] + letter + name[i:]
    if i + 1 in at:
        return name[:i] + name[i + 1] + name[i] + name[i + 2:]
    return name


def cut_off(draw, name):
    return name[:draw.randint(len(name) // 2, len(name))]


def blank(draw, name):
    at = [i for i, c in enumerate(name) if c == " "]
    if at and draw.random() < 0.6:
        i = draw.choice(at)
        return name[:i] + name[i + 1:]
    i = draw.randrange(1, len(name)) if len(name) > 1 else 0
    return name[:i] + " " + name[i:]


def unknown_name(draw, name):
    parts = name.split(" ")
    new = draw.choice([a_word(draw, FIRST).split(" ")[0].split("-")[0],
                       draw.choice(ABC).upper() + "."])
    return " ".join(parts[:1] + [new] + parts[1:])


def write_down(draw, name):
    """As a source has it."""
    kind = draw.randrange(10)
    if kind == 0:
        return looks(draw, blank(draw, name))
    if kind < 3:
        name = unknown_name(draw, name)
    parts = name.split(" ")
    for _ in range(draw.choice([0, 1, 1, 2])):
        parts = draw.choice(SHAPES)(draw, parts)
    name = " ".join(parts)
    if 3 <= kind < 6:
        name = typo(draw, name)
    elif kind == 6:
        name = cut_off(draw, name)
    return looks(draw, name) if draw.random() < 0.7 else name


# --- what is fair to ask

def words(raw):
    return [w for w in loose(raw).split(" ") if w and w not in SUFFIX]


def is_form(short, full):
    """Each of its words is one of the name's, or the initial of one."""
    if not short:
        return True
    word, rest = short[0], short[1:]
    for i, other in enumerate(full):
        if (word == other or
                1 in (len(word), len(other)) and word[0] == other[0]):
            if is_form(rest, full[:i] + full[i + 1:]):
                return True
    return False


def is_fair(raw, own, others):
    mine = words(raw)
    if not mine or not tokens(raw):
        return False
    bag = sorted(tokens(raw))
    has_mistake = not is_form(mine, words(own))
    for other in others:
        if loose(other) == loose(own):
            if plain(other) == plain(raw) != plain(own):
                return False
            continue
        if sorted(tokens(other)) == bag or loose(other) == loose(raw):
            return False
        if has_mistake and is_form(mine, words(other)):
            return False
    return True


def is_strange(raw, names):
    """Nobody on the roster could be meant."""
    mine = set(words(raw))
    return bool(mine) and not any(
        mine & set(words(n)) or
        distance(" ".join(sorted(mine)), " ".join(sorted(words(n)))) < 5
        for n in names)


def is_plain(name):
    return name.isascii() and not set(SUFFIX) & set(loose(name).split(" "))


# --- a day of a made-up team

class Day:
    def __init__(self, draw, ascii_only=False):
        self.draw, self.unfair = draw, 0
        self.alike = draw.random() < 0.75
        self.people, self.rows, self.truth = [], [], {}
        while len(self.people) < draw.randint(4, 40):
            self.family(ascii_only)
        names = [p["name"] for p in self.people]
        for p in self.people:
            others = [n for n in names if n != p["name"]]
            if p["status"] != "Active" and any(
                    q["status"] == "Active" and
                    loose(q["name"]) == loose(p["name"])
                    for q in self.people):
                continue
            for n in range(draw.choice([1, 1, 2, 3])):
                raw = write_down(draw, p["name"])
                if ascii_only and not is_plain(raw):
                    continue
                if is_fair(raw, p["name"], others):
                    self.row(raw, p)
                else:
                    self.unfair += 1
        for _ in range(draw.randint(0, 4)):
            stranger = new_name(draw)
            raw = write_down(draw, stranger)
            if ascii_only and not is_plain(raw):
                continue
            if is_strange(stranger, names) and is_strange(raw, names):
                self.row(raw, None)
        draw.shuffle(self.rows)

    def family(self, ascii_only):
        draw = self.draw
        name = new_name(draw)
        for _ in range(draw.choice([1, 1, 2, 3, 5]) if self.alike else 1):
            i = len(self.people)
            if (loose(name) and len(name) > 2 and
                    (is_plain(name) or not ascii_only)):
                self.people.append({
                    "type": "roster", "id": "rec%04d" % i, "name": name,
                    "team": draw.choice(TEAMS),
                    "status": draw.choice(["Active"] * 7 + ["Fired"]),
                    "role": "Chatter", "hubstaff_user_id": draw.choice(
                        [None, None, str(7000 + i)])})
            if draw.random() < 0.9:
                name = relative(draw, name)

    def row(self, raw, owner):
        draw, nr = self.draw, len(self.rows)
        row = {"type": draw.choice(["inflow_row", "hubstaff_hours"]),
               "date": "2026-02-1%d" % draw.randrange(2), "row": "row%d" % nr,
               "name": raw}
        if row["type"] == "hubstaff_hours":
            row["tracked_s"] = 3600 + nr
            row["user_id"] = str(9000 + nr)
            if owner and owner["hubstaff_user_id"] and draw.random() < 0.3:
                row["user_id"] = owner["hubstaff_user_id"]
        else:
            row["sales"] = 2 ** (nr % 40)
            row["messages_sent"] = nr
            team = owner["team"] if owner else draw.choice(TEAMS)
            row["group"] = draw.choice([None, "?", team, "Team " + team])
        self.truth[row["row"]] = owner
        self.rows.append(row)


def save(name, records):
    with open(name, "w", encoding="utf-8") as out:
        for r in records:
            out.write(json.dumps(r, ensure_ascii=False) + "\n")


def load(text):
    return [json.loads(line) for line in text.splitlines()]


def run(*command):
    return subprocess.run(command, capture_output=True, check=True,
                          encoding="utf-8").stdout


def match(folder, people, rows):
    at = lambda name: os.path.join(folder, name)
    save(at("roster"), people)
    save(at("rows"), rows)
    found = run("name-match", "--roster=" + at("roster"), "--keep-unmatched",
                "--report=" + at("report"), at("rows"))
    with open(at("found"), "w", encoding="utf-8") as out:
        out.write(found)
    with open(at("report"), encoding="utf-8") as lines:
        return found, lines.read()


def count_rows(day, found, report, counts):
    """What became of the rows."""
    told = collections.Counter()
    for miss in report:
        if miss["type"] == "unmatched":
            told[miss["source"], loose(miss["raw"])] += miss["rows"]
    for row in found:
        owner = day.truth[row["row"]]
        counts["rows"] += 1
        if row["id"] is None:
            key = row["match"]["source"], loose(row["match"]["raw"])
            told[key] -= 1
            if owner is None or owner["status"] != "Active":
                counts["refused"] += 1
            else:
                counts["missed"] += 1
                counts["missed: " + row["match"]["reason"]] += 1
                counts[day.alike, "missed"] += 1
        elif owner is not None and row["id"] == owner["id"]:
            counts["right"] += 1
            counts[day.alike, "right"] += 1
        else:
            counts["wrong"] += 1
            print("wrong:", json.dumps(row, ensure_ascii=False), "is of",
                  owner and owner["name"], "among",
                  [p["name"] for p in day.people], file=sys.stderr)
    if any(told.values()):
        counts["untold"] += 1
        print("not as reported:", +told, -told, file=sys.stderr)


def count_figures(day, found, days, counts):
    """The figures of a day are those of its owner's rows, and of no other's."""
    sales, time = collections.Counter(), collections.Counter()
    for row in found:
        owner = day.truth[row["row"]]
        if row["id"] is not None:
            key = row["date"], owner and owner["id"]
            sales[key] += row.get("sales", 0)
            time[key] += row.get("tracked_s", 0)
    for record in days:
        if record["type"] != "chatter_day":
            continue
        key = record["date"], record["id"]
        if (record["tracked_s"] != time[key] or
                (record["sales"] or 0) not in (0, sales[key])):
            counts["wrong"] += 1
            print("wrong:", json.dumps(record), file=sys.stderr)
        counts["days"] += 1


def count_wrong(seed, times):
    draw = random.Random(seed)
    counts = collections.OrderedDict.fromkeys(
        ["rows", "right", "wrong", "missed", "missed: none",
         "missed: ambiguous", "missed: conflict", "missed: inactive",
         "refused", "untold", "unfair", "days",
         (True, "right"), (True, "missed"),
         (False, "right"), (False, "missed")], 0)
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(times):
            day = Day(draw)
            if not any(p["status"] == "Active" for p in day.people):
                continue
            counts["unfair"] += day.unfair
            found, report = match(folder, day.people, day.rows)
            found = load(found)
            count_rows(day, found, load(report), counts)
            days = run("chatter-day", os.path.join(folder, "roster"),
                       os.path.join(folder, "found"))
            count_figures(day, found, load(days), counts)
    print("; ".join("%s %d" % c for c in counts.items()
                    if isinstance(c[0], str)))
    for alike, people in ((True, "people who are hard to tell apart"),
                          (False, "people who are not")):
        right, missed = counts[alike, "right"], counts[alike, "missed"]
        if right + missed:
            print("missed %.1f %% of the rows of %s" % (
                100 * missed / (right + missed), people))
    sys.exit(counts["wrong"] > 0 or counts["untold"] > 0)


# --- what makes no difference

def everything(folder, people, rows):
    """All that the tools write, as a set of lines."""
    found, report = match(folder, people, rows)
    at = lambda name: os.path.join(folder, name)
    days = run("chatter-day", at("roster"), at("found"))
    with open(at("days"), "w", encoding="utf-8") as out:
        out.write(days)
    figures = run("metrics", "chatters", "--date=2026-02-11",
                  "--as-of=2026-02-12", at("roster"), at("days"))
    return sorted(found.splitlines()), sorted(
        report.splitlines()), days, figures


LETTERS = dict(zip(ABC + ABC.upper(),
                   [chr(0x430 + i) for i in range(26)] +
                   [chr(0x410 + i) for i in range(26)]))


def renamed(record):
    """The same letters of another script, which stand in the same order."""
    record = dict(record)
    record["name"] = "".join(LETTERS.get(c, c) for c in record["name"])
    return record


def back(text):
    """Names in that script as they were."""
    for latin, other in LETTERS.items():
        text = text.replace(other, latin)
    return text


def check_same(seed, times):
    draw = random.Random(seed)
    differ = 0
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(times):
            day = Day(draw, ascii_only=True)
            if not any(p["status"] == "Active" for p in day.people):
                continue
            first = everything(folder, day.people, day.rows)
            people = draw.sample(day.people, len(day.people))
            rows = draw.sample(day.rows, len(day.rows))
            differ += tell("another order", first,
                           everything(folder, people, rows))
            differ += tell("other names", first, [
                back(t) if isinstance(t, str) else sorted(map(back, t))
                for t in everything(folder, map(renamed, day.people),
                                    map(renamed, day.rows))])
    print("%d of %d differ" % (differ, 2 * times))
    sys.exit(differ > 0)


def tell(what, first, second):
    for name, a, b in zip(("rows", "report", "days", "figures"), first, second):
        if a == b:
            continue
        a = a.splitlines() if isinstance(a, str) else a
        b = b.splitlines() if isinstance(b, str) else b
        for x, y in zip(a, b):
            if x != y:
                print("%s: %s:\n  %s\n  %s" % (what, name, x, y),
                      file=sys.stderr)
                break
        return 1
    return 0


if __name__ == "__main__":
    {"wrong": count_wrong, "same": check_same}[sys.argv[1]](
        *map(int, sys.argv[2:]))
