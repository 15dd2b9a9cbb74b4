/* Memos: what is text and what is code, how mistakes are told, and what is expected of values. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "expect.h"
#include "memo.h"

/* The parts of a memo as one line of text. */
static void describe(const moati_memo *memo, char *buffer, size_t size) {
    static const char *const names[] = {"prose", "block", "value", "report"};
    size_t used = 0;
    buffer[0] = '\0';
    for (size_t i = 0; i < memo->count; i++) {
        const moati_part *p = &memo->parts[i];
        used += (size_t)snprintf(buffer + used, size - used, "%s%d%s%s<%.*s>", names[p->kind],
                                 p->line, p->echo ? "+echo" : "", p->hide ? "+hide" : "",
                                 (int)p->text.length, p->text.text);
        if (p->figure != MOAT_FIGURE_USUAL)
            used += (size_t)snprintf(buffer + used, size - used, "|%s",
                                     moat_figure_names()[p->figure - MOAT_FIGURE_MEAN]);
        if (p->digits > 0)
            used += (size_t)snprintf(buffer + used, size - used, "|%d", p->digits);
        if (p->expected.relation != MOATI_ANYTHING)
            used += (size_t)snprintf(buffer + used, size - used, "?%d:%.*s:%.*s",
                                     (int)p->expected.relation, (int)p->expected.first.length,
                                     p->expected.first.text, (int)p->expected.second.length,
                                     p->expected.second.length > 0 ? p->expected.second.text : "");
    }
}

