/* Figures with as many digits as the samples they come from support.
 *
 * The rule. A mean or a probability is shown down to the first digit of its Monte Carlo standard
 * error, which stands beside it in tables. Another figure is rounded to a step, 1, 2 or 5 times a
 * power of ten: the smallest that is at least twice its own error, so that another seed moves it by
 * a step, if at all, while a change of an assumption that is larger than the noise is seen. The
 * error of a quantile is half of the distance between the order statistics that are one standard
 * deviation of a binomial count away, sqrt(n p (1 - p)). Three significant figures are the most in
 * any case. In a column of one quantity no figure has a finer step than the median of them all.
 * What is without error has three significant figures, or all of a whole number. */
#ifndef MOATI_FIGURES_H
#define MOATI_FIGURES_H

#include "moat/report.h"
#include "style.h"

enum { MOATI_FIGURE = 3 * MOATI_VALUE };

/* A rounding step, multiple * 10^exponent. */
typedef struct moati_step {
    int multiple; /* 1, 2 or 5; 0: no error, nothing to round for */
    int exponent;
} moati_step;

moati_step moati_step_for(double value, double error);
/* The median of steps, which it sorts; no 0.5 or 0.05. */
moati_step moati_step_common(size_t count, moati_step *steps);

/* A number at a step: "12.50", "1,240", "-3". */
void moati_step_show(moati_step step, double value, char buffer[MOATI_VALUE]);
/* A mean and its error at the error's first digit, "165 ± 2"; without the error where three
 * figures do not reach it. */
void moati_step_show_mean(double mean, double error, char buffer[MOATI_FIGURE]);

/* One entry of a result, with the errors of its figures, in base units. */
typedef struct moati_measured {
    moati_style style;
    const moat_summary *summary;
    double errors[MOAT_FIGURES]; /* of those that are one number; of the usual one 0 */
} moati_measured;

/* Of entry `index` of result `output`; `samples` is how many there were. Errors: MOAT_NO_MEMORY. */
moat_status moati_measure(const moat_results *results, size_t output, size_t index,
                          const moati_style *style, size_t samples, moati_measured *measured,
                          moat_error *error);

/* A figure as a number in the unit that is shown, a percentage for a condition. */
double moati_measured_value(const moati_measured *measured, moat_figure figure);
moati_step moati_measured_step(const moati_measured *measured, moat_figure figure);
/* A figure in words: "12.5", "37 %", "2031-Q2", "never", "60 to 280"; at its own step, or at
 * `finest` where that is coarser. */
void moati_measured_show(const moati_measured *measured, moat_figure figure,
                         char buffer[MOATI_FIGURE]);
void moati_measured_show_at(const moati_measured *measured, moat_figure figure, moati_step finest,
                            char buffer[MOATI_FIGURE]);
/* With the unit after it, as in a sentence. */
void moati_measured_tell(const moati_measured *measured, moat_figure figure,
                         char buffer[MOATI_FIGURE]);
/* The mean, or the probability of a condition, and its error. */
void moati_measured_show_mean(const moati_measured *measured, char buffer[MOATI_FIGURE]);
/* The probability that a date never comes, with its error. */
void moati_measured_show_never(const moati_measured *measured, size_t samples,
                               char buffer[MOATI_FIGURE]);

#endif
