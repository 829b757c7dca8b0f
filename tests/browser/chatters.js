/*
 * chatters.js FOLDER - the page of the chatters in a browser, against its records
 *
 * FOLDER has what render-html-chatters-browser.t made: of each NAME the records
 * NAME.figures and the page NAME.html. Prints TAP.
 */
'use strict';
const fs = require('node:fs');
const { launch, open } = require('./chromium.js');
const { note, ok, same, done } = require('./tap.js');
const { fixed } = require('./text.js');

const folder = process.argv[2];
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const file = name => `${folder}/${name}.html`;
const records = name => fs.readFileSync(`${folder}/${name}.figures`, 'utf8').split('\n').filter(Boolean).map(l => JSON.parse(l));
const quiet = (page, name) => same(page.trouble, [], `${name}: no error, no warning, no request, no dialog`);

/* Half away from zero, of the exact value; commas between thousands. */
const away = (x, d) => {
	const twice = Math.abs(x) * 2 ** (d + 1), half = twice % 2 == 1;
	const s = fixed(half ? Math.abs(x) * (1 + 2 ** -50) : Math.abs(x), d);
	return (x < 0 && +s ? '-' : '') + s.replace(/^\d+/, w => w.replace(/\d(?=(\d{3})+$)/g, '$&,'));
};
const nil = f => x => x == null ? '–' : f(x);
const money = nil(x => away(x, 2).replace(/\d/, '$$$&'));
const one = nil(x => away(x, 1)), whole = nil(x => away(x, 0)), percent = nil(x => away(x, 1) + ' %');
const time = nil(x => {
	let s = Math.round(x);
	if (s >= 3600)
		s = Math.round(s / 60) * 60;
	const parts = [[3600, 'h'], [60, 'm'], [1, 's']].map(([u, c]) => {
		const n = Math.floor(s / u);
		s %= u;
		return n ? n + c : '';
	}).filter(Boolean);
	return parts.join(' ') || '0s';
});
const kpis = [['sales_hr', 'Sales/hr', money], ['cvr', 'CVR', percent], ['unlock', 'Unlock', percent], ['golden', 'Golden', percent], ['msg_hr', 'Msg/hr', one], ['reply_s', 'Reply', time]];
const band = { critical: 'Critical', low: 'Low', fair: 'Fair', good: 'Good', top: 'Top performer' };
const mark = { up: '▲', down: '▼' };
const byCard = (a, b) => (b.score ?? -1) - (a.score ?? -1) || (b.kpi.sales_hr.value ?? -1) - (a.kpi.sales_hr.value ?? -1);
const place = { worked: 0, no_data: 1, day_off: 2 };

/* What stands in the page, read out of it. */
const read = page => page.evaluate(() => {
	const $$ = (s, e = document) => [...e.querySelectorAll(s)], text = (s, e) => e.querySelector(s)?.textContent.trim() ?? null;
	const list = (s, e) => $$(s, e).map(d => [text('dt', d), text('dd', d)]);
	return Object.fromEntries($$('.view').map(v => [v.id, {
		cards: list(':scope > .cards > div', v),
		tiles: $$('.tile', v).map(t => [text('h4', t), text('.big', t), list('dl div', t), text('.say', t)]),
		chatters: $$('.card', v).map(c => ({
			name: text('h4', c), score: text('.score', c), band: text('.band', c), badges: $$('.about .b', c).map(b => b.textContent),
			hours: text('.week small', c), line: c.querySelector('.week .trend')?.getAttribute('aria-label') ?? null,
			kpis: $$('.kpis > div', c).map(d => [text('dt', d), d.querySelector('dd').firstChild.textContent.trim(), text('i', d), text('small', d), d.className]),
			days: $$('.days tbody tr', c).map(r => [...r.cells].map(x => x.textContent)),
			funnel: $$('.flow li', c).map(l => l.textContent), facts: list('.facts div', c),
		})),
		bars: $$('.bars li', v).map(l => [text('bdi', l), text('small', l), text('b', l), parseFloat(l.querySelector('rect').getAttribute('width'))]),
		attention: $$('#attention ~ .people > li', v).map(l => [text('a', l), text('.b', l), text('.why', l)]),
		tables: Object.fromEntries($$('.tbl', v).map(t => [t.id, $$('tbody tr', t).filter(r => !r.querySelector('.empty')).map(r => [...r.cells].map(x => x.textContent))])),
	}]));
});

