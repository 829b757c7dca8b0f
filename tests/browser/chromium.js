/*
 * chromium.js - Debian's Chromium, without a network and without a first-run
 */
'use strict';
const { chromium } = require('playwright-core');

const path = process.env.CHROMIUM || '/usr/bin/chromium';

exports.launch = () => chromium.launch({
	executablePath: path,
	args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic',
		'--no-first-run', '--disable-dev-shm-usage', '--disable-background-networking',
		'--disable-component-update', '--disable-sync'],
});

/* A page on which errors and requests are kept: there must be none. */
exports.open = async (browser, file, options = {}) => {
	const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, acceptDownloads: true, ...options });
	const page = await context.newPage();
	page.trouble = [];
	page.on('console', m => /error|warning/.test(m.type()) && page.trouble.push(m.text()));
	page.on('pageerror', e => page.trouble.push(String(e.stack)));
	page.on('request', r => !/^(file|data|blob):/.test(r.url()) && page.trouble.push('asks ' + r.url()));
	page.on('dialog', d => {
		page.trouble.push('dialog ' + d.message());
		d.dismiss();
	});
	await page.goto('file://' + file);
	return page;
};
