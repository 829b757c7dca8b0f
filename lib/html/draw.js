/*
 * draw.js - for pages whose filters compute anew: the sums of stats.c, and charts
 * as chart.c draws them
 */
const round1 = x => +fixed(x, 1);
const pct = x => fixed(x, 1) + "%";
/* stats.c, literally. */
const ascending = x => Float64Array.from(x).sort();
function median(x) {
	const n = x.length;
	return n == 0 ? 0 : n % 2 ? x[n >> 1] : (x[n / 2 - 1] + x[n / 2]) / 2;
}
function topBound(x, top) {
	const n = x.length;
	if (n == 0)
		return 0;
	let q = 1 - top / 100;
	q = q * 100;
	q = q / 100;
	const at = (n - 1) * q, k = Math.floor(at), part = at - k;
	if (at >= n - 1)
		return x[n - 1];
	if (at < 0)
		return x[0];
	const step = x[k + 1] - x[k];
	return part < .5 ? x[k] + step * part : x[k + 1] - step * (1 - part);
}
function sum(x, from, to) {
	const n = to - from;
	let s = 0, i = from;
	if (n > 128) {
		const half = from + Math.floor(Math.floor(n / 2) / 8) * 8;
		return sum(x, from, half) + sum(x, half, to);
	}
	if (n >= 8) {
		const r = Array.from(x.slice(from, from + 8));
		for (i += 8; i + 8 <= to; i += 8)
			for (let j = 0; j < 8; j++)
				r[j] += x[i + j];
		s = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
	}
	for (; i < to; i++)
		s += x[i];
	return s;
}
const mean = x => sum(x, 0, x.length) / x.length;
/* The mean of the last four, one value after the other. */
function rolling() {
	let s = 0, ca = 0, cr = 0, same = 0, last;
	const in4 = [];
	return v => {
		let y, t;
		if (in4.length == 4) {
			y = -in4.shift() - cr;
			t = s + y;
			cr = t - s - y;
			s = t;
		}
		y = v - ca;
		t = s + y;
		ca = t - s - y;
		s = t;
		same = v === last ? same + 1 : 1;
		last = v;
		in4.push(v);
		const m = same >= in4.length ? v : s / in4.length;
		return m < 0 ? 0 : m;
	};
}

/* chart.c: a step is [mul, div], its i-th multiple i * mul / div. */
function stepOf(span, nr) {
	if (!(span > 0))
		return [1, 1];
	for (let p = 1e6; p >= 1; p /= 10)
		for (const m of [1, 2, 5])
			if (m / p * nr >= span - 1e-9)
				return [m, p];
	for (let p = 10; p < 1e18; p *= 10)
		for (const m of [1, 2, 5])
			if (m * p * nr >= span - 1e-9)
				return [m * p, 1];
	return [1e18, 1];
}
const multiple = (s, i) => i * s[0] / s[1];
function below(s, x) {
	const i = x * s[1] / s[0], whole = Math.floor(i + .5);
	return Math.abs(i - whole) < 1e-9 ? whole : Math.floor(i);
}
function scale(values, zero, nr, start, length) {
	let low = zero ? 0 : Infinity, high = zero ? 0 : -Infinity;
	for (const v of values) {
		low = Math.min(low, v);
		high = Math.max(high, v);
	}
	if (!(low <= high))
		[low, high] = [0, 1];
	const step = stepOf(high - low, nr), first = below(step, low), last = Math.max(-below(step, -high), first + 1);
	const a = multiple(step, first), b = multiple(step, last), ticks = [];
	for (let i = first; i <= last; i++)
		ticks.push(multiple(step, i));
	return { ticks, at: v => start + (v - a) / (b - a) * length, low: a };
}
const label = (c, x, y, s) => `<text class="${c}" x="${tenth(x)}" y="${tenth(y)}">${esc(s)}</text>`;
/*
 * c: id title desc empty w h x y (labels) x0 y0 (from zero) cat series rules
 * series: kind (p r s) name tone shape dashed counted points [x, y, detail, x1]
 * rules: v (vertical) dotted tone at label
 */
