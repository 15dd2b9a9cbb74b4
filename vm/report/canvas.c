/* Cells of characters. */
#include "canvas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

moat_status moati_canvas_make(moati_canvas *canvas, size_t rows, size_t columns,
                              moat_error *error) {
    *canvas = (moati_canvas){rows, columns, calloc(rows * columns + 1, sizeof(moati_cell))};
    if (canvas->cells == NULL)
        return moat_fail(error, MOAT_NO_MEMORY, "no memory to draw a chart of characters");
    return MOAT_OK;
}

void moati_canvas_free(moati_canvas *canvas) {
    free(canvas->cells);
    *canvas = (moati_canvas){0};
}

moati_cell *moati_canvas_at(const moati_canvas *canvas, size_t row, size_t column) {
    return &canvas->cells[row * canvas->columns + column];
}

/* Begins and ends writing in the colour of series 1, 2 ...; 0: nothing. */
static void put_colour(const moati_page *page, unsigned colour) {
    static const char *const escapes[] = {"34", "33", "32", "35", "36", "31",
                                          "94", "93", "92", "95", "96", "91"};
    if (page->colour && colour > 0)
        fprintf(page->file, "\033[%sm", escapes[(colour - 1) % MOATI_CHART_SERIES]);
}

static void end_colour(const moati_page *page, unsigned colour) {
    if (page->colour && colour > 0)
        fputs("\033[0m", page->file);
}

size_t moati_canvas_write(const moati_canvas *canvas, size_t row, const moati_page *page) {
    size_t blanks = 0, written = 0;
    unsigned colour = 0;
    for (size_t x = 0; x < canvas->columns; x++) {
        const moati_cell *cell = moati_canvas_at(canvas, row, x);
        if (cell->glyph == NULL) {
            blanks++;
            continue;
        }
        moati_page_blanks(page, blanks);
        blanks = 0;
        if (cell->colour != colour) {
            end_colour(page, colour);
            put_colour(page, cell->colour);
            colour = cell->colour;
        }
        fputs(cell->glyph, page->file);
        written = x + 1;
    }
    end_colour(page, colour);
    return written;
}

void moati_page_blanks(const moati_page *page, size_t count) {
    fprintf(page->file, "%*s", (int)count, "");
}

void moati_page_left(const moati_page *page, const char *text, size_t columns) {
    char copy[MOATI_LINE];
    const size_t width = moati_label_columns(text, columns, page->utf8, copy);
    fputs(copy, page->file);
    moati_page_blanks(page, columns > width ? columns - width : 0);
}

void moati_page_right(const moati_page *page, const char *text, size_t columns) {
    char copy[MOATI_LINE];
    const size_t width = moati_label_columns(text, columns, page->utf8, copy);
    moati_page_blanks(page, columns > width ? columns - width : 0);
    fputs(copy, page->file);
}

size_t moati_page_width(const char *text) {
    char copy[MOATI_LINE];
    return moati_label_columns(text, MOATI_LINE, true, copy);
}

const char *moati_page_mark(const moati_page *page, size_t series) {
    static const char *const fine[MOATI_CHART_SERIES] = {"●", "■", "▲", "◆", "○", "□",
                                                         "△", "◇", "+", "x", "*", "="};
    static const char *const plain[MOATI_CHART_SERIES] = {"*", "o", "+", "x", "#", "@",
                                                          "=", "%", "&", "~", "^", "$"};
    return (page->utf8 ? fine : plain)[series % MOATI_CHART_SERIES];
}

const char *moati_page_surface(const moati_page *page, size_t series) {
    static const char *const fine[MOATI_CHART_SERIES] = {"█", "▒", "▓", "░", "/", "\\",
                                                         "+", "x", "o", "=", "*", "."};
    static const char *const plain[MOATI_CHART_SERIES] = {"#", ":", "+", ".", "/", "\\",
                                                          "x", "o", "=", "*", "%", "~"};
    return (page->utf8 ? fine : plain)[series % MOATI_CHART_SERIES];
}

