"use strict";
/*
 * page.js - what all pages do: controls and links to a view, tables, charts,
 * the theme. It writes the same HTML as table.c, chart.c and page.c do.
 *
 * Lines lose their indentation when the program is built.
 */
const $ = (s, e = document) => e.querySelector(s);
const $$ = (s, e = document) => [...e.querySelectorAll(s)];
const entity = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\0": "\ufffd" };
const esc = s => String(s).replace(/[&<>"\r\0]/g, c => entity[c]);
const bdi = s => `<bdi>${esc(s)}</bdi>`;

/* As printf: the exact value decides, a tie goes to the even digit. */
function fixed(x, d) {
	const s = x.toFixed(d), last = s.charCodeAt(s.length - 1);
	return Math.abs(x) * 2 ** (d + 1) % 2 == 1 && last % 2 ? s.slice(0, -1) + (last - 49) : s;
}
const tenth = x => Math.floor(x * 10 + .5) / 10;
const count = x => String(x).replace(/\B(?=(\d{3})+$)/g, ".");

/* By code points, as the bytes of UTF-8 are ordered. */
function order(a, b) {
	for (let i = 0; i < a.length && i < b.length; i++) {
		let x = a.charCodeAt(i), y = b.charCodeAt(i);
		if (x != y) {
			if (x > 0xd7ff && y > 0xd7ff) {
				x += x > 0xdfff ? -0x2000 : 0x800;
				y += y > 0xdfff ? -0x2000 : 0x800;
			}
			return x - y;
		}
	}
	return a.length - b.length;
}

const bar = (v, max, tone) => `<svg class="bar t${tone}" aria-hidden="true"><rect width="${tenth(max > 0 ? v / max * 100 : 0)}%" height="14"/></svg>`;
function spark(values) {
	let d = "", pen = false;
	values.forEach((v, i) => {
		if (v != null)
			d += (pen ? "L" : "M") + tenth(2 + (values.length > 1 ? i / (values.length - 1) * 76 : 38)) +
				" " + tenth(16 - v / 100 * 14) + (pen ? "" : "h.1");
		pen = v != null;
	});
	return `<svg class="spark" viewBox="0 0 80 18" aria-hidden="true"><path d="${d}"/></svg>`;
}
const badge = (s, tone) => `<span class="b t${tone}">${esc(s)}</span>`;
const chips = list => `<ul class="chips">${list.map(s => `<li>${esc(s)}</li>`).join("")}</ul>`;

/* table.c: how a value of each kind stands in a cell */
function number(x, s, end, always, b = "") {
	if (x == null || x != x)
		return '<td class="n">–</td>';
	return `<td class="n"${always || parseFloat(s) != x ? ` data-v="${x}"` : ""}>${b}${s}${end}</td>`;
}
const plus = v => v > 0 ? "+" : "";
const kinds = {
	h: v => `<th scope="row">${bdi(v ?? "–")}</th>`,
	c: (v, set) => `<th scope="row"><button type="button" class="link" data-set="${set}" data-to="${esc(v ?? "")}">${bdi(v ?? "")}</button></th>`,
	t: v => `<td>${bdi(v || "–")}</td>`,
	n: v => number(v, count(v), "", Math.abs(v) >= 1000),
	z: v => number(v, plus(v) + fixed(+v, 1), "", true),
	i: v => number(v, plus(v) + v, "", true),
	p: v => number(v, fixed(+v, 1), "%"),
	b: v => number(v, fixed(+v, 1), "%", false, bar(v, 100, 9)),
	s: v => `<td data-v="${v[2]}">${badge(v[0], v[1])}</td>`,
	k: v => `<td class="k" data-v="${v ? 1 : 0}">${v ? "✓" : "–"}</td>`,
	d: v => !v || !/^.{4}-..-/.test(v) ? `<td>${esc(v || "–")}</td>` :
		`<td data-v="${esc(v)}">${esc(v.slice(8, 10))}-${v.slice(5, 7)}-${v.slice(0, 4)}${v.length > 15 ? " " + esc(v.slice(11, 16)) : ""}</td>`,
	l: v => `<td data-v="${v.at(-1) ?? -1}">${spark(v)}</td>`,
	v: v => v ? `<td class="n${v[2]}" data-v="${v[0]}">${v[1]}</td>` : number(),
};
const tables = {};
for (const el of $$(".tbl")) {
	const t = tables[el.id] = { el, table: $("table", el), body: $("tbody", el), heads: $$("thead th", el), query: $("input", el), had: new Map, sort: "" };
	t.none = t.table.dataset.empty;
	t.kinds = t.heads.map(h => h.dataset.k);
	t.first = t.heads.map(h => h.getAttribute("aria-sort"));
	t.rows = [...t.body.rows].filter(r => !$(".empty", r));
	t.heads.forEach((h, i) => $("button", h).onclick = () => {
		const way = /[hctd]/.test(t.kinds[i]) ? "ad" : "da";
		t.sort = t.sort == i + way[0] ? i + way[1] : t.sort == i + way[1] ? "" : i + way[0];
		arrange(t);
		keep();
	});
	t.query.oninput = () => {
		arrange(t);
		keep();
	};
	$(".save", el).onclick = () => save(t);
}
/* Rows that are as they were stay the same elements; equal ones are told apart. */
function fill(id, rows) {
	const t = tables[id], set = t.table.dataset.control, seen = new Set, fresh = document.createElement("tbody");
	const lines = rows.map(r => {
		let l = "<tr>" + r.map((v, i) => kinds[t.kinds[i]](v, set)).join("") + "</tr>";
		while (seen.has(l))
			l += " ";
		seen.add(l);
		return l;
	});
	fresh.innerHTML = lines.filter(l => !t.had.has(l)).join("");
	const made = [...fresh.rows];
	t.rows = lines.map(l => t.had.get(l) || made.shift());
	t.had = new Map(lines.map((l, i) => [l, t.rows[i]]));
	arrange(t);
}
function valueOf(t, row, i) {
	const c = row.cells[i], v = c.dataset.v ?? c.textContent;
	return /[hctd]/.test(t.kinds[i]) ? v : v == "–" ? NaN : parseFloat(v);
}
/* Put the rows that were searched for in the order that was asked for. */
function arrange(t) {
	const q = t.query.value.trim().toLowerCase(), col = parseInt(t.sort), down = t.sort.endsWith("d") ? -1 : 1;
	t.heads.forEach((h, i) => {
		const s = t.sort ? i == col ? down < 0 ? "descending" : "ascending" : null : t.first[i];
		s ? h.setAttribute("aria-sort", s) : h.removeAttribute("aria-sort");
	});
	const shown = q ? t.rows.filter(r => r.textContent.toLowerCase().includes(q)) : t.rows.slice();
	if (t.sort) {
		const key = new Map(shown.map(r => [r, valueOf(t, r, col)]));
		shown.sort((a, b) => {
			const x = key.get(a), y = key.get(b);
			if (x !== x || y !== y)
				return (x !== x) - (y !== y);
			return (typeof x == "string" ? order(x, y) : x - y) * down;
		});
	}
	const wanted = new Set(shown), is = t.body.rows;
	for (const r of [...is])
		if (!wanted.has(r))
			r.remove();
	shown.forEach((r, i) => r != is[i] && t.body.insertBefore(r, is[i]));
	if (!shown.length)
		t.body.innerHTML = `<tr><td class="empty" colspan="${t.heads.length}">${esc(t.none)}</td></tr>`;
	const rows = $(".rows", t.el);
	rows.textContent = (q ? shown.length + " / " : "") + t.rows.length + " " + rows.dataset.unit.split(" ")[+(t.rows.length != 1)];
}
/* What the table shows, and by which filters, as a file. */
function save(t) {
	const about = model.about(view).concat(t.query.value ? `"${t.query.value.trim()}"` : []).join("; ");
	const cell = s => /["\n\r,;]/.test(s = /^[=+@\t-]/.test(s) && !/^[-+]?[\d.]+$/.test(s) ? "'" + s : s) ? `"${s.replace(/"/g, '""')}"` : s;
	const keep = t.kinds.map((k, i) => i).filter(i => t.kinds[i] != "l");
	const lines = [keep.map(i => t.heads[i].textContent).concat("Filter")];
	for (const r of t.body.rows)
		if (!$(".empty", r))
			lines.push(keep.map(i => {
				const c = r.cells[i], text = c.textContent;
				return /[nzipbv]/.test(t.kinds[i]) ? text == "–" ? "" : c.dataset.v ?? text.replace("%", "") : t.kinds[i] == "k" ? c.dataset.v : text == "–" ? "" : text;
			}).concat(about));
	const a = document.createElement("a");
	a.href = URL.createObjectURL(new Blob([lines.map(l => l.map(cell).join(",") + "\n").join("")], { type: "text/csv" }));
	a.download = (view + "-" + t.el.id + "-" + about).replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 120) + ".csv";
	a.click();
	setTimeout(() => URL.revokeObjectURL(a.href), 1e4);
}

/* Controls: their values, and the link that says what is not as it starts. */
const controls = $$("main [name]").filter(e => !e.closest("[data-set]"));
const sets = $$("fieldset[data-set]").map(e => [e.dataset.set, $$("input", e)]);
let view, state, starts, model;
function read() {
	const s = {};
	for (const e of controls) {
		if (e.type == "radio") {
			if (e.checked)
				s[e.name] = e.value;
		} else if (e.type == "checkbox") {
			s[e.name] = e.checked;
		} else if (e.type == "range" || e.type == "number") {
			const v = Math.round(e.value);
			s[e.name] = e.value == "" || v != e.value || v < e.min || v > e.max ? +e.defaultValue : v;
		} else {
			s[e.name] = e.value;
		}
	}
	for (const [name, boxes] of sets)
		s[name] = boxes.filter(b => b.checked).map(b => b.value);
	return s;
}
/* As the page starts. */
const first = e => e.options ? e.value = e.options[0].value : /radio|checkbox/.test(e.type) ? e.checked = e.defaultChecked : e.value = e.defaultValue;
const word = v => Array.isArray(v) ? v.map(encodeURIComponent).join(",") : encodeURIComponent(v === true ? 1 : v === false ? 0 : v);
function link() {
	const list = Object.keys(state).filter(k => word(state[k]) != word(starts[k])).map(k => k + "=" + word(state[k]));
	for (const id in tables) {
		const t = tables[id], q = t.query.value.trim();
		if (t.sort)
			list.push("s." + id + "=" + t.sort);
		if (q)
			list.push("q." + id + "=" + encodeURIComponent(q));
	}
	return list.length ? "?" + list.join("&") : "";
}
function keep() {
	const l = link();
	for (const a of $$("nav a"))
		a.href = a.hash.split("?")[0] + l;
	const to = "#" + view + l;
	if (location.hash != to && (l || location.hash))
		history.replaceState(null, "", to);
}
function follow() {
	const at = location.hash.slice(1).split("?"), given = new Map((at[1] || "").split("&").map(p => (p + "=").split("="))), text = s => {
		try {
			return decodeURIComponent(s);
		} catch {
			return s;
		}
	};
	for (const e of controls) {
		const v = given.has(e.name) ? text(given.get(e.name)) : "";
		first(e);
		if (!v)
			continue;
		if (/radio|checkbox/.test(e.type))
			e.checked = v == (e.type == "radio" ? e.value : "1");
		else if (e.options ? [...e.options].some(o => o.value == v) : !isNaN(v) || e.type == "search")
			e.value = v;
	}
	for (const e of controls)
		if (e.type == "radio" && !controls.some(o => o.name == e.name && o.checked))
			first(e);
	for (const [name, boxes] of sets) {
		const on = given.has(name) && given.get(name).split(",").map(text);
		for (const b of boxes)
			b.checked = on ? on.includes(b.value) : b.defaultChecked;
	}
	for (const id in tables) {
		const t = tables[id];
		t.sort = /^\d+[ad]$/.test(given.get("s." + id)) && parseInt(given.get("s." + id)) < t.heads.length ? given.get("s." + id) : "";
		t.query.value = given.has("q." + id) ? text(given.get("q." + id)) : "";
	}
	const views = $$(".view"), to = views.some(v => v.id == at[0]) ? at[0] : $("main").dataset.first || views[0].id;
	if (to != view)
		scrollTo(0, 0);
	view = to;
	for (const v of views)
		v.hidden = v.id != view;
	for (const a of $$("nav a"))
		a.hash.split("?")[0] == "#" + view ? a.setAttribute("aria-current", "page") : a.removeAttribute("aria-current");
	for (const e of $$("[data-views]"))
		e.hidden = !e.dataset.views.split(" ").includes(view);
}
/* A part's HTML, or a figure's text, where it is not what it was. */
const was = new Map();
function put(id, html) {
	if (was.get(id) !== html)
		document.getElementById(id).innerHTML = html;
	was.set(id, html);
}
const putText = (id, s) => document.getElementById(id).textContent = s;
function show() {
	state = read();
	for (const e of $$("input[type=range]"))
		e.previousSibling.textContent = e.value + (e.dataset.unit || "");
	for (const e of $$(".pick")) {
		const n = $$("fieldset input:checked", e).length;
		$("summary b", e).textContent = n || "";
	}
	for (const e of $$(".reset"))
		e.hidden = !$$("[name]", e.closest("[data-filters]")).some(c => word(state[c.name]) != word(starts[c.name]));
	model.show(view, state);
	keep();
}
let asked;
function soon() {
	if (!asked)
		asked = requestAnimationFrame(() => {
			asked = 0;
			show();
		});
}

/* What a mark says, by pointer or by arrow keys on its chart. */
const tip = $("#tip");
function tell(mark) {
	$(".plot .on")?.classList.remove("on");
	tip.hidden = !mark;
	if (!mark)
		return;
	mark.classList.add("on");
	tip.textContent = mark.dataset.t || mark.getAttribute("aria-label");
	const m = mark.getBoundingClientRect(), b = tip.getBoundingClientRect();
	const x = Math.max(8, Math.min(m.x + m.width / 2 - b.width / 2, innerWidth - b.width - 8));
	tip.style.left = x + "px";
	tip.style.top = (m.y > b.height + 14 ? m.y - b.height - 8 : m.bottom + 8) + "px";
}
addEventListener("pointerover", e => {
	const mark = e.target.closest?.("[data-t]");
	if (mark || e.pointerType == "mouse")
		tell(mark);
});
addEventListener("scroll", () => tell(null), { passive: true });
addEventListener("focusout", e => e.target.matches(".plot") && tell(null));
addEventListener("keydown", e => {
	if (e.key == "Escape") {
		const pick = e.target.closest(".pick[open]");
		tell(null);
		if (pick) {
			pick.open = false;
			$("summary", pick).focus();
		}
	}
	const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -1e9, End: 1e9 }[e.key];
	if (!way || !e.target.matches(".plot"))
		return;
	e.preventDefault();
	const x = m => m.getBoundingClientRect().x, marks = $$("[data-t]", e.target).map(m => [x(m), m]).sort((a, b) => a[0] - b[0]).map(m => m[1]);
	const i = marks.findIndex(m => m.classList.contains("on"));
	tell(marks[i < 0 && way > 0 ? way > 1 ? marks.length - 1 : 0 : Math.max(0, Math.min(marks.length - 1, i + way))]);
});

/* Light or dark: what the system says, until a person says otherwise. */
const root = document.documentElement;
function theme(t) {
	root.dataset.theme = t;
	$("#theme").setAttribute("aria-pressed", t == "dark");
}
const stored = f => {
	try {
		return f(localStorage);
	} catch {
		return null;
	}
};
const dark = matchMedia("(prefers-color-scheme: dark)"), system = () => theme(stored(s => s.getItem("theme")) || (dark.matches ? "dark" : "light"));
$("#theme").onclick = () => {
	const t = root.dataset.theme == "dark" ? "light" : "dark";
	theme(t);
	stored(s => s.setItem("theme", t));
};

function start(m) {
	model = m;
	root.classList.add("with-js");
	if (innerWidth < 860)
		for (const d of $$(".filters details"))
			d.open = false;
	system();
	dark.onchange = system;
	const hash = location.hash;
	for (const e of controls.concat(...sets.map(s => s[1])))
		first(e);
	starts = read();
	follow();
	state = read();
	if (hash.includes("?"))
		show();
	keep();
	addEventListener("hashchange", () => {
		follow();
		show();
	});
	addEventListener("input", e => {
		if (e.target.name) {
			soon();
		} else if (e.target.matches(".find")) {
			const q = e.target.value.trim().toLowerCase();
			for (const l of $$("label", e.target.parentNode))
				l.hidden = !l.textContent.toLowerCase().includes(q);
		}
	});
	addEventListener("click", e => {
		const b = e.target.closest?.("button");
		for (const d of $$(".pick[open]"))
			if (!d.contains(e.target))
				d.open = false;
		if (e.target.matches?.("a.to")) {
			e.preventDefault();
			const to = $(e.target.hash);
			to.scrollIntoView();
			$(".scroll", to).focus({ preventScroll: true });
		}
		if (!b)
			return;
		if (b.dataset.set) {
			const c = controls.find(x => x.name == b.dataset.set);
			c.value = b.dataset.to;
			show();
			const to = document.getElementById(b.closest("table").dataset.shows);
			to.scrollIntoView();
			to.focus({ preventScroll: true });
		} else if (b.matches(".reset")) {
			$$("[name]", b.closest("[data-filters]")).forEach(first);
			show();
		}
	});
}
