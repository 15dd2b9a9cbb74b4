/* Headings of a page, and places in it that links lead to. */
#include <stdlib.h>
#include <string.h>

#include "html_inner.h"

static bool is_used(const moati_body *body, const char *id) {
    for (size_t i = 0; i + 1 < body->count; i++)
        if (strcmp(moati_buffer_text(&body->anchors[i].id), id) == 0)
            return true;
    return false;
}

/* As GitHub names places: letters in small, digits, "-" and "_"; blanks as "-"; all that is no
 * ASCII. Ids of the page itself and of charts have a capital. */
void moati_body_name_anchor(moati_body *body) {
    moati_anchor *anchor = &body->anchors[body->count - 1];
    const char *text = moati_buffer_text(&anchor->text);
    for (; *text != '\0'; text++) {
        const char c = *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '_' || (unsigned char)c >= 0x80;
        if (plain || c == ' ')
            moati_buffer_add(&anchor->id, c == ' ' ? "-" : &c, 1);
        if (c == '&') /* an escape */
            text += strcspn(text, ";");
    }
    if (anchor->id.length == 0)
        moati_buffer_put(&anchor->id, "section");
    const size_t length = anchor->id.length;
    for (unsigned n = 1; !anchor->id.failed && is_used(body, anchor->id.text); n++) {
        anchor->id.length = length;
        moati_buffer_print(&anchor->id, "-%u", n);
    }
}

bool moati_body_add_anchor(moati_body *body, unsigned level) {
    if (body->count == body->capacity) {
        const size_t capacity = body->capacity == 0 ? 16 : 2 * body->capacity;
        moati_anchor *grown = realloc(body->anchors, capacity * sizeof *grown);
        if (grown == NULL)
            return false;
        body->anchors = grown;
        body->capacity = capacity;
    }
    body->anchors[body->count++] = (moati_anchor){.level = level};
    return true;
}

void moati_body_free(moati_body *body) {
    for (size_t i = 0; i < body->count; i++) {
        moati_buffer_free(&body->anchors[i].id);
        moati_buffer_free(&body->anchors[i].text);
    }
    free(body->anchors);
    moati_buffer_free(&body->html);
}
