/*
 * shots.js PAGE FOLDER [NAME] - pictures of each view of the page of the coaches:
 * wide, dark, on a telephone, on paper; or the one of that name
 */
'use strict';
const { launch, open } = require('./chromium.js');
const [, , file, folder, only] = process.argv;

const wide = { width: 1440, height: 900 }, narrow = { width: 360, height: 740 };
const views = ['dashboard', 'weken', 'pool', 'beschikbaarheid', 'runs', 'uitleg'];
const shots = [
	['page', 'dashboard', { viewport: wide }],
	...views.map(v => [`wide-${v}`, v, { viewport: wide, full: true }]),
	...views.map(v => [`dark-${v}`, v, { viewport: wide, colorScheme: 'dark' }]),
	...views.map(v => [`narrow-${v}`, v, { viewport: narrow, full: true }]),
	...views.map(v => [`paper-${v}`, v, { viewport: { width: 760, height: 1080 }, paper: true, full: true }]),
	['coach', 'weken?coach=', { viewport: wide, full: true }],
];

(async () => {
	const browser = await launch();
	for (const [name, view, { full, paper, ...options }] of shots.filter(s => !only || s[0] == only)) {
		const page = await open(browser, file, options);
		const coach = view.endsWith('=') ? await page.evaluate(() =>
			encodeURIComponent(document.querySelectorAll('[name=coach] option')[3]?.value ?? '')) : '';
		await page.evaluate(h => location.hash = h, view + coach);
		if (paper)
			await page.emulateMedia({ media: 'print' });
		await page.waitForTimeout(150);
		await page.screenshot({ path: `${folder}/${name}.png`, fullPage: full });
		page.trouble.forEach(t => console.error(`${name}: ${t}`));
		await page.context().close();
	}
	await browser.close();
})();
