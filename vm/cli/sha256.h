/* SHA-256 (FIPS 180-4). */
#ifndef MOATI_SHA256_H
#define MOATI_SHA256_H

#include <stddef.h>

/* The digest of a text as 64 hexadecimal digits and a 0. */
void moati_sha256(const void *data, size_t length, char digest[65]);

#endif