Test(memo, parts) {
    static const struct {
        const char *text, *parts;
    } rows[] = {
        {"", ""},
        {"a\nb", "prose1<a\nb>"},
        {"```lua\nx = 1\n```\n", "block2<x = 1\n>"},
        {"```lua\n```", "block2<>"},
        {"a\n\n~~~ lua  echo\nx\n```\n~~~\nb\n", "prose1<a\n\n>block4+echo<x\n```\n>prose7<b\n>"},
        {"````lua hide\n```\n`````  \n", "block2+hide<```\n>"},
        {"   ```lua\nx\n   ```\n", "block2<x\n>"},
        {"```lua\r\nx\r\n```\r\n", "block2<x\r\n>"},
        {"    ```lua\n    x\n", "prose1<    ```lua\n    x\n>"},
        {"```\n{{ x }}\n```lua\n```\n", "prose1<```\n{{ x }}\n```lua\n```\n>"},
        {"```luau\n{{\n```\n", "prose1<```luau\n{{\n```\n>"},
        {"``` lua ``` {{x}}\n", "prose1<``` lua ``` >value1<x>prose1<\n>"},
        {"a {{ x }} b", "prose1<a >value1<x>prose1< b>"},
        {"{{x}}{{y}}", "value1<x>value1<y>"},
        {"a\n{{ x\n  + 1 }} b\n", "prose1<a\n>value2<x\n  + 1>prose3< b\n>"},
        {"a\\{{ x }}", "prose1<a\\{{ x }}>"},
        {"\\\\{{x}}", "prose1<\\\\>value1<x>"},
        {"`{{ x }}` {{y}}", "prose1<`{{ x }}` >value1<y>"},
        {"``a ` {{ x }}`` ` {{y}}", "prose1<``a ` {{ x }}`` ` >value1<y>"},
        {"`a\nb {{ x }}` {{y}}", "prose1<`a\nb {{ x }}` >value2<y>"},
        {"`a\n\n{{y}}`", "prose1<`a\n\n>value3<y>prose3<`>"},
        {"{{ f{a = {1}}.b }}", "value1<f{a = {1}}.b>"},
        {"{{ f{1}}}", "value1<f{1}>"},
        {"{{ '}}' .. \"\\\"}}\" }}", "value1<'}}' .. \"\\\"}}\">"},
        {"{{ '}} ", "value1<'>prose1< >"},
        {"{ {x} }} }", "prose1<{ {x} }} }>"},
        {"# {{x}}\n| {{y}} |\n", "prose1<# >value1<x>prose1<\n| >value2<y>prose2< |\n>"},
        {"a\n\n{{ report }}\n", "prose1<a\n\n>report3<report>prose3<\n>"},
        {"{{ report.x }}", "value1<report.x>"},
        {"{{ x | mean }}{{ x|p95|2 digits}}{{ x | 1 digit }}",
         "value1<x>|meanvalue1<x>|p95|2value1<x>|1"},
        {"{{ a | b }}{{ a | b | median }}", "value1<a | b>value1<a | b>|median"},
        {"{{ '| mean' }}", "value1<'| mean'>"},
        {"{{ x | expect 8.5 }}", "value1<x>?1:8.5:"},
        {"{{ x | expect 8.5 ± 0.1 $bn }}", "value1<x>?2:8.5:0.1 $bn"},
        {"{{ x | expect 8.5+-0.1 | mean }}", "value1<x>|mean?2:8.5:0.1"},
        {"{{ x | expect 8 to 9 }}", "value1<x>?3:8:9"},
        {"{{ x | expect above -3 }}{{ x | expect below 3 }}", "value1<x>?4:-3:value1<x>?5:3:"},
        {"{{ x | expect at least 3 }}{{ x | expect at most 3 }}", "value1<x>?6:3:value1<x>?7:3:"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        moati_memo memo;
        moat_error error;
        char parts[512];
        moat_status status = moati_memo_parse(rows[i].text, strlen(rows[i].text), &memo, &error);
        cr_expect_eq(status, MOAT_OK, "%s: %s", rows[i].text, error.message);
        describe(&memo, parts, sizeof parts);
        cr_expect_str_eq(parts, rows[i].parts, "%s\ngives %s", rows[i].text, parts);
        moati_memo_free(&memo);
    }
}

Test(memo, mistakes) {
    static const struct {
        const char *text;
        int line;
        const char *message; /* its beginning */
    } rows[] = {
        {"a\n\n```lua\nx\n", 3,
         "the block that begins here has no end; close it with a line of ```"},
        {"~~~~\n~~~\n", 1, "the block that begins here has no end; close it with a line of ~~~~"},
        {"a\n{{ x\n\nb }}", 2, "the {{ has no }} in its paragraph"},
        {"a {{ f{ }} b", 1, "the {{ has no }} in its paragraph"},
        {"{{ x\n```lua\n```\n}}", 1, "the {{ has no }} in its paragraph"},
        {"a\n\n{{ }}", 3, "there is no expression between {{ and }}"},
        {"{{}}", 1, "there is no expression between {{ and }}"},
        {"{{ | mean }}", 1, "there is no expression between {{ and }}"},
        {"\n```lua ecko\n```\n", 2, "a block of Lua has no option ecko; there are echo"},
        {"```lua echo hide\n```\n", 1, "a block cannot both echo and hide"},
        {"{{ x | expect }}", 1, "expect needs what is expected"},
        {"{{ x\n| expect ± 3 }}", 2, "expect needs what is expected"},
        {"{{ x | expect above }}", 1, "expect needs what is expected"},
        {"{{ x | 0 digits }}", 1, "a value is shown with 1 to 15 digits"},
        {"{{ x | 16 digits }}", 1, "a value is shown with 1 to 15 digits"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        moati_memo memo;
        moat_error error;
        moat_status status = moati_memo_parse(rows[i].text, strlen(rows[i].text), &memo, &error);
        cr_expect_eq(status, MOAT_SYNTAX, "%s", rows[i].text);
        cr_expect_eq(moati_line_at(rows[i].text, (size_t)error.where), rows[i].line, "%s: %ld",
                     rows[i].text, error.where);
        cr_expect(strncmp(error.message, rows[i].message, strlen(rows[i].message)) == 0, "%s: %s",
                  rows[i].text, error.message);
        moati_memo_free(&memo);
    }
    moati_memo memo;
    moat_error error;
    cr_expect_eq(moati_memo_parse("a\nb\0c", 5, &memo, &error), MOAT_SYNTAX);
    cr_expect_eq(error.where, 3);
    moati_memo_free(&memo);
}

/* Whatever is cut off or put together, reading it ends, and no part is outside of the text. */
Test(memo, fragments) {
    static const char *const pieces[] = {"```lua\n", "```\n", "~~~\n", "{{",      "}}", "`",   "``",
                                         "\\",       "\n",    "\n\n",  "x",       "|",  " ",   "'",
                                         "\"",       "{",     "}",     "expect ", "±",  "    "};
    enum { PIECES = sizeof pieces / sizeof *pieces };
    unsigned state = 7;
    for (int round = 0; round < 20000; round++) {
        char text[128] = "";
        for (int n = 0; n < 10; n++) {
            state = state * 1103515245 + 12345;
            strcat(text, pieces[(state >> 16) % PIECES]);
        }
        char *copy = strdup(text); /* so that a sanitizer sees its end */
        const size_t length = strlen(copy);
        moati_memo memo;
        moat_error error;
        if (moati_memo_parse(copy, length, &memo, &error) != MOAT_OK)
            cr_assert(error.where >= 0 && (size_t)error.where <= length, "%s", text);
        for (size_t i = 0; i < memo.count; i++)
            cr_assert(memo.parts[i].text.text >= copy &&
                      memo.parts[i].text.text + memo.parts[i].text.length <= copy + length);
        moati_memo_free(&memo);
        free(copy);
    }
}

typedef struct expected_row {
    const char *text; /* of a date; NULL: `value` in `unit` is found */
    double value;
    const char *unit, *expectation;
    const char *outcome; /* "holds", "fails" or the beginning of the message */
} expected_row;

static void check(const expected_row *row, moat_units *units) {
    char memo_text[128];
    moati_memo memo;
    moat_error error;
    moat_unit unit = MOAT_NO_UNIT;
    bool holds;
    snprintf(memo_text, sizeof memo_text, "{{ x | expect %s }}", row->expectation);
    cr_assert_eq(moati_memo_parse(memo_text, strlen(memo_text), &memo, &error), MOAT_OK);
    if (row->unit != NULL)
        cr_assert_eq(moat_unit_parse(units, row->unit, strlen(row->unit), &unit, &error), MOAT_OK);
    const double factor = row->unit != NULL ? moat_unit_factor(units, unit) : 1;
    const moati_found found = {.text = row->text,
                               .value = row->value * factor,
                               .factor = factor,
                               .dim = moat_unit_dim(units, unit)};
    moat_status status = moati_expect(&memo.parts[0].expected, &found, units, &holds, &error);
    const char *outcome = status != MOAT_OK ? error.message : holds ? "holds" : "fails";
    cr_expect(strncmp(outcome, row->outcome, strlen(row->outcome)) == 0, "%g %s, %s: %s",
              row->value, row->unit, row->expectation, outcome);
    moati_memo_free(&memo);
}

Test(memo, expectations) {
    static const expected_row rows[] = {
        {NULL, 8.54, "$bn", "8.5", "holds"},
        {NULL, 8.56, "$bn", "8.5", "fails"},
        {NULL, 8.55, "$bn", "8.5", "holds"},
        {NULL, 8.4, "$bn", "8", "holds"},
        {NULL, 8.6, "$bn", "8", "fails"},
        {NULL, 1234, NULL, "1,234", "holds"},
        {NULL, 1234, NULL, "1.234e3", "holds"},
        {NULL, 1236, NULL, "1.23e3", "fails"},
        {NULL, -3, NULL, "-3", "holds"},
        {NULL, 8.6, "$bn", "8.5 ± 0.1", "holds"},
        {NULL, 8.61, "$bn", "8.5 ± 0.1", "fails"},
        {NULL, 8.6, "$bn", "8500 +- 100 $M", "holds"},
        {NULL, 8.6, "$bn", "8.5 $bn ± 200 $M", "holds"},
        {NULL, 8.6, "$bn", "8500 $M +- 50", "fails"},
        {NULL, 8.6, "$bn", "8.6 to 9", "holds"},
        {NULL, 8.6, "$bn", "8 to 8.5 $bn", "fails"},
        {NULL, 8.6, "$bn", "above 8.6", "fails"},
        {NULL, 8.6, "$bn", "above 8.5 $bn", "holds"},
        {NULL, 8.6, "$bn", "below 8.7", "holds"},
        {NULL, 8.6, "$bn", "below 8600 $M", "fails"},
        {NULL, 8.6, NULL, "at least 8.6", "holds"},
        {NULL, 8.6, NULL, "at most 8.5", "fails"},
        {NULL, 84, "%", "84", "holds"},
        {NULL, 84, "%", "84 % ± 2 %", "holds"},
        {NULL, 84, "%", "0.84 1 ± 0.02 1", "holds"},
        {NULL, 8.6, "$bn", "8.6 $bn/yr", "\"$bn/yr\" does not fit what was found, which is in $"},
        {NULL, 8.6, "$bn", "8.6 dollars", "unknown unit"},
        {NULL, 8.6, "$bn", "many", "\"many\" is no number that could be expected"},
        {NULL, 8.6, "$bn", "8 to many", "\"many\" is no number that could be expected"},
        {NULL, 8.6, "$bn", "9 to 8", "nothing is from \"9 to 8\""},
        {NULL, 8.6, "$bn", "8000 $M to 9 $bn", "holds"},
        {"2028-Q1", 0, NULL, "2028-Q2 to 2027-Q1", "nothing is from"},
        {"2028-Q1", 0, NULL, "never to 2027-Q1", "nothing is from"},
        {"2028-Q1", 0, NULL, "2028-Q1", "holds"},
        {"2028-Q1", 0, NULL, "2028", "fails"},
        {"2028-Q1", 0, NULL, "2027-Q4 to 2028-Q1", "holds"},
        {"2028-Q1", 0, NULL, "below 2028-Q1", "fails"},
        {"2028-Q1", 0, NULL, "above 2027-Q4", "holds"},
        {"never", 0, NULL, "never", "holds"},
        {"never", 0, NULL, "above 2040", "holds"},
        {"2028-Q1", 0, NULL, "below never", "holds"},
        {"2028-Q1", 0, NULL, "2028 ± 1", "what is a date or a text"},
    };
    moat_units *units = moat_units_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check(&rows[i], units);
    moat_units_free(units);
}
