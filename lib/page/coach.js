/*
 * coach.js - the figures of the coach page, as board.c, pool.c and weeks.c
 * compute them, and its views, as coach_*.c write them
 */
const data = JSON.parse($("#data").textContent);
const periods = ["1m", "3m", "6m"], periodNames = ["1 maand", "3 maanden", "6 maanden"];
const words = ["good", "fair", "nabeller", "excluded", "none", "other"];
const labels = ["✅ Goed", "⭐ Matig", "⚠️ Uitsluiten", "❌ Uitsluiten", "⚪ Geen data", "Onbekend"];
const poolLabels = ["🚫 Nabeller te hoog", "⚪ Te weinig deals", "📉 Buiten top", "⚪ Geen data", "✅ Goed", "⭐ Matig", "❌ Uitsluiten"];
const poolTones = [2, 4, 5, 4, 0, 1, 3], shapes = [0, 1, 2, 2, 3, 3];
const DAY = 864e8;
const nan = x => x ?? NaN;
const coaches = data.coaches.map(c => ({ id: c[0], name: c[1], label: c[2] || "Onbekend", state: stateOf(c[2]),
	of: c.slice(3).map(f => ({ deals: nan(f[0]), win: nan(f[1]), nab: f[2] ?? 0, warm: nan(f[3]), info: nan(f[4]) })) }));
const day = d => new Date(d * 864e5).toISOString().slice(0, 10);
const dutch = iso => iso.slice(8, 10) + "-" + iso.slice(5, 7) + "-" + iso.slice(0, 4);
const periodOf = s => periods.indexOf(s.periode);
const share = (a, b) => a / b * 100;
/* of each coach, its kind and then how long ago it came */
const deals = data.deals.flatMap((l, who) => l.split(" ").map(d => [who, data.as_of - parseInt(d.slice(1), 36) * data.unit, +d[0]]));

function stateOf(label) {
	const i = labels.indexOf(label == "Geen data" ? labels[4] : label);
	return i < 0 ? 5 : i;
}
function status(deals, win, med, good) {
	if (deals == 0)
		return 4;
	if (deals >= good && win >= med)
		return 0;
	return deals >= Math.floor(good / 2) && win >= med * .8 ? 1 : 3;
}
const base = s => coaches.filter(c => !s.uit.includes(c.name));
const wins = list => ascending(list.map(c => c.win).filter(x => x == x));

function board(s) {
	const p = periodOf(s);
	let list = base(s).map(c => ({ c, deals: c.of[p].deals, win: c.of[p].win }));
	if (s.conv > 0)
		list = list.filter(r => r.win >= s.conv);
	const b = { before: list.length, cutoff: NaN, bins: [] };
	if (s.top < 100 && list.length) {
		b.cutoff = topBound(wins(list), s.top);
		list = list.filter(r => r.win >= b.cutoff);
	}
	b.kept = list.length;
	b.median = median(wins(list));
	for (const r of list) {
		r.state = s.dyn ? status(r.deals, r.win, b.median, s.goed) : r.c.state;
		r.label = s.dyn ? labels[r.state] : r.c.label;
		r.above = r.deals >= s.min;
	}
	b.all = list = list.filter(r => s.status.includes(words[r.state]));
	b.deals = 0;
	b.states = words.map(() => 0);
	b.aboveStates = words.map(() => 0);
	for (const r of list) {
		if (r.deals == r.deals)
			b.deals += r.deals;
		b.states[r.state]++;
		if (r.above)
			b.aboveStates[r.state]++;
	}
	b.above = list.filter(r => r.above);
	const t = b.above.filter(r => r.win == r.win), x = t.map(r => r.win);
	b.any = t.length > 0;
	b.meanWin = mean(x);
	b.meanDeals = mean(t.map(r => r.deals));
	b.over = share(t.filter(r => r.win >= b.median).length, t.length);
	if (b.any) {
		let low = Infinity, high = -Infinity;
		for (const v of x) {
			low = Math.min(low, v);
			high = Math.max(high, v);
		}
		const w = stepOf(high - low, 20), first = below(w, low);
		for (let i = first; i <= below(w, high); i++)
			b.bins.push([multiple(w, i), multiple(w, i + 1), 0]);
		for (const v of x)
			b.bins[below(w, v) - first][2]++;
	}
	return b;
}

