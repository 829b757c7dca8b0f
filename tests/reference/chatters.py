#!/usr/bin/python3
"""Another implementation of the chatter figures, to hold the tools against.

It knows the rules and not the code: dictionaries by person and day, exact
decimals for what is read, everything in memory.

    chatters.py generate SEED         roster.ndjson, sources.ndjson, log.ndjson
                                      and settings.json of made-up people
    chatters.py days FILE...          what chatter-day writes
    chatters.py figures DATE RUN SETTINGS FILE...
                                      what metrics chatters writes, 12 weeks
    chatters.py compare FILE FILE     says where the records of two files
                                      differ by more than the last digits
"""
import json
import math
import random
import re
import sys
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

AMOUNTS = ("sales", "messages_sent", "ppvs_sent", "ppvs_unlocked", "fans",
           "fans_spent")
SHARES = (("golden_pct", "ppvs_sent", "messages_sent"),
          ("unlock_pct", "ppvs_unlocked", "ppvs_sent"),
          ("cvr_pct", "fans_spent", "fans"))
RATES = (("sales_hr", "sales"), ("msg_hr", "messages_sent"),
         ("fans_hr", "fans"))
FIGURES = AMOUNTS + tuple(s[0] for s in SHARES) + ("reply_s",) + tuple(
    r[0] for r in RATES)
KPI = {"sales_hr": "sales_hr", "cvr": "cvr_pct", "unlock": "unlock_pct",
       "golden": "golden_pct", "msg_hr": "msg_hr", "reply_s": "reply_s"}
LABEL = {"sales_hr": "Sales per hour", "cvr": "CVR", "unlock": "Unlock rate",
         "golden": "Golden ratio", "msg_hr": "Messages per hour",
         "reply_s": "Reply time"}
TEAMS = {"night": "Team N", "day": "Team D", "evening": "Team E"}
ANCHORS = {"sales_hr": (35, 20, 80), "cvr": (15, 7, 12),
           "unlock": (10, 30, 45), "golden": (10, 1.5, 4),
           "msg_hr": (15, 70, 100), "reply_s": (15, 150, 60)}
STEPS = (("ppvs_per_fan", 1, "ppvs_sent", "fans",
          "Few PPVs sent for the fans chatted"),
         ("unlocked_pct", 100, "ppvs_unlocked", "ppvs_sent",
          "PPVs are sent but not opened"),
         ("sales_per_unlock", 1, "sales", "ppvs_unlocked",
          "Unlocks bring little money"))


def read(files):
    for name in files:
        with open(name, encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)


def write(record):
    print(json.dumps(record, ensure_ascii=False, separators=(",", ":")))


def day_of(text):
    return date.fromisoformat(text)


def round_up(x, digits):
    """Half away from zero, of the exact value."""
    return Decimal(x).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def team_of(text):
    word = (text or "").strip().lower()
    if word.startswith("team "):
        word = word[5:].strip()
    for key, name in TEAMS.items():
        if word in (key, name.lower()[5:]):
            return key
    return word or None


def is_active(person):
    return (person.get("status") == "Active" and
            person.get("role") in (None, "", "Chatter") and
            team_of(person.get("team")) != "0")


def together(rows, hours=None):
    """Several rows as one; hours are theirs, where they count."""
    out = {}
    for key in AMOUNTS:
        known = [r[key] for r in rows if r.get(key) is not None]
        out[key] = math.fsum(known) if known else None
    for share, above, below in SHARES:
        pairs, plain = [], []
        for row in rows:
            if row.get(above) is not None and row.get(below) is not None:
                pairs.append((100 * row[above], row[below]))
            elif row.get(share) is not None:
                plain.append(row[share])
                if row.get(below):
                    pairs.append((row[share] * row[below], row[below]))
        weight = math.fsum(p[1] for p in pairs)
        out[share] = (math.fsum(p[0] for p in pairs) / weight if weight > 0
                      else sum(plain) / len(plain) if plain else None)
    replies = [(r["reply_s"], r.get("messages_sent") or 0) for r in rows
               if (r.get("reply_s") or 0) > 0]
    weight = sum(w for _, w in replies)
    out["reply_s"] = (sum(v * w for v, w in replies) / weight if weight > 0
                      else sum(v for v, _ in replies) / len(replies)
                      if replies else None)
    for rate, amount in RATES:
        made, time = 0.0, 0.0
        for row, h in zip(rows, hours or []):
            if row.get(amount) is not None:
                made += row[amount]
            elif row.get(rate) is not None:
                made += row[rate] * h
            else:
                continue
            time += h
        out[rate] = made / time if time else None
    return out


# --- chatter-day

