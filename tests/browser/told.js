/*
 * told.js - what the page of the coaches should show by what the tools say for
 * the same settings: metrics board, week-monitor, eligibility --pool
 */
'use strict';
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const { fixed, pct, count, dutch } = require('./text.js');

const words = ['good', 'fair', 'nabeller', 'excluded', 'none', 'other'];
const label = ['✅ Goed', '⭐ Matig', '⚠️ Uitsluiten', '❌ Uitsluiten', '⚪ Geen data', 'Onbekend'];
const poolLabel = top => ['🚫 Nabeller te hoog', '⚪ Te weinig deals', `📉 Buiten top ${top}%`, '⚪ Geen data', '✅ Goed', '⭐ Matig', '❌ Uitsluiten'];
const starts = {
	periode: '1m', uit: [], min: 0, conv: 0, top: 100, goed: 14, dyn: true,
	w: 12, coach: '', nt: 20, dr: 15, mw: 5, pnt: 20, pmd: 5, ptop: 100, pgoed: 14, capdag: 2, capweek: 14, weight: 1,
};
const periodName = { '1m': '1 maand', '3m': '3 maanden', '6m': '6 maanden' };

const records = text => text.split('\n').filter(l => l).map(l => JSON.parse(l));
/* A tool's output for the same question is asked once. */
const known = new Map();
const tool = (...argv) => {
	const key = JSON.stringify(argv);
	if (!known.has(key))
		known.set(key, records(execFileSync(argv[0], argv.slice(1), { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] })));
	return known.get(key);
};
/* As a shell takes a command apart. */
const words_of = command => execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' }).split('\0').slice(0, -1);
const dash = v => v == null || v === '' ? '–' : v;
const without = set => set.uit.map(n => '--exclude=' + n);
const byText = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/* The input of the tools, and what is in it that the page offers. */
const account = (coaches, deals, asOf) => {
	const list = records(fs.readFileSync(coaches, 'utf8')).filter(r => r.type == 'coach');
	const shown = tool('metrics', 'board', '--labels', coaches).filter(r => r.type == 'board_coach');
	return {
		coaches, deals, asOf, list,
		names: [...new Set(shown.map(r => r.coach_name).filter(n => n != null))].sort(byText),
		labels: [...new Set(shown.map(r => r.status))].sort(byText),
		requests: list.some(r => r.warme_aanvraag_1m != null || r.info_aanvraag_1m != null),
		hasOther: shown.some(r => !label.includes(r.status) && r.status != 'Geen data'),
	};
};

const about = set => [`Periode: ${periodName[set.periode]}`, ...set.uit.length ? [`Uitgesloten: ${set.uit.length} coach(es)`] : []];

const aboutBoard = (of, set) => {
	const offered = words.slice(0, of.hasOther ? 6 : 5);
	return [...about(set),
		...set.min > 0 ? [`Minimum deals: ${set.min}`] : [],
		...set.conv > 0 ? [`Minimum conversie: ${set.conv}%`] : [],
		...set.top < 100 ? [`Top ${set.top}% coaches`] : [],
		...set.goed != 14 ? [`Goed vanaf ${set.goed} deals`] : [],
		...set.dyn ? [] : ['Status uit het bestand'],
		...set.status && set.status.length < offered.length ? ['Status: ' + (set.status.map(w => label[words.indexOf(w)]).join(', ') || 'geen')] : []];
};

const stateOf = s => s == 'Geen data' ? 4 : label.includes(s) ? label.indexOf(s) : 5;

