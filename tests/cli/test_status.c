/* What others write does not steer the terminal. */
#include <criterion/criterion.h>
#include <string.h>

#include "status.h"

typedef struct row {
    const char *text, *kept, *clean;
} row;

Test(status, replaces_controls) {
    static const row rows[] = {
        {"", "\n", ""},
        {"plain, caf\xc3\xa9, \xe2\x82\xac \xc2\xa3", "\n",
         "plain, caf\xc3\xa9, \xe2\x82\xac \xc2\xa3"},
        {"a\tb\nc", "\n", "a?b\nc"},
        {"a\tb\nc", "\n\t", "a\tb\nc"},
        {"\x1b[2J\r\x7f", "\n", "?[2J??"},
        {"\xc2\x9b"
         "2J",
         "\n", "??2J"},
        {"cut \xc2", "\n", "cut ?"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[64];
        const size_t length = strlen(rows[i].text);
        memcpy(text, rows[i].text, length + 1);
        moati_replace_controls(text, length, rows[i].kept);
        cr_expect_str_eq(text, rows[i].clean, "row %zu gives %s", i, text);
    }
    char zeros[] = {'a', '\0', 'b', '\0'};
    moati_replace_controls(zeros, 3, "\n");
    cr_expect_str_eq(zeros, "a?b", "a NUL gives %s", zeros);
}
