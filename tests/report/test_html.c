/* Pages: structure, and that nothing in a document runs or is asked for. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "html_inner.h"

static char *page(const char *markdown) {
    char *text = NULL;
    size_t length;
    moat_error error;
    moati_document *document = moati_document_new(&error);
    moati_document_markdown(document, markdown);
    cr_assert_eq(moati_document_finish(document, &error), MOAT_OK);
    FILE *file = open_memstream(&text, &length);
    cr_assert_eq(moati_html_print(document, "a <title>", file, &error), MOAT_OK);
    fclose(file);
    moati_document_free(document);
    return text;
}

Test(html, content) {
    static const struct {
        const char *markdown, *html;
    } rows[] = {
        {"a & b < c\n", "<div id=\"Main\">\n<p>a &amp; b &lt; c</p>\n</div>\n</main>"},
        {"**a** *b* `c` ~~d~~\n",
         "<p><strong>a</strong> <em>b</em> <code>c</code> <del>d</del></p>"},
        {"1. a\n2. b\n", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"},
        {"3. a\n", "<ol start=\"3\">"},
        {"- [x] a\n- [ ] b\n", "<li class=\"task\"><input type=\"checkbox\" disabled checked> a"},
        {"> a\n", "<blockquote>\n<p>a</p>\n</blockquote>"},
        {"a  \nb\n", "<p>a<br>\nb</p>"},
        {"```lua\nx = 1 < 2\n```\n", "<code class=\"language-lua\">x = 1 &lt; 2\n</code></pre>"},
        {"| a | b |\n| --- | --: |\n| c | 1 |\n",
         "<table>\n<thead>\n<tr><th scope=\"col\">a</th><th scope=\"col\" "
         "class=\"number\">b</th></tr>"
         "\n</thead>\n<tbody>\n<tr><th scope=\"row\" class=\"short\">c</th><td "
         "class=\"number\">1</td></tr>\n</tbody>"
         "\n</table>\n</div>"},
        {"## T *x*\n\n| a |\n| --- |\n", "tabindex=\"0\" aria-labelledby=\"t-x\">"},
        {"# A & b\n", "<title>A &amp; b</title>"},
        {"no heading\n", "<title>a &lt;title&gt;</title>"},
        {"# a\n## Ünï code, 1_2!\n## b\n## b\n## &\n", "<h2 id=\"Ünï-code-1_2\">"},
        {"# a\n## b\n## b\n## b-1\n", "<h2 id=\"b-1\">b</h2>\n<h2 id=\"b-1-1\">b-1</h2>"},
        /* Of levels that skip, and only the two highest. */
        {"# a\n## b\n#### c\n### d\n## e\n",
         "<nav aria-label=\"Contents\">\n<p>Contents</p>\n<ul>\n<li><a "
         "href=\"#b\">b</a>\n<ul>\n<li><a "
         "href=\"#d\">d</a></li>\n</ul>\n</li>\n<li><a href=\"#e\">e</a></li>\n</ul>\n</nav>"},
        {"# a\n## b\n", "<body>\n<a class=\"skip\" href=\"#Main\">"},
        /* What HTML there is is shown, and comments are not. */
        {"a <b onclick=\"x()\">c</b>\n", "<p>a &lt;b onclick=&quot;x()&quot;&gt;c&lt;/b&gt;</p>"},
        {"<script>\nx()\n</script>\n", "<p>&lt;script&gt;\nx()\n&lt;/script&gt;\n</p>"},
        {"a <!-- b\nc --> d\n", "<p>a  d</p>"},
        {"[a](https://x.org/?a=1&b=2 \"t\")", "<a href=\"https://x.org/?a=1&amp;b=2\">a</a>"},
        {"<https://x.org>", "<a href=\"https://x.org\">https://x.org</a>"},
        {"[a](#b) [c](d/e.md#f)", "<a href=\"#b\">a</a> <a href=\"d/e.md#f\">c</a>"},
        {"[a](javascript:x()) b", "<p>a b</p>"},
        {"![a *b*](logo.png) c", "<p><a href=\"logo.png\">Picture: a b</a> c</p>"},
        {"[![a](b.png)](https://x.org)", "<p><a href=\"https://x.org\">Picture: a</a></p>"},
        {"![a](javascript:x()) b", "<p>Picture: a b</p>"},
        {"![a](moat-pictures/none.svg)", "<a href=\"moat-pictures/none.svg\">Picture: a</a>"},
        {"a\x01\x1b"
         "b",
         "<p>a\xef\xbf\xbd\xef\xbf\xbd"
         "b</p>"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = page(rows[i].markdown);
        cr_expect_not_null(strstr(text, rows[i].html), "%s\n%s", rows[i].markdown,
                           strstr(text, "<body"));
        cr_expect_null(strstr(text, "<script"));
        cr_expect_null(strstr(text, "url("));
        cr_expect_null(strstr(text, "<img"));
        free(text);
    }
}

Test(html, links) {
    static const char *const allowed[] = {"https://x.org", "HTTP://x.org", "mailto:a@x.org", "#a",
                                          "a.md",          "a/b:c",        "?x=a:b",         "",
                                          "../a.md#b:c",   "//x.org"};
    static const char *const refused[] = {
        "javascript:x()",     "JaVaScRiPt:x()",       "java\tscript:x()", " javascript:x()",
        "javascript&#58;x()", "javascript&colon;x()", "data:text/html,x", "vbscript:x",
        "file:///etc/passwd", "\x01javascript:x()",   "https:x&#58;"};
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        cr_expect(moati_html_may_link(allowed[i]), "%s", allowed[i]);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        cr_expect_not(moati_html_may_link(refused[i]), "%s", refused[i]);
}

/* A chart stands in the page where it stands in the document, and once. */
Test(html, charts) {
    static const double values[] = {1, 2};
    static const moati_chart_series series = {.label = "x", .values = values};
    const moati_chart chart = {.kind = MOATI_CHART_BARS,
                               .title = "Bars",
                               .positions = 2,
                               .series_count = 1,
                               .series = &series};
    moat_error error;
    char *text = NULL;
    size_t length;
    moati_document *document = moati_document_new(&error);
    moati_document_markdown(document, "Before\n\n");
    moati_document_chart(document, "bars", &chart);
    moati_document_markdown(document, "![again](moat-pictures/bars.svg)\n");
    cr_assert_eq(moati_document_finish(document, &error), MOAT_OK);
    FILE *file = open_memstream(&text, &length);
    cr_assert_eq(moati_html_print(document, "t", file, &error), MOAT_OK);
    fclose(file);
    const char *first = strstr(text, "<svg");
    cr_assert_not_null(first);
    cr_expect_gt(first, strstr(text, "<p>Before</p>"));
    cr_expect_null(strstr(first + 1, "<svg"));
    cr_expect_not_null(strstr(first, "Picture: again"));
    free(text);
    moati_document_free(document);
}
