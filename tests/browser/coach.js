/*
 * coach.js FOLDER - the page of the coaches in a browser, against the tools
 *
 * FOLDER has accounts made by render-html-browser.t: of each NAME, the records
 * NAME.coaches and NAME.deals and the page NAME.html. Prints TAP.
 */
'use strict';
const fs = require('node:fs');
const { launch, open } = require('./chromium.js');
const { note, ok, same, differ, done } = require('./tap.js');
const { pct, random } = require('./text.js');
const { read, link, shown } = require('./shown.js');
const told = require('./told.js');

const folder = process.argv[2], asOf = '2026-03-01T12:00:00Z';
const views = ['dashboard', 'weken', 'pool', 'beschikbaarheid', 'runs', 'uitleg'];
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const file = name => `${folder}/${name}.html`;
const account = name => told.account(`${folder}/${name}.coaches`, `${folder}/${name}.deals`, asOf);

/* Places on a drawing are rounded to a tenth of its unit. */
const near = (found, expected) => Math.abs(found - expected) < 0.3 + Math.abs(expected) * 0.004;
const byMark = (a, b) => a.says < b.says ? -1 : a.says > b.says ? 1 : a.tone - b.tone;

/* A drawing is compared by what is told of it. */
const compareDrawing = (found, expected, path, out) => {
	if (!found || !expected)
		return differ(found, expected, path, out);
	const is = [...found.marks].sort(byMark), be = [...expected.marks].sort(byMark);
	differ(is.map(m => m.says), be.map(m => m.says), path + '.says', out);
	is.forEach((m, i) => {
		const e = be[i];
		if (out.length < 6 && e && (e.tone != null && e.tone != m.tone || e.x != null && !near(m.x, e.x) || !near(m.y, e.y)))
			out.push(`${path}: ${JSON.stringify(m)} should be ${JSON.stringify(e)}`);
	});
	(expected.rules ?? []).forEach((r, i) => {
		const f = found.rules[i];
		if (!f || f.label != r.label || !near(f.at, r.at))
			out.push(`${path}: rule ${JSON.stringify(f)} should be ${JSON.stringify(r)}`);
	});
	for (const k of ['legend', 'counts', 'categories'])
		if (expected[k])
			differ(found[k], expected[k], `${path}.${k}`, out);
	return out;
};

const compare = (found, expected) => {
	const out = [];
	for (const k of Object.keys(expected)) {
		if (expected[k]?.marks || found[k]?.marks)
			compareDrawing(found[k], expected[k], '.' + k, out);
		else
			differ(found[k], expected[k], '.' + k, out);
	}
	return out;
};

/* Settings as a person could make them; a setting that is not there is as it starts. */
const maker = (of, seed) => {
	const draw = random(seed), int = (a, b, step = 1) => a + step * Math.floor(draw() * ((b - a) / step + 1));
	const some = (list, share) => list.filter(() => draw() < share);
	const put = (set, name, chance, value) => {
		if (draw() < chance)
			set[name] = value();
	};
	const base = () => {
		const set = {};
		put(set, 'periode', .6, () => ['1m', '3m', '6m'][int(0, 2)]);
		put(set, 'uit', .4, () => some(of.names, draw() < .2 ? .7 : 3 / (of.names.length + 1)));
		return set;
	};
	return {
		dashboard() {
			const set = base();
			put(set, 'min', .5, () => int(0, 30));
			put(set, 'conv', .4, () => int(0, 50, 5));
			put(set, 'top', .5, () => int(10, 100, 5));
			put(set, 'goed', .5, () => int(1, 30));
			put(set, 'dyn', .3, () => false);
			put(set, 'status', .4, () => some(told.words.slice(0, of.hasOther ? 6 : 5), .6));
			return set;
		},
		weken() {
			const set = base();
			put(set, 'w', .6, () => int(1, 52));
			put(set, 'coach', .6, () => of.names[int(0, of.names.length - 1)] ?? '');
			put(set, 'elig', .3, () => some(of.labels, .6));
			put(set, 'nt', .5, () => int(5, 50, 5));
			put(set, 'dr', .5, () => int(5, 30, 5));
			put(set, 'mw', .6, () => int(1, 15));
			return set;
		},
		pool() {
			const set = base();
			put(set, 'pnt', .5, () => int(5, 50, 5));
			put(set, 'pmd', .6, () => int(1, 30));
			put(set, 'ptop', .5, () => int(10, 100, 5));
			put(set, 'pgoed', .5, () => int(1, 30));
			put(set, 'capdag', .2, () => int(1, 20));
			put(set, 'capweek', .2, () => int(1, 50));
			put(set, 'weight', .2, () => int(1, 10));
			return set;
		},
	};
};

