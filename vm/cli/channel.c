/* Whole messages on a stream. */
#include "channel.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

static bool send_all(int channel, const void *bytes, size_t length) {
    for (const char *at = bytes; length > 0;) {
        const ssize_t sent = write(channel, at, length);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        at += sent;
        length -= (size_t)sent;
    }
    return true;
}

bool moati_message_send(int channel, moati_message kind, const void *bytes, size_t length) {
    const moati_header header = {.kind = kind, .length = length};
    return send_all(channel, &header, sizeof header) && send_all(channel, bytes, length);
}

bool moati_message_read_once(int channel, void *bytes, size_t length, bool (*is_there)(void *),
                             void *context) {
    for (char *at = bytes; length > 0;) {
        if (is_there != NULL && !is_there(context))
            return false;
        const ssize_t count = read(channel, at, length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        at += count;
        length -= (size_t)count;
    }
    return true;
}

bool moati_message_read(int channel, void *bytes, size_t length) {
    return moati_message_read_once(channel, bytes, length, NULL, NULL);
}
