"""An independent reading of Inflow's exports, and random ones to read.

inflow.py --write=SEED FILE         a random export of invented people
inflow.py FILE RECORDS STATUS       RECORDS and STATUS are what inflow-parse
                                    makes of FILE; tells where they are not
"""
import csv
import datetime
import decimal
import io
import json
import math
import random
import re
import sys

MONEY, COUNT, PERCENT, NUMBER, REPLY, HOURS = range(6)
COLUMNS = {
    'sales': (MONEY, ['Sales', 'Total sales', 'VENTAS', 'Net_sales ($)']),
    'tips': (MONEY, ['Tips']),
    'messages_sent': (COUNT, ['Direct messages sent', 'Messages', 'DMs sent']),
    'ppvs_sent': (COUNT, ['Direct PPVs sent', 'PPVs-sent (#)', 'ppv']),
    'ppvs_unlocked': (COUNT, ['PPVs unlocked', 'Unlocked']),
    'golden_pct': (PERCENT, ['Golden ratio', 'GR (%)']),
    'unlock_pct': (PERCENT, ['Unlock rate', 'Unlock  ratio %']),
    'fans': (COUNT, ['Fans chatted', 'Fans']),
    'fans_spent': (COUNT, ['Fans who spent money', 'Paying fans']),
    'cvr_pct': (PERCENT, ['Fan CVR', 'Tasa de conversión']),
    'reply_s': (REPLY, ['Reply time', 'Response time (based on clocked hours)']),
    'clocked_h': (HOURS, ['Clocked hours', 'Logged hours']),
    'msg_hr_csv': (NUMBER, ['Messages sent per hour', 'Msg/hr']),
}
TEXTS = {
    'date': ['Date', 'Fecha', 'Date/Time Europe/Amsterdam'],
    'name': ['Employees', 'Chatter name', 'Empleado'],
    'group': ['Group', 'Team'],
    'creators': ['Creators', 'Model'],
    None: ['Mood', 'Priority mass messages sales'],
}
NAMES = ['Alice Moreno', 'bruno sá-costa', 'Zoë D’Angelo', 'Daniel K. Otieno',
         'Ana  Cruz', 'ANA CRUZ', 'Łucja Nowak', 'Mary O\'Neil', 'Peña, Marc',
         'Иван Петров', '  Kofi Mensah ', 'Grace "Gigi" Otieno']
NULLS = ['', '-', 'N/A', '—', 'null', '#DIV/0!']
BAD = ['12abc', '1,23,456', '1 2', '5 apples', '12.', '(1']


# ---- writing ----

def spell(draw, value, places, mark, group):
    text = f'{abs(value):,.{places}f}'
    text = text.replace(',', '\0').replace('.', mark).replace('\0', group)
    return text


def cell(draw, kind, style):
    mark, group = style['mark'], style['group']
    if draw.random() < 0.08:
        return draw.choice(NULLS)
    if draw.random() < style['bad']:
        return draw.choice(BAD)
    if kind == MONEY:
        value = draw.choice([draw.randint(-900, 400000), 0]) / 100
        text = spell(draw, value, 2, mark, group)
        text = draw.choice(['$' + text, text, text + ' €', 'US$ ' + text])
        if value < 0:
            text = draw.choice(['-' + text, '−' + text, f'({text})'])
        return text
    if kind == COUNT:
        return spell(draw, draw.choice([0, 7, 63, 685, 1234, 25000]), 0, mark, group)
    if kind == PERCENT:
        value = draw.randint(0, 1000)
        if style['fractions']:
            return spell(draw, value / 1000, 3, mark, group)
        return spell(draw, value / 10, 1, mark, group) + style['sign']
    if kind == NUMBER:
        return spell(draw, draw.randint(0, 3000) / 10, 1, mark, group)
    if kind == REPLY:
        s = draw.randint(0, 4000)
        return draw.choice([f'{s}s', f'{s // 60}m {s % 60}s', f'{s}',
                            f'{s // 3600}:{s // 60 % 60:02}:{s % 60:02}',
                            f'{s // 60} min'])
    minutes = draw.randint(0, 600)
    return draw.choice([f'{minutes // 60}h {minutes % 60}min', f'{minutes}min',
                        f'{minutes // 60}:{minutes % 60:02}',
                        spell(draw, minutes / 60, 2, mark, group)])