def days(files):
    people, hours, rows = {}, {}, {}
    dates, told = set(), set()
    lines = set()
    for r in read(files):
        if r["type"] == "roster":
            people[r["id"]] = r
        elif r["type"] == "hubstaff_hours":
            dates.add(r["date"])
            told.add(r["date"])
            key = r["date"], r["id"]
            text = json.dumps(r)
            if text not in lines:
                hours[key] = hours.get(key, 0) + r["tracked_s"]
            lines.add(text)
        elif r["type"] == "inflow_row":
            dates.add(r["date"])
            text = json.dumps(r)
            if text not in lines:
                rows.setdefault((r["date"], r["id"]), []).append(r)
            lines.add(text)
    notes = []
    for day in sorted(dates):
        if day not in told:
            notes.append({"date": day, "note": "no_hours", "id": None})
        for who in sorted(k for k, p in people.items() if is_active(p)):
            one_day(day, people[who], hours.get((day, who)),
                    rows.get((day, who), []), notes)
    for note in notes:
        write({"type": "operations_note", **note})


def one_day(day, person, seconds, rows, notes):
    figures = dict.fromkeys(FIGURES)
    status = ("no_data" if seconds is None else
              "day_off" if seconds < 3600 else
              "worked" if rows else "no_data")
    team = team_of(person["team"])
    sales = [r["sales"] for r in rows if r.get("sales") is not None]
    if status == "day_off" and sum(sales) > 0:
        notes.append({"date": day, "note": "sales_without_hours",
                      "id": person["id"], "sales": sum(sales)})
    groups = sorted(r["group"] for r in rows if r.get("group") and
                    team_of(r["group"]) in TEAMS and
                    team_of(r["group"]) != team)
    if groups:
        notes.append({"date": day, "note": "other_team", "id": person["id"],
                      "group": groups[0]})
    if seconds is None:
        return
    if status == "worked":
        h = seconds / 3600
        figures.update(rows[0] if len(rows) == 1 else together(rows))
        figures = {k: figures.get(k) for k in FIGURES}
        for rate, amount in RATES:
            x = figures[amount]
            figures[rate] = None if x is None else x / h
        if figures["messages_sent"] is None:
            known = [r for r in rows if r.get("msg_hr_csv") is not None]
            clocked = [r["msg_hr_csv"] * r["clocked_h"] for r in known
                       if (r.get("clocked_h") or 0) > 0]
            if clocked:
                figures["msg_hr"] = sum(clocked) / h
            elif known:
                figures["msg_hr"] = sum(
                    r["msg_hr_csv"] for r in known) / len(known)
    write({"type": "chatter_day", "date": day, "id": person["id"],
           "name": person["name"], "team": team, "status": status,
           "tracked_s": seconds, **figures})


# --- metrics chatters

def kpis(day):
    out = {k: day[f] for k, f in KPI.items()}
    if not (out["reply_s"] or 0) > 0:
        out["reply_s"] = None
    return out


def target_points(k, v):
    _, flag, target = ANCHORS[k]
    if k == "reply_s":
        s = (40 + 40 * (flag - v) / (flag - target) if v <= flag
             else 40 * (2 * flag - v) / flag)
    else:
        s = (40 * v / flag if v < flag
             else 40 + 40 * (v - flag) / (target - flag))
    return min(100, max(0, s))


def points(mode, k, v, pool):
    values = [p[k] for p in pool if p[k] is not None]
    if mode == "percentile":
        better = [x for x in values if (x > v if k == "reply_s" else x < v)]
        return 100 * (len(better) + 0.5 * values.count(v)) / len(values)
    if mode == "mean_bands":
        mean = sum(values) / len(values)
        if v <= 0:
            return 0
        if mean <= 0:
            return 100
        r = mean / v if k == "reply_s" else v / mean
        for bound, s in ((.75, 0), (.9, 20), (1, 40), (1.1, 60), (1.25, 80)):
            if r < bound:
                return s
        return 100
    return target_points(k, v)


def score(mode, values, pool):
    s = {k: None if v is None else points(mode, k, v, pool)
         for k, v in values.items()}
    here = sum(ANCHORS[k][0] for k in s if s[k] is not None)
    if s["sales_hr"] is None or here < 50:
        return None, s
    return sum(ANCHORS[k][0] * s[k] for k in s if s[k] is not None) / here, s


def put_score(total, mode, without=None):
    whole = None if total is None else int(round_up(total, 0))
    band = without if whole is None else (
        "top" if whole >= 80 else "good" if whole >= 60 else
        "fair" if whole >= 40 else "low" if whole >= 20 else "critical")
    return {"score": total, "score_int": whole, "band": band,
            "score_mode": mode}


def is_flagged(k, v):
    if v is None:
        return False
    return v > ANCHORS[k][1] if k == "reply_s" else v < ANCHORS[k][1]