const expectCard = c => {
	const worked = c.status == 'worked';
	return {
		name: c.name, score: c.score_int == null ? '–' : String(c.score_int),
		band: c.status == 'day_off' ? 'Day off' : c.score_int == null ? 'No data available' : band[c.band],
		badges: [c.coaching.badge_text, c.streak_text].filter(Boolean),
		hours: c.tracked_s == null ? '–' : one(c.tracked_s / 3600) + ' h',
		line: c.sparkline.some(x => x != null) ? 'Sales per hour, last 7 days: ' + c.sparkline.map(nil(x => String(+away(x, 2).replace(/,/g, '')))).join(', ') : null,
		kpis: worked ? kpis.map(([k, name, show]) => {
			const flag = c.flags.find(f => f.kpi == k);
			return [name, show(c.kpi[k].value), mark[c.kpi[k].arrow] ?? null,
				flag ? (k == 'reply_s' ? 'above ' : 'below ') + { sales_hr: '$20', cvr: '7 %', unlock: '30 %', golden: '1.5 %', msg_hr: '70', reply_s: '2m 30s' }[k] : null, flag ? 'bad' : ''];
		}) : [],
	};
};

const figures = async (browser, name) => {
	const all = records(name), of = t => all.filter(r => r.type == t), sum = of('chatter_summary')[0];
	const page = await open(browser, file(name)), found = await read(page);
	const cards = s => [['Total sales', money(s.sales)], ['Avg $/hr', money(s.sales_hr)], ['Avg CVR', percent(s.cvr_pct)], ['Total fans', whole(s.fans)],
		['Active', `${s.worked} of ${s.chatters}`], ['Need attention', whole(s.flagged)]];
	same(found.overview.cards, cards(sum), `${name}: the overview has the sums of the day`);
	const worst = of('chatter').filter(c => c.flags.length).sort((a, b) => (a.score ?? 999) - (b.score ?? 999)).slice(0, 5);
	same(found.overview.attention.map(a => a[0]), worst.map(c => c.name), `${name}: the five worst that have flags need attention`);
	for (const t of of('chatter_team')) {
		const v = found['team-' + t.team], mine = of('chatter').filter(c => c.team == t.team)
			.sort((a, b) => place[a.status] - place[b.status] || byCard(a, b));
		same(v.cards, cards(t), `${name}: ${t.team} has its sums`);
		same(v.chatters.map(({ days, funnel, facts, ...c }) => c), mine.map(expectCard), `${name}: ${t.team} has a card for each chatter, in order`);
		same(v.chatters.map(c => c.days.map(r => r[0])), mine.map(() => ['Tue 10 Feb', 'Mon 9 Feb', 'Sun 8 Feb', 'Sat 7 Feb', 'Fri 6 Feb', 'Thu 5 Feb', 'Wed 4 Feb']), `${name}: ${t.team}: with seven days`);
		same(v.chatters.map(c => c.days.map(r => r.slice(2))), mine.map(c => c.days.slice().reverse().map(d =>
			d.status == 'worked' ? [money(d.sales), money(d.sales_hr), percent(d.cvr_pct), percent(d.unlock_pct), percent(d.golden_pct), one(d.msg_hr), time(d.reply_s)] :
				[d.status == 'day_off' ? 'Day off' : 'No data available'])), `${name}: ${t.team}: and their figures`);
		const traffic = mine.filter(c => c.status == 'worked' && c.fans_hr != null).sort((a, b) => b.fans_hr - a.fans_hr);
		same(v.bars.map(b => b.slice(0, 3)), traffic.map(c => [c.name, c.traffic.toUpperCase(), one(c.fans_hr)]), `${name}: ${t.team}: traffic is sorted`);
		ok(v.bars.every((b, i) => Math.abs(b[3] - traffic[i].fans_hr / traffic[0].fans_hr * 100) < .1), `${name}: ${t.team}: against the busiest`);
	}
	await weeks(page, all, name, found);
	quiet(page, name);
	await page.context().close();
};

