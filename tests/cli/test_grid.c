/* Text in columns. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "grid.h"
#include "screen.h"

Test(screen, widths_and_cleaning) {
    static const struct {
        const char *text;
        size_t width;
        const char *clean;
    } rows[] = {
        {"", 0, ""},
        {"abc", 3, "abc"},
        {"é±·", 3, "é±·"},
        {"日本", 4, "日本"},
        {"e\xcc\x81", 1, "e\xcc\x81"},
        {"a\033[1mb", 5, "a?[1mb"},
        {"a\nb\tc\x7f", 3, "a?b?c?"},
        {"\xff\xfe", 2, "\xef\xbf\xbd\xef\xbf\xbd"},
        {"\xc2\x9b", 0, "?"}, /* a control sequence introducer of one character */
        {"▁█", 2, "▁█"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *clean = moati_text_clean(rows[i].text, false);
        cr_assert_str_eq(clean, rows[i].clean, "row %zu: %s", i, clean);
        cr_assert_eq(moati_text_width(rows[i].text), rows[i].width, "row %zu: %zu", i,
                     moati_text_width(rows[i].text));
        free(clean);
    }
    char *kept = moati_text_clean("a\n\xff", true);
    cr_assert_str_eq(kept, "a\n\xef\xbf\xbd");
    free(kept);
    static const struct {
        const char *text;
        size_t columns;
        const char *cut;
    } cuts[] = {{"abcdef", 6, "abcdef"},
                {"abcdefg", 6, "abcde…"},
                {"ééééé", 3, "éé…"},
                {"日本語", 4, "日…"},
                {"abc", 1, "…"}};
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        char *text = moati_text_cut(cuts[i].text, cuts[i].columns, "…");
        cr_assert_str_eq(text, cuts[i].cut, "row %zu: %s", i, text);
        free(text);
    }
}

static void expect_print(const moati_grid *grid, bool bold, const char *expected) {
    char *text = NULL;
    size_t length;
    FILE *file = open_memstream(&text, &length);
    cr_assert(moati_grid_print(grid, file, bold));
    fclose(file);
    cr_assert_str_eq(text, expected, "%s", text);
    free(text);
}

Test(grid, columns_are_aligned) {
    static const moati_column columns[] = {
        {.keep_empty = true}, {.right = true, .gap = 2}, {.right = true, .gap = 2}, {.gap = 1}};
    moati_grid *grid = moati_grid_new(4, columns);
    cr_assert_not_null(grid);
    moati_grid_set(grid, 0, 1, "mean");
    moati_grid_set(grid, 0, 2, "unused");
    moati_grid_set(grid, 0, 3, "unit");
    moati_grid_set(grid, 2, 0, "日本");
    moati_grid_set(grid, 2, 1, "1,230,000");
    moati_grid_set(grid, 1, 0, "é\n");
    moati_grid_set(grid, 1, 1, "9.5");
    moati_grid_set(grid, 1, 1, "9.25");
    moati_grid_set(grid, 1, 3, "$bn");
    cr_assert_eq(moati_grid_rows(grid), 3);
    cr_assert_eq(moati_grid_width(grid), 4 + 2 + 9 + 1 + 4);
    expect_print(grid, false,
                 "           mean unit\n"
                 "é?         9.25 $bn\n"
                 "日本  1,230,000\n");
    expect_print(grid, true,
                 "\033[1m           mean unit\033[0m\n"
                 "é?         9.25 $bn\n"
                 "日本  1,230,000\n");
    moati_grid_cut(grid, 0, 3, "…");
    expect_print(grid, false,
                 "          mean unit\n"
                 "é?        9.25 $bn\n"
                 "日…  1,230,000\n");
    cr_assert_eq(moati_grid_column_width(grid, 1), 9);
    cr_assert_eq(moati_grid_column_width(grid, 2), 0, "it has nothing but a heading");
    moati_grid_clear(grid, 1);
    cr_assert_eq(moati_grid_column_width(grid, 1), 0);
    expect_print(grid, false,
                 "    unit\n"
                 "é?  $bn\n"
                 "日…\n");
    moati_grid_free(grid);
}
