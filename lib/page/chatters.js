/*
 * chatters.js - finds, orders and opens cards, and shows another week, as
 * chatters_weeks.c writes it
 */
const data = JSON.parse($("#data").textContent);
const bands = ["Critical", "Low", "Fair", "Good", "Top performer"];

/* Money, counts, one decimal, percentages, times: of values that are rounded. */
const grouped = (x, d) => x.toFixed(d).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",");
const money = x => (x < 0 ? "-$" : "$") + grouped(Math.abs(x), 2);
const whole = x => grouped(x, 0), one = x => grouped(x, 1), percent = x => one(x) + " %";
function time(s) {
	if (s >= 3600)
		s = Math.floor((s + 30) / 60) * 60;
	const h = Math.floor(s / 3600), m = Math.floor(s % 3600 / 60);
	return [h && h + "h", m && m + "m", (s % 60 || !h && !m) && s % 60 + "s"].filter(Boolean).join(" ");
}
const forms = [money, money, money, whole, one, percent, percent, percent, one, time, whole, one];
function weekRow([name, score, band, arrow, ...figures]) {
	const cells = figures.map((x, i) => x == null ? null : i != 1 ? [x, forms[i](x), ""] :
		[x, ["", "▲ ", "▼ "][arrow] + (x < 0 ? "−" : "+") + money(Math.abs(x)), ["", " up", " down"][arrow]]);
	return [name, score == null ? ["No data available", 15, -1] : [whole(score) + " " + bands[band], 10 + band, score], ...cells];
}
let week = "0";
function showWeek(s) {
	if (s.week == null || s.week == week)
		return;
	week = s.week;
	putText("w-name", $("select[name=week]").selectedOptions[0].textContent);
	data.weeks[week].forEach((team, i) => {
		$$(`#w-${i}-sums dd`).forEach((e, k) => e.textContent = team[k]);
		fill("w-" + i, team.slice(6).map(weekRow));
	});
}

const lists = new Map($$(".list").map(l => [l, $$(".card", l)]));
const names = new Map([...lists.values()].flat().map(c => [c, $("h4", c).textContent]));
const nameOf = c => names.get(c), scoreOf = c => c.dataset.s == null ? Infinity : +c.dataset.s;
const byName = (a, b) => order(nameOf(a), nameOf(b));
function showCards(s) {
	const q = s.q.trim().toLowerCase();
	for (const [list, all] of lists) {
		const sorted = s.order == "name" ? all.slice().sort(byName) : s.order == "low" ? all.slice().sort((a, b) => scoreOf(a) - scoreOf(b) || 0) : all;
		let shown = 0;
		for (const c of all) {
			c.hidden = !nameOf(c).toLowerCase().includes(q) || s.show == "attention" && !c.matches(".flagged") || s.show == "worked" && !c.matches(".worked");
			shown += !c.hidden;
		}
		const is = $$(".card", list);
		if (sorted.some((c, i) => c != is[i]))
			list.append(...sorted);
		$(".shown", list).textContent = shown == all.length ? shown : `${shown} of ${all.length}`;
	}
}
const opener = $("#open-all");
opener.onclick = () => {
	const open = opener.getAttribute("aria-pressed") != "true";
	opener.setAttribute("aria-pressed", open);
	for (const d of $$(".card details"))
		d.open = open;
};

start({
	show(to, s) {
		showCards(s);
		showWeek(s);
		markTabs();
	},
	about: to => to == "weekly" ? ["Week " + $("#w-name").textContent] : to == "coaching" ? ["Coaching"] : [],
});
markTabs();
