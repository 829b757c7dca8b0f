/*
 * shots.js PAGE FOLDER - pictures of a page: wide, dark, narrow, on paper
 */
'use strict';
const { launch, open } = require('./chromium.js');
const [, , file, folder] = process.argv;

const shots = [
	['wide', '#dashboard', {}],
	['dark', '#dashboard?periode=3m&min=8', { colorScheme: 'dark' }],
	['narrow', '#dashboard', { viewport: { width: 360, height: 740 } }],
	['weken', '#weken', {}],
	['weken-coach', '#weken?coach=', {}],
	['pool', '#pool?ptop=70', { colorScheme: 'dark' }],
	['beschikbaarheid', '#beschikbaarheid', {}],
	['runs', '#runs', {}],
	['uitleg', '#uitleg', {}],
];

(async () => {
	const browser = await launch();
	for (const [name, hash, options] of shots) {
		const page = await open(browser, file, options);
		let to = hash;
		if (hash.endsWith('='))
			to += encodeURIComponent(await page.evaluate(() => document.querySelectorAll('[name=coach] option')[3].value));
		await page.evaluate(h => location.hash = h, to);
		await page.waitForTimeout(150);
		await page.screenshot({ path: `${folder}/${name}.png`, fullPage: name == 'narrow' || process.env.FULL == '1' });
		if (name == 'wide')
			await page.pdf({ path: `${folder}/paper.pdf`, format: 'A4' });
		if (page.trouble.length)
			console.error(name, page.trouble);
		await page.context().close();
	}
	await browser.close();
})();