/* Of a label that "no data" has in this kind of status. */
const stateLabel = (i, s) => i == 4 && !s.dyn ? "Geen data" : labels[i];
const detail = r => `${r.c.name ?? "–"} · ${r.deals} deals · ${pct(r.win)} · ${r.label}`;
const byWin = list => list.map((r, i) => [r, i]).sort((a, b) => (b[0].win == b[0].win ? b[0].win : -1) - (a[0].win == a[0].win ? a[0].win : -1) || a[1] - b[1]).map(r => r[0]);

function dashboard(s) {
	const b = board(s), na = (v, f) => b.any ? f(v) : "N/A", med = `Mediaan = ${pct(b.median)}`;
	put("d-chips", chips(aboutDashboard(s)));
	put("d-top", b.cutoff == b.cutoff ? `<p class="note">Top ${s.top}%: ${b.kept} van ${b.before} coaches, ondergrens ${pct(b.cutoff)}</p>` : "");
	putText("k-deals", count(b.deals));
	putText("k-winst", na(b.meanWin, pct));
	putText("k-gem", na(b.meanDeals, v => fixed(v, 1)));
	putText("k-mediaan", pct(b.median));
	putText("k-boven", na(b.over, v => fixed(v, 0) + "%"));
	put("d-side", `<dl class="side"><div><dt>Mediaan winstpercentage<dd>${pct(b.median)}</div><div><dt>Coaches getoond<dd>${b.all.length}</div><div><dt>Waarvan boven drempel<dd>${b.above.length}</div>` +
		words.map((w, i) => b.states[i] ? `<div><dt>${badge(stateLabel(i, s), i)}<dd>${b.states[i]}</div>` : "").join("") + "</dl>");
	const points = b.all.filter(r => r.win == r.win && r.deals == r.deals), at = r => [r.deals, r.win, detail(r)];
	const series = [{ kind: "p", name: `Onder ${s.min} deals`, tone: 6, shape: 4, points: points.filter(r => !r.above).map(at) }];
	words.forEach((w, i) => series.push({ kind: "p", name: stateLabel(i, s), tone: i, shape: shapes[i], points: points.filter(r => r.above && r.state == i).map(at) }));
	const rules = [{ at: b.median, tone: 7, label: med }];
	if (s.min > 0)
		rules.push({ v: 1, dotted: 1, at: s.min, tone: 6, label: `Min. ${s.min} deals` });
	put("c-scatter", chart({ id: "scatter", title: "Deals vs Winstpercentage", desc: `${points.length} coaches, mediaan ${pct(b.median)}. Pijltjestoetsen lopen langs de punten.`,
		empty: noCoaches, w: 720, h: 570, x: "Aantal Deals", y: "Winstpercentage (%)", x0: 1, series, rules }));
	put("c-hist", chart({ id: "hist", title: "Verdeling Winstpercentage", desc: `${b.above.length} coaches in ${b.bins.length} klassen, mediaan ${pct(b.median)}.`,
		empty: noAbove, w: 480, h: 260, x: "Winstpercentage (%)", y: "Aantal Coaches", y0: 1,
		series: [{ kind: "r", tone: 8, points: b.bins.map(i => [i[0], i[2], `${i[0]} tot ${i[1]}%: ${i[2]} coach(es)`, i[1]]) }], rules: [{ v: 1, at: b.median, tone: 7, label: med }] }));
	fill("t-hist", b.bins);
	const bars = [];
	for (const r of b.above) {
		const x = bars.find(y => y[0] == r.state);
		x ? x[1]++ : bars.push([r.state, 1]);
	}
	bars.sort((x, y) => y[1] - x[1]);
	put("c-status", chart({ id: "status", title: "Aantal Coaches per Status", desc: bars.map(x => `${stateLabel(x[0], s)}: ${x[1]}`).join(", "),
		empty: noAbove, w: 480, h: 240, x: "", y: "Aantal Coaches", y0: 1, cat: bars.map(x => stateLabel(x[0], s)),
		series: bars.map((x, i) => ({ kind: "r", tone: x[0], counted: 1, points: [[i, x[1], `${stateLabel(x[0], s)}: ${x[1]} coach(es)`]] })) }));
	fill("t-status", bars.map(x => [[stateLabel(x[0], s), x[0], x[0]], x[1]]));
	const p = periodOf(s);
	fill("t-coaches", byWin(b.all).map(r => [r.c.name, [r.label, r.state, r.state], r.deals, r.win].concat(data.requests ? [r.c.of[p].warm, r.c.of[p].info] : [], r.above)));
}
const noCoaches = tables["t-coaches"].none, noAbove = tables["t-hist"].none;
function aboutAll(s) {
	return ["Periode: " + periodNames[periodOf(s)]].concat(s.uit.length ? `Uitgesloten: ${s.uit.length} coach(es)` : []);
}
function aboutDashboard(s) {
	return aboutAll(s).concat(s.min > 0 ? `Minimum deals: ${s.min}` : [], s.conv > 0 ? `Minimum conversie: ${s.conv}%` : [],
		s.top < 100 ? `Top ${s.top}% coaches` : [], s.goed != 14 ? `Goed vanaf ${s.goed} deals` : [], s.dyn ? [] : "Status uit het bestand",
		s.status.length < data.states ? "Status: " + (s.status.map(w => labels[words.indexOf(w)]).join(", ") || "geen") : []);
}