def write(seed, path):
    draw = random.Random(seed)
    mark = draw.choice('.,')
    style = {
        'mark': mark,
        'group': draw.choice(['', ' ', '\u00a0', "'", ',' if mark == '.' else '.']),
        'bad': draw.choice([0, 0, 0.004]),
        'fractions': draw.random() < 0.3,
        'sign': draw.choice(['', '%', ' %']),
    }
    keys = [k for k in COLUMNS if k == 'sales' or draw.random() < 0.85]
    order = keys + ['date', 'name', 'group', 'creators', None]
    draw.shuffle(order)
    rows = [[draw.choice(COLUMNS[k][1] if k in COLUMNS else TEXTS[k]) for k in order]]
    names = [n for n in NAMES if draw.random() < 0.8] or NAMES
    for _ in range(draw.randint(20, 200)):
        day = datetime.date(2026, 2, draw.randint(10, 12))
        row = []
        for key in order:
            if key in COLUMNS:
                row.append(cell(draw, COLUMNS[key][0], style))
            elif key == 'date':
                row.append(draw.choice([str(day), f'{day} 00:00:00 - {day} 23:59:59',
                                        day.strftime('%d.%m.%Y'),
                                        day.strftime('%m/%d/%Y')]))
            elif key == 'name':
                row.append(draw.choice(names + ['Total', '']))
            elif key == 'creators':
                row.append(draw.choice(['Mia', 'Lola', 'Mia, Lola', 'Zed', '']))
            else:
                row.append(draw.choice(['Day', 'Night', '', 'a;b,c\td|e']))
        rows.append(row)
        if draw.random() < 0.05:
            rows.append(row)
        if draw.random() < 0.02:
            rows.append(rows[0])
    if draw.random() < 0.4:
        rows.insert(0, ['Report of the team'])
    out = io.StringIO()
    csv.writer(out, delimiter=draw.choice(',;\t|'),
               lineterminator=draw.choice(['\n', '\r\n', '\r']),
               quoting=draw.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL])).writerows(rows)
    encoding = draw.choice(['utf-8', 'utf-8-sig', 'utf-16', 'utf-16-le', 'cp1252'])
    with open(path, 'wb') as f:
        text = out.getvalue()
        if encoding == 'cp1252':
            for a, b in ('Ł', 'L'), ('Иван Петров', 'Ivan Petrov'), ('−', '-'):
                text = text.replace(a, b)
        f.write(text.encode(encoding))


# ---- reading ----

def decode(data):
    if data[:2] in (b'\xff\xfe', b'\xfe\xff'):
        return data.decode('utf-16')
    if b'\0' in data:
        return data.decode('utf-16-le')
    try:
        return data.decode('utf-8-sig')
    except UnicodeDecodeError:
        return data.decode('cp1252')


def plain(header):
    words = ' '.join(re.sub('[_-]', ' ', header).casefold().split())
    return re.sub(r'(\s|\([$%#]\)|[$%])+$', '', words)


KNOWN = {plain(h): k for k, (_, hs) in COLUMNS.items() for h in hs}
KNOWN |= {plain(h): k for k, hs in TEXTS.items() if k for h in hs}


def header_of(row):
    keys = [KNOWN.get(plain(h)) for h in row]
    return keys if 'name' in keys and sum(k in COLUMNS for k in keys) > 1 else None


def table(text):
    for delimiter in ',;\t|':
        rows = list(csv.reader(io.StringIO(text, newline=''), delimiter=delimiter))
        rows = [r for r in rows if r]
        for n, row in enumerate(rows[:6]):
            if header_of(row):
                return header_of(row), row, rows[n + 1:]
    raise ValueError('no header')


def strip(text):
    return text.strip(' \t\r\n\u00a0\u202f\u2007\u2009\ufeff')


def is_null(text):
    return text.casefold() in ('', '-', '--', '–', '—', 'n/a', 'na', '#n/a', 'null',
                               'none', 'nan', '#div/0!', '#value!', '.')


GROUPED = r'(?:\d*|[1-9]\d{0,2}(?:(?P<g>%s)\d{3})(?:(?P=g)\d{3})*)'


def readings(core):
    """What digits and separators are with a decimal point, and with a comma."""
    found = {}
    for mark, other in (('.', r'[,\s\u2019\']'), (',', r"[.\s\u2019']")):
        m = re.fullmatch(f'({GROUPED % other})(?:{re.escape(mark)}(\\d+))?', core)
        if m and (m[1] or m[3]):
            digits = re.sub(r'\D', '', m[1]) or '0'
            found[mark] = decimal.Decimal(f'{digits}.{m[3] or 0}')
    return found