/* Nr settings of a view: everything it shows is what the tools say. */
const agrees = async (page, of, view, nr, seed, name) => {
	const make = maker(of, seed), wrong = [];
	for (let i = 0; i < nr && wrong.length < 3; i++) {
		const set = i ? make[view]() : {};
		const found = await shown(page, view, set);
		if (view == 'pool')
			found.command = told.words_of(found.command);
		const out = compare(found, told[view](of, set));
		if (out.length)
			wrong.push(`${link(view, set)}\n${out.join('\n')}`);
	}
	ok(!wrong.length, `${name}: ${view} shows what the tools say, in ${nr} settings`, ...wrong);
};

const quiet = (page, name) => same(page.trouble, [], `${name}: no error, no warning, no request, no dialog`);

const accounts = async browser => {
	const sizes = { many: 60, hostile: 25, old: 25, future: 15, one: 12, empty: 4 };
	for (const name of Object.keys(sizes)) {
		const of = account(name), page = await open(browser, file(name));
		for (const view of ['dashboard', 'weken', 'pool'])
			if (of.list.length)
				await agrees(page, of, view, sizes[name], 7, name);
		for (const view of views)
			await shown(page, view, { periode: '3m' }).catch(e => views.indexOf(view) == 5 || page.trouble.push(e.message));
		quiet(page, name);
		await page.context().close();
	}
};

/* What stands in the file is what the script makes of the same settings. */
const drawnTwice = async browser => {
	for (const name of ['many', 'hostile', 'old', 'one', 'empty']) {
		const parts = 'ul.chips, .cards, #d-side, #p-command, .plot, .legend, tbody, .funnel, #w-alerts, #w-week, #r-note, .rows';
		const take = p => p.evaluate(s => [...document.querySelectorAll(s)].map(e => e.innerHTML), parts);
		const bare = await open(browser, file(name), { javaScriptEnabled: false });
		const html = await bare.content();
		const page = await open(browser, file(name));
		const before = await take(page);
		for (const view of views) {
			await page.evaluate(h => location.hash = h, link(view, { periode: '6m', uit: ['x'], min: 9, pnt: 50, ptop: 20, w: 3 }));
			await page.waitForTimeout(60);
			await page.evaluate(h => location.hash = h, link(view, {}));
			await page.waitForTimeout(60);
		}
		same(await take(page), before, `${name}: the script writes the same HTML as the tool`);
		ok(html.includes('<section class="view"') && await bare.isVisible('#uitleg'), `${name}: without scripts all views are there`);
		await bare.context().close();
		await page.context().close();
	}
};

