#!/usr/bin/env python3
"""pages.py COACHES DEALS SEED TIMES - the figures of the pages, worked out again

Runs metrics board, eligibility --pool and week-monitor on the coaches and deals
of two files, each TIMES with options drawn from SEED, and compares every value
with what their manual pages define, computed here. Prints what differs; exits 1
if anything does.
"""
import json
import math
import random
import subprocess
import sys
from datetime import datetime, timedelta, timezone

coaches_file, deals_file, seed, times = sys.argv[1:]
draw = random.Random(int(seed))
hidden = {"Rookvrij en Fitter Het Gooi", "167331984", "UNKNOWN",
          "benVitaal Coaching", "SportQube Algemeen"}
failed = 0


def records(file):
    with open(file, encoding="utf-8", newline="\n") as lines:
        return [json.loads(line) for line in lines]


coaches = [c for c in records(coaches_file) if c["type"] == "coach"]
deals = [d for d in records(deals_file) if d["type"] == "deal"]


def run(*command):
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{command}: exit {done.returncode}: {done.stderr.decode()}")
    return [json.loads(line) for line in done.stdout.split(b"\n") if line]


def compare(command, found, expected):
    global failed
    if found == expected:
        return
    failed += 1
    for i in range(max(len(found), len(expected))):
        x = found[i] if i < len(found) else None
        y = expected[i] if i < len(expected) else None
        if x != y:
            print(f"{' '.join(command)}: line {i + 1}\n  found    {x}\n"
                  f"  expected {y}")
            return


def median(values):
    x = sorted(values)
    n = len(x)
    if n == 0:
        return 0
    return x[n // 2] if n % 2 else (x[n // 2 - 1] + x[n // 2]) / 2


def top_bound(values, top):
    x = sorted(values)
    q = (1 - top / 100) * 100 / 100
    v = (len(x) - 1) * q
    if v >= len(x) - 1:
        return x[-1]
    k = math.floor(v)
    g = v - k
    d = x[k + 1] - x[k]
    return x[k] + d * g if g < .5 else x[k + 1] - d * (1 - g)


def total(x):
    n = len(x)
    if n < 8:
        s = 0.
        for value in x:
            s += value
        return s
    if n <= 128:
        r = [float(value) for value in x[:8]]
        whole = n - n % 8
        for i in range(8, whole):
            r[i % 8] += x[i]
        s = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]))
        for value in x[whole:]:
            s += value
        return s
    half = n // 2
    half -= half % 8
    return total(x[:half]) + total(x[half:])


def mean(x):
    return total(x) / len(x) if x else None


def is_shown(coach, excluded):
    name = coach["coach_name"]
    return not ("nabeller" in name.lower() or name in hidden or
                name in excluded)


def status(count, rate, middle, good):
    if count == 0:
        return "⚪ Geen data"
    if count >= good and rate >= middle:
        return "✅ Goed"
    if count >= good // 2 and rate >= middle * .8:
        return "⭐ Matig"
    return "❌ Uitsluiten"


words = {"✅ Goed": "good", "⭐ Matig": "fair", "⚠️ Uitsluiten": "nabeller",
         "❌ Uitsluiten": "excluded", "⚪ Geen data": "none",
         "Geen data": "none"}
order = ["good", "fair", "nabeller", "excluded", "none", "other"]


def some_names():
    return draw.sample([c["coach_name"] for c in coaches],
                       min(len(coaches), draw.choice([0, 0, 1, 3])))


def bins(values):
    """Edges are fractions of tenths, so that none is a bit beside itself."""
    if not values:
        return []
    tenths = [round(v * 10) for v in values]
    span = max(tenths) - min(tenths)
    width = 10
    if span > 0:  # in millionths of a tenth
        width = next(m * 10 ** k / 10 ** 6
                     for k in range(0, 9) for m in (1, 2, 5)
                     if m * 10 ** k * 20 >= span * 10 ** 6)
        if width == int(width):
            width = int(width)
    first = math.floor(min(tenths) / width)
    last = math.floor(max(tenths) / width)
    return [{"type": "board_bin", "low_pct": i * width / 10,
             "high_pct": (i + 1) * width / 10,
             "coaches": sum(math.floor(t / width) == i for t in tenths)}
            for i in range(first, last + 1)]


