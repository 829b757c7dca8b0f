/*
 * text.js - figures as the page should show them, made in another way than the
 * page makes them: from the exact decimals of a double
 */
'use strict';

/* As printf does: to the nearest, of two to the even one. */
const fixed = (x, digits) => {
	const exact = Math.abs(x).toFixed(100 - 1), point = exact.indexOf('.');
	const kept = exact.slice(0, point) + exact.slice(point + 1, point + 1 + digits);
	const rest = exact.slice(point + 1 + digits), half = '5'.padEnd(rest.length, '0');
	let n = BigInt(kept);
	if (rest > half || (rest == half && n % 2n == 1n))
		n++;
	const s = String(n).padStart(digits + 1, '0');
	return (x < 0 ? '-' : '') + (digits ? s.slice(0, -digits) + '.' + s.slice(-digits) : s);
};

const pct = x => fixed(x, 1) + '%';
const count = x => String(x).replace(/\d(?=(\d{3})+$)/g, '$&.');
const dutch = iso => iso.split('-').reverse().join('-');

/* Seeded, so that a setting that fails can be tried again. */
const random = seed => () => {
	seed = (seed + 0x6d2b79f5) | 0;
	let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
	t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
	return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

module.exports = { fixed, pct, count, dutch, random };
