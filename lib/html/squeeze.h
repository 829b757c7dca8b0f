/*
 * squeeze.h - a script without what only its readers need
 */
#ifndef KPIPE_SQUEEZE_H
#define KPIPE_SQUEEZE_H

#include "base/buf.h"
#include "base/text.h"

/*
 * Add the script to b without comments, indentation and the blanks and line
 * ends that separate nothing. Strings, the text of templates and regular
 * expressions stay as they are.
 *
 * It knows the scripts of this tree, not all of the language: a regular
 * expression does not follow a word or a closing bracket, and a statement that
 * ends at the end of a line is not one whose last byte is a comma, a colon, an
 * opening bracket, & or |.
 */
void squeeze_script(struct buf *b, struct text script);

#endif
