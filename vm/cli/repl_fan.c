/* A series as a fan of characters: time to the right, values upwards. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "repl_session.h"

enum { TALL = 11, LOW = 7, WIDEST = 120, NARROW = 50, MARGIN = 2 };

typedef enum shade { BLANK, OUTER, INNER, MIDDLE } shade;

/* The part of the screen that values are drawn on. */
typedef struct canvas {
    const moati_fan *fan;
    const moati_screen *screen;
    double low, high;
    size_t rows, columns, label; /* label: columns of the numbers at the left */
} canvas;

static void find_range(const moati_fan *fan, double *low, double *high) {
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < fan->count; i++) {
        const double ends[] = {fan->summaries[i].p5, fan->summaries[i].p95};
        for (size_t k = 0; k < 2; k++) {
            *low = isfinite(ends[k]) ? fmin(*low, ends[k]) : *low;
            *high = isfinite(ends[k]) ? fmax(*high, ends[k]) : *high;
        }
    }
}

/* Probabilities are their means; of all else the quantiles are shown. */
static moat_summary figures(const moati_fan *fan, size_t index) {
    moat_summary s = fan->summaries[index];
    if (fan->style->show == MOAT_SHOW_CONDITION)
        s.p5 = s.p25 = s.p50 = s.p75 = s.p95 = s.mean;
    return s;
}

static double row_value(const canvas *c, size_t row) {
    return c->high - (c->high - c->low) * (double)row / (double)(c->rows - 1);
}

/* The row of a value, from the top; it may lie outside. */
static double row_of(const canvas *c, double value) {
    return round((c->high - value) / (c->high - c->low) * (double)(c->rows - 1));
}

static shade shade_at(const canvas *c, const moat_summary *s, size_t row) {
    const double at = (double)row;
    if (isnan(s->p50))
        return BLANK;
    if (row_of(c, s->p50) == at)
        return MIDDLE;
    if (row_of(c, s->p75) <= at && at <= row_of(c, s->p25))
        return INNER;
    return row_of(c, s->p95) <= at && at <= row_of(c, s->p5) ? OUTER : BLANK;
}

static void print_row(const canvas *c, size_t row, FILE *file) {
    static const char *const fine[] = {" ", "░", "▒", "█"}, *const plain[] = {" ", ".", ":", "#"};
    const char *const *marks = c->screen->utf8 ? fine : plain;
    size_t blanks = 0;
    for (size_t x = 0; x < c->columns; x++) {
        const moat_summary s = figures(c->fan, x * c->fan->count / c->columns);
        const shade mark = shade_at(c, &s, row);
        if (mark == BLANK) {
            blanks++;
            continue;
        }
        fprintf(file, "%*s%s", (int)blanks, "", marks[mark]);
        blanks = 0;
    }
}

static void show_label(const canvas *c, size_t row, char text[MOATI_VALUE]) {
    text[0] = '\0';
    if (row == 0 || row == c->rows - 1 || row == (c->rows - 1) / 2)
        moati_style_show(c->fan->style, row_value(c, row), text);
}

static void print_canvas(const canvas *c, FILE *file) {
    const char *bar = c->screen->utf8 ? "│" : "|";
    const bool colour = c->screen->colour;
    for (size_t row = 0; row < c->rows; row++) {
        char text[MOATI_VALUE];
        show_label(c, row, text);
        fprintf(file, "%*s%s %s%s", (int)(c->label - moati_text_width(text)), "", text, bar,
                colour ? "\033[36m" : "");
        print_row(c, row, file);
        fprintf(file, "%s\n", colour ? "\033[0m" : "");
    }
    const size_t taken = strlen(c->fan->first) + strlen(c->fan->last);
    const int between = c->columns > taken + 1 ? (int)(c->columns - taken) : 1;
    fprintf(file, "%*s%s%*s%s\n", (int)c->label + MARGIN, "", c->fan->first, between, "",
            c->fan->last);
}

static void print_legend(const canvas *c, FILE *file) {
    const bool utf8 = c->screen->utf8, is_narrow = c->screen->columns < NARROW;
    if (c->fan->style->exact || c->fan->style->show == MOAT_SHOW_CONDITION)
        return;
    fprintf(file, "%*s%s median  %s %s  %s %s\n", (int)c->label + MARGIN, "", utf8 ? "█" : "#",
            utf8 ? "▒" : ":", is_narrow ? "50 %" : "25 to 75 %", utf8 ? "░" : ".",
            is_narrow ? "90 %" : "5 to 95 %");
}

/* A flat course has room above and below it. */
static void widen(double *low, double *high) {
    if (*low < *high)
        return;
    const double room = *low != 0 ? fabs(*low) / 2 : 1;
    *low -= room;
    *high += room;
}

bool moati_fan_print(const moati_fan *fan, const moati_screen *screen, FILE *file) {
    const bool is_narrow = screen->columns < NARROW;
    canvas c = {.fan = fan, .screen = screen, .rows = is_narrow ? LOW : TALL};
    find_range(fan, &c.low, &c.high);
    if (fan->style->show == MOAT_SHOW_CONDITION) {
        c.low = 0;
        c.high = 1;
    }
    if (!isfinite(c.low)) {
        fputs("no finite values\n", file);
        return true;
    }
    widen(&c.low, &c.high);
    for (size_t row = 0; row < c.rows; row++) {
        char text[MOATI_VALUE];
        show_label(&c, row, text);
        const size_t width = moati_text_width(text);
        c.label = width > c.label ? width : c.label;
    }
    const size_t columns = screen->columns < WIDEST ? screen->columns : WIDEST;
    const size_t room = columns > c.label + MARGIN + 4 ? columns - c.label - MARGIN : 4;
    const size_t each = fan->count < room ? room / fan->count : 0;
    c.columns = each == 0 ? room : fan->count * (each < 8 ? each : 8);
    print_canvas(&c, file);
    print_legend(&c, file);
    return true;
}