const dashboard = (of, given) => {
	const set = { ...starts, ...given };
	const out = tool('metrics', 'board', `--period=${set.periode}`, ...without(set), `--min-rate=${set.conv}`, `--top=${set.top}`,
		`--min-deals=${set.min}`, `--good=${set.goed}`, ...set.dyn ? [] : ['--labels'],
		...set.status ? [`--status=${set.status.join(',') || 'other'}`] : [], of.coaches);
	const b = out[0], coach = out.filter(r => r.type == 'board_coach'), bin = out.filter(r => r.type == 'board_bin');
	const name = i => i == 4 && !set.dyn ? 'Geen data' : label[i];
	const na = (v, f) => v == null ? 'N/A' : f(v), median = `Mediaan = ${pct(b.median_pct)}`;
	const request = (c, what) => {
		const v = of.list.find(r => r.coach_id == c.coach_id && r.coach_name == c.coach_name)[`${what}_aanvraag_${set.periode}`];
		return v == null ? '–' : count(v);
	};
	/* the order of bars: most first, then first seen in the input */
	const inFile = of.list.map(r => coach.find(c => c.coach_id == r.coach_id && c.coach_name == r.coach_name)).filter(c => c?.above_minimum);
	const seen = [...new Set(inFile.map(c => stateOf(c.status)))];
	const bars = seen.map(s => [s, b.status_above_minimum[words[s]]]).sort((x, y) => y[1] - x[1]);
	const marks = coach.map(c => ({
		says: `${dash(c.coach_name)} · ${c.deals} deals · ${pct(c.winst_pct)} · ${c.status}`,
		tone: c.above_minimum ? stateOf(c.status) : 6, x: c.deals, y: c.winst_pct,
	}));
	return {
		chips: aboutBoard(of, set),
		cards: {
			'k-deals': count(b.deals), 'k-winst': na(b.mean_winst_pct, pct), 'k-gem': na(b.mean_deals, v => fixed(v, 1)),
			'k-mediaan': pct(b.median_pct), 'k-boven': na(b.above_median_pct, v => fixed(v, 0) + '%'),
		},
		top: b.cutoff_pct == null ? '' : `Top ${set.top}%: ${b.in_top} van ${b.before_top} coaches, ondergrens ${pct(b.cutoff_pct)}`,
		side: [['Mediaan winstpercentage', pct(b.median_pct)], ['Coaches getoond', String(b.coaches)], ['Waarvan boven drempel', String(b.above_minimum)],
			...words.map((w, i) => [name(i), String(b.status[w])]).filter(r => r[1] != '0')],
		coaches: coach.map(c => [dash(c.coach_name), c.status, count(c.deals), pct(c.winst_pct),
			...of.requests ? [request(c, 'warme'), request(c, 'info')] : [], c.above_minimum ? '✓' : '–']),
		bins: bin.map(i => [String(i.low_pct), String(i.high_pct), String(i.coaches)]),
		states: bars.map(x => [name(x[0]), String(x[1])]),
		scatter: marks.length ? {
			marks,
			rules: [{ label: median, at: b.median_pct }, ...set.min > 0 ? [{ label: `Min. ${set.min} deals`, at: set.min }] : []],
			legend: [6, 0, 1, 2, 3, 4, 5].filter(t => marks.some(m => m.tone == t)).map(t => t == 6 ? `Onder ${set.min} deals` : name(t)),
		} : null,
		hist: bin.length ? {
			marks: bin.map(i => ({ says: `${i.low_pct} tot ${i.high_pct}%: ${i.coaches} coach(es)`, tone: 8, x: (i.low_pct + i.high_pct) / 2, y: i.coaches })),
			rules: [{ label: median, at: b.median_pct }],
		} : null,
		bars: bars.length ? {
			marks: bars.map(x => ({ says: `${name(x[0])}: ${x[1]} coach(es)`, tone: x[0], y: x[1] })),
			counts: bars.map(x => count(x[1])), categories: bars.map(x => name(x[0])),
		} : null,
	};
};

const weken = (of, given) => {
	const set = { ...starts, ...given }, asOf = given.at ?? of.asOf;
	const nobody = set.elig && !set.elig.length;
	const out = nobody ? [] : tool('week-monitor', `--as-of=${asOf}`, `--weeks=${set.w}`, `--nabeller=${set.nt}`, `--drop=${set.dr}`, `--min-deals=${set.mw}`,
		...(set.elig ?? []).map(l => '--eligibility=' + l), ...without(set), of.coaches, of.deals);
	const rows = out.filter(r => r.type == 'coach_week'), alerts = out.filter(r => r.type == 'alert');
	const weeks = rows.map(r => r.week_start).sort(), last = weeks.at(-1), all = [];
	for (let t = Date.parse(weeks[0]); t <= Date.parse(last); t += 7 * 864e5)
		all.push(new Date(t).toISOString().slice(0, 10));
	const latest = rows.filter(r => r.week_start == last).sort((a, b) => b.deals_week - a.deals_week);
	const one = rows.filter(r => r.coach_name === set.coach), when = r => `Week van ${dutch(r.week_start)}: `;
	const line = (f, says) => ({ marks: one.map(r => ({ says: when(r) + says(r), y: f(r) })) });
	const c = of.list.find(r => r.coach_name == set.coach), total = w => rows.reduce((n, r) => n + (r.week_start == w ? r.deals_week : 0), 0);
	return {
		chips: [...about(set).slice(1), `Weken: ${set.w}`, ...set.coach ? [`Coach: ${set.coach}`] : [],
			...set.elig && set.elig.length < of.labels.length ? ['Eligibility: ' + (set.elig.join(', ') || 'geen')] : [],
			...set.nt != 20 ? [`Nabeller boven ${set.nt}%`] : [], ...set.dr != 15 ? [`Daling boven ${set.dr} punten`] : [],
			...set.mw != 5 ? [`Minimum deals/week: ${set.mw}`] : [], ...given.nu ? ['Peildatum: nu'] : []],
		alerts: alerts.map(a => [dash(a.coach_name), String(a.deals_week), pct(a.won_rate_week), pct(a.nabeller_pct_week), pct(a.won_rate_rolling_4w), a.text]),
		week: latest.map(r => [dash(r.coach_name), String(r.deals_week), String(r.won_week), String(r.lost_week), pct(r.won_rate_week),
			String(r.nabeller_week), pct(r.nabeller_pct_week), rows.filter(x => x.coach_id == r.coach_id && x.coach_name == r.coach_name).length]),
		of: last ? `Week van: ${dutch(last)}` : 'Week van: geen data',
		total: last ? { marks: all.map(w => ({ says: `Week van ${dutch(w)}: ${total(w)} deals`, y: total(w) })) } : null,
		detail: one.map(r => [dutch(r.week_start), String(r.deals_week), String(r.won_week), String(r.lost_week), String(r.open_week),
			pct(r.won_rate_week), String(r.nabeller_week), pct(r.nabeller_pct_week)]).reverse(),
		who: set.coach ? `${set.coach} ${c.eligibility}` : null,
		rate: one.length ? line(r => r.won_rate_week, r => `won rate ${pct(r.won_rate_week)}`) : null,
		nabeller: one.length ? { ...line(r => r.nabeller_pct_week, r => `nabeller ${pct(r.nabeller_pct_week)}`), rules: [{ label: `Drempel (${set.nt}%)`, at: set.nt }] } : null,
		deals: one.length ? { ...line(r => r.deals_week, r => `${r.deals_week} deals`), rules: [{ label: `Min. (${set.mw})`, at: set.mw }] } : null,
	};
};

