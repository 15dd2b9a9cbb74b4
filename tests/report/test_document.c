/* Documents: what is written, and that it reads as it was meant. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "document.h"
#include "markdown.h"

static char *print(moati_document *document, const char *folder) {
    char *text = NULL;
    size_t length;
    moat_error error;
    cr_assert_eq(moati_document_finish(document, &error), MOAT_OK, "%s", error.message);
    FILE *file = open_memstream(&text, &length);
    moati_document_print(document, folder, file);
    fclose(file);
    moati_document_free(document);
    return text;
}

static void expect(moati_document *document, const char *expected) {
    char *text = print(document, "x.report");
    cr_expect_str_eq(text, expected, "%s", text);
    free(text);
}

static moati_document *begin(void) {
    moat_error error;
    moati_document *document = moati_document_new(&error);
    cr_assert_not_null(document);
    return document;
}

/* Characters that have a meaning are escaped where they have it, and only there. */
Test(document, plain_text) {
    static const struct {
        const char *text;
        bool begins;
        const char *markdown;
    } rows[] = {
        {"12 to 15 $bn/GW/yr", true, "12 to 15 $bn/GW/yr"},
        {"in_the_black _x_ a__b", false, "in_the_black \\_x\\_ a\\_\\_b"},
        {"*a* `b` [c](d) <e> ~f~ \\g | h", false,
         "\\*a\\* \\`b\\` \\[c\\](d) \\<e> \\~f\\~ \\\\g \\| h"},
        {"AT&T &amp; &#1; a & b", false, "AT\\&T \\&amp; \\&#1; a & b"},
        {"$bn ($bn)", false, "$bn (\\$bn)"},
        {"# a", true, "\\# a"},
        {"a #1 b#", false, "a \\#1 b#"},
        {"> a", true, "\\> a"},
        {"- a", true, "\\- a"},
        {"-5 % of it", true, "-5 % of it"},
        {"---", true, "\\---"},
        {"===", true, "\\==="},
        {"+ a", true, "\\+ a"},
        {"2026. A year", true, "2026\\. A year"},
        {"2026.5 is no item", true, "2026.5 is no item"},
        {"1) a", true, "1\\) a"},
        {"1. a", false, "1. a"},
        {"a\nb\tc\r", false, "a b c "},
        {"a\x1b[0m", false, "a?\\[0m"},
        {"\xff!", false, "\xef\xbf\xbd!"},
        {"Ungültig_é_", false, "Ungültig_é\\_"},
        {"see https://x.org/a_b*c, or (http://y.org).", false,
         "see <https://x.org/a_b*c>, or (<http://y.org>)."},
        {"https:// xhttps://x.org", false, "https:// xhttps://x.org"},
        {"https://x.org/a|b", false, "<https://x.org/a>\\|b"},
        {"", true, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        moati_buffer buffer = {.text = NULL};
        moati_markdown_add(&buffer, rows[i].text, rows[i].begins);
        cr_expect_str_eq(moati_buffer_text(&buffer), rows[i].markdown, "%s -> %s", rows[i].text,
                         moati_buffer_text(&buffer));
        moati_buffer_free(&buffer);
    }
}

Test(document, blocks) {
    moati_document *document = begin();
    moati_document_heading(document, 1, "A & *b*");
    moati_document_text(document, "# of %s: ", "samples");
    moati_document_markdown(document, "**");
    moati_document_text(document, "%d", 10);
    moati_document_markdown(document, "**");
    moati_document_break(document);
    moati_document_break(document);
    moati_document_text(document, "- no item");
    moati_document_item(document);
    moati_document_text(document, "1. one");
    moati_document_item(document);
    moati_document_text(document, "two");
    moati_document_code(document, "lua", "print('```')", 12);
    moati_document_markdown(document, "As it *is*.\n\n\nAnd on");
    moati_document_heading(document, 2, "End");
    expect(document,
           "# A & \\*b\\*\n\n\\# of samples: **10**\n\n\\- no item\n\n- 1\\. one\n- two\n\n"
           "````lua\nprint('```')\n````\n\nAs it *is*.\n\n\nAnd on\n\n## End\n");

    document = begin();
    expect(document, "");

    /* What is Markdown brings its own line breaks. */
    document = begin();
    moati_document_markdown_part(document, "a\n\nXX", 3);
    moati_document_code(document, NULL, "", 0);
    moati_document_markdown(document, "\nb");
    moati_document_code(document, NULL, "c\n", 2);
    moati_document_markdown(document, "\n\n\nd\n");
    expect(document, "a\n\n```\n```\n\nb\n\n```\nc\n```\n\n\nd\n");
}

/* A cell that becomes a little longer leaves the other rows as they are. */
Test(document, tables) {
    static const moati_column columns[] = {{"name", MOATI_LEFT}, {"p50", MOATI_RIGHT}, {NULL, 0}};
    static const char *const profits[] = {"1", "1,234"};
    char *texts[2];
    for (size_t i = 0; i < 2; i++) {
        moati_document *document = begin();
        moati_document_table(document, 3, columns);
        moati_document_cell(document, "profit|loss");
        moati_document_cell(document, "%s", profits[i]);
        moati_document_cell(document,
                            "a source that is so long that no other cell is as wide as it");
        moati_document_cell_markdown(document, "**a|b\\|c\nd**");
        moati_document_cell(document, "-16.5");
        moati_document_table_end(document);
        texts[i] = print(document, NULL);
    }
    cr_expect_str_eq(
        texts[0],
        "| name             |      p50 |     |\n"
        "| ---------------- | -------: | --- |\n"
        "| profit\\|loss     |        1 | a source that is so long that no other cell is as "
        "wide as it |\n"
        "| **a\\|b\\|c d**    |    -16.5 |     |\n",
        "%s", texts[0]);
    const char *last[2] = {strstr(texts[0], "| **"), strstr(texts[1], "| **")};
    cr_expect_str_eq(last[0], last[1]);
    free(texts[0]);
    free(texts[1]);
}

/* The first failure stays, whatever follows. */
Test(document, failures) {
    moat_error error;
    moati_document *document = begin();
    moati_document_table(document, 0, NULL);
    moati_document_cell(document, "lost");
    moati_document_table_end(document);
    moati_document_text(document, "more");
    cr_expect_eq(moati_document_finish(document, &error), MOAT_INVALID);
    cr_expect_str_eq(error.message, "a table has 1 to 64 columns, and not 0");
    moati_document_free(document);

    document = begin();
    const moati_chart chart = {.kind = MOATI_CHART_BARS, .title = "Nothing"};
    moati_document_chart(document, "x", &chart);
    cr_expect_eq(moati_document_finish(document, &error), MOAT_INVALID);
    moati_document_free(document);
    moati_document_free(NULL);
}

/* Names of files are told apart by systems that do not look at capitals, too. */
Test(document, charts) {
    static const double values[] = {1, 2};
    static const char *const labels[] = {"a", "b"};
    static const moati_chart_series series = {.label = "x", .values = values};
    static const struct {
        const char *name, *file;
    } rows[] = {{"Cash, left *", "Cash-left"},         {"cash left", "cash-left-2"},
                {"Cash left", "Cash-left-3"},          {"../../etc/passwd", "etc-passwd"},
                {"\xe5\x88\xa9\xe7\x9b\x8a", "chart"}, {"", "chart-2"}};
    const moati_chart chart = {.kind = MOATI_CHART_BARS,
                               .title = "Two [bars]",
                               .positions = 2,
                               .labels = labels,
                               .series_count = 1,
                               .series = &series};
    moati_document *document = begin();
    moati_document_text(document, "Before");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        moati_document_chart(document, rows[i].name, &chart);
    moati_document_text(document, "After");
    moat_error error;
    cr_assert_eq(moati_document_finish(document, &error), MOAT_OK, "%s", error.message);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const moati_picture picture = moati_document_picture(document, i);
        cr_expect_str_eq(picture.name, rows[i].file);
        cr_expect_eq(picture.file_length, strlen(picture.file));
        cr_expect_not_null(strstr(picture.file, "</svg>\n"));
        char id[40];
        snprintf(id, sizeof id, "id=\"Chart-%zu\"", i + 1);
        cr_expect_not_null(strstr(picture.element, id));
    }
    char *characters = NULL, *text = NULL;
    size_t length;
    FILE *file = open_memstream(&characters, &length);
    moati_document_print(document, NULL, file);
    fclose(file);
    cr_expect(strncmp(characters, "Before\n\n```text\n", 16) == 0, "%s", characters);
    cr_expect_not_null(strstr(characters, "\n```\n\nAfter\n"), "%s", characters);
    text = print(document, "x.report");
    cr_expect_not_null(strstr(text, "](x.report/Cash-left.svg)\n\n!["), "%s", text);
    cr_expect_not_null(strstr(text, "](x.report/chart-2.svg)\n\nAfter\n"), "%s", text);
    free(characters);
    free(text);
}