const weekRow = w => [w.name, w.score_int == null ? 'No data available' : `${w.score_int} ${band[w.band]}`, money(w.sales_hr),
	nil(x => (mark[w.arrow] ? mark[w.arrow] + ' ' : '') + (+away(x, 2).replace(/,/g, '') < 0 ? '−' : '+') + money(Math.abs(x)))(w.change),
	money(w.sales), whole(w.days), one(w.tracked_s / 3600), percent(w.cvr_pct), percent(w.unlock_pct), percent(w.golden_pct), one(w.msg_hr), time(w.reply_s), whole(w.fans), one(w.fans_hr)];

/* Each week as it is chosen, by what its records say; then the first again. */
const weeks = async (page, all, name, before) => {
	const teams = all.filter(r => r.type == 'chatter_team').map(t => t.team), rows = all.filter(r => r.type == 'chatter_week');
	const mondays = [...new Set(rows.map(r => r.week_start))].sort().reverse(), wrong = [];
	await page.click('nav >> text=Weekly');
	for (const [i, monday] of mondays.entries()) {
		await page.selectOption('select[name=week]', String(i));
		await page.waitForTimeout(30);
		const found = (await read(page)).weekly;
		teams.forEach((t, k) => {
			const mine = rows.filter(r => r.week_start == monday && r.team == t)
				.sort((a, b) => (b.score ?? -1) - (a.score ?? -1) || b.sales_hr - a.sales_hr).map(weekRow);
			if (JSON.stringify(found.tables['w-' + k]) != JSON.stringify(mine))
				wrong.push(`${monday} ${t}\n${JSON.stringify(found.tables['w-' + k])}\n${JSON.stringify(mine)}`);
			const w = all.find(r => r.type == 'chatter_team_week' && r.week_start == monday && r.team == t);
			const sums = w ? [money(w.sales), money(w.sales_hr), percent(w.cvr_pct), whole(w.chatters), whole(w.days), whole(w.sessions)] : Array(6).fill('–');
			const got = found.cards.slice(k * 6, k * 6 + 6).map(c => c[1]);
			if (JSON.stringify(got) != JSON.stringify(sums))
				wrong.push(`${monday} ${t} sums ${got} should be ${sums}`);
		});
	}
	same(wrong, [], `${name}: ${mondays.length} weeks are what the records say`);
	await page.selectOption('select[name=week]', '0');
	await page.waitForTimeout(30);
	const html = () => page.evaluate(() => [...document.querySelectorAll('#weekly tbody')].map(e => e.innerHTML));
	const after = await html();
	await page.goto('file://' + file(name));
	same(after, await html(), `${name}: the script writes the weeks as the tool does`);
	same((await read(page)).weekly, before.weekly, `${name}: and the newest stands first`);
};

