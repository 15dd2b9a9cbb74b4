/* Subjects side by side: what is known once they have been evaluated with the same draws.
 *
 * A comparison borrows its subjects' models, results and texts, which must outlive it, and owns
 * the rest. Values are in base units. */
#ifndef MOATI_COMPARISON_H
#define MOATI_COMPARISON_H

#include <stdbool.h>

#include "moat/compare.h"
#include "moat/model.h"
#include "style.h"

enum { MOATI_SUBJECTS = 16 };

enum { MOATI_REASON = 200 };

#define MOATI_NONE SIZE_MAX

typedef struct moati_compared {
    char letter[2];       /* "A", "B": what tables call it */
    const char *path;     /* "scripts/a.lua", "HEAD~1:scripts/a.lua" */
    const char *revision; /* the commit; NULL: a file as it is */
    const char *variant;  /* NULL: none */
    const char *sha256;   /* of the script */
    moat_model *model;
    moat_results *results;
} moati_compared;

typedef enum moati_matching {
    MOATI_MATCHED,
    MOATI_MISSING,     /* the subject has no such output */
    MOATI_OTHER_UNIT,  /* of another dimension */
    MOATI_OTHER_SHAPE, /* a series and a single value, a date and a number */
    MOATI_OTHER_START, /* dates of horizons that begin at other times */
    MOATI_NO_PERIODS   /* series that have no period in common */
} moati_matching;

/* An output of the first subject in another one. */
typedef struct moati_match {
    moati_matching how;
    size_t output;       /* of that subject; MOATI_NONE: it has none */
    size_t *entries;     /* that subject's, for each entry of the first's; MOATI_NONE: none */
    moat_paired *paired; /* that subject's less the first's, for each that there is */
    size_t largest;      /* the entry where the means, or medians of dates, differ most */
    bool same;           /* in every sample of every entry */
} moati_match;

typedef struct moati_compared_output {
    const moat_output *output; /* the first subject's */
    moati_style style;         /* of both, in the first's unit */
    moati_match *matches;      /* for each subject; that of the first is empty */
} moati_compared_output;

/* An output that the first subject does not have. */
typedef struct moati_stray {
    const moat_output *output; /* of the first subject that has it */
    size_t subject;
} moati_stray;

/* A subject against the first. */
typedef struct moati_against {
    moat_contrasts contrasts;
    size_t target_count;
    moat_target *targets; /* outputs that differ: single values, the last common entry of series */
    moat_explanation *explanations;
} moati_against;

/* An override of the command line, for all subjects. */
typedef struct moati_compared_set {
    const char *name, *literal;
} moati_compared_set;

typedef struct moati_comparison {
    size_t subject_count;
    const moati_compared *subjects;
    size_t set_count; /* given, with the next */
    const moati_compared_set *sets;
    size_t output_count;
    moati_compared_output *outputs; /* in the first subject's order */
    size_t stray_count;
    moati_stray *strays;
    moati_against *against; /* for each subject; that of the first is empty */
} moati_comparison;

/* Prepares the comparison of traced subjects, of which the first has been evaluated. Free
 * *comparison in any case. */
moat_status moati_comparison_begin(const moati_compared *subjects, size_t count,
                                   moati_comparison *comparison, moat_error *error);
/* Compares a subject, which has been evaluated and whose values have been kept, as those of the
 * first; they are not needed any more then. */
moat_status moati_comparison_add(moati_comparison *comparison, size_t subject, moat_error *error);
/* Bytes of values that comparing a subject takes beyond those of its results and the first's. */
double moati_comparison_bytes(const moat_model *first, size_t samples);
void moati_comparison_free(moati_comparison *comparison);

/* --- What renderings share. */

/* What the difference of an entry is shown as: in the middle, and from where to where. */
typedef enum moati_centre {
    MOATI_CENTRE_MEAN,
    MOATI_CENTRE_MEDIAN /* where there is no mean: dates that may never come, infinities */
} moati_centre;

moati_centre moati_comparison_centre(const moati_comparison *comparison, size_t output,
                                     size_t subject, size_t entry);
/* The mean or median of an entry of a subject; NaN where it has no such entry. */
double moati_comparison_value(const moati_comparison *comparison, size_t output, size_t subject,
                              size_t entry, moati_centre measure);
/* How a difference of values of a style is written: the unit of its column is the style's. */
typedef struct moati_difference {
    double factor;      /* to base units */
    const char *suffix; /* beside the number: "points", "bp", "yr"; "": the column has the unit */
} moati_difference;

moati_difference moati_difference_of(const moati_style *style);
/* "-4.2", "+20.1 points", to so many figures. */
void moati_difference_show(const moati_difference *difference, double value, int figures,
                           char buffer[MOATI_VALUE]);
/* "± 0.3": the Monte Carlo error of a difference, to one figure; "" where there is none but
 * rounding. */
void moati_difference_show_error(const moati_difference *unit, const moat_summary *difference,
                                 bool utf8, char buffer[MOATI_VALUE]);
/* How many figures of a mean difference its error leaves meaningful, 1 to 3. */
int moati_difference_figures(const moati_difference *unit, const moat_summary *difference);
/* Whether an output is compared with any other subject, and is the same in all that have it. */
bool moati_comparison_is_compared(const moati_comparison *comparison, size_t output);
bool moati_comparison_is_same(const moati_comparison *comparison, size_t output);
/* In words, why an output is not compared: "$bn in A, GW in B" needs the letters of both. */
void moati_matching_describe(const moati_comparison *comparison, size_t output, size_t subject,
                             char buffer[MOATI_REASON]);
/* A difference and its parts, as rows of a table and steps of a chart: in the order of their size,
 * then the joint effect and the rest, as far as there are any. */
typedef struct moati_bridge_part {
    const char *name;
    const moat_summary *effect;
    bool within_error; /* no more than twice its Monte Carlo error */
} moati_bridge_part;

typedef struct moati_bridge {
    char name[200];         /* of the output, with its period */
    const char *unit;       /* of a column: "" where values say it */
    const char *chart_unit; /* of an axis */
    moati_difference difference;
    bool comes;           /* of whether a date comes */
    double before, after; /* what it is of the first subject and of the other */
    const moat_summary *whole;
    size_t count;
    moati_bridge_part *parts;
} moati_bridge;

/* Of a target of a subject. False where memory was short. */
bool moati_bridge_make(const moati_comparison *comparison, size_t subject, size_t target,
                       moati_bridge *bridge);
void moati_bridge_free(moati_bridge *bridge);

/* The share of samples in which a date never comes; 0 of anything else. */
double moati_comparison_never(const moati_comparison *comparison, size_t output, size_t subject);

#endif
