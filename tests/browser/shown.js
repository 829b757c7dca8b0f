/*
 * shown.js - what a page of coaches shows, read out of the browser
 */
'use strict';

/* Runs in the page. */
const read = view => {
	const $ = (s, e = document) => e.querySelector(s);
	const $$ = (s, e = document) => [...e.querySelectorAll(s)];
	const text = (s, e) => $(s, e)?.textContent ?? null;
	const table = id => {
		const el = document.getElementById(id);
		if (!el)
			return null;
		return $$('tbody tr', el).filter(r => !$('.empty', r)).map(r => [...r.cells].map(c =>
			$('.spark', c) ? ($('path', c).getAttribute('d').match(/[ML]/g) || []).length : c.textContent));
	};
	/* A drawing with its axes: what each mark says, and which values it stands at. */
	const drawing = id => {
		const svg = $(`#${id} .plot, svg[aria-labelledby^="${id}-t "]`);
		if (!svg)
			return null;
		const place = e => [+e.getAttribute('x'), +e.getAttribute('y')];
		const axis = (c, i, off) => {
			const t = $$(':scope > text.' + c, svg).map(e => [place(e)[i] + off, +e.textContent]);
			const [a, b] = [t[0], t.at(-1)];
			return p => a[1] + (p - a[0]) / (b[0] - a[0]) * (b[1] - a[1]);
		};
		const X = axis('kx', 0, 0), Y = axis('ky', 1, -4);
		const marks = $$('[data-t]', svg).map(m => {
			const tone = +m.parentNode.classList[1].slice(1), box = m.getBBox(), at = {
				use: () => place(m),
				rect: () => [+m.getAttribute('x') + m.getAttribute('width') / 2, +m.getAttribute('y')],
				circle: () => [+m.getAttribute('cx'), +m.getAttribute('cy')],
			}[m.tagName]();
			return { says: m.dataset.t, tone, x: X(at[0]), y: Y(at[1]), wide: box.width };
		});
		return {
			marks,
			rules: $$('.u', svg).map(g => {
				const d = $('path', g).getAttribute('d'), v = /V/.test(d);
				return { label: text('text', g), at: v ? X(+d.match(/^M([\d.-]+)/)[1]) : Y(+d.match(/ ([\d.-]+)H/)[1]) };
			}),
			legend: $$('li', svg.parentNode.querySelector('.legend') ?? document.createElement('i')).map(l => l.textContent),
			counts: $$('.n', svg).map(e => e.textContent),
			categories: $$(':scope > text.kx', svg).map(e => e.textContent),
		};
	};
	const common = {
		chips: $$(`#${view} .chips li`).map(l => l.textContent),
		cards: Object.fromEntries($$(`#${view} .cards dd`).map(d => [d.id, d.textContent])),
	};
	const views = {
		dashboard: () => ({
			...common,
			top: text('#d-top'),
			side: $$('#d-side dl div').map(d => [text('dt', d), text('dd', d)]),
			coaches: table('t-coaches'), bins: table('t-hist'), states: table('t-status'),
			scatter: drawing('scatter'), hist: drawing('hist'), bars: drawing('status'),
		}),
		weken: () => ({
			...common,
			alerts: table('t-alerts'), week: table('t-week'), about: text('#w-alerts'), of: text('#w-week'),
			total: drawing('weeks'), detail: table('t-detail'), who: text('#w-detail .who'),
			rate: drawing('dw'), nabeller: drawing('dn'), deals: drawing('dd'),
		}),
		pool: () => ({
			...common,
			command: text('#p-command'),
			funnel: $$('#p-funnel li').map(l => [text('span', l), text('b', l)]),
			states: table('t-pstatus'), eligible: table('t-pool'), rest: table('t-pout'), rows: table('t-pwrite'),
		}),
		beschikbaarheid: () => ({ ...common, rows: table('t-avail') }),
		runs: () => ({ ...common, runs: table('t-runs'), note: text('#r-note'), difference: table('t-diff') }),
	};
	return views[view]();
};

/* The link to a view with settings. */
const link = (view, set) => {
	const word = v => Array.isArray(v) ? v.map(encodeURIComponent).join(',') : encodeURIComponent(v === true ? 1 : v === false ? 0 : v);
	const list = Object.entries(set).map(([k, v]) => `${k}=${word(v)}`);
	return '#' + view + (list.length ? '?' + list.join('&') : '');
};

const shown = async (page, view, set) => {
	await page.evaluate(h => new Promise(done => {
		if (location.hash == h)
			return done();
		addEventListener('hashchange', () => requestAnimationFrame(done), { once: true });
		location.hash = h;
	}), link(view, set));
	return page.evaluate(read, view);
};

module.exports = { read, link, shown };
