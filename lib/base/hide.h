/*
 * hide.h - keep a secret out of a message that somebody else wrote
 */
#ifndef KPIPE_HIDE_H
#define KPIPE_HIDE_H

/*
 * Put *** for what of the secret stands in text, whole or cut off after its
 * 11th byte, which a message may hold by chance. NULL and "" hide nothing.
 */
void hide_secret(char *text, const char *secret);

#endif
