/* Data: the reader of comma-separated values by itself, then what scripts see of it. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "csv_read.h"
#include "script.h"

/* Writes the cells of a text as "a|b\nc|d\n", empty texts as "''" and missing ones as "". */
static moat_status spell(const char *text, char *out, moat_error *error) {
    moati_csv csv;
    moati_csv_cell cells[8];
    size_t count = 0;
    *out = '\0';
    moat_status status = moati_csv_begin(&csv, text, strlen(text), error);
    if (status == MOAT_OK)
        status = moati_csv_count(&csv, &count, error);
    while (status == MOAT_OK && moati_csv_has_row(&csv)) {
        status = moati_csv_row(&csv, count, cells, error);
        for (size_t i = 0; status == MOAT_OK && i < count; i++) {
            char cell[64] = "";
            moati_csv_copy(&cells[i], cell);
            strcat(out, cells[i].length == 0 && cells[i].quoted ? "''" : cell);
            strcat(out, i + 1 < count ? "|" : "\n");
        }
    }
    return status;
}

Test(data, cells) {
    static const struct {
        const char *text, *cells;
    } rows[] = {
        {"a,b\n1,2\n", "a|b\n1|2\n"},
        {"a,b\n1,2", "a|b\n1|2\n"},
        {"a,b\r\n1,2\r\n", "a|b\n1|2\n"},
        {"a,b\r1,2\r", "a|b\n1|2\n"},
        {"\xEF\xBB\xBF"
         "a\n1\n",
         "a\n1\n"},
        {"\n\n a , b \n\n 1\t,2 \n\n", "a|b\n1|2\n"},
        {"a,b,c\n,,\n1,,3\n", "a|b|c\n||\n1||3\n"},
        {"a,b\n\"\",x\n", "a|b\n''|x\n"},
        {"a\n\"1,5\"\n", "a\n1,5\n"},
        {"a,b\n \"x \"\"y\"\"\" , z\n", "a|b\nx \"y\"|z\n"},
        {"a,b\n\"two\nlines\",2\n", "a|b\ntwo\nlines|2\n"},
        {"\xC3\xA4\n\xE2\x82\xAC\n", "\xC3\xA4\n\xE2\x82\xAC\n"},
    };
    char out[256];
    moat_error error;
    for (size_t i = 0; i < SCRIPT_COUNT(rows); i++) {
        cr_expect_eq(spell(rows[i].text, out, &error), MOAT_OK, "%s: %s", rows[i].text,
                     error.message);
        cr_expect_str_eq(out, rows[i].cells, "%s gives %s", rows[i].text, out);
    }
}

Test(data, texts_that_are_refused) {
    static const struct {
        const char *text;
        size_t line, column;
        const char *message;
    } rows[] = {
        {"", 1, 1, "nothing in it"},
        {"\n\r\n", 3, 1, "nothing in it"},
        {"a\n\"x", 2, 1, "not closed"},
        {"a\n\"x\"\"\n", 2, 1, "not closed"},
        {"a,b\n1,\"x\" y\n", 2, 7, "comma must follow"},
        {"a,b\n1,x\"y\n", 2, 4, "quote within a cell"},
        {"a,b\n1\n", 2, 1, "1 cell, and the first row names 2 columns"},
        {"a,b\r\n1,2\r\n1,2,3,4\r\n", 3, 5, "4 cells, and the first row names 2 columns"},
        {"a;b\n1;2\n", 1, 2, "separated by \";\""},
        {"a\tb\n1\t2\n", 1, 2, "separated by tabs"},
        {"\xC3\xA4,b\n\xC3\xA4\xC3\xA4\xFF,1\n", 2, 3, "not UTF-8"},
        {"a\n\x01\n", 2, 1, "control character"},
    };
    char out[256];
    moat_error error;
    for (size_t i = 0; i < SCRIPT_COUNT(rows); i++) {
        size_t line, column;
        cr_assert_eq(spell(rows[i].text, out, &error), MOAT_SYNTAX, "%s was read", rows[i].text);
        cr_expect(strstr(error.message, rows[i].message), "%s: %s", rows[i].text, error.message);
        moati_csv_locate(rows[i].text, (size_t)error.where, &line, &column);
        cr_expect(line == rows[i].line && column == rows[i].column,
                  "%s: at %zu:%zu, not at %zu:%zu", rows[i].text, line, column, rows[i].line,
                  rows[i].column);
    }
}