CURRENCY = r'(?:US\$|USD|EUR|GBP|[$€£])'


def number(text, kind):
    """(readings, proof of a mark, has a percent sign), or None."""
    sign, core = 1, text.replace('−', '-')
    percent = core.endswith('%')
    core = core[:-1] if percent else core
    m = re.fullmatch(r'\s*\((.*)\)\s*', core)
    if m:
        sign, core = -1, m[1]
    m = re.fullmatch(rf'\s*([-+]?)\s*({CURRENCY})?\s*([-+]?)\s*([\d.,].*?)\s*({CURRENCY})?\s*',
                     core, re.I)
    if not m or (m[1] and m[3]) or (sign == -1 and (m[1] or m[3])) or (m[2] and m[5]):
        return None
    if (m[2] or m[5]) and kind != MONEY or percent and kind != PERCENT:
        return None
    if '-' in m[1] + m[3]:
        sign = -1
    found = {k: sign * v for k, v in readings(m[4]).items()}
    if not found or kind in (REPLY, HOURS) and min(found.values()) < 0:
        return None
    marked = '.' in m[4] or ',' in m[4]
    proof = next(iter(found)) if marked and len(found) == 1 else None
    return found, proof, percent


def duration(text, kind):
    m = re.fullmatch(r'(?:(\d{1,6})\s*h\s*)?(?:(\d{1,6})\s*m(?:in)?\s*)?(?:(\d{1,6})\s*s(?:ec)?\s*)?',
                     text, re.I)
    if m and text:
        parts = [int(g or 0) for g in m.groups()]
        return parts[0] * 3600 + parts[1] * 60 + parts[2]
    m = re.fullmatch(r'(\d{1,6}):([0-5]\d)(?::([0-5]\d))?', text)
    if not m:
        return None
    if m[3] is None and kind == REPLY:
        return int(m[1]) * 60 + int(m[2]) if int(m[1]) < 60 else None
    return int(m[1]) * 3600 + int(m[2]) * 60 + int(m[3] or 0)


def day(text):
    last = re.split(r'\s+-\s+', text)[-1].split(' ')[0]
    for form in '%Y-%m-%d', '%d.%m.%Y', '%m/%d/%Y':
        try:
            return str(datetime.datetime.strptime(last, form).date())
        except ValueError:
            pass
    raise ValueError(text)


class Bad(Exception):
    pass


def settle(key, seen, mark, fractions):
    """A number, now that the file was seen."""
    kind = COLUMNS[key][0]
    if isinstance(seen, float) or seen is None:
        return seen
    found, proof, percent = seen
    value = found.get(mark or '.', next(iter(found.values())))
    if kind == COUNT:
        unsure = len(set(found.values())) > 1
        if unsure and (value != value.to_integral_value() or
                       not mark and abs(found['.']) < abs(found[','])):
            raise Bad
        if value < 0:
            return None
        return float(value.to_integral_value(decimal.ROUND_HALF_UP))
    if kind == PERCENT and fractions and not percent:
        value *= 100
    return float(value)


def first_cells(header, rows):
    """Rows as (name, date, texts, cells, bad), and what proves the number form."""
    seen, proofs, unlock = [], set(), []
    for raw in rows:
        if raw == header[1] or not any(strip(c) for c in raw):
            continue
        row = dict(zip(header[0], (strip(c) for c in raw)))
        if is_null(row['name']) or row['name'].casefold() in ('total', 'average'):
            continue
        cells, bad = {}, False
        for key, text in row.items():
            if key not in COLUMNS or is_null(text):
                continue
            kind = COLUMNS[key][0]
            s = duration(text, kind) if kind in (REPLY, HOURS) else None
            if s is not None:
                cells[key] = float(s) if kind == REPLY else s / 3600
                continue
            cells[key] = number(text, kind)
            if cells[key] is None:
                bad = True
                del cells[key]
            elif cells[key][1] and kind != REPLY:
                proofs.add(cells[key][1])
            if key == 'unlock_pct' and key in cells:
                unlock.append(cells[key])
        def amount(c):
            return c if isinstance(c, float) or c is None else max(c[0].values(), key=abs)
        if not bad and not any(amount(cells.get(k)) for k in
                               ('clocked_h', 'sales', 'messages_sent')):
            continue
        seen.append((row, day(row['date']), cells, bad, tuple(raw)))
    if len(proofs) > 1:
        raise ValueError('mixed number formats')
    mark = (proofs or {None}).pop()
    rates = [found.get(mark or '.', next(iter(found.values()))) for found, _, _ in unlock]
    fractions = bool(rates) and not any(p for _, _, p in unlock) and 0 < max(rates) <= 1
    return seen, mark, fractions


