/*
 * tabs.js - the list of views as tabs, which arrow keys walk through; other links
 * to a view, or to something in one, go by its tab
 */
const tabs = $$("nav a"), jumps = $$(".jump a"), home = a => a.hash.split("?")[0].slice(1);
let before;
$("nav").setAttribute("role", "tablist");
for (const t of tabs) {
	const panel = document.getElementById(home(t));
	t.id = "tab-" + panel.id;
	t.setAttribute("role", "tab");
	t.setAttribute("aria-controls", panel.id);
	panel.setAttribute("role", "tabpanel");
	panel.setAttribute("aria-labelledby", t.id);
}
function markTabs() {
	const back = jumps.at(-1);
	for (const t of tabs) {
		const on = home(t) == view;
		t.setAttribute("aria-selected", on);
		t.removeAttribute("aria-current");
		t.tabIndex = on ? 0 : -1;
		if (on && t.parentNode.scrollWidth > t.parentNode.clientWidth)
			t.parentNode.scrollLeft = t.offsetLeft - t.parentNode.offsetLeft - 40;
	}
	/* the last of these is one view, the first any other */
	if (back && home(back) != view)
		before = view;
	for (const a of jumps)
		a.setAttribute("aria-current", (a == back) == (home(back) == view));
}
/* Not by the browser, which would take the focus from the tab. */
function go(tab) {
	history.pushState(null, "", tab.hash);
	dispatchEvent(new Event("hashchange"));
	tab.focus({ preventScroll: true });
}
addEventListener("keydown", e => {
	const i = tabs.indexOf(e.target), n = tabs.length;
	const to = i < 0 ? null : { ArrowRight: (i + 1) % n, ArrowLeft: (i + n - 1) % n, Home: 0, End: n - 1, " ": i }[e.key];
	if (to != null) {
		e.preventDefault();
		go(tabs[to]);
	}
});
addEventListener("click", e => {
	const a = e.target.closest?.("a[href^='#']"), to = a && document.getElementById(home(a)), panel = to?.closest(".view");
	if (!panel)
		return;
	e.preventDefault();
	go(tabs.find(t => home(t) == (a == jumps[0] && before || panel.id)));
	if (to == panel)
		return;
	$$("details", to).slice(0, 1).forEach(d => d.open = true);
	to.scrollIntoView();
	to.focus({ preventScroll: true });
});