function pool(s) {
	const p = periodOf(s);
	const all = base(s).map(c => ({ c, deals: c.of[p].deals, win: c.of[p].win, nab: c.of[p].nab }));
	let inPool = all.filter(r => r.nab <= s.pnt && r.deals >= s.pmd && r.win == r.win), cutoff = NaN;
	if (s.ptop < 100 && inPool.length) {
		cutoff = topBound(wins(inPool), s.ptop);
		inPool = inPool.filter(r => r.win >= cutoff);
	}
	const med = median(wins(inPool));
	for (const r of all) {
		r.status = r.nab > s.pnt ? 0 : r.deals < s.pmd ? 1 : r.win < cutoff ? 2 : [4, 5, 6, 6, 3][status(r.deals, r.win, med, s.pgoed)];
		r.out = r.status == 4 || r.status == 5;
		r.owner = !!r.c.id && r.c.id != "UNKNOWN";
	}
	return { all, inPool: inPool.length, med, cutoff, out: all.filter(r => r.out) };
}
const command = $("#p-command").textContent, poolOptions = { periode: "period", uit: "exclude", pnt: "nabeller", pmd: "min-deals", ptop: "top", pgoed: "good", weight: "weight", capdag: "cap-dag", capweek: "cap-week" };
const why = r => [`Nabeller ${pct(r.nab)}`, `${r.deals} deals`, `Winst ${pct(r.win)}`, "0 deals", "", "", `${r.deals} deals, winst ${pct(r.win)}`][r.status];
function poolView(s) {
	const b = pool(s), written = b.out.filter(r => r.owner), name = i => i == 2 ? `${poolLabels[2]} ${s.ptop}%` : poolLabels[i];
	put("p-chips", chips(aboutPool(s)));
	for (const [id, n] of [["basis", b.all.length], ["pool", b.inPool], ["eligible", b.out.length], ["met", written.length], ["zonder", b.out.length - written.length], ["schrijf", written.length]])
		putText("k-" + id, count(n));
	putText("k-pmediaan", pct(b.med));
	putText("p-command", command + Object.keys(poolOptions).map(k => word(s[k]) == word(starts[k]) ? "" :
		[s[k]].flat().map(v => ` --${poolOptions[k]}=` + (/^\w+$/.test(v) ? v : `'${v.replace(/'/g, "'\\''")}'`)).join("")).join(""));
	put("p-funnel", funnel([["Coaches", b.all.length, 8], ["In de pool", b.inPool, 8], ["Eligible (Goed + Matig)", b.out.length, 0], ["Wordt geschreven", written.length, 0]]));
	fill("t-pstatus", poolLabels.map((l, i) => [[name(i), poolTones[i], i], b.all.filter(r => r.status == i).length]).filter(r => r[1]));
	fill("t-pool", byWin(b.out).map(r => [r.c.name, r.c.id, r.deals, r.win, r.nab, [name(r.status), poolTones[r.status], r.status]]));
	fill("t-pout", b.all.filter(r => !r.out).sort((x, y) => x.status - y.status).map(r => [r.c.name, [name(r.status), poolTones[r.status], r.status], why(r)]));
	fill("t-pwrite", written.map(r => [r.c.id, r.c.name, "JA", s.weight, s.capdag, s.capweek]));
}
function aboutPool(s) {
	return aboutAll(s).concat(s.pnt != 20 ? `Nabeller hoogstens ${s.pnt}%` : [], s.pmd != 5 ? `Minimum deals: ${s.pmd}` : [],
		s.ptop != 100 ? `Top ${s.ptop}% coaches` : [], s.pgoed != 14 ? `Goed vanaf ${s.pgoed} deals` : []);
}