def creators(text):
    return [c for c in (strip(c) for c in re.split('[,;|\n]', text or '')) if c]


def ratio(record, part, whole):
    a, b = record.get(part), record.get(whole)
    return 100 * a / b if a is not None and b and b > 0 else None


def combine(rows):
    """The figures of one person and day."""
    lists = [creators(r['creators']) for r, _ in rows]
    parts = {c for one in lists if len(one) > 1 for c in one}
    kept = [(r, f) for (r, f), one in zip(rows, lists)
            if len(rows) == 1 or len(one) != 1 or one[0] not in parts]
    groups = [r['group'] for r, _ in kept if not is_null(r['group'])]
    out = {'rows': len(kept), 'creators': None, 'name': kept[0][0]['name'],
           'group': groups[0] if groups else None}
    if len(kept) == 1:
        out |= kept[0][1]
        out['creators'] = None if is_null(kept[0][0]['creators']) else kept[0][0]['creators']
    else:
        for key, (kind, _) in COLUMNS.items():
            values = [f[key] for _, f in kept if f.get(key) is not None]
            if kind in (MONEY, COUNT, HOURS):
                out[key] = sum(values) if values else None
        timed = [(f['reply_s'], f.get('messages_sent') or 0) for _, f in kept
                 if f.get('reply_s')]
        weight = sum(w for _, w in timed)
        if weight:
            out['reply_s'] = sum(s * w for s, w in timed) / weight
        elif timed:
            out['reply_s'] = sum(s for s, _ in timed) / len(timed)
        elif any(f.get('reply_s') == 0 for _, f in kept):
            out['reply_s'] = 0.0
        names = [c for r, _ in kept for c in creators(r['creators'])]
        out['creators'] = ', '.join(dict.fromkeys(names)) or None
    # what is missing is made from counts
    for key, part, whole in (('golden_pct', 'ppvs_sent', 'messages_sent'),
                             ('unlock_pct', 'ppvs_unlocked', 'ppvs_sent'),
                             ('cvr_pct', 'fans_spent', 'fans')):
        if out.get(key) is None:
            out[key] = ratio(out, part, whole)
    return out


def read(path):
    """The records, and the exit status."""
    with open(path, 'rb') as f:
        header = table(decode(f.read()))
    seen, mark, fractions = first_cells(header, header[2])
    zone = next((h.split(' ', 1)[1] for h in header[1] if h.startswith('Date/Time ')), None)
    people, spoilt = {}, set()
    for row, date, cells, bad, raw in seen:
        key = (' '.join(row['name'].split()).casefold(), date)
        group = people.setdefault(key, {})
        if raw in group:
            continue
        try:
            figures = {k: settle(k, c, mark, fractions) for k, c in cells.items()}
        except Bad:
            bad, figures = True, {}
        group[raw] = (row, figures)
        if bad:
            spoilt.add(key)
    records = []
    for key in sorted(people, key=lambda k: (k[0].encode(), k[1])):
        if key in spoilt:
            continue
        rows = list(people[key].values())
        out = combine(rows)
        if not any((out.get(k) or 0) > 0 for k in ('clocked_h', 'sales', 'messages_sent')):
            continue
        records.append(out | {'date': key[1], 'tz': zone})
    return records, 1 if spoilt else 0


def differs(a, b):
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return not math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-9)
    return a != b


def compare(path, found_path, status):
    expected, expected_status = read(path)
    found = [json.loads(line) for line in open(found_path, encoding='utf-8')]
    if int(status) != expected_status:
        sys.exit(f'exit status {status}, not {expected_status}')
    if len(found) != len(expected):
        sys.exit(f'{len(found)} records, not {len(expected)}')
    for n, (a, b) in enumerate(zip(found, expected), 1):
        for key in [*COLUMNS, 'name', 'date', 'tz', 'group', 'creators', 'rows']:
            if differs(a.get(key), b.get(key)):
                sys.exit(f'record {n}, {b["name"]} {b["date"]}: {key} is '
                         f'{a.get(key)!r}, not {b.get(key)!r}')


if sys.argv[1].startswith('--write='):
    write(int(sys.argv[1][8:]), sys.argv[2])
else:
    compare(*sys.argv[1:])