def board():
    p = draw.choice(["1m", "3m", "6m"])
    excluded = some_names()
    low = draw.choice([0, 0, 5, 20, 40, 50])
    top = draw.choice([100, 100, 95, 80, 70, 50, 10])
    least = draw.choice([0, 0, 1, 5, 14, 30])
    good = draw.randint(1, 30)
    labels = draw.random() < .3
    shown = set(draw.sample(order, draw.randint(1, 5))
                if draw.random() < .4 else order)
    command = ["metrics", "board", f"--period={p}", f"--min-rate={low}",
               f"--top={top}", f"--min-deals={least}", f"--good={good}"]
    command += [f"--exclude={name}" for name in excluded]
    command += ["--labels"] if labels else []
    if len(shown) < len(order):
        command.append("--status=" + ",".join(sorted(shown)))
    command.append(coaches_file)

    left = [(c, c[f"deals_{p}"], c[f"smoothed_{p}"]) for c in coaches
            if is_shown(c, excluded)]
    left = [row for row in left if low == 0 or row[2] >= low]
    before, bound = len(left), None
    if top < 100 and left:
        bound = top_bound([row[2] for row in left], top)
        left = [row for row in left if row[2] >= bound]
    in_top = len(left)
    middle = median([row[2] for row in left])
    told = []
    for coach, count, rate in left:
        label = status(count, rate, middle, good)
        if labels:
            label = coach["eligibility"]
        if words[label] in shown:
            told.append((coach, count, rate, label, count >= least))
    over = [row for row in told if row[4]]

    def states(rows):
        return {w: sum(words[r[3]] == w for r in rows) for w in order}

    expected = [{
        "type": "board", "period": p, "coaches": len(told),
        "above_minimum": len(over), "before_top": before, "in_top": in_top,
        "cutoff_pct": bound, "median_pct": middle,
        "deals": sum(row[1] for row in told),
        "mean_winst_pct": mean([row[2] for row in over]),
        "mean_deals": mean([row[1] for row in over]),
        "above_median_pct": sum(row[2] >= middle for row in over) /
        len(over) * 100 if over else None,
        "status": states(told), "status_above_minimum": states(over)}]
    expected += [{
        "type": "board_coach", "coach_id": row[0]["coach_id"],
        "coach_name": row[0]["coach_name"], "deals": row[1],
        "winst_pct": row[2], "status": row[3], "above_minimum": row[4]}
        for row in sorted(told, key=lambda row: -row[2])]
    compare(command, run(*command), expected + bins([r[2] for r in over]))


def pool():
    p = draw.choice(["1m", "3m", "6m"])
    excluded = some_names()
    share = draw.choice([5, 10, 20, 20, 35, 50])
    least = draw.choice([0, 1, 5, 5, 15, 30])
    top = draw.choice([100, 100, 95, 80, 70, 50, 10])
    good = draw.randint(1, 30)
    command = ["eligibility", "--pool", f"--period={p}",
               f"--nabeller={share}", f"--min-deals={least}", f"--top={top}",
               f"--good={good}"]
    command += [f"--exclude={name}" for name in excluded] + [coaches_file]

    base = [(c, c[f"deals_{p}"], c[f"smoothed_{p}"], c[f"nabeller_pct_{p}"])
            for c in coaches if is_shown(c, excluded)]
    inside = [row for row in base if row[3] <= share and row[1] >= least]
    bound = None
    if top < 100 and inside:
        bound = top_bound([row[2] for row in inside], top)
        inside = [row for row in inside if row[2] >= bound]
    middle = median([row[2] for row in inside])
    count = dict.fromkeys(["nabeller", "few", "below_top", "none", "good",
                           "fair", "excluded"], 0)
    expected, written = [], 0
    for coach, nr, rate, late in base:
        if late > share:
            word, label = "nabeller", "🚫 Nabeller te hoog"
        elif nr < least:
            word, label = "few", "⚪ Te weinig deals"
        elif bound is not None and rate < bound:
            word, label = "below_top", f"📉 Buiten top {top}%"
        else:
            label = status(nr, rate, middle, good)
            word = words[label]
        count[word] += 1
        chosen = word in ("good", "fair")
        written += chosen
        expected.append({
            "type": "pool_coach", "coach_id": coach["coach_id"],
            "coach_name": coach["coach_name"], "deals": nr,
            "winst_pct": rate, "nabeller_pct": late, "status": label,
            "exported": chosen, "written": chosen})
    expected.append({
        "type": "pool_summary", "period": p, "coaches": len(base),
        "in_pool": len(inside), "median_pct": middle, "cutoff_pct": bound,
        "eligible": written, "written": written, "without_owner": [],
        "status": count})
    compare(command, run(*command), expected)