def trend(k, today, before):
    out = {"mean": None, "dev_pct": None, "arrow": None}
    if len(before) < 2:
        return out
    out["mean"] = mean = sum(before) / len(before)
    if today is None or mean <= 0:
        return out
    out["dev_pct"] = dev = (today - mean) / mean * 100
    if abs(dev) > 10 + 1e-9:
        out["arrow"] = "up" if (dev < 0) == (k == "reply_s") else "down"
    return out


def streak(values):
    cents = [round_up(v, 2) for v in values]
    signs = [(b > a) - (b < a) for a, b in zip(cents, cents[1:])]
    n = 0
    while n < len(signs) and signs[-1 - n] == signs[-1] != 0:
        n += 1
    return n * signs[-1] if n >= 3 else 0


def shown(k, v, bare):
    """A value as people read it; bare: whole ones without decimals."""
    if k == "reply_s":
        s = int(round_up(v, 0))
        if s >= 3600:
            s = (s + 30) // 60 * 60
        words = ["%d%s" % w for w in ((s // 3600, "h"), (s // 60 % 60, "m"),
                                      (s % 60, "s")) if w[0]]
        return " ".join(words) or "0s"
    text = "{:,}".format(round_up(abs(v), 2 if k == "sales_hr" else 1))
    if bare and v == int(v):
        text = "{:,}".format(int(abs(v)))
    sign = "-" if v < 0 and text.strip("0.") else ""
    if k == "sales_hr":
        return sign + "$" + text
    return sign + text + ("" if k == "msg_hr" else " %")


def figure_of(words):
    """Which figure people mean: by the first letters of its words."""
    words = re.sub("[^a-z$]+", " ", words.lower()).strip()
    for k, form in (("sales_hr", r"(sales|\$) (per )?(hr|hour)"),
                    ("cvr", r"(fan )?(cvr( pct)?|conversion( rate)?)"),
                    ("unlock", r"unlock( rate| pct)?"),
                    ("golden", r"golden( ratio| pct)?|gr"),
                    ("msg_hr", r"(msg|messages) (per )?(hr|hour)"),
                    ("reply_s", r"(reply|response)( time| s)?")):
        if re.fullmatch(form, words):
            return k
    return None


def amount_of(k, text):
    if text is None or isinstance(text, (int, float)):
        if k == "reply_s" and text is not None and text < 10:
            return 60 * text
        return text
    text = text.strip().lower()
    found = re.fullmatch(r"(?:(\d+)h ?)?(?:(\d+)m ?)?(?:(\d+)s)?", text)
    if k == "reply_s" and text and found:
        h, m, s = (int(g or 0) for g in found.groups())
        return 3600 * h + 60 * m + s
    found = re.fullmatch(r"(\$?)(\d+(?:\.\d+)?) ?(%|min|/hr)?", text)
    if not found:
        return None
    money, number, unit = found.groups()
    of = {"sales_hr": (("$", None), ("$", "/hr"), ("", None), ("", "/hr")),
          "msg_hr": (("", None), ("", "/hr")),
          "reply_s": (("", None), ("", "min"))}.get(
              k, (("", None), ("", "%")))
    if (money, unit) not in of:
        return None
    x = float(number)
    return 60 * x if k == "reply_s" and (unit or x < 10) else x


def mean_of(values):
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if known else None


class Model:
    def __init__(self, when, run, settings, files):
        self.when, self.run = when, run
        self.mode = settings["score"]["mode"]
        self.points = settings["coaching"]["urgency"] == "points"
        self.people, self.days, self.logs = {}, {}, []
        self.home = {}
        self.last, self.goals = {}, {}
        for r in read(files):
            if r["type"] == "roster" and team_of(r["team"]) != "0":
                self.home[r["id"]] = team_of(r["team"])
            if r["type"] == "roster" and is_active(r):
                self.people[r["id"]] = dict(r, team=team_of(r["team"]))
            elif r["type"] == "coaching_log" and r["chatter_id"]:
                if r["date"] and r["date"] <= run.isoformat():
                    self.logs.append((r["chatter_id"], day_of(r["date"])))
                    self.keep(r)
            elif r["type"] == "chatter_day":
                when = day_of(r["date"])
                if when <= self.when and team_of(r["team"]) != "0":
                    self.days[r["id"], when] = self.clean(r)
        for who, person in self.people.items():
            if (who, self.when) in self.days:
                self.days[who, self.when]["team"] = person["team"]

    def keep(self, log):
        key = log["date"], log["id"]
        who = log["chatter_id"]
        if key > self.last.get(who, [("",)])[0]:
            self.last[who] = key, log
        if log.get("focus_kpi") and log.get("target_value"):
            if key > self.goals.get(who, [("",)])[0]:
                self.goals[who] = key, log

    @staticmethod
    def clean(day):
        day["team"] = team_of(day["team"])
        if day["status"] != "worked":
            day.update(dict.fromkeys(FIGURES))
        return day

    def worked(self, who, when):
        day = self.days.get((who, when))
        return day if day and day["status"] == "worked" else None

    def span(self, who, first, last):
        """Days worked, from so many days before to so many before."""
        found = [self.worked(who, self.when - timedelta(n))
                 for n in range(first, last - 1, -1)]
        return [d for d in found if d]

    def traffic(self, when):
        """By team: the fans per hour of a day."""
        out = {}
        for (who, at), day in sorted(self.days.items()):
            if at == when and day["status"] == "worked":
                if day["fans_hr"] is not None:
                    out.setdefault(day["team"], []).append(day["fans_hr"])
        return out

    @staticmethod
    def level(values):
        if len(values) < 2 or max(values) <= 0:
            return None
        if min(values) <= 0:
            return "critical"
        ratio = max(values) / min(values) * (1 + 1e-9)
        return "critical" if ratio >= 3 else "warning" if ratio >= 2 else None

    def cards(self):
        cards = []
        for who in sorted(self.people):
            day = self.days.get((who, self.when))
            cards.append({"id": who, "person": self.people[who], "day": day,
                          "status": day["status"] if day else "no_data"})
        for c in cards:
            works = c["status"] == "worked"
            c["kpi"] = kpis(c["day"]) if works else dict.fromkeys(KPI)
            c["flags"] = [k for k in KPI if is_flagged(k, c["kpi"][k])]
            c["steps"] = {s[0]: self.step(c["day"], s) if works else None
                          for s in STEPS}
        pool = [c["kpi"] for c in cards if c["status"] == "worked"]
        mode = self.mode
        if mode == "percentile" and len(pool) < 5:
            mode = self.mode = "target"
        for c in cards:
            c["score"], c["points"] = score(mode, c["kpi"], pool)
            self.compare(c, cards)
            self.coach(c)
        return cards, mode

    @staticmethod
    def step(day, step):
        _, scale, above, below, _ = step
        if day[above] is None or not day[below]:
            return None
        return scale * day[above] / day[below]

    def compare(self, c, cards):
        c["rel"], c["weak"] = {}, None
        for step in STEPS:
            own = c["steps"][step[0]]
            c["rel"][step[0]] = None
            have = [o for o in cards if o["steps"][step[0]] is not None]
            team = [o for o in have
                    if o["person"]["team"] == c["person"]["team"]]
            use = team if len(team) >= 3 else have
            if own is None or len(use) < 3:
                continue
            mark = (step[1] * sum(o["day"][step[2]] for o in use) /
                    sum(o["day"][step[3]] for o in use))
            if mark <= 0:
                continue
            rel = c["rel"][step[0]] = own / mark
            if rel < 0.9 and (c["weak"] is None or
                              rel < c["rel"][c["weak"][0]]):
                c["weak"] = step

    def coach(self, c):
        mine = [d for who, d in self.logs if who == c["id"]]
        c["coached"] = max(mine) if mine else None
        c["days"] = (self.run - max(mine)).days if mine else None
        c["due"] = c["days"] is None or c["days"] >= 2
        whole = None if c["score"] is None else int(round_up(c["score"], 0))
        c["low"] = whole is not None and whole < 60
        c["candidate"] = (c["status"] == "worked" and c["days"] != 0 and
                          bool(c["flags"] or c["due"] or
                               c["low"] and not self.points))
        perf = 50 if c["score"] is None else 100 - c["score"]
        due = 100 if c["days"] is None else 100 * min(c["days"], 7) / 7
        c["urgency"] = (.4 * perf + .3 * due +
                        .3 * 100 * min(len(c["flags"]), 3) / 3)
        if self.points:
            c["urgency"] = 2 * c["due"] + min(len(c["flags"]), 2)
        values = [kpis(d)["sales_hr"] for d in self.span(c["id"], 13, 0)]
        values = [v for v in values if v is not None]
        here = c["kpi"]["sales_hr"] is not None
        c["streak"] = streak(values) if here and len(values) > 1 else 0

    def goal(self, c):
        _, log = self.goals.get(c["id"], (None, None))
        k = log and figure_of(log["focus_kpi"])
        aim = k and amount_of(k, log["target_value"])
        if aim is None:
            return None
        base = amount_of(k, log["baseline_value"])
        value = c["kpi"][k]
        sign = -1 if k == "reply_s" else 1
        status = "unknown"
        if value is not None and sign * (value - aim) >= 0:
            status = "reached"
        elif None not in (value, base) and value != base:
            status = ("improving" if sign * (value - base) > 0
                      else "declined")
        words = "Goal: %s %s" % (LABEL[k], shown(k, aim, True))
        if value is None:
            words += (" — Day off" if c["status"] == "day_off"
                      else " — No data available")
        else:
            words += " — now " + shown(k, value, False)
            if status != "unknown":
                words += ", " + status
        return {"kpi": k, "target": aim, "baseline": base, "value": value,
                "status": status, "text": words}

    def sums(self, cards):
        days = [c["day"] for c in cards if c["status"] == "worked"]
        sold = [d for d in days if d["sales"] is not None]
        hours = sum(d["tracked_s"] for d in sold) / 3600
        fans = [d["fans"] for d in days if d["fans"] is not None]
        monday = self.run - timedelta(self.run.weekday())
        shown = {c["id"] for c in cards}
        return {
            "chatters": len(cards), "worked": len(days),
            "day_off": sum(c["status"] == "day_off" for c in cards),
            "no_data": sum(c["status"] == "no_data" for c in cards),
            "sales": sum(d["sales"] for d in sold) if sold else None,
            "sales_hr": mean_of(d["sales_hr"] for d in days),
            "sales_hr_pooled":
                sum(d["sales"] for d in sold) / hours if hours else None,
            "cvr_pct": mean_of(d["cvr_pct"] for d in days),
            "fans": sum(fans) if fans else None,
            "flagged": sum(bool(c["flags"]) for c in cards),
            "candidates": sum(c["candidate"] for c in cards),
            "due": sum(c["due"] for c in cards),
            "coached_week": sum(c["coached"] is not None and
                                c["coached"] >= monday for c in cards),
            "sessions_week": sum(
                d >= monday and who in shown for who, d in self.logs),
        }

    def team_of_log(self, who):
        if who in self.home:
            return self.home[who]
        mine = sorted((d, k) for k, d in
                      ((day["team"], when) for (i, when), day
                       in self.days.items() if i == who))
        return mine[-1][1] if mine else None

    def run_all(self):
        cards, mode = self.cards()
        write({"type": "chatter_summary", "date": self.when.isoformat(),
               "run_date": self.run.isoformat(), "score_mode": mode,
               **self.sums(cards), **self.last_days(None)})
        teams = list(TEAMS) + sorted(
            {c["person"]["team"] for c in cards} - set(TEAMS))
        for team in teams:
            self.put_team(team, [c for c in cards
                                 if c["person"]["team"] == team])
        place = {"worked": 0, "no_data": 1, "day_off": 2}
        cards.sort(key=lambda c: (
            teams.index(c["person"]["team"]), place[c["status"]],
            c["score"] is None, -(c["score"] or 0),
            c["kpi"]["sales_hr"] is None, -(c["kpi"]["sales_hr"] or 0),
            c["person"]["name"], c["id"]))
        picked = []
        for team in teams:
            mine = [c for c in cards if c["person"]["team"] == team and
                    c["candidate"]]
            mine.sort(key=lambda c: (
                -round_up(c["urgency"], 1), c["score"] is None,
                c["score"] or 0, c["days"] is not None, -(c["days"] or 0),
                c["person"]["name"], c["id"]))
            for i, c in enumerate(mine):
                c["rank"] = i + 1
            picked += mine[:3]
        by_team = self.traffic(self.when)
        for c in cards:
            self.put_card(c, mode, by_team)
        for c in picked:
            self.put_candidate(c, mode)
        self.weeks()

    def put_team(self, team, cards):
        now = self.traffic(self.when).get(team, [])
        uneven = sum(
            self.level(self.traffic(self.when - timedelta(n)).get(team, []))
            is not None for n in range(7))
        ratio = (max(now) / min(now) if len(now) > 1 and min(now) > 0
                 else None)
        level = self.level(now)
        text = None
        if level:
            text = ("One chatter had no traffic" if ratio is None else
                    "Traffic imbalance: busiest chatter has %s× the fans/hr "
                    "of the quietest" % round_up(ratio, 1))
        write({"type": "chatter_team", "date": self.when.isoformat(),
               "team": team, "name": TEAMS.get(team, team),
               **self.sums(cards), **self.last_days(team),
               "traffic": {
                   "chatters": len(now), "fans_hr": mean_of(now),
                   "min": min(now, default=None),
                   "max": max(now, default=None), "ratio": ratio,
                   "level": level, "text": text, "uneven_days": uneven,
                   "lasts": uneven >= 3}})

    def last_days(self, team):
        """The last seven days of a team, or of all, and what is usual."""
        shown = {c["id"] for c in self.cards()[0]}

        def figures(when):
            mine = [d for (who, day), d in self.days.items()
                    if day == when and d["status"] == "worked" and
                    (team is None or d["team"] == team) and
                    (when != self.when or who in shown)]
            have = {k: [d[k] for d in mine if d[k] is not None]
                    for k in ("sales", "sales_hr", "cvr_pct")}
            return {"worked": len(mine),
                    "sales": sum(have["sales"]) if have["sales"] else None,
                    "sales_hr": mean_of(have["sales_hr"]),
                    "cvr_pct": mean_of(have["cvr_pct"])}

        span = {n: figures(self.when - timedelta(n)) for n in range(8)}
        usual = {}
        for k, like in (("sales", "sales_hr"), ("sales_hr", "sales_hr"),
                        ("cvr_pct", "cvr")):
            before = [span[n][k] for n in range(7, 0, -1)]
            usual[k] = trend(like, span[0][k],
                             [v for v in before if v is not None])
        return {"trend": usual,
                "days": [{"date": (self.when - timedelta(n)).isoformat(),
                          **span[n]} for n in range(6, -1, -1)]}

    def put_card(self, c, mode, by_team):
        day = c["day"] or {}
        kpi = {}
        for k in KPI:
            before = [kpis(d)[k] for d in self.span(c["id"], 7, 1)]
            kpi[k] = {"value": c["kpi"][k], "points": c["points"][k],
                      "flagged": k in c["flags"],
                      **trend(k, c["kpi"][k],
                              [v for v in before if v is not None])}
        known = any(v is not None for v in c["rel"].values())
        band = None
        if day.get("fans_hr") is not None:
            mean = mean_of(by_team[c["person"]["team"]])
            band = ("high" if day["fans_hr"] > 1.25 * mean * (1 + 1e-9) else
                    "low" if day["fans_hr"] < .75 * mean * (1 - 1e-9) else
                    "normal")
        n, left = c["streak"], c["days"]
        red = left is None or left >= 4
        week = [self.when - timedelta(6 - i) for i in range(7)]
        week = [(d, self.days.get((c["id"], d)) or {}) for d in week]
        write({
            "type": "chatter", "date": self.when.isoformat(), "id": c["id"],
            "name": c["person"]["name"], "team": c["person"]["team"],
            "status": c["status"], "tracked_s": day.get("tracked_s"),
            **{f: day.get(f) for f in FIGURES},
            **put_score(c["score"], mode,
                        "off" if c["status"] == "day_off" else None),
            "missing": [k for k in KPI if c["status"] == "worked" and
                        c["kpi"][k] is None],
            "flags": [{"kpi": k, "value": c["kpi"][k],
                       "limit": ANCHORS[k][1]} for k in c["flags"]],
            "kpi": kpi, "streak": n,
            "streak_text": "%dd %s" % (
                abs(n), "improving" if n > 0 else "declining") if n else None,
            "funnel": {**c["steps"], "rel": c["rel"],
                       "bottleneck": c["weak"] and c["weak"][0],
                       "text": c["weak"][4] if c["weak"] else
                       "No clear bottleneck" if known else None},
            "traffic": band,
            "coaching": {
                "last": c["coached"] and c["coached"].isoformat(),
                "days": left, "due": c["due"],
                "badge": "red" if red else "amber" if c["due"] else None,
                "badge_text": "Never coached" if left is None else
                "%dd overdue" % left if red else
                "%dd ago" % left if c["due"] else None,
                "urgency": c["urgency"] if c["candidate"] else None,
                "rank": c.get("rank"), "goal": self.goal(c),
                "lead": self.last.get(c["id"], (0, {}))[1].get("team_leader"),
                "note": self.last.get(c["id"], (0, {}))[1].get("notes")},
            "sparkline": [d.get("sales_hr") for _, d in week],
            "days": [{"date": at.isoformat(),
                      "status": d.get("status", "no_data"),
                      "tracked_s": d.get("tracked_s"),
                      **{f: d.get(f) for f in FIGURES}} for at, d in week]})

    def put_candidate(self, c, mode):
        why = [LABEL[k] + self.because(k, c["kpi"][k]) for k in c["flags"]]
        if c["days"] is None:
            why.append("Never coached")
        elif c["due"]:
            why.append("Not coached for %d days" % c["days"])
        if c["streak"] < 0:
            why.append("Sales per hour falling for %d days" % -c["streak"])
        if c["weak"]:
            why.append(c["weak"][4])
        if c["low"]:
            why.append("Score %d of 100" % round_up(c["score"], 0))
        talk = sorted((k for k in c["flags"] or KPI
                       if c["points"][k] is not None),
                      key=lambda k: c["points"][k])
        u = c["urgency"]
        high, medium = (4, 2) if self.points else (70, 40)
        write({"type": "coaching_candidate", "date": self.when.isoformat(),
               "team": c["person"]["team"], "rank": c["rank"],
               "id": c["id"], "name": c["person"]["name"], "urgency": u,
               "level": "high" if round_up(u, 1) >= high else
               "medium" if round_up(u, 1) >= medium else "low",
               **put_score(c["score"], mode), "days": c["days"],
               "why": why[:3],
               "talk": talk[:2] if c["flags"] else talk[:1]})

    @staticmethod
    def because(k, v):
        return " %s, %s %s" % (
            shown(k, v, False), "above" if k == "reply_s" else "below",
            shown(k, ANCHORS[k][1], k != "golden"))

    def weeks(self):
        last = self.when - timedelta(self.when.weekday())
        before, team_lines = {}, []
        for n in range(12, -1, -1):
            monday = last - timedelta(7 * n)
            rows = self.one_week(monday)
            now = {r["id"]: r["sales_hr"] for r in rows}
            if n < 12:
                self.put_week(monday, rows, before)
                team_lines += self.team_week(monday)
            before = now
        for line in team_lines:
            write(line)

    def one_week(self, monday):
        rows = []
        for who in sorted({w for w, _ in self.days}):
            days = [self.worked(who, monday + timedelta(i)) for i in range(7)]
            days = [d for d in days if d]
            if days:
                seconds = sum(d["tracked_s"] for d in days)
                rows.append({"id": who, "team": days[-1]["team"],
                             "days": len(days), "tracked_s": seconds,
                             **together(days, [d["tracked_s"] / 3600
                                               for d in days])})
        return rows

    def put_week(self, monday, rows, before):
        pool = [kpis(r) for r in rows if r["tracked_s"] >= 8 * 3600]
        mode = self.mode
        few = mode == "percentile" and len(pool) < 5
        for r in rows:
            total = None
            if r["tracked_s"] >= 8 * 3600 and not few:
                total, _ = score(mode, kpis(r), pool)
            change = arrow = None
            if None not in (before.get(r["id"]), r["sales_hr"]):
                change = r["sales_hr"] - before[r["id"]]
                arrow = ("up" if change > 2 else "down" if change < -2
                         else "flat")
            write({"type": "chatter_week", **self.week_key(monday), **r,
                   **put_score(total, mode), "change": change,
                   "arrow": arrow})

    @staticmethod
    def week_key(monday):
        year, week, _ = monday.isocalendar()
        return {"week": "%d-W%02d" % (year, week),
                "week_start": monday.isoformat()}

    def team_week(self, monday):
        week = [monday + timedelta(i) for i in range(7)]
        level = [self.traffic(d) for d in week]
        teams = {d["team"] for (_, at), d in self.days.items()
                 if at in week and d["status"] == "worked"}
        logs = [self.team_of_log(who) for who, d in self.logs if d in week]
        order = list(TEAMS) + sorted(
            k for k in (teams | set(logs)) - set(TEAMS) if k) + [None]
        for team in order:
            mine = [(who, d) for (who, at), d in sorted(self.days.items())
                    if at in week and d["status"] == "worked" and
                    d["team"] == team]
            days = [d for _, d in mine]
            if not days and team not in logs:
                continue
            sold = [d for d in days if d["sales"] is not None]
            hours = sum(d["tracked_s"] for d in sold) / 3600
            yield {"type": "chatter_team_week", **self.week_key(monday),
                   "team": team, "name": TEAMS.get(team, team),
                   "chatters": len({who for who, _ in mine}),
                   "days": len(days),
                   "sales": sum(d["sales"] for d in sold) if days else None,
                   "sales_hr": mean_of(d["sales_hr"] for d in days),
                   "sales_hr_pooled": sum(d["sales"] for d in sold) / hours
                   if hours else None,
                   "cvr_pct": mean_of(d["cvr_pct"] for d in days),
                   "sessions": logs.count(team),
                   "uneven_days": sum(
                       self.level(d.get(team, [])) is not None
                       for d in level)}


# --- made-up people

def generate(seed):
    rng = random.Random(seed)
    first = date(2026, 2, 28) - timedelta(40 if seed % 2 else 100)
    people = []
    for i in range(rng.randint(4, 40)):
        people.append({
            "type": "roster", "id": "r%d" % i, "name": "Name %d" % (i % 30),
            "team": rng.choice(["Team N", "day", "E", "Team  Other", "0",
                                "Day", "evening"]),
            "status": rng.choice(["Active"] * 9 + ["Fired"]),
            "role": rng.choice(["Chatter", None, "Chatter", "Team Leader"])})
    put_all("roster.ndjson", people)
    sources, logs = [], []
    for n in range((date(2026, 2, 28) - first).days + 1):
        day = (first + timedelta(n)).isoformat()
        fetched = rng.random() > 0.03
        for p in people:
            if rng.random() < 0.1:
                logs.append({"type": "coaching_log", "date": day,
                             "id": "l%d" % len(logs), "chatter_id":
                             rng.choice([p["id"], None, "gone"]),
                             **make_goal(rng)})
            seconds = rng.choice([0, 1800, 3599, 3600, 28800, 27900,
                                  rng.randint(3000, 40000)])
            for _ in range(rng.choice([0, 1, 1, 1, 1, 1, 2])):
                if fetched:
                    sources.append({"type": "hubstaff_hours", "date": day,
                                    "user_id": rng.choice(["1", "2"]),
                                    "id": p["id"], "tracked_s": seconds})
            for _ in range(rng.choice([0, 1, 1, 1, 1, 1, 1, 2, 3])):
                sources.append(make_row(rng, day, p["id"]))
            if rng.random() < 0.02 and sources[-1]["type"] == "inflow_row":
                sources.append(sources[-1])
    rng.shuffle(sources)
    put_all("sources.ndjson", sources)
    put_all("log.ndjson", logs)
    mode = ("target", "percentile", "mean_bands")[seed % 3]
    with open("settings.json", "w", encoding="utf-8") as out:
        json.dump({"score": {"mode": mode}, "match": {"other": 1},
                   "coaching": {"urgency": "points" if seed % 4 == 0
                                else "weighted"}}, out)


def make_goal(rng):
    words = ["Sales/hr", "sales_hr", "$ / hour", "CVR", "fan cvr", "Unlock",
             "UNLOCK RATE", "Golden Ratio", "GR", "Msg/hr", "reply_s",
             "Messages per hour", "Reply Time", "response time", "Attitude"]
    values = [5, 10, 8.25, 45, 90.0, 120, "10 %", "9.5%", "$45", "$30/hr",
              "90/hr", "1m 42s", "45s", "2 min", "2.5 min", "100", "soon",
              "1h 5m", None]
    return {"focus_kpi": rng.choice(words + [None, ""]),
            "target_value": rng.choice(values),
            "baseline_value": rng.choice(values),
            "team_leader": rng.choice(["Dana Reyes", "Ivo Blum", None]),
            "notes": rng.choice(["Went well.", "« Zoë » & <b>", None])}


def make_row(rng, day, who):
    fans = rng.choice([0, rng.randint(1, 100)])
    sent = rng.randint(0, 900)
    ppvs = rng.choice([0, rng.randint(0, 60)])
    row = {
        "sales": round(rng.uniform(-20, 700), 2), "messages_sent": sent,
        "ppvs_sent": ppvs, "ppvs_unlocked": rng.randint(0, ppvs),
        "fans": fans, "fans_spent": rng.randint(0, fans),
        "golden_pct": round(rng.uniform(0, 7), 1),
        "unlock_pct": round(rng.uniform(10, 60), 1),
        "cvr_pct": round(rng.uniform(0, 20), 1),
        "reply_s": rng.choice([0, rng.randint(10, 400)]),
        "msg_hr_csv": round(rng.uniform(40, 130), 1),
        "clocked_h": rng.choice([0, 7.9]),
        "group": rng.choice(["Day", "Team N", "evening", "VIP", None])}
    for key in list(row):
        if rng.random() < 0.07:
            row[key] = None
    return {"type": "inflow_row", "date": day, "id": who, **row}


def put_all(name, records):
    with open(name, "w", encoding="utf-8") as out:
        for r in records:
            out.write(json.dumps(r) + "\n")


# --- where two files differ

def near(a, b, path=""):
    if isinstance(a, dict) and isinstance(b, dict):
        for key in b:
            near(a.get(key), b[key], "%s.%s" % (path, key))
    elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        for i, (x, y) in enumerate(zip(a, b)):
            near(x, y, "%s[%d]" % (path, i))
    elif isinstance(a, dict) and isinstance(b, str):
        near(a.get("kpi"), b, path)
    elif isinstance(a, (int, float)) and isinstance(b, (int, float)):
        if not math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9):
            print("%s: %s, not %s" % (path, a, b))
    elif a != b:
        print("%s: %s, not %s" % (path, a, b))


def compare(found, expected):
    found, expected = list(read([found])), list(read([expected]))
    if len(found) != len(expected):
        print("%d records, not %d" % (len(found), len(expected)))
    for i, (a, b) in enumerate(zip(found, expected)):
        near(a, b, "%d: %s %s" % (i + 1, b["type"], b.get("id", "")))


def figures(when, run, settings, files):
    with open(settings, encoding="utf-8") as file:
        model = Model(day_of(when), day_of(run), json.load(file), files)
    model.run_all()


def main(what, *args):
    if what == "generate":
        generate(int(args[0]))
    elif what == "days":
        days(args)
    elif what == "figures":
        figures(args[0], args[1], args[2], args[3:])
    elif what == "compare":
        compare(*args)


main(*sys.argv[1:])