/* As people do it: with the pointer and with the keyboard alone. */
const used = async browser => {
	const page = await open(browser, file('many'));
	const view = () => page.evaluate(() => [...document.querySelectorAll('.view')].filter(v => !v.hidden).map(v => v.id).join());
	const focus = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent);
	const press = async key => {
		await page.keyboard.press(key);
		await page.waitForTimeout(40);
	};
	same(await page.evaluate(() => [...document.querySelectorAll('[role=tab]')].map(t => [t.getAttribute('aria-selected'), t.tabIndex, document.getElementById(t.getAttribute('aria-controls')).getAttribute('role')].join())),
		['true,0,tabpanel', ...Array(5).fill('false,-1,tabpanel')], 'the views are tabs, one of them in the order of keys');
	await page.focus('[role=tab]');
	await press('ArrowRight');
	same([await view(), await focus()], ['team-night', 'tab-team-night'], 'an arrow key goes to the next tab');
	await press('End');
	same(await view(), 'weekly', 'End to the last');
	await press('ArrowRight');
	same(await view(), 'overview', 'and on to the first');
	await press('ArrowLeft');
	same(await view(), 'weekly', 'and back');
	same(await page.evaluate(() => [...document.querySelectorAll('.jump a')].map(a => a.getAttribute('aria-current'))), ['false', 'true'], 'the switch says Weekly');
	await press('Home');
	await press('ArrowRight');
	await press('ArrowRight');
	await page.click('.jump >> text=Weekly');
	await page.waitForTimeout(40);
	same(await view(), 'weekly', 'the switch goes to the weeks');
	await page.click('.jump >> text=Daily');
	await page.waitForTimeout(40);
	same(await view(), 'team-day', 'and back to where one was');
	const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
	ok(await page.evaluate(() => document.activeElement.matches('[role=tab]')), 'which has the focus', outline);

	/* cards: found, shown, ordered, opened */
	const names = () => page.evaluate(() => [...document.querySelectorAll('#team-day .card')].filter(c => !c.hidden).map(c => c.querySelector('h4').textContent));
	const mine = records('many').filter(r => r.type == 'chatter' && r.team == 'day');
	const settle = () => page.evaluate(() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r))));
	await page.click('text="Needs attention" >> visible=true');
	await settle();
	same((await names()).sort(), mine.filter(c => c.flags.length).map(c => c.name).sort(), 'those who need attention can be shown alone');
	same(await page.textContent('#team-day .shown'), `${mine.filter(c => c.flags.length).length} of ${mine.length}`, 'and how many they are');
	ok((await page.evaluate(() => location.hash)).endsWith('#team-day?show=attention'), 'the link says so');
	await page.click('text="Worked" >> visible=true');
	await settle();
	same((await names()).length, mine.filter(c => c.status == 'worked').length, 'or those who worked');
	await page.selectOption('select[name=order]', 'name');
	await settle();
	same(await names(), mine.filter(c => c.status == 'worked').map(c => c.name).sort((a, b) => a < b ? -1 : 1), 'in the order of their names');
	await page.selectOption('select[name=order]', 'low');
	await settle();
	const low = mine.filter(c => c.status == 'worked').sort((a, b) => (a.score ?? 999) - (b.score ?? 999))[0].name;
	same((await names())[0], low, 'or the lowest first');
	await page.fill('input[name=q]', low.slice(0, 5).toUpperCase());
	await settle();
	ok((await names()).every(n => n.toUpperCase().includes(low.slice(0, 5).toUpperCase())) && (await names()).includes(low), 'a name is found');
	const found = await names();
	await page.reload();
	await settle();
	same(await names(), found, 'a link opened anew shows the same');
	await page.fill('input[name=q]', 'nobody at all');
	await settle();
	same(await names(), [], 'a name that is none finds nobody');
	await page.click('.global .reset');
	await settle();
	same(await names(), mine.sort((a, b) => place[a.status] - place[b.status] || byCard(a, b)).map(c => c.name), 'reset shows all as they were');
	await page.click('#open-all');
	same(await page.evaluate(() => [...document.querySelectorAll('#team-day details')].every(d => d.open)), true, 'all cards open at once');
	await page.click('#open-all');
	same(await page.evaluate(() => document.querySelectorAll('.card details[open]').length), 0, 'and close');

	/* from the overview to a card, and what is told */
	await page.click('nav >> text=Overview');
	const who = await page.textContent('#attention ~ .people a');
	await page.click('#attention ~ .people a');
	await page.waitForTimeout(80);
	same(await page.evaluate(() => [document.activeElement.querySelector('h4')?.textContent, document.activeElement.querySelector('details')?.open]), [who, true], 'a name in the overview goes to its card and opens it');
	ok(await page.evaluate(() => {
		const r = document.activeElement.getBoundingClientRect();
		return r.top >= 0 && r.top < innerHeight;
	}), 'which is in sight');
	const tip = () => page.evaluate(() => document.querySelector('#tip').hidden ? null : document.querySelector('#tip').textContent);
	/* a scroll takes it away, so first that, and then the pointer */
	const point = async what => {
		await page.locator(what).first().scrollIntoViewIfNeeded();
		await page.waitForTimeout(150);
		await page.mouse.move(1, 1);
		await page.hover(what + ' >> nth=0');
	};
	await point('.view:not([hidden]) .card.flagged .kpis .bad');
	ok(/ (below|above) /.test(await tip()), 'a red figure tells its limit', await tip());
	await point('.view:not([hidden]) .card.flagged .trend');
	ok(/^Sales per hour, last 7 days: /.test(await tip()), 'a line tells its values');

	/* tables */
	await page.click('nav >> text=Weekly');
	await page.click('#w-1 th:nth-child(5) button');
	const sales = await page.evaluate(() => [...document.querySelectorAll('#w-1 tbody tr')].map(r => +r.cells[4].dataset.v));
	same(sales, [...sales].sort((a, b) => b - a), 'a table is sorted by value');
	const [download] = await Promise.all([page.waitForEvent('download'), page.click('#w-1 .save')]);
	const saved = fs.readFileSync(await download.path(), 'utf8').trimEnd().split('\n');
	same([saved.length, saved[0].split(',').slice(0, 4)], [sales.length + 1, ['Chatter', 'Score', 'Sales/hr', 'Change']], 'and saved as it is shown');
	await page.goto('file://' + file('many') + '#nowhere?show=x&week=99&order&s.w-1=99a');
	await page.reload();
	same([await view(), (await names()).length], ['overview', mine.length], 'a link of nonsense shows the page as it starts');
	quiet(page, 'use');
	await page.context().close();
};