/* As people do it: with the pointer and with the keyboard alone. */
const used = async browser => {
	const of = account('many'), page = await open(browser, file('many'));
	const hash = () => page.evaluate(() => decodeURIComponent(location.hash));
	const settle = () => page.evaluate(() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r))));
	const board = async set => compare(await page.evaluate(read, 'dashboard'), told.dashboard(of, set));
	const press = async (key, nr = 1) => {
		while (nr--)
			await page.keyboard.press(key);
		await settle();
	};

	await page.focus('#c-min');
	await press('ArrowRight', 6);
	same(await hash(), '#dashboard?min=6', 'the link follows a filter');
	same(await board({ min: 6 }), [], 'arrow keys move a filter, and every figure follows');
	same(await page.textContent('label[for=c-min] + output'), '6', 'the filter tells its value');
	await page.click('text="3 maanden"');
	await settle();
	same(await board({ min: 6, periode: '3m' }), [], 'the period is a press away');
	await page.focus('.pick summary');
	await press('Enter');
	await press('Tab');
	await page.keyboard.type(of.names[3].slice(0, 6).toUpperCase());
	ok(await page.locator('.pick label:visible').count() >= 1 && await page.locator('.pick label:visible').count() < of.names.length, 'the list of coaches is searched');
	await press('Tab');
	await press('Space');
	const out = await page.evaluate(() => [...document.querySelectorAll('.pick input:checked')].map(e => e.value));
	same(await board({ min: 6, periode: '3m', uit: out }), [], 'a coach is left out by the keyboard');
	await press('Escape');
	ok(!await page.evaluate(() => document.querySelector('.pick').open) && await page.evaluate(() => document.activeElement.matches('.pick summary')),
		'escape closes the list and stays there');
	await page.click('.filters .reset >> visible=true');
	await settle();
	same(await board({ periode: '3m', uit: out }), [], 'a view is put back without the other filters');
	await page.click('.global .reset');
	await settle();
	same([await hash(), await board({})], ['#dashboard', []], 'and those are put back too');

	/* a link opens what it says, and words that mean nothing do no harm */
	const set = { periode: '6m', min: 4, top: 60, dyn: false, uit: [of.names[1], of.names[4]] };
	await page.goto('file://' + file('many') + link('dashboard', set));
	await page.reload();
	same(await board(set), [], 'a link opened anew shows its view');
	await page.goto('file://' + file('many') + '#nowhere?min=abc&top=1e9&goed=z&periode=9m&w=&uit=%E0%A4%A&s.t-coaches=99a&x');
	await page.reload();
	await settle();
	same(await board({}), [], 'a link of nonsense shows the page as it starts');
	await shown(page, 'dashboard', { min: 3 });
	await page.click('nav >> text=NA_Pool');
	await page.goBack();
	await settle();
	same(await board({ min: 3 }), [], 'back is back');

	/* sort and search */
	await shown(page, 'dashboard', {});
	const column = i => page.evaluate(n => [...document.querySelectorAll('#t-coaches tbody tr')].map(r => r.cells[n].textContent), i);
	const deals = told.dashboard(of, {}).coaches.map(r => +r[2].replace('.', ''));
	await page.click('#t-coaches th:nth-child(3) button');
	same((await column(2)).map(s => +s.replace('.', '')), [...deals].sort((a, b) => b - a), 'a press sorts numbers, largest first');
	same(await page.getAttribute('#t-coaches th:nth-child(3)', 'aria-sort'), 'descending', 'which is told');
	await page.click('#t-coaches th:nth-child(3) button');
	same((await column(2)).map(s => +s.replace('.', '')), [...deals].sort((a, b) => a - b), 'a second turns the order');
	await shown(page, 'dashboard', { min: 2, 's.t-coaches': '2a' });
	same((await column(2)).map(s => +s.replace('.', '')), [...deals].sort((a, b) => a - b), 'a filter keeps the order');
	await page.fill('#t-coaches input', ' ' + of.names[7].toLowerCase());
	same(await column(0), told.dashboard(of, { min: 2 }).coaches.map(r => r[0]).filter(n => n == of.names[7]), 'a table is searched');
	same(await page.textContent('#t-coaches .rows'), `1 / ${deals.length} rijen`, 'and says how many it shows');
	await page.fill('#t-coaches input', 'nobody at all');
	same(await column(0), [await page.getAttribute('#t-coaches table', 'data-empty')], 'a search without a hit says so');

	/* what is shown, as a file */
	await page.fill('#t-coaches input', 'ma');
	await page.click('#t-coaches th:nth-child(1) button');
	const [download] = await Promise.all([page.waitForEvent('download'), page.click('#t-coaches .save')]);
	const csv = fs.readFileSync(await download.path(), 'utf8').trimEnd().split('\n');
	const rows = told.dashboard(of, { min: 2 }).coaches.filter(r => r.join('').toLowerCase().includes('ma')).sort((a, b) => a[0] < b[0] ? -1 : 1);
	same(csv[0], 'Coach,Status,Deals,Winst%,Warme aanvraag,Info aanvraag,Boven drempel,Filter', 'the CSV has the columns');
	same(csv.slice(1).map(l => l.split(',').slice(0, 4)), rows.map(r => [r[0], r[1], r[2].replace('.', ''), r[3].slice(0, -1)]), 'and the rows that are shown, in their order');
	ok(csv[1].endsWith('Periode: 1 maand; Minimum deals: 2; ""ma"""'), 'and names the filters', csv[1]);
	ok(/^dashboard-t-coaches-Periode-1-maand-Minimum-deals-2/.test(download.suggestedFilename()), 'as its name does', download.suggestedFilename());
	quiet(page, 'use');
	await page.context().close();
};