#define PRICES                                                                                     \
    "local t = data.parse 'quarter,price ($/Mtok),gw [GW],who,share (%),n,id [text]\\n"            \
    "2026-Q2,12,\"1,000.5\",ann,12,1,007\\n2026-Q3,15,0.5,\"bob, \"\"x\"\"\",13 %,2,008\\n"        \
    "2026-Q4,9,,,,,\\n2027-Q1,3.5,2,cy,50,-2.5,009\\n'; "
#define QUARTERS "horizon { from = '2026-Q3', to = '2027-Q1' }; "

Test(data, what_scripts_read) {
    static const script_case cases[] = {
        {PRICES "print(#t, t)", "4\tdata of 4 rows: quarter, price, gw, who, share, n, id\n"},
        {PRICES "print(t.price, #t.price, #t.who)", "the column price ($/Mtok) of 4 rows\t4\t4\n"},
        {PRICES "print(t.price[1], t.gw[1], t.share[2], t.n[1], t.n[4], t.id[1], t.who[2])",
         "12 $/Mtok\t1000.5 GW\t13 %\t1\t-2.5\t007\tbob, \"x\"\n"},
        {PRICES "print(t.gw[3], t.who[3], t.n[3], t.id[3], t.price[0], t.price[5])",
         "nil\tnil\tnil\tnil\tnil\tnil\n"},
        {PRICES "print(t[2].who, t[3].who, t[1].price)", "bob, \"x\"\tnil\t12 $/Mtok\n"},
        {PRICES "for row, i in t:rows() do print(i, row.quarter, row.gw) end",
         "1\t2026-Q2\t1000.5 GW\n2\t2026-Q3\t0.5 GW\n3\t2026-Q4\tnil\n4\t2027-Q1\t2 GW\n"},
        {PRICES "for k, v in pairs(t[3]) do print(k, v) end",
         "price\t9 $/Mtok\nquarter\t2026-Q4\n"},
        {PRICES "for i, p in ipairs(t.price) do print(i, p) end",
         "1\t12 $/Mtok\n2\t15 $/Mtok\n3\t9 $/Mtok\n4\t3.5 $/Mtok\n"},
        {PRICES "print(t.price:sum(), t.price:mean(), t.price:min(), t.price:max(), t.who:count())",
         "39.5 $/Mtok\t9.875 $/Mtok\t3.5 $/Mtok\t15 $/Mtok\t3\n"},
        {PRICES "print(t.n:sum(), t.n:max(), #t.gw:values(), t.who:values()[3])",
         "0.5\t2\t3\tcy\n"},
        {PRICES "print(table.concat(t:columns(), ','), t:column('n')[2])",
         "quarter,price,gw,who,share,n,id\t2\n"},
        {PRICES "print(summary(assume('p', dist.empirical(t.gw, 'GW'))).min)", "0.5\n"},
        {"local t = data.parse 'rows,x (1)\\n3,4\\n'; print(t:column('rows')[1], t.x[1], #t)",
         "3\t4\t1\n"},
        {"local t = data.parse 'a\\n'; print(#t, t[1], #t.a, t.a:sum(), t.a:count())",
         "0\tnil\t0\t0\t0\n"},
        {"print(data.parse('Cost (net) [$bn]\\n\"12,000\"\\n'):columns()[1])", "Cost (net)\n"},
        {"local t = data.parse 'v [$bn/(GW yr)]\\n-1e3\\n.5\\n+2_000\\n'; print(t.v[1], t.v[2], "
         "t.v[3])",
         "-1000 $bn/(GW yr)\t0.5 $bn/(GW yr)\t2000 $bn/(GW yr)\n"},
        {"print(data.parse('s\\n12 %\\n').s[1], data.parse('s\\n12 GW\\n').s[1])", "0.12\t12 GW\n"},
    };
    script_expect_output(SCRIPT_COUNT(cases), cases);
}