/* The day has nobody: the weeks are first. Without a script, all is there. */
const opened = async browser => {
	const view = page => page.evaluate(() => [...document.querySelectorAll('.view')].filter(v => !v.hidden).map(v => v.id).join());
	let page = await open(browser, file('off'));
	same(await view(page), 'weekly', 'without data of the day it opens on the weeks');
	await page.click('.jump >> text=Daily');
	await page.waitForTimeout(40);
	same(await view(page), 'overview', 'and the day is a press away');
	quiet(page, 'a day off');
	await page.context().close();
	page = await open(browser, file('many'), { javaScriptEnabled: false });
	const html = await page.content();
	ok(!/<section class="view"[^>]* hidden/.test(html) && await page.isVisible('#overview') && await page.isVisible('#weekly') && await page.isVisible('#team-day .card >> nth=0'), 'without scripts all views are there');
	ok(!await page.isVisible('.global') && !await page.isVisible('#theme'), 'and nothing that would do nothing');
	await page.click('#team-day summary >> nth=0');
	ok(await page.isVisible('#team-day .days >> nth=0'), 'cards open without scripts');
	await page.context().close();
};

/* Nothing of the machinery is ever shown, whatever is pressed. */
const worded = async browser => {
	const words = /mismatch|unmatched|null|nan|undefined|inf|error|exception|api|csv|json|hubstaff|inflow|airtable|http|token|fuzzy|alias|stack/i;
	for (const name of ['few', 'off', 'empty']) {
		const page = await open(browser, file(name)), wrong = [];
		const look = async what => {
			const all = await page.evaluate(() => [...document.querySelectorAll('body *')].flatMap(e => [...(e.matches('script, style') ? [] : [...e.childNodes].filter(n => n.nodeType == 3).map(n => n.data)),
				...['title', 'aria-label', 'placeholder', 'data-t', 'alt'].map(a => e.getAttribute(a) ?? '')]).concat(document.title));
			wrong.push(...all.filter(s => words.test(s)).map(s => `${what}: ${s}`));
		};
		await look('start');
		for (const tab of await page.$$('[role=tab]')) {
			await tab.click();
			await page.waitForTimeout(30);
			for (const f of await page.$$('input[type=search]:visible'))
				await f.fill('zzz');
			await page.waitForTimeout(40);
			await look(await tab.textContent());
			for (const f of await page.$$('input[type=search]:visible'))
				await f.fill('');
		}
		for (const m of (await page.$$('[data-t]:visible')).slice(0, 12)) {
			await m.hover();
			await look('tip');
		}
		same(wrong.slice(0, 5), [], `${name}: no word of the machinery is shown`);
		await page.context().close();
	}
};

/* In dark, what is other than in light: the contrast. */
const seen = async browser => {
	const pages = [[1440, 'light', 'few'], [1440, 'light', 'empty'], [360, 'light', 'few'], [360, 'light', 'hostile'], [360, 'light', 'off'],
		[1000, 'light', 'old'], [1440, 'dark', 'few'], [360, 'dark', 'few']];
	await Promise.all([0, 1].map(async turn => {
		for (const [width, colorScheme, name] of pages.filter((p, i) => i % 2 == turn)) {
			const page = await open(browser, file(name), { colorScheme, viewport: { width, height: 900 } });
			await page.evaluate(axe);
			const wrong = [], wide = [], rules = colorScheme == 'dark' ? { runOnly: ['color-contrast'] } : {};
			for (const view of await page.evaluate(() => [...document.querySelectorAll('.view')].map(v => v.id))) {
				await page.evaluate(h => location.hash = h, view);
				await page.evaluate(() => document.querySelectorAll('details').forEach((d, i) => d.open = i < 8));
				await page.waitForTimeout(50);
				const result = width == 1000 ? { violations: [] } : await page.evaluate(r => window.axe.run(document, { resultTypes: ['violations'], ...r }), rules);
				for (const v of result.violations)
					wrong.push(`${view} ${v.id}: ${v.help}\n${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + '\n' + n.failureSummary).join('\n')}`);
				if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
					wide.push(view);
			}
			same(wrong, [], `${name}: axe finds nothing, ${colorScheme}, ${width} wide`);
			same(wide, [], `${name}: nothing is wider than the window, ${colorScheme}, ${width} wide`);
			quiet(page, `${name}, ${colorScheme}, ${width}`);
			await page.context().close();
		}
	}));
};