void moati_page_legend(const moati_page *page, size_t indent, bool surfaces, size_t count,
                       const char *const *labels) {
    size_t used = indent;
    const size_t widest = page->columns > indent + 3 ? page->columns - indent - 3 : 1;
    moati_page_blanks(page, indent);
    for (size_t i = 0; i < count; i++) {
        const size_t width = moati_page_width(labels[i]), taken = width < widest ? width : widest;
        if (used > indent && used + taken + 4 > page->columns) {
            fputc('\n', page->file);
            moati_page_blanks(page, indent);
            used = indent;
        }
        moati_page_blanks(page, used > indent ? 2 : 0);
        used += (used > indent ? 2 : 0) + taken + 2;
        put_colour(page, (unsigned)i + 1);
        fputs(surfaces ? moati_page_surface(page, i) : moati_page_mark(page, i), page->file);
        end_colour(page, (unsigned)i + 1);
        fputc(' ', page->file);
        moati_page_left(page, labels[i], taken);
    }
    fputc('\n', page->file);
}

void moati_page_bar(const moati_page *page, double share, size_t columns, unsigned colour) {
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const double eight = fmax(0, fmin(share, 1)) * (double)columns * 8;
    const size_t filled = (size_t)round(page->utf8 ? eight : eight / 8) * (page->utf8 ? 1 : 8);
    const size_t full = filled / 8, rest = filled % 8;
    /* What is more than nothing shows. */
    const bool trace = share > 0 && filled == 0;
    put_colour(page, colour);
    for (size_t i = 0; i < full; i++)
        fputs(page->utf8 ? "█" : "#", page->file);
    fputs(trace ? (page->utf8 ? "▏" : "|") : eighths[rest], page->file);
    end_colour(page, colour);
    const size_t taken = full + (rest > 0 || trace ? 1 : 0);
    moati_page_blanks(page, columns > taken ? columns - taken : 0);
}

static size_t column_of(const moati_canvas *canvas, const moati_axis *axis, double value) {
    const double place = fmax(0, fmin(moati_axis_place(axis, value), 1));
    return (size_t)round(place * (double)canvas->columns);
}

void moati_canvas_span(const moati_canvas *canvas, size_t row, const moati_axis *axis, double from,
                       double to, moati_cell cell) {
    if (isnan(from) || isnan(to))
        return;
    const size_t a = column_of(canvas, axis, from), b = column_of(canvas, axis, to);
    size_t first = a < b ? a : b, past = a < b ? b : a;
    if (first == past && from != to) {
        first -= to < from && first > 0;
        past = first + 1;
    }
    for (size_t x = first; x < past && x < canvas->columns; x++)
        *moati_canvas_at(canvas, row, x) = cell;
}

void moati_page_paragraph(const moati_page *page, const char *text) {
    size_t used = 0;
    while (*text != '\0') {
        const size_t word = strcspn(text, " ");
        if (used > 0 && used + 1 + word > page->columns) {
            fputc('\n', page->file);
            used = 0;
        }
        fprintf(page->file, "%s%.*s", used > 0 ? " " : "", (int)word, text);
        used += (used > 0) + word;
        text += word + (text[word] == ' ');
    }
    if (used > 0)
        fputc('\n', page->file);
}

void moati_page_show_unit(const moati_page *page, const moati_axis *axis, const char *unit,
                          char text[MOATI_LINE]) {
    if (page->utf8 || axis->prefix != NULL)
        moati_axis_unit(axis, unit, text, MOATI_LINE);
    else
        snprintf(text, MOATI_LINE, "1e%d%s%.200s", axis->scale, unit[0] != '\0' ? " " : "", unit);
}

void moati_page_unit(const moati_page *page, const moati_axis *axis, size_t indent) {
    char unit[MOATI_LINE];
    moati_page_show_unit(page, axis, moati_chart_unit(page->chart), unit);
    if (unit[0] == '\0')
        return;
    const size_t room = page->columns - (indent < page->columns ? indent : 0);
    const size_t width = moati_page_width(unit);
    moati_page_blanks(page, indent);
    moati_page_left(page, unit, width < room ? width : room);
    fputc('\n', page->file);
}