/* A coach is pressed in a table; a chart is walked through by keys. */
const looked = async browser => {
	const of = account('many'), page = await open(browser, file('many'));
	await shown(page, 'weken', {});
	const name = await page.textContent('#t-week tbody tr:nth-child(2) th');
	await page.click('#t-week tbody tr:nth-child(2) button');
	same(compare(await page.evaluate(read, 'weken'), told.weken(of, { coach: name })), [], 'a press on a coach shows the weeks of that coach');
	ok(await page.evaluate(() => {
		const r = document.activeElement.getBoundingClientRect();
		return document.activeElement.id == 'w-coach' && r.top >= 0 && r.top < innerHeight;
	}), 'and goes there');
	const tip = () => page.evaluate(() => document.querySelector('#tip').hidden ? null : document.querySelector('#tip').textContent);
	await page.focus('#w-detail .plot');
	await page.keyboard.press('ArrowRight');
	const marks = told.weken(of, { coach: name }).rate.marks;
	same(await tip(), marks[0].says, 'an arrow key tells the first mark of a chart');
	await page.keyboard.press('End');
	same(await tip(), marks.at(-1).says, 'End the last');
	await page.keyboard.press('Escape');
	same(await tip(), null, 'and Escape no more');
	await shown(page, 'dashboard', {});
	await page.hover('#c-status [data-t]');
	ok(/coach\(es\)$/.test(await tip()), 'a pointer on a bar tells it');

	/* weeks that count from the day of reading */
	const now = '2026-03-20T09:30:00Z';
	await page.clock.setFixedTime(new Date(now));
	same(compare(await shown(page, 'weken', { nu: 'nu' }), told.weken(of, { nu: 'nu', at: now })), [], 'weeks can count from now');
	quiet(page, 'a look');
	await page.context().close();
};

const availability = async browser => {
	const page = await open(browser, file('many'));
	let v = await shown(page, 'beschikbaarheid', {});
	const list = fs.readFileSync(`${folder}/many.available`, 'utf8').trim().split('\n').map(l => JSON.parse(l));
	const counts = l => ['🟢 Beschikbaar', '🟡 Afwezig', '🔴 NA leads uit'].map(s => String(l.filter(r => r.status == s).length)).concat(String(l.length));
	same(Object.values(v.cards), counts(list), 'availability is counted');
	same(v.rows.map(r => r[0]), list.map(r => r.coach_name), 'in the order it came');
	v = await shown(page, 'beschikbaarheid', { std: true });
	const kept = list.filter(r => !/nabeller|^benVitaal Coaching$/i.test(r.coach_name));
	same([Object.values(v.cards), v.rows.map(r => r[0])], [counts(kept), kept.map(r => r.coach_name)], 'without the names that other views leave out');
	for (const periode of ['1m', '3m']) {
		v = await shown(page, 'runs', { periode });
		const all = fs.readFileSync(`${folder}/many.runs`, 'utf8').trim().split('\n').map(l => JSON.parse(l)).filter(r => r.type == 'run_difference' && r.period == periode);
		same(v.difference.map(r => r[0]), all.map(r => r.coach_name), `runs are compared over ${periode}`);
		same(v.difference.map(r => r[5]), all.map(r => r.smoothed_b == null ? '–' : pct(r.smoothed_b)), `with their rates of ${periode}`);
		const changed = all.filter(r => r.status_a != r.status_b);
		v = await shown(page, 'runs', { periode, anders: true });
		same(v.difference.map(r => r[0]), changed.map(r => r.coach_name), `and those whose status changed over ${periode}`);
	}
	quiet(page, 'availability and runs');
	await page.context().close();
};

/* Nothing that gets in could run or ask anything. */
const shut = async browser => {
	const page = await open(browser, file('hostile'));
	const found = await page.evaluate(async () => {
		const blocked = [];
		addEventListener('securitypolicyviolation', e => blocked.push(e.effectiveDirective));
		const add = (tag, f) => {
			const e = document.createElement(tag);
			f(e);
			document.body.append(e);
		};
		add('script', e => e.textContent = 'window.ran = 1');
		add('img', e => e.src = 'http://127.0.0.1:9/x');
		add('style', e => e.textContent = 'body { display: none }');
		add('div', e => e.innerHTML = '<b onclick="window.ran = 2">x</b>');
		document.body.lastChild.firstChild.click();
		await fetch('http://127.0.0.1:9/').catch(() => 0);
		await new Promise(r => setTimeout(r, 100));
		return { ran: window.ran ?? null, blocked: blocked.sort() };
	});
	same(found, { ran: null, blocked: ['connect-src', 'img-src', 'script-src-attr', 'script-src-elem', 'style-src-elem'] }, 'the policy stops scripts, styles, pictures and requests');
	await page.context().close();
};