function chart(c) {
	const L = 46, R = 14, T = 30, B = 46, mark = p => ` data-t="${esc(p[2])}"/>`;
	const all = c.series.flatMap(s => s.points), rules = c.rules || [];
	if (!all.length)
		return `<p class="empty">${esc(c.empty)}</p>`;
	const xs = all.map(p => p[0]).concat(all.filter(p => p.length > 3).map(p => p[3]), rules.filter(r => r.v).map(r => r.at));
	const ys = all.map(p => p[1]).concat(rules.filter(r => !r.v).map(r => r.at));
	const X = scale(xs, c.x0, 8, L, c.w - L - R), Y = scale(ys, c.y0, 5, c.h - B, -(c.h - T - B));
	const band = (c.w - L - R) / (c.cat ? c.cat.length : 1);
	const px = v => c.cat ? L + (v + .5) * band : X.at(v);
	let o = "", k = "";
	for (const s of c.series)
		if (s.name && s.points.length)
			k += `<li><svg class="p t${s.tone}" viewBox="-8 -8 16 16" aria-hidden="true">${s.kind == "s" ?
				`<path class="${s.dashed ? "l d" : "l"}" d="M-8 0H8"/>` : `<use href="#m${s.kind == "r" ? 2 : s.shape}"/>`}</svg>${esc(s.name)}</li>`;
	if (k)
		o = `<ul class="legend">${k}</ul>`;
	o += `<svg class="plot" viewBox="0 0 ${c.w} ${c.h}" role="img" tabindex="0" aria-labelledby="${c.id}-t ${c.id}-d"><title id="${c.id}-t">${esc(c.title)}</title><desc id="${c.id}-d">${esc(c.desc)}</desc>`;
	o += `<path class="g" d="${Y.ticks.map(t => `M${L} ${tenth(Y.at(t))}H${c.w - R}`).join("")}"/>`;
	for (const t of Y.ticks)
		o += label("ky", L - 8, Y.at(t) + 4, t);
	o += label("a", 4, 14, c.y);
	if (c.cat) {
		const each = Math.ceil(40 / band);
		for (let i = 0; i < c.cat.length; i += each)
			o += label(c.cat.length > 7 && i / each % 2 ? "kx o" : "kx", px(i), c.h - B + 18, c.cat[i]);
	} else {
		for (const t of X.ticks)
			o += label("kx", px(t), c.h - B + 18, t);
	}
	o += label("ax", c.w - R, c.h - 6, c.x);
	for (const s of c.series) {
		o += `<g class="${s.kind} t${s.tone}">`;
		if (s.kind == "s")
			o += `<path class="${s.dashed ? "l d" : "l"}" d="${s.points.map((p, i) => `${i ? "L" : "M"}${tenth(px(p[0]))} ${tenth(Y.at(p[1]))}`).join("")}"/>`;
		for (const p of s.points) {
			const x = px(p[0]), y = Y.at(p[1]);
			if (s.kind == "p") {
				o += `<use href="#m${s.shape}" x="${tenth(x)}" y="${tenth(y)}"${mark(p)}`;
			} else if (s.kind == "r") {
				const left = c.cat ? x - band * .35 : x + .5, right = c.cat ? x + band * .35 : px(p[3]) - .5;
				o += `<rect x="${tenth(left)}" y="${tenth(y)}" width="${tenth(right - left)}" height="${tenth(Y.at(Y.low) - y)}"${mark(p)}`;
				if (s.counted)
					o += label("kx n", (left + right) / 2, y - 6, count(p[1]));
			} else if (!s.dashed) {
				o += `<circle cx="${tenth(x)}" cy="${tenth(y)}" r="3.5"${mark(p)}`;
			}
		}
		o += "</g>";
	}
	for (const r of rules) {
		const at = r.v ? px(r.at) : Y.at(r.at), flip = r.v && at > c.w * .7;
		o += `<g class="u t${r.tone}"><path class="${r.dotted ? "l o" : "l d"}" d="${r.v ? `M${tenth(at)} ${T}V${c.h - B}` : `M${L} ${tenth(at)}H${c.w - R}`}"/>` +
			(r.v ? label(flip ? "kr" : "kl", at + (flip ? -4 : 4), T - 5, r.label) : label("ky", c.w - R - 2, at - 6, r.label)) + "</g>";
	}
	return o + "</svg>";
}
const funnel = steps => `<ol class="funnel">${steps.map(s => `<li><span>${esc(s[0])}</span>${bar(s[1], steps[0][1], s[2])}<b>${count(s[1])}</b></li>`).join("")}</ol>`;
