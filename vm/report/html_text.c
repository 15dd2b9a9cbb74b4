/* What may stand in HTML: texts without tags, and links that run nothing. */
#include <string.h>

#include "html_inner.h"

static const char *escape_of(char c) {
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\n':
    case '\t': return NULL;
    default: return (unsigned char)c < ' ' || c == 0x7f ? "\xef\xbf\xbd" : NULL;
    }
}

void moati_html_escape(moati_buffer *html, const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        const char *escape = escape_of(text[i]);
        if (escape != NULL)
            moati_buffer_put(html, escape);
        else
            moati_buffer_add(html, text + i, 1);
    }
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool begins_with(const char *text, const char *beginning) {
    while (*beginning != '\0' && lower(*text) == *beginning) {
        text++;
        beginning++;
    }
    return *beginning == '\0';
}

/* An address without a scheme is one of a file or a place in the page. Browsers pass over controls
 * and read escapes before they look for the scheme, so neither may stand where it would. */
bool moati_html_may_link(const char *address) {
    if (begins_with(address, "http://") || begins_with(address, "https://") ||
        begins_with(address, "mailto:"))
        return true;
    for (; *address != '\0' && strchr("/?#", *address) == NULL; address++)
        if (*address == ':' || *address == '&' || (unsigned char)*address <= ' ')
            return false;
    return true;
}