const seen = async browser => {
	const set = { dashboard: [{}, { min: 12, periode: '3m', top: 40 }, { status: [] }], weken: [{}, { coach: 'one' }, { elig: [] }], pool: [{}, { ptop: 30, pnt: 50 }, { pmd: 30, pnt: 5 }] };
	await Promise.all(['light', 'dark'].map(async colorScheme => {
		for (const width of [1440, 360])
			for (const name of ['many', 'hostile', 'empty']) {
				const page = await open(browser, file(name), { colorScheme, viewport: { width, height: 900 } });
				await page.evaluate(axe);
				const wrong = [], wide = [];
				for (const view of views)
					for (let s of name == 'many' && width > 999 && set[view] || [{}]) {
						if (s.coach)
							s = { coach: await page.evaluate(() => document.querySelectorAll('[name=coach] option')[3]?.value ?? '') };
						await page.evaluate(h => location.hash = h, link(view, s));
						await page.evaluate(() => document.querySelectorAll('details').forEach(d => d.open = !d.matches('.pick')));
						await page.waitForTimeout(50);
						const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
						for (const v of result.violations)
							wrong.push(`${link(view, s)} ${v.id}: ${v.help}\n${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + '\n' + n.failureSummary).join('\n')}`);
						if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
							wide.push(link(view, s));
					}
				same(wrong, [], `${name}: axe finds nothing, ${colorScheme}, ${width} wide`);
				same(wide, [], `${name}: nothing is wider than the window, ${colorScheme}, ${width} wide`);
				quiet(page, `${name}, ${colorScheme}, ${width}`);
				await page.context().close();
			}
	}));
};

const theme = async browser => {
	const page = await open(browser, file('many'), { colorScheme: 'dark' });
	const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	const dark = await ground();
	await page.click('#theme');
	const light = await ground();
	ok(dark != light, 'the button changes the theme');
	await page.reload();
	same(await ground(), light, 'which stays');
	await page.emulateMedia({ media: 'print' });
	same(await ground(), 'rgb(255, 255, 255)', 'paper is white');
	ok(!await page.isVisible('nav') && await page.isVisible('#t-coaches table'), 'and has the tables without what can be pressed');
	await page.context().close();
};

const small = async () => {
	const page = fs.readFileSync(file('many'));
	const script = String(page).match(/<script>(.*?)<\/script>/s)[1];
	ok(page.length < 300000, `a page of 105 coaches and 3,400 deals, two runs and availability has ${page.length} bytes`);
	ok(Buffer.byteLength(script) < 30720, `its script has ${Buffer.byteLength(script)} bytes`);
};

/* Told, not judged: machines differ. */
const speed = async browser => {
	const page = await open(browser, file('many'));
	for (const [view, name] of [['dashboard', 'min'], ['weken', 'w'], ['pool', 'pmd']]) {
		await page.evaluate(h => location.hash = h, '#' + view);
		await page.waitForTimeout(100);
		const ms = await page.evaluate(async id => {
			const e = document.getElementById('c-' + id), all = [];
			for (let i = 1; i < 25; i++) {
				const from = performance.now();
				e.value = i;
				e.dispatchEvent(new Event('input', { bubbles: true }));
				await new Promise(r => requestAnimationFrame(() => setTimeout(r)));
				all.push(performance.now() - from);
			}
			return all.sort((a, b) => a - b);
		}, name);
		note(`${view}: a filter is answered in ${ms[12].toFixed(1)} ms, at most ${ms.at(-1).toFixed(1)} ms`);
	}
	await page.context().close();
};

(async () => {
	const browser = await launch();
	const only = process.argv[3];
	for (const [name, part] of Object.entries({ accounts, drawnTwice, used, looked, availability, shut, theme, seen, small, speed }))
		if (!only || only == name) {
			const from = Date.now();
			await part(browser).catch(e => ok(false, `${name} runs to its end`, e.stack));
			note(`${name}: ${((Date.now() - from) / 1000).toFixed(1)} s`);
		}
	await browser.close();
	done();
})();
