/* Errors: one line of whole characters, however long what they tell of is. */
#include <criterion/criterion.h>
#include <string.h>

#include "fixture.h"
#include "text.h"

static void expect_whole_characters(const char *text) {
    for (size_t left = strlen(text); left > 0;) {
        const size_t size = moati_utf8_length(text, left);
        cr_assert_gt(size, 0, "the message ends within a character: %s", text);
        text += size;
        left -= size;
    }
}

/* A cut falls within characters of 1 to 4 bytes, at each of their bytes. */
Test(status, long_messages_are_cut_between_characters) {
    static const char *const characters[] = {"a", "\xC3\xA4", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"};
    for (size_t c = 0; c < COUNT(characters); c++)
        for (size_t lead = 0; lead < 5; lead++) {
            char text[1000] = "-----";
            text[lead] = '\0';
            while (strlen(text) < 800)
                strcat(text, characters[c]);
            cr_expect_eq(moat_fail(&error, MOAT_INVALID, "%s", text), MOAT_INVALID);
            expect_whole_characters(error.message);
            cr_expect_geq(strlen(error.message), sizeof error.message - 4);
            cr_expect_eq(strncmp(error.message, text, strlen(error.message)), 0);
        }
}

Test(status, messages_are_one_line) {
    cr_expect_eq(moat_fail_at(&error, MOAT_SYNTAX, 7, "a\nb\tc\x01%d", 5), MOAT_SYNTAX);
    cr_expect_str_eq(error.message, "a b c 5");
    cr_expect_eq(error.where, 7);
    cr_expect_eq(moat_fail(&error, MOAT_LIMIT, "so: %s", error.message), MOAT_LIMIT);
    cr_expect_str_eq(error.message, "so: a b c 5", "a message within itself");
    cr_expect_eq(error.where, MOAT_NOWHERE);
    cr_expect_eq(moat_fail(NULL, MOAT_SYSTEM, "nobody listens"), MOAT_SYSTEM);
    cr_expect_eq(moat_fail_at(NULL, MOAT_SYNTAX, 1, "nobody listens"), MOAT_SYNTAX);
}