class Rolling:
    def __init__(self):
        self.window = []
        self.s = self.add = self.remove = 0.
        self.same, self.last = 0, None

    def mean(self, value):
        if len(self.window) == 4:
            y = -self.window.pop(0) - self.remove
            t = self.s + y
            self.remove = t - self.s - y
            self.s = t
        y = value - self.add
        t = self.s + y
        self.add = t - self.s - y
        self.s = t
        self.window.append(value)
        self.same = self.same + 1 if value == self.last else 1
        self.last = value
        if self.same >= len(self.window):
            return value
        return max(self.s / len(self.window), 0)


def weeks():
    now = datetime(2026, 3, 1, 12, tzinfo=timezone.utc) + timedelta(
        days=draw.randint(-30, 3))
    back = draw.choice([1, 4, 12, 12, 30, 52])
    share = draw.choice([5, 20, 20, 50])
    drop = draw.choice([5, 15, 30])
    least = draw.choice([1, 1, 2, 5])
    excluded = some_names()
    labels = draw.sample(sorted(set(c["eligibility"] for c in coaches)),
                         draw.choice([0, 0, 1, 2]))
    one = draw.choice(coaches)["coach_name"] if draw.random() < .3 else None
    command = ["week-monitor", f"--as-of={now:%Y-%m-%dT%H:%M:%SZ}",
               f"--weeks={back}", f"--nabeller={share}", f"--drop={drop}",
               f"--min-deals={least}"]
    command += [f"--exclude={name}" for name in excluded]
    command += [f"--eligibility={label}" for label in labels]
    command += [f"--coach={one}"] if one is not None else []
    command += [coaches_file, deals_file]

    chosen = {c["coach_name"] for c in coaches if is_shown(c, excluded) and
              (not labels or c["eligibility"] in labels)}
    table = {}
    for deal in deals:
        at = datetime.fromisoformat(deal["created_at"])
        if deal["coach_name"] not in chosen or at < now - timedelta(weeks=back):
            continue
        monday = at.date() - timedelta(days=at.weekday())
        row = table.setdefault(
            (int(deal["coach_id"]), monday, deal["coach_name"]), [0] * 5)
        row[0] += 1
        row[1] += deal["class"] == "WON"
        row[2] += deal["class"] == "LOST"
        row[3] += deal["class"] == "OPEN"
        row[4] += deal["properties"]["pipeline"] == "38341389"
    last = max((key[1] for key in table), default=None)
    expected, alerts, rolling = [], [], {}
    for (coach, monday, name), row in sorted(table.items()):
        won = round(row[1] / row[0] * 100, 1)
        late = round(row[4] / row[0] * 100, 1)
        four = rolling.setdefault(coach, Rolling()).mean(won)
        if one is not None and name != one:
            continue
        who = {"coach_id": str(coach), "coach_name": name,
               "week_start": monday.isoformat(), "deals_week": row[0]}
        rates = {"won_rate_week": won, "nabeller_pct_week": late,
                 "won_rate_rolling_4w": four}
        expected.append({"type": "coach_week", **who, "won_week": row[1],
                         "lost_week": row[2], "open_week": row[3],
                         "nabeller_week": row[4], **rates})
        reasons, text = [], []
        if late > share:
            reasons.append("nabeller")
            text.append(f"Nabeller {late:.1f}% > {share}%")
        if won < four - drop:
            reasons.append("drop")
            text.append(f"Won rate {won:.1f}% < 4w avg ({four:.1f}%) - {drop}%")
        if monday == last and row[0] >= least and reasons:
            alerts.append({"type": "alert", "system": "coach", **who, **rates,
                           "reasons": reasons, "text": "; ".join(text)})
    compare(command, run(*command), expected + alerts)


for _ in range(int(times)):
    board()
    pool()
    weeks()
sys.exit(failed > 0)
