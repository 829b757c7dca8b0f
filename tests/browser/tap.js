/*
 * tap.js - checks that print TAP
 */
'use strict';
const { isDeepStrictEqual } = require('node:util');

let nr = 0, failed = 0;

const note = text => console.log(String(text).replace(/^/gm, '# '));

const ok = (is, name, ...about) => {
	nr++;
	console.log(`${is ? 'ok' : 'not ok'} ${nr} - ${name}`);
	if (!is) {
		failed++;
		about.forEach(note);
	}
	return is;
};

/* Where two values differ, first place first. */
const differ = (found, expected, path, out) => {
	if (out.length > 5 || isDeepStrictEqual(found, expected))
		return out;
	if (found && expected && typeof found == 'object' && typeof expected == 'object') {
		for (const k of new Set([...Object.keys(expected), ...Object.keys(found)]))
			differ(found[k], expected[k], path + '.' + k, out);
		return out;
	}
	out.push(`${path}: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
	return out;
};

const same = (found, expected, name, about = '') => {
	const list = differ(found, expected, '', []);
	return ok(!list.length, name, ...list, about);
};

const done = () => {
	console.log(`1..${nr}`);
	process.exitCode = failed ? 1 : 0;
};

module.exports = { note, ok, same, differ, done };
