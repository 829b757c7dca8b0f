/*
 * asset.h - style sheets and scripts that are part of the program
 *
 *	ASSET(page_css, "lib/html/page.css")
 *
 * puts the file's bytes, at build time and named from the top of the tree, at
 * asset_page_css, and their number at asset_page_css_len.
 */
#ifndef KPIPE_ASSET_H
#define KPIPE_ASSET_H

#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"

#define ASSET(name, path)                                       \
	__asm__(".pushsection .rodata\n"                        \
		".balign 4\n"                                   \
		"asset_" #name "_len:\n"                        \
		".long asset_" #name "_end - asset_" #name "\n" \
		"asset_" #name ":\n"                            \
		".incbin \"" path "\"\n"                        \
		"asset_" #name "_end:\n"                        \
		".popsection\n");                               \
	extern const char asset_##name[];                       \
	extern const uint32_t asset_##name##_len;

#define ASSET_TEXT(name) ((struct text){ asset_##name, asset_##name##_len })

/*
 * Add a style sheet to b without what is only for its readers: the tabs that
 * indent a line and comments that are lines of their own.
 */
void asset_add(struct buf *b, struct text asset);

#endif
