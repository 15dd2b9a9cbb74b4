/* Messages between two processes: a kind, a length, bytes. */
#ifndef MOATI_CHANNEL_H
#define MOATI_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum moati_message {
    MOATI_MESSAGE_SCRIPT = 1, /* what to run: a moati_request and its texts */
    MOATI_MESSAGE_PRINT,      /* a text for standard output */
    MOATI_MESSAGE_WARN,       /* a text for standard error */
    MOATI_MESSAGE_WANT,       /* the path of a file, as an answer to which: */
    MOATI_MESSAGE_FILE,       /* its text, */
    MOATI_MESSAGE_NO_FILE,    /* or the moat_error that says why there is none */
    MOATI_MESSAGE_JOURNAL,    /* what has been made */
    MOATI_MESSAGE_DONE        /* a moati_outcome, the last message */
} moati_message;

typedef struct moati_header {
    uint32_t kind;
    uint32_t reserved;
    uint64_t length;
} moati_header;

/* Writes a message; false where nobody reads it any more. */
bool moati_message_send(int channel, moati_message kind, const void *bytes, size_t length);
/* Waits until all of the bytes are there; false where they never will be. */
bool moati_message_read(int channel, void *bytes, size_t length);
/* The same, asking before each part of them whether one is there; false where there will be none.
 */
bool moati_message_read_once(int channel, void *bytes, size_t length, bool (*is_there)(void *),
                             void *context);

#endif