function weeks(s) {
	const now = s.nu == "nu" ? Date.now() * 1e3 : data.as_of, from = now - s.w * 7 * DAY;
	const names = new Set(base(s).filter(c => s.elig.includes(c.label)).map(c => c.name)), rows = new Map();
	for (const [who, at, kind] of deals) {
		if (at < from || !names.has(data.who[who][1]))
			continue;
		const d = Math.floor(at / DAY), week = d - (d + 3 - Math.floor((d + 3) / 7) * 7), key = who + " " + week;
		let r = rows.get(key);
		if (!r)
			rows.set(key, r = { id: data.who[who][0], name: data.who[who][1], week, deals: 0, won: 0, lost: 0, open: 0, nab: 0 });
		r.deals++;
		r.won += kind % 4 == 1;
		r.lost += kind % 4 == 2;
		r.open += kind % 4 == 3;
		r.nab += kind > 3;
	}
	const list = [...rows.values()], numeric = list.every(r => /^\d+$/.test(r.id)), bare = s => s.replace(/^0+(?=.)/, "");
	list.sort((a, b) => numeric && (bare(a.id).length - bare(b.id).length || order(bare(a.id), bare(b.id))) || order(a.id, b.id) || a.week - b.week || order(a.name, b.name));
	let four, id = null;
	for (const r of list) {
		if (r.id !== id)
			four = rolling();
		id = r.id;
		r.rate = round1(share(r.won, r.deals));
		r.nabRate = round1(share(r.nab, r.deals));
		r.four = four(r.rate);
	}
	const last = list.reduce((m, r) => Math.max(m, r.week), -Infinity);
	return { list, last, latest: list.filter(r => r.week == last) };
}
function reasons(r, s) {
	const l = [];
	if (r.deals >= s.mw && r.nabRate > s.nt)
		l.push(`Nabeller ${pct(r.nabRate)} > ${s.nt}%`);
	if (r.deals >= s.mw && r.rate < r.four - s.dr)
		l.push(`Won rate ${pct(r.rate)} < 4w avg (${pct(r.four)}) - ${s.dr}%`);
	return l.join("; ");
}
function weeksView(s) {
	const b = weeks(s), alerts = b.latest.filter(r => reasons(r, s)), first = b.list.reduce((m, r) => Math.min(m, r.week), Infinity), all = [];
	for (let w = first; w <= b.last; w += 7)
		all.push(w);
	put("w-chips", chips(aboutWeeks(s)));
	put("w-alerts", !b.list.length ? `<p class="empty">${esc(noWeeks)}</p>` : alerts.length ? `<p class="alert"><b>${alerts.length}</b> coach(es) met een alert in de laatste week</p>` :
		'<p class="calm">Geen alerts voor de laatste week bij deze drempels.</p>');
	$("#w-alert-table").hidden = !alerts.length;
	fill("t-alerts", alerts.map(r => [r.name, r.deals, r.rate, r.nabRate, r.four, reasons(r, s)]));
	put("w-week", b.list.length ? `Week van: ${dutch(day(b.last))}` : "Week van: geen data");
	const series = new Map();
	for (const r of b.list) {
		const key = r.id + " " + r.name;
		if (!series.has(key))
			series.set(key, all.map(() => null));
		series.get(key)[(r.week - first) / 7] = r.rate;
	}
	fill("t-week", b.latest.map((r, i) => [r, i]).sort((x, y) => y[0].deals - x[0].deals || x[1] - y[1]).map(([r]) => [r.name, r.deals, r.won, r.lost, r.rate, r.nab, r.nabRate, series.get(r.id + " " + r.name)]));
	const total = all.map(w => b.list.reduce((n, r) => n + (r.week == w ? r.deals : 0), 0)), cat = all.map(w => dutch(day(w)).slice(0, 5));
	put("c-weeks", chart({ id: "weeks", title: "Deals per week", desc: `${all.length} weken tot en met de laatste week`, empty: noWeeks, w: 720, h: 220, x: "Week vanaf", y: "Deals, alle gekozen coaches", y0: 1, cat,
		series: [{ kind: "r", tone: 8, points: total.map((n, i) => [i, n, `Week van ${dutch(day(all[i]))}: ${n} deals`]) }] }));
	oneCoach(s, b, all, cat);
}
function oneCoach(s, b, all, cat) {
	const rows = b.list.filter(r => r.name == s.coach), c = coaches.find(x => x.name == s.coach), at = r => (r.week - all[0]) / 7, of = r => `Week van ${dutch(day(r.week))}: `;
	$("#w-detail-table").hidden = !rows.length;
	fill("t-detail", rows.map(r => r).reverse().map(r => [day(r.week), r.deals, r.won, r.lost, r.open, r.rate, r.nab, r.nabRate]));
	if (!s.coach)
		return put("w-detail", '<p class="note">Kies een coach bij Coach, of in een tabel, voor het verloop per week.</p>');
	const about = c ? `<p class="who">${bdi(c.name)} ${badge(c.label, c.state)}</p>` : `<p class="who">${bdi(s.coach)}</p>`;
	if (!rows.length)
		return put("w-detail", about + '<p class="empty">Geen deals van deze coach in deze weken. Kies meer weken, of zet de filters ruimer.</p>');
	const figure = c => `<figure><h3>${c.title}</h3>${chart({ ...c, desc: `${rows.length} weken met deals`, w: 480, h: 260, x: "Week vanaf", y0: 1, cat })}</figure>`;
	put("w-detail", about + '<div class="charts three">' + figure({ id: "dw", title: "Won rate per week", y: "Won rate (%)", series: [
		{ kind: "s", name: "Won rate", tone: 8, points: rows.map(r => [at(r), r.rate, of(r) + `won rate ${pct(r.rate)}`]) },
		{ kind: "s", name: "4w gemiddelde", tone: 7, dashed: 1, points: rows.map(r => [at(r), r.four, ""]) }] }) +
		figure({ id: "dn", title: "Nabeller % per week", y: "Nabeller (%)", rules: [{ at: s.nt, tone: 7, label: `Drempel (${s.nt}%)` }],
			series: [{ kind: "s", tone: 8, points: rows.map(r => [at(r), r.nabRate, of(r) + `nabeller ${pct(r.nabRate)}`]) }] }) +
		figure({ id: "dd", title: "Deals per week", y: "Deals", rules: [{ at: s.mw, tone: 6, dotted: 1, label: `Min. (${s.mw})` }],
			series: [{ kind: "r", tone: 8, counted: 1, points: rows.map(r => [at(r), r.deals, of(r) + `${r.deals} deals`]) }] }) + "</div>");
}
const noWeeks = tables["t-week"].none;
function aboutWeeks(s) {
	return aboutAll(s).slice(1).concat(`Weken: ${s.w}`, s.coach ? `Coach: ${s.coach}` : [],
		s.elig.length < data.labels ? "Eligibility: " + (s.elig.join(", ") || "geen") : [], s.nt != 20 ? `Nabeller boven ${s.nt}%` : [],
		s.dr != 15 ? `Daling boven ${s.dr} punten` : [], s.mw != 5 ? `Minimum deals/week: ${s.mw}` : [], s.nu == "nu" ? "Peildatum: nu" : []);
}