/* The answers are on the first screen. */
const first = async browser => {
	for (const [width, height] of [[1440, 900], [360, 740]]) {
		const page = await open(browser, file('few'), { viewport: { width, height } });
		const below = await page.evaluate(() => ['.lead', '.signs', '.cards', '#attention', '#attention ~ .people li'].filter(s => document.querySelector(s).getBoundingClientRect().bottom > innerHeight));
		same(below, [], `how the day was and who needs attention are in sight, ${width} wide`);
		await page.context().close();
	}
	const page = await open(browser, file('old'), { viewport: { width: 360, height: 740 } });
	ok(await page.evaluate(() => document.querySelector('.stale').getBoundingClientRect().bottom < innerHeight), 'and that the data is old');
	await page.context().close();
};

const printed = async browser => {
	const page = await open(browser, file('few'), { colorScheme: 'dark' });
	await page.click('nav >> text=Team D');
	await page.emulateMedia({ media: 'print' });
	same(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)', 'paper is white');
	ok(!await page.isVisible('nav') && !await page.isVisible('.jump') && !await page.isVisible('.global') && await page.isVisible('#team-day h2') && !await page.isVisible('#overview'), 'and has the view without what can be pressed');
	await page.context().close();
};

const small = async browser => {
	const page = fs.readFileSync(file('many'));
	const script = String(page).match(/<script>(.*?)<\/script>/s)[1];
	ok(page.length < 2e6, `a page of 300 chatters and 12 weeks has ${page.length} bytes`);
	ok(Buffer.byteLength(script) < 30720, `its script has ${Buffer.byteLength(script)} bytes`);
	const shown = await open(browser, file('many'));
	await shown.click('nav >> text=Team D');
	const ms = await shown.evaluate(async () => {
		const e = document.querySelector('[name=q]'), all = [];
		for (const q of ['a', 'al', 'ali', 'al', 'a', '']) {
			const from = performance.now();
			e.value = q;
			e.dispatchEvent(new Event('input', { bubbles: true }));
			await new Promise(r => requestAnimationFrame(() => setTimeout(r)));
			all.push(performance.now() - from);
		}
		return all.sort((a, b) => a - b);
	});
	note(`a name is looked for in ${ms[3].toFixed(1)} ms, at most ${ms.at(-1).toFixed(1)} ms`); /* told, not judged: machines differ */
	await shown.context().close();
};

/* Nothing that gets in could run or ask anything. */
const shut = async browser => {
	const page = await open(browser, file('hostile'));
	for (const tab of await page.$$('[role=tab]'))
		await tab.click();
	await page.selectOption('select[name=week]', '1');
	await page.waitForTimeout(60);
	same(await page.evaluate(() => [document.querySelectorAll('script').length, document.querySelectorAll('main b b, main img, main i i').length]), [2, 0], 'no name becomes an element');
	quiet(page, 'hostile');
	await page.context().close();
};

(async () => {
	const browser = await launch();
	const only = process.argv[3];
	const parts = { few: b => figures(b, 'few'), many: b => figures(b, 'many'), used, opened, worded, seen, first, printed, small, shut };
	for (const [name, part] of Object.entries(parts))
		if (!only || only == name) {
			const from = Date.now();
			await part(browser).catch(e => ok(false, `${name} runs to its end`, e.stack));
			note(`${name}: ${((Date.now() - from) / 1000).toFixed(1)} s`);
		}
	await browser.close();
	done();
})();
