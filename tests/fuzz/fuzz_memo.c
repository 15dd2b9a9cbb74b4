/* Memos: the parts, with what marks them, are the text; what is expected of a value can be checked.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "expect.h"
#include "fuzz.h"

/* A text that is being gone through, part by part. */
typedef struct reading {
    const char *text, *end;
    moati_memo memo;
} reading;

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void expect_within(const moati_span *span, const char *start, const char *end) {
    FUZZ_EXPECT(span->text >= start && span->text <= end &&
                    span->length <= (size_t)(end - span->text),
                "a part of %zu bytes leaves the text", span->length);
}

/* The beginning of the line that ends before a place. */
static const char *line_before(const reading *r, const char *place) {
    FUZZ_EXPECT(place > r->text && place[-1] == '\n', "a block does not begin a line");
    for (place--; place > r->text && place[-1] != '\n';)
        place--;
    return place;
}

static void expect_fence(const char *line, const char *end) {
    for (int margin = 0; margin < 3 && line < end && *line == ' '; margin++)
        line++;
    FUZZ_EXPECT(end - line >= 3 && (line[0] == '`' || line[0] == '~') && line[1] == line[0] &&
                    line[2] == line[0],
                "a line beside a block is no fence");
}

/* Where what marks a part begins. */
static const char *beginning(const reading *r, const moati_part *part) {
    const char *start = part->text.text;
    if (part->kind == MOATI_MEMO_PROSE)
        return start;
    if (part->kind == MOATI_MEMO_BLOCK)
        return line_before(r, start);
    while (start > r->text && is_blank(start[-1]))
        start--;
    FUZZ_EXPECT(start - r->text >= 2 && start[-1] == '{' && start[-2] == '{',
                "an expression does not follow {{");
    return start - 2;
}

static void expect_value(reading *r, const moati_part *part, moat_units *units) {
    const moati_expectation *e = &part->expected;
    const moati_found found[] = {{.value = 2, .factor = 1, .dim = MOAT_DIMENSIONLESS},
                                 {.value = NAN, .factor = 1, .dim = MOAT_DIMENSIONLESS},
                                 {.text = "2031-Q2"}};
    FUZZ_EXPECT(part->text.length > 0, "a value has no expression");
    FUZZ_EXPECT(part->digits >= 0 && part->digits <= 15, "%d digits", part->digits);
    for (size_t i = 0; i < sizeof found / sizeof *found && e->relation != MOATI_ANYTHING; i++) {
        bool holds;
        moat_error error;
        const moat_status status = moati_expect(e, &found[i], units, &holds, &error);
        if (status != MOAT_OK)
            fuzz_expect_error(status, &error, (size_t)(r->end - r->text));
    }
    if (e->relation == MOATI_ANYTHING)
        return;
    expect_within(&e->whole, r->text, r->end);
    expect_within(&e->first, e->whole.text, e->whole.text + e->whole.length);
    if (e->relation == MOATI_NEAR || e->relation == MOATI_BETWEEN)
        expect_within(&e->second, e->whole.text, e->whole.text + e->whole.length);
}

/* What stands from the beginning of a part to that of the next is the part and its marks. */
static void expect_part(reading *r, const moati_part *part, const char *end, moat_units *units) {
    const char *start = beginning(r, part), *after = part->text.text + part->text.length;
    expect_within(&part->text, start, end);
    FUZZ_EXPECT(part->line == moati_line_at(r->text, (size_t)(part->text.text - r->text)),
                "line %d", part->line);
    switch (part->kind) {
    case MOATI_MEMO_PROSE:
        FUZZ_EXPECT(part->text.length > 0 && after == end, "prose is left out");
        break;
    case MOATI_MEMO_BLOCK:
        expect_fence(start, part->text.text);
        expect_fence(after, end);
        FUZZ_EXPECT(memchr(after, '\n', (size_t)(end - after)) == NULL ||
                        (const char *)memchr(after, '\n', (size_t)(end - after)) == end - 1,
                    "lines after a block are left out");
        FUZZ_EXPECT(!part->echo || !part->hide, "a block echoes and hides");
        break;
    default:
        FUZZ_EXPECT(end - after >= 2 && end[-1] == '}' && end[-2] == '}', "a value has no }}");
        expect_value(r, part, units);
    }
}

static void expect_cover(reading *r, moat_units *units) {
    const moati_memo *memo = &r->memo;
    FUZZ_EXPECT((memo->count == 0) == (r->text == r->end), "%zu parts", memo->count);
    for (size_t i = 0; i < memo->count; i++) {
        const bool is_last = i + 1 == memo->count;
        if (i == 0)
            FUZZ_EXPECT(beginning(r, memo->parts) == r->text, "the beginning is left out");
        FUZZ_EXPECT(is_last || memo->parts[i].kind != MOATI_MEMO_PROSE ||
                        memo->parts[i + 1].kind != MOATI_MEMO_PROSE,
                    "prose is in two parts");
        expect_part(r, &memo->parts[i], is_last ? r->end : beginning(r, &memo->parts[i + 1]),
                    units);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    moat_error error;
    moat_units *units = moat_units_new();
    char *text = malloc(size + 1);
    if (text != NULL && units != NULL) {
        memcpy(text, data, size);
        text[size] = '\0';
        reading r = {.text = text, .end = text + size};
        const moat_status status = moati_memo_parse(text, size, &r.memo, &error);
        if (status == MOAT_OK) {
            expect_cover(&r, units);
        } else {
            fuzz_expect_error(status, &error, size);
            FUZZ_EXPECT(error.where >= 0, "an error is nowhere: %s", error.message);
        }
        moati_memo_free(&r.memo);
    }
    free(text);
    moat_units_free(units);
    return 0;
}
