/*
 * squeeze.h - a script without what only its readers need
 */
#ifndef KPIPE_SQUEEZE_H
#define KPIPE_SQUEEZE_H

#include "base/buf.h"
#include "base/text.h"

/*
 * Add the script to b without comments and the blanks, line ends and semicolons
 * that separate nothing. Strings, the text of templates and regular expressions
 * stay as they are.
 *
 * It knows the scripts of this tree, not all of the language: a statement ends
 * with a semicolon or a brace and is never empty, and a regular expression does
 * not follow a word or a closing bracket.
 */
void squeeze_script(struct buf *b, struct text script);

#endif
