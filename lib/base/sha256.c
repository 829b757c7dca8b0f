#include "base/sha256.h"

#include <stdint.h>

#define BLOCK 64

static const uint32_t constant[BLOCK] = { 0x428a2f98, 0x71374491, 0xb5c0fbcf,
	0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
	0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7,
	0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
	0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
	0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e,
	0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
	0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c,
	0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee,
	0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2 };

static uint32_t
rotate(uint32_t x, int by)
{
	return x >> by | x << (32 - by);
}

static void
mix(uint32_t state[8], const unsigned char block[BLOCK])
{
	uint32_t w[BLOCK], s[8], a, b;
	int i;

	for (i = 0; i < 16; i++)
		w[i] = (uint32_t)block[4 * i] << 24 |
		       (uint32_t)block[4 * i + 1] << 16 |
		       (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
	for (; i < BLOCK; i++) {
		a = w[i - 15];
		b = w[i - 2];
		w[i] = w[i - 16] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) +
		       w[i - 7] + (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
	}
	memcpy(s, state, sizeof(s));
	for (i = 0; i < BLOCK; i++) {
		a = s[7] + constant[i] + w[i] +
		    (s[6] ^ (s[4] & (s[5] ^ s[6]))) +
		    (rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25));
		b = ((s[0] & s[1]) | (s[2] & (s[0] | s[1]))) +
		    (rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22));
		memmove(s + 1, s, 7 * sizeof(*s));
		s[4] += a;
		s[0] = a + b;
	}
	for (i = 0; i < 8; i++)
		state[i] += s[i];
}

static void
digest(struct text t, unsigned char out[32])
{
	uint32_t state[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
		0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
	unsigned char last[2 * BLOCK] = { 0 };
	uint64_t bits = (uint64_t)t.len * 8;
	size_t i, rest = t.len % BLOCK, end;

	for (i = 0; i + BLOCK <= t.len; i += BLOCK)
		mix(state, (const unsigned char *)t.p + i);
	if (rest > 0)
		memcpy(last, t.p + i, rest);
	last[rest] = 0x80;
	end = rest + 9 <= BLOCK ? BLOCK : 2 * BLOCK;
	for (i = 0; i < 8; i++)
		last[end - 1 - i] = (unsigned char)(bits >> (8 * i));
	for (i = 0; i < end; i += BLOCK)
		mix(state, last + i);
	for (i = 0; i < 32; i++)
		out[i] = (unsigned char)(state[i / 4] >> (24 - 8 * (i % 4)));
}

void
sha256_base64(struct text t, char out[SHA256_BASE64])
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned char d[33] = { 0 };
	size_t i, j;
	uint32_t three;

	digest(t, d);
	for (i = 0; i < 33; i += 3) {
		three =
		    (uint32_t)d[i] << 16 | (uint32_t)d[i + 1] << 8 | d[i + 2];
		for (j = 0; j < 4; j++)
			*out++ = letters[three >> (18 - 6 * j) & 63];
	}
	out[-1] = '='; /* 32 bytes leave one letter over */
	*out = '\0';
}
