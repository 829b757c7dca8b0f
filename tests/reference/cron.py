#!/usr/bin/env python3
"""cron.py - when cron expressions were last due, by going back day by day

    cron.py SEED COUNT    EXPRESSION, NOW and DUE between tabs, for so many
                          expressions, made up

It reads an expression the long way round: each value of a field is asked
whether some part of the list takes it.
"""
import datetime
import random
import sys

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
DAYS = "sun mon tue wed thu fri sat".split()
# lowest, highest and the name of the lowest
FIELDS = [(0, 59, []), (0, 23, []), (1, 31, []), (1, 12, MONTHS), (0, 6, DAYS)]


def number(text, low, names):
    return names.index(text.lower()) + low if text.lower() in names else int(text)


def takes(part, value, low, high, names):
    rng, _, step = part.partition("/")
    if rng == "*":
        first, last = low, high
    elif "-" in rng:
        a, b = rng.split("-")
        first, last = number(a, low, names), number(b, low, names)
        if names is DAYS and last == 0 and first > 0:
            last = 7
    else:
        first = number(rng, low, names)
        last = high if step and first <= high else first
    return first <= value <= last and (value - first) % int(step or 1) == 0


def in_field(field, value, nr):
    low, high, names = FIELDS[nr]
    values = [value, 7] if names is DAYS and value == 0 else [value]
    return any(takes(p, v, low, high, names)
               for p in field.split(",") for v in values)


def is_day(fields, date):
    mday = in_field(fields[2], date.day, 2)
    wday = in_field(fields[4], date.isoweekday() % 7, 4)
    if not in_field(fields[3], date.month, 3):
        return False
    if fields[2].startswith("*") or fields[4].startswith("*"):
        return mday and wday
    return mday or wday


def due(expression, now):
    fields = expression.split()
    times = [(h, m) for h in range(24) if in_field(fields[1], h, 1)
             for m in range(60) if in_field(fields[0], m, 0)]
    date = now.date()
    for back in range(41 * 366):
        day = date - datetime.timedelta(days=back)
        if not is_day(fields, day):
            continue
        for h, m in reversed(times):
            at = datetime.datetime.combine(day, datetime.time(h, m))
            if at <= now:
                return at
    return None


def make_number(rnd, nr, value=None):
    low, high, names = FIELDS[nr]
    if value is None:
        value = rnd.randint(low, 7 if names is DAYS else high)
    if names and value < low + len(names) and rnd.random() < 0.4:
        name = names[value - low]
        return name.upper() if rnd.random() < 0.3 else name
    return "%02d" % value if rnd.random() < 0.1 else str(value)


def make_part(rnd, nr):
    low, high, _ = FIELDS[nr]
    kind = rnd.random()
    step = "/%d" % rnd.randint(1, high + 2) if rnd.random() < 0.3 else ""
    if kind < 0.2:
        return "*" + step
    if kind < 0.5:
        a, b = sorted(rnd.sample(range(low, high + 1), 2))
        return "%s-%s%s" % (make_number(rnd, nr, a), make_number(rnd, nr, b),
                            step)
    return make_number(rnd, nr) + step


def make_field(rnd, nr):
    if rnd.random() < 0.35:
        return "*"
    return ",".join(make_part(rnd, nr) for _ in range(rnd.choice([1, 1, 1, 2, 3])))


def make(rnd):
    while True:
        expression = " ".join(make_field(rnd, nr) for nr in range(5))
        now = datetime.datetime(1890, 1, 1) + datetime.timedelta(
            seconds=rnd.randint(0, 220 * 365 * 86400))
        at = due(expression, now)
        if at is not None:
            return expression, now, at


def main():
    rnd, count = random.Random(int(sys.argv[1])), int(sys.argv[2])
    known = set()
    while len(known) < count:
        expression, now, at = make(rnd)
        if expression in known:
            continue
        known.add(expression)
        print(expression, now.isoformat() + "Z", at.isoformat() + "Z",
              sep="\t")


if __name__ == "__main__":
    main()
