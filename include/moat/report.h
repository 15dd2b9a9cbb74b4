/* What a script says of its own report: a title, sections, texts, tables, charts, in the order in
 * which they stand in it. Nothing of it is evaluated before a report is written.
 *
 * Belongs to a model, as its outputs do: strings are copied, and not thread-safe. */
#ifndef MOAT_REPORT_H
#define MOAT_REPORT_H

#include "moat/model.h"

typedef enum moat_item_kind {
    MOAT_ITEM_SECTION, /* `text` is its heading; what follows belongs to it */
    MOAT_ITEM_TEXT,    /* `text` is Markdown, with the columns' figures in place of "{name}" */
    MOAT_ITEM_TABLE,   /* of the columns: `text` is its title */
    MOAT_ITEM_CHART    /* the same */
} moat_item_kind;

typedef enum moat_chart_kind {
    /* Of series. */
    MOAT_CHART_FAN,    /* medians between the 25th and 75th and the 5th and 95th percentiles */
    MOAT_CHART_LINES,  /* medians */
    MOAT_CHART_AREAS,  /* means, which add up, on top of each other */
    MOAT_CHART_SHARES, /* the same as parts of their sum */
    MOAT_CHART_STACKS, /* the same as a column for each period */
    /* Of single values. */
    MOAT_CHART_HISTOGRAM,  /* one */
    MOAT_CHART_CUMULATIVE, /* probabilities of at most a value */
    MOAT_CHART_SCATTER,    /* of two: across, then up */
    MOAT_CHART_TORNADO,    /* one, and the assumptions that move it: those given, or all */
    MOAT_CHART_BARS,       /* means */
    MOAT_CHART_BRIDGE,     /* means: where it begins, the changes, where it ends */
    MOAT_CHART_KINDS
} moat_chart_kind;

/* "fan", "lines" ...; NULL ends the list. */
const char *const *moat_chart_names(void);

/* One of a value's figures. The usual one is the median; of a condition each is its probability. */
typedef enum moat_figure {
    MOAT_FIGURE_USUAL,
    MOAT_FIGURE_MEAN,
    MOAT_FIGURE_MEDIAN,
    MOAT_FIGURE_P5,
    MOAT_FIGURE_P25,
    MOAT_FIGURE_P75,
    MOAT_FIGURE_P95,
    MOAT_FIGURE_RANGE, /* from the 5th to the 95th percentile */
    MOAT_FIGURES
} moat_figure;

/* "mean", "median" ...: those from MOAT_FIGURE_MEAN on; NULL ends the list. */
const char *const *moat_figure_names(void);

typedef struct moat_item {
    moat_item_kind kind;
    moat_chart_kind chart;
    moat_figure figure; /* that a table of series shows; one of single values shows several */
    const char *text;   /* NULL: no title */
    size_t count;
    const moat_output *columns; /* a name is what people read, or what stands between braces */
} moat_item;

enum { MOAT_ITEM_COLUMNS = 60, MOAT_CHART_SERIES = 12 }; /* at most, of a table and a chart */

/* Adds an item. Errors: MOAT_INVALID (columns that a kind cannot show, or not together; braces
 * around what is no column, and columns that no braces are around), MOAT_UNIT (a chart of several
 * dimensions), MOAT_NO_MEMORY. */
moat_status moat_report_add(moat_model *model, const moat_item *item, moat_error *error);
size_t moat_report_items(const moat_model *model);
const moat_item *moat_report_item(const moat_model *model, size_t index);

/* NULL: none was given. Errors: MOAT_INVALID (a second one), MOAT_NO_MEMORY. */
moat_status moat_report_set_title(moat_model *model, const char *title, moat_error *error);
const char *moat_report_title(const moat_model *model);

/* The parts of the standard report that a script can leave out. */
enum { MOAT_HIDE_CHARTS = 1, MOAT_HIDE_DRIVERS = 2, MOAT_HIDE_VARIANTS = 4 };
void moat_report_hide(moat_model *model, unsigned parts);
unsigned moat_report_hidden(const moat_model *model);

/* A figure in a text, as "{cash}" or "{cash.p95}". */
typedef struct moat_brace {
    size_t first, end; /* its first byte, and the first byte after it */
    const char *name;  /* into the text */
    size_t name_length;
    moat_figure figure; /* MOAT_FIGURES: there is none of that name */
} moat_brace;

/* Finds the next one in text[from ..]; false: there is none. What stands between other braces is
 * text. */
bool moat_report_brace(const char *text, size_t from, moat_brace *brace);

#endif