Test(data, series_over_the_horizon) {
    static const script_case cases[] = {
        {QUARTERS PRICES "local s = t:series 'price'; print(s, s[0], s[2])",
         "2026-Q3: 15 $/Mtok ... 2027-Q1: 3.5 $/Mtok\t12 $/Mtok\t9 $/Mtok\n"},
        {QUARTERS PRICES "local s = t:series('gw', { fill = 'previous' }); print(s[2], s[3])",
         "0.5 GW\t2 GW\n"},
        {"horizon { from = '2026', to = '2028' }; local t = data.parse 'x ($),year\\n1,2020\\n"
         "7,2027\\n3,2025\\n'; local s = t:series('x', { by = 'year', fill = 'previous' }); "
         "print(s[0], s[1], s[2], s[3])",
         "3 $\t3 $\t7 $\t7 $\n"},
        {"horizon { from = '2027', to = '2028' }; local t = data.parse 'year,x\\n2020,1\\n2018,2\\n"
         "2028,5\\n'; local s = t:series('x', { fill = 'previous' }); print(s[1], s[2])",
         "1\t5\n"},
        {"horizon { periods = 3 }; local t = data.parse 'period,x "
         "($)\\n3,30\\n1,10\\n0,5\\n2,20\\n'"
         "; local s = t:series 'x'; print(s[0], s[1], s[2], s[3])",
         "5 $\t10 $\t20 $\t30 $\n"},
        {"horizon { from = '2026-Q1', to = '2027-Q4' }; local t = data.parse 'y,x\\n2026,1\\n2027,2"
         "\\n'; local s = t:series('x', { fill = 'previous' }); print(s[4], s[5])",
         "1\t2\n"},
    };
    script_expect_output(SCRIPT_COUNT(cases), cases);
}

Test(data, mistakes_of_scripts) {
    static const script_case cases[] = {
        {PRICES "print(t.prise)", "text has no column \"prise\"; did you mean \"price\"?"},
        {PRICES "print(t.zzzzzz)", "it has quarter, price, gw, who, share, n, id"},
        {PRICES "print(t[1].whom)", "did you mean \"who\"?"},
        {PRICES "print(t[5])", "the row must be"},
        {PRICES "print(t.price.x)", "a column of data has no method \"x\""},
        {PRICES "print(t.price[1.5])", "a row is a whole number"},
        {PRICES "t.price[1] = 3", "data are read and not written"},
        {PRICES "t.other = 3", "data are read and not written"},
        {PRICES "print(t.who:sum())", "as text:2:22 is no number"},
        {PRICES "print(t.id:sum())", "the column \"id\" of text is of texts"},
        {PRICES "t.rows()", "call it of a table of data and with a colon"},
        {PRICES "t.price.sum()", "call it of a column and with a colon"},
        {"print(data.parse('a ($)\\n').a:mean())", "all cells of the column \"a\" are empty"},
        {"data.parse 'a ($/Mtk)\\n1\\n'", "text:1:4: \"$/Mtk\" is no unit"},
        {"data.parse 'a ($)\\n1\\nn/a\\n'",
         "text:3:1: \"n/a\" is no number, which the column \"a\" needs"},
        {"data.parse 'a ($)\\n1 %\\n'", "\"1 %\" is no number"},
        {"data.parse 'a ($)\\n1e999\\n'", "text:2:1: this number is too large"},
        {"data.parse 'a,A,a\\n'", "text:1:5: there is another column \"a\""},
        {"data.parse 'a,,b\\n'", "text:1:3: this column has no name"},
        {"data.parse '($)\\n'", "this column has no name"},
        {"data.parse(5)", "the text must be"},
        {"data.cvs 'x.csv'", "data has no function \"cvs\"; did you mean \"csv\"?"},
        {"data.csv 'x.csv'", "there is no folder"},
        {"data.csv '/etc/passwd'", "is not below the script's folder"},
        {"data.csv '../x.csv'", "is not below the script's folder"},
        {"data.csv 'a/../../x.csv'", "is not below the script's folder"},
        {"data.csv 'a//x.csv'", "is not below the script's folder"},
        {"data.csv 'a/'", "is not below the script's folder"},
        {"data.csv ''", "is not below the script's folder"},
        {"data.csv '.hidden'", "is not below the script's folder"},
        {"data.csv 'x.csv\\0y'", "contains a byte of value 0"},
        {QUARTERS PRICES "t:series 'gw'", "text has no \"gw\" for 2026-Q4: add a row"},
        {QUARTERS PRICES "t:series 'who'", "the column \"who\" is of texts"},
        {QUARTERS PRICES "t:series('price', { by = 'who' })", "row 1 of text: \"ann\""},
        {QUARTERS PRICES "t:series('price', { fill = 'linear' })", "fill must be"},
        {QUARTERS "data.parse('x\\n1\\n'):series 'x'", "has a period such as \"2026-Q3\""},
        {QUARTERS "data.parse('q,x\\n2026-Q3,1\\n2026-Q3,2\\n'):series 'x'",
         "row 2 of text: \"2026-Q3\" in the column \"q\" is the period of an earlier row too"},
        {QUARTERS "data.parse('m,x\\n2026-07,1\\n'):series 'x'", "is a part of a period"},
        {PRICES "t:series 'price'", "series needs the periods"},
    };
    script_expect_error(SCRIPT_COUNT(cases), cases);
}
