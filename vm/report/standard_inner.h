/* What the parts of the standard report share. */
#ifndef MOATI_STANDARD_INNER_H
#define MOATI_STANDARD_INNER_H

#include "figures.h"
#include "standard.h"

/* --- The study. */

/* What a variant makes of an assumption. */
typedef struct moati_changed {
    const char *name; /* the model's */
    char *text;       /* owned */
} moati_changed;

enum { MOATI_SCENES = 60 }; /* variants side by side, at most */

/* The outputs under one variant: values, and the last entries of series. */
typedef struct moati_scene {
    const char *variant; /* the model's; NULL: none */
    moat_results *results;
    size_t change_count;
    moati_changed *changes;
} moati_scene;

struct moati_study {
    moat_model *model;
    moat_results *results; /* outputs, the columns of items, assumptions */
    size_t *item_columns;  /* where those of each item begin */
    size_t assumptions;    /* where those begin */
    moat_output *ends;     /* of each output: the last entry */
    size_t scene_count;    /* 0: none; else that without a variant is the first */
    moati_scene *scenes;
};

/* --- Writing. */

enum { MOATI_LABEL = 320 };

typedef struct moati_writer {
    const moati_study *study;
    const moati_origin *origin; /* NULL for items alone */
    moati_document *document;
    int level;                 /* of the headings of sections */
    struct moati_piece *taken; /* the memory of charts */
    double **ranks;            /* of assumptions; NULL: not yet known */
} moati_writer;

void moati_writer_end(moati_writer *writer);
/* Memory until the writer ends, all 0. NULL, and the document has failed, where there is none. */
void *moati_writer_take(moati_writer *writer, size_t count, size_t size);
void moati_writer_fail(moati_writer *writer, const moat_error *error);

size_t moati_writer_samples(const moati_writer *writer);
/* How result `index`, which is described by `output`, is shown. */
moati_style moati_writer_style(const moati_writer *writer, const moat_output *output, size_t index);
moati_measured moati_writer_measure(moati_writer *writer, const moat_output *output, size_t result,
                                    size_t entry);

/* A text until the writer ends; "" where there is no memory. */
const char *moati_writer_print(moati_writer *writer, const char *format, ...) MOAT_PRINTF(2, 3);

/* What people call an output. */
const char *moati_label_of(const moat_output *output);

/* --- The single values that a report is about: outputs that are one, and, where there are few, the
 * last entries of those that are series. What does not vary is none. */
enum { MOATI_HEADS = 8 };

typedef struct moati_head {
    const moat_output *output;
    size_t index, entry; /* of the output, in it */
    char label[MOATI_LABEL];
} moati_head;

size_t moati_heads(const moati_writer *writer, size_t limit, moati_head heads[MOATI_HEADS]);

/* A row of a table of values: what it is called, unit, mean, 5 %, median, 95 %; where nothing in
 * the table is uncertain (`spread` is false), unit and value. */
void moati_report_row_of_value(moati_writer *writer, const char *label, const moat_output *output,
                               size_t result, bool spread);

/* --- Charts. */

/* Of columns that stand one after the other from result `first` on. */
typedef struct moati_shown {
    moat_chart_kind kind;
    const char *title; /* NULL: what is shown */
    const char *name;  /* of its file; NULL: the title */
    size_t count;
    const moat_output *columns;
    size_t first;
    size_t entry; /* of a tornado */
} moati_shown;

void moati_report_chart(moati_writer *writer, const moati_shown *shown);
/* Of the first column; the others are the assumptions that are shown. Without any, those that
 * matter. */
void moati_report_tornado(moati_writer *writer, const moati_shown *shown);

/* An array of a chart; NULL where the document has failed. */
double *moati_sample_values(moati_writer *writer, const moat_output *output, size_t result,
                            size_t entry, double factor, size_t *count);

/* --- What moves a value. */

typedef struct moati_driver {
    size_t assumption; /* in report order */
    double share, rank;
    double low, high;         /* the mean of what it drives where it is low, and high */
    double order, rank_order; /* the two in steps of their noise */
} moati_driver;

enum { MOATI_DRIVERS = 7 }; /* that are named */

typedef struct moati_drivers {
    size_t count; /* of all assumptions that vary, the largest share first */
    moati_driver *list;
    size_t named;        /* those that matter, at most MOATI_DRIVERS */
    size_t pooled_count; /* the others that have any share, and what they have of it */
    double named_share, pooled_share;
} moati_drivers;

/* Of entry `entry` of result `result`; false where it cannot be said, as of what is no number. */
bool moati_find_drivers(moati_writer *writer, const moat_output *output, size_t result,
                        size_t entry, moati_drivers *drivers);
/* A bar from where each of these assumptions is low to where it is high. */
void moati_report_place_tornado(moati_writer *writer, const moati_shown *shown, size_t count,
                                const moati_driver *drivers);
/* A bar for the share of each; for what has no mean. */
void moati_report_place_shares(moati_writer *writer, const moati_shown *shown, size_t count,
                               const moati_driver *drivers);
const char *moati_assumption_label(const moat_assumption *assumption);

/* --- The parts, in their order. */

void moati_report_items(moati_writer *writer, size_t first, size_t count);
void moati_report_outputs(moati_writer *writer);
void moati_report_drivers(moati_writer *writer);
void moati_report_variants(moati_writer *writer);
void moati_report_assumptions(moati_writer *writer);

#endif