const pool = (of, given) => {
	const set = { ...starts, ...given };
	const out = tool('eligibility', '--pool', `--period=${set.periode}`, ...without(set), `--nabeller=${set.pnt}`, `--min-deals=${set.pmd}`,
		`--top=${set.ptop}`, `--good=${set.pgoed}`, of.coaches);
	const all = out.filter(r => r.type == 'pool_coach'), sum = out.at(-1), names = poolLabel(set.ptop);
	const rank = r => names.indexOf(r.status), yes = all.filter(r => r.exported), written = all.filter(r => r.written);
	const why = r => [`Nabeller ${r.nabeller_pct == null ? '' : pct(r.nabeller_pct)}`, `${r.deals} deals`, `Winst ${pct(r.winst_pct)}`, '0 deals', '', '', `${r.deals} deals, winst ${pct(r.winst_pct)}`][rank(r)];
	const option = (name, v, start) => v == start ? [] : [`--${name}=${v}`];
	return {
		command: ['coach-pool', ...option('period', set.periode, '1m'), ...without(set), ...option('nabeller', set.pnt, 20), ...option('min-deals', set.pmd, 5),
			...option('top', set.ptop, 100), ...option('good', set.pgoed, 14), ...option('weight', set.weight, 1),
			...option('cap-dag', set.capdag, 2), ...option('cap-week', set.capweek, 14)],
		chips: [...about(set), ...set.pnt != 20 ? [`Nabeller hoogstens ${set.pnt}%`] : [], ...set.pmd != 5 ? [`Minimum deals: ${set.pmd}`] : [],
			...set.ptop != 100 ? [`Top ${set.ptop}% coaches`] : [], ...set.pgoed != 14 ? [`Goed vanaf ${set.pgoed} deals`] : []],
		cards: {
			'k-basis': count(sum.coaches), 'k-pool': count(sum.in_pool), 'k-pmediaan': pct(sum.median_pct), 'k-eligible': count(sum.eligible),
			'k-met': count(sum.written), 'k-zonder': count(sum.without_owner.length), 'k-schrijf': count(sum.written),
		},
		funnel: [['Coaches', count(sum.coaches)], ['In de pool', count(sum.in_pool)], ['Eligible (Goed + Matig)', count(sum.eligible)], ['Wordt geschreven', count(sum.written)]],
		states: names.map((n, i) => [n, String(all.filter(r => rank(r) == i).length)]).filter(r => r[1] != '0'),
		eligible: [...yes].sort((a, b) => b.winst_pct - a.winst_pct).map(r => [dash(r.coach_name), dash(r.coach_id), count(r.deals), pct(r.winst_pct), pct(r.nabeller_pct ?? 0), r.status]),
		rest: all.filter(r => !r.exported).sort((a, b) => rank(a) - rank(b)).map(r => [dash(r.coach_name), r.status, why(r)]),
		rows: written.map(r => [r.coach_id, dash(r.coach_name), 'JA', String(set.weight), String(set.capdag), String(set.capweek)]),
	};
};

module.exports = { account, words_of, dashboard, weken, pool, starts, words, periodName };