function availability(s) {
	if (!data.hidden)
		return;
	const t = tables["t-avail"];
	t.rows = available.filter((r, i) => !s.std || data.hidden[i] == "0");
	["k-vrij", "k-afwezig", "k-uit"].forEach((id, n) => putText(id, t.rows.filter(r => valueOf(t, r, 1) == n).length));
	putText("k-totaal", t.rows.length);
	arrange(t);
}
const available = tables["t-avail"].rows;
function runs(s) {
	if (!data.differences.length)
		return;
	const rows = data.differences.filter(d => d[0] == s.periode && d[1] == s.paar).flatMap(d => d[2]).filter(d => !s.uit.includes(d[0]));
	const shown = s.anders ? rows.filter(d => d[5] !== d[6]) : rows, tone = l => l == null ? ["–", 5, 6] : [l = labels[l] ?? l, stateOf(l), stateOf(l)];
	put("r-chips", chips(aboutAll(s)));
	putText("r-note", `${shown.length} van ${rows.length} coaches; de status is bij ${rows.filter(d => d[5] !== d[6]).length} anders.`);
	fill("t-diff", shown.map(d => [d[0], d[1], d[2], d[1] == null || d[2] == null ? null : d[2] - d[1], d[3], d[4], d[3] == null || d[4] == null ? null : round1(d[4] - d[3]), tone(d[5]), tone(d[6])]));
}

start({
	show: (view, s) => ({ dashboard, weken: weeksView, pool: poolView, beschikbaarheid: availability, runs })[view]?.(s),
	about: view => ({ dashboard: aboutDashboard, weken: aboutWeeks, pool: aboutPool, runs: aboutAll })[view]?.(state) ?? [],
});
