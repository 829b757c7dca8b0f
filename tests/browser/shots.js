/*
 * shots.js PAGE FOLDER [NAME] - pictures of each view of a page: wide, dark, on a
 * telephone, on paper; or the one of that name
 */
'use strict';
const { launch, open } = require('./chromium.js');
const [, , file, folder, only] = process.argv;

const wide = { width: 1440, height: 900 }, narrow = { width: 360, height: 740 };
const shots = views => [
	['page', views[0], { viewport: wide }],
	['small', views[0], { viewport: narrow }],
	...views.map(v => [`wide-${v}`, v, { viewport: wide, full: true }]),
	...views.map(v => [`dark-${v}`, v, { viewport: wide, colorScheme: 'dark' }]),
	...views.map(v => [`narrow-${v}`, v, { viewport: narrow, full: true }]),
	...views.map(v => [`paper-${v}`, v, { viewport: { width: 760, height: 1080 }, paper: true, full: true }]),
	['coach', 'weken?coach=', { viewport: wide, full: true }],
	['open', views[1], { viewport: wide, details: true, full: true }],
	['open-small', views[1], { viewport: narrow, details: true, full: true }],
];

(async () => {
	const browser = await launch();
	const first = await open(browser, file);
	const views = await first.evaluate(() => [...document.querySelectorAll('.view')].map(v => v.id));
	await first.context().close();
	for (const [name, view, { full, paper, details, ...options }] of shots(views).filter(s => only ? s[0] == only : s[0] != 'coach' || views.includes('weken'))) {
		const page = await open(browser, file, options);
		const coach = view.endsWith('=') ? await page.evaluate(() =>
			encodeURIComponent(document.querySelectorAll('[name=coach] option')[3]?.value ?? '')) : '';
		await page.evaluate(h => location.hash = h, view + coach);
		if (details)
			await page.evaluate(() => document.querySelectorAll('.card details').forEach((d, i) => d.open = i < 2));
		if (paper)
			await page.emulateMedia({ media: 'print' });
		await page.waitForTimeout(150);
		await page.screenshot({ path: `${folder}/${name}.png`, fullPage: full });
		page.trouble.forEach(t => console.error(`${name}: ${t}`));
		await page.context().close();
	}
	await browser.close();
})();
