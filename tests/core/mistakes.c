/* Parsers against malformed texts: tables of mistakes, and garbage. */
#include "mistakes.h"

#include <criterion/criterion.h>
#include <string.h>

#include "fixture.h"

static void expect_mistake(const mistake *m, text_parser *parse) {
    moat_error failure = {.status = MOAT_OK};
    const moat_status status = parse(m->text, strlen(m->text), &failure);
    cr_expect_eq(status, m->status, "\"%s\": status %d", m->text, (int)status);
    cr_expect_eq(failure.status, status, "\"%s\": status in the error %d", m->text,
                 (int)failure.status);
    cr_expect_eq(failure.where, m->where, "\"%s\": at %ld, not %ld", m->text, failure.where,
                 m->where);
    cr_expect_not_null(strstr(failure.message, m->message), "\"%s\": %s", m->text, failure.message);
    cr_expect_eq(parse(m->text, strlen(m->text), NULL), status,
                 "\"%s\" without an error to fill in", m->text);
}

void expect_mistakes(size_t count, const mistake *mistakes, text_parser *parse) {
    for (size_t i = 0; i < count; i++)
        expect_mistake(&mistakes[i], parse);
}

/* Up to 11 pieces, or as many bytes. */
static size_t make_garbage(size_t count, const char *const *pieces, bool of_pieces, uint64_t *state,
                           char text[160]) {
    size_t length = 0;
    for (uint32_t left = lcg_next(state) % 12; left > 0; left--) {
        const char *piece = pieces[lcg_next(state) % count];
        const char byte[] = {(char)lcg_next(state)};
        const size_t size = of_pieces ? strlen(piece) : 1;
        memcpy(text + length, of_pieces ? piece : byte, size);
        length += size;
    }
    return length;
}

size_t expect_survival(size_t count, const char *const *pieces, uint64_t seed, text_parser *parse) {
    size_t accepted = 0;
    for (int i = 0; i < 6000; i++) {
        char text[160];
        moat_error failure;
        const size_t length = make_garbage(count, pieces, i % 2 == 0, &seed, text);
        if (parse(text, length, &failure) == MOAT_OK) {
            accepted++;
            continue;
        }
        cr_expect(failure.where >= 0 && (size_t)failure.where <= length, "at %ld of %zu",
                  failure.where, length);
        cr_expect(failure.message[0] != '\0' && strpbrk(failure.message, "\n\r") == NULL);
    }
    return accepted;
}
