/* Steps of rounding, and the figures of results rounded to them. */
#include "figures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "number.h"

/* --- Steps. */

/* The decimal exponent of a finite value that is not 0, rounded to so many figures. */
static int exponent_of(double value, int figures) {
    char text[MOATI_NUMBER];
    snprintf(text, sizeof text, "%.*e", figures - 1, value);
    return atoi(strchr(text, 'e') + 1);
}

static double power_of_ten(int exponent) {
    double power = 1;
    for (int i = 0; i < abs(exponent); i++)
        power *= 10;
    return power;
}

/* value / (multiple * 10^exponent), with powers that are exact up to 10^22. */
static double count_steps(moati_step step, double value) {
    const double power = power_of_ten(step.exponent);
    return (step.exponent < 0 ? value * power : value / power) / step.multiple;
}

static double round_to(moati_step step, double value) {
    const double power = power_of_ten(step.exponent);
    const double whole = nearbyint(count_steps(step, value)) * step.multiple;
    return step.exponent < 0 ? whole / power : whole * power;
}

static int compare(moati_step a, moati_step b) {
    return a.exponent != b.exponent ? (a.exponent > b.exponent) - (a.exponent < b.exponent)
                                    : (a.multiple > b.multiple) - (a.multiple < b.multiple);
}

static moati_step three_figures(double value) {
    return (moati_step){1, exponent_of(value, 3) - 2};
}

/* The smallest step that is at least so large. */
static moati_step step_above(double size) {
    const moati_step power = {1, exponent_of(size, 17)};
    const double part = count_steps(power, size);
    return part <= 1   ? power
           : part <= 2 ? (moati_step){2, power.exponent}
           : part <= 5 ? (moati_step){5, power.exponent}
                       : (moati_step){1, power.exponent + 1};
}

moati_step moati_step_for(double value, double error) {
    if (!isfinite(value) || error == 0)
        return (moati_step){0, 0};
    const bool has_error = isfinite(error);
    if (value == 0)
        return has_error ? step_above(2 * error) : (moati_step){0, 0};
    const moati_step most = three_figures(value);
    if (!has_error)
        return most;
    const moati_step noise = step_above(2 * error);
    return compare(noise, most) > 0 ? noise : most;
}

static int by_size(const void *a, const void *b) {
    return compare(*(const moati_step *)a, *(const moati_step *)b);
}

moati_step moati_step_common(size_t count, moati_step *steps) {
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        if (steps[i].multiple > 0)
            steps[used++] = steps[i];
    if (used == 0)
        return (moati_step){0, 0};
    qsort(steps, used, sizeof *steps, by_size);
    const moati_step middle = steps[(used - 1) / 2];
    /* Halves would give a whole column another digit. */
    return middle.multiple == 5 && middle.exponent < 0 ? (moati_step){1, middle.exponent + 1}
                                                       : middle;
}

/* At most three figures, but all of a whole number, and no zeros at the end: "3", "0.25",
 * "1,234". */
static void show_plain(double value, char buffer[MOATI_VALUE]) {
    moati_step step = value == 0 ? (moati_step){1, 0} : three_figures(value);
    if (step.exponent > 0)
        step.exponent = 0;
    moati_number_show_exact(buffer, round_to(step, value));
}

enum { LEAST_EXPONENT = -7 };
#define LARGEST 1e15

void moati_step_show(moati_step step, double value, char buffer[MOATI_VALUE]) {
    if (!isfinite(value))
        moati_number_show(buffer, value, 3);
    else if (step.multiple == 0)
        show_plain(value, buffer);
    else if (step.exponent < LEAST_EXPONENT || fabs(value) >= LARGEST)
        moati_number_show(buffer, value, 3);
    else
        moati_number_show_decimals(buffer, round_to(step, value),
                                   step.exponent < 0 ? -step.exponent : 0);
}

static void append(char buffer[MOATI_FIGURE], const char *text) {
    const size_t used = strlen(buffer);
    snprintf(buffer + used, MOATI_FIGURE - used, "%s", text);
}

/* The step of a mean: the first digit of its error, or the finest that is wanted. */
static moati_step mean_step(double error, moati_step finest) {
    if (error == 0)
        return (moati_step){0, 0};
    if (!isfinite(error))
        return finest;
    const moati_step last = {1, exponent_of(error, 1)};
    return compare(last, finest) > 0 ? last : finest;
}

/* The finest of a value is that of three figures; of a probability, in percent, which is nearly
 * certain, its distance to 100 counts. */
static moati_step finest_of(double value) {
    return isfinite(value) && value != 0 ? three_figures(value) : (moati_step){1, LEAST_EXPONENT};
}

static moati_step finest_of_percent(double percent) {
    return finest_of(fmin(percent, 100 - percent));
}

/* The error stands beside the mean where the mean's last digit is one that it reaches. */
static void show_mean(double mean, double error, moati_step finest, char buffer[MOATI_FIGURE]) {
    const moati_step step = mean_step(error, finest);
    moati_step_show(step, mean, buffer);
    if (!isfinite(mean) || !isfinite(error) || step.multiple == 0 ||
        step.exponent > exponent_of(error, 1))
        return;
    char spread[MOATI_VALUE];
    moati_step_show(step, error, spread);
    append(buffer, " ± ");
    append(buffer, spread);
}

void moati_step_show_mean(double mean, double error, char buffer[MOATI_FIGURE]) {
    show_mean(mean, error, finest_of(mean), buffer);
}

static void show_probability(double probability, double error, char buffer[MOATI_FIGURE]) {
    show_mean(100 * probability, 100 * error, finest_of_percent(100 * probability), buffer);
    append(buffer, " %");
}

/* --- Figures of a result. */

enum { QUANTILES = 5 };

static const struct {
    moat_figure figure;
    double probability;
} quantiles[QUANTILES] = {{MOAT_FIGURE_P5, 0.05},
                          {MOAT_FIGURE_P25, 0.25},
                          {MOAT_FIGURE_MEDIAN, 0.5},
                          {MOAT_FIGURE_P75, 0.75},
                          {MOAT_FIGURE_P95, 0.95}};

/* Errors of quantiles, from the first values, for the number of samples that there were. */
static moat_status measure_quantiles(size_t count, const double *values, size_t samples,
                                     moati_measured *measured, moat_error *error) {
    double around[2 * QUANTILES], found[2 * QUANTILES];
    for (size_t i = 0; i < QUANTILES; i++) {
        const double p = quantiles[i].probability, away = sqrt(p * (1 - p) / (double)count);
        around[2 * i] = fmax(0, p - away);
        around[2 * i + 1] = fmin(1, p + away);
    }
    const moat_status status = moat_quantiles(count, values, 2 * QUANTILES, around, found, error);
    const double scale = 0.5 * sqrt((double)count / (double)samples);
    for (size_t i = 0; i < QUANTILES && status == MOAT_OK; i++)
        measured->errors[quantiles[i].figure] =
            found[2 * i] == found[2 * i + 1] ? 0 : scale * (found[2 * i + 1] - found[2 * i]);
    return status;
}

moat_status moati_measure(const moat_results *results, size_t output, size_t index,
                          const moati_style *style, size_t samples, moati_measured *measured,
                          moat_error *error) {
    size_t count;
    const double *values = moat_results_first_values(results, output, index, &count);
    *measured =
        (moati_measured){.style = *style, .summary = moat_results_output(results, output, index)};
    measured->errors[MOAT_FIGURE_MEAN] = measured->summary->mcse;
    if (values == NULL || style->show != MOAT_SHOW_NUMBER || measured->summary->nan_count > 0)
        return MOAT_OK;
    return measure_quantiles(count, values, samples, measured, error);
}

static bool is_condition(const moati_measured *measured) {
    return measured->style.show == MOAT_SHOW_CONDITION;
}

static double base_value(const moati_measured *measured, moat_figure figure) {
    const moat_summary *s = measured->summary;
    switch (figure) {
    case MOAT_FIGURE_MEAN: return s->mean;
    case MOAT_FIGURE_P5: return s->p5;
    case MOAT_FIGURE_P25: return s->p25;
    case MOAT_FIGURE_P75: return s->p75;
    case MOAT_FIGURE_P95: return s->p95;
    default: return s->p50;
    }
}

double moati_measured_value(const moati_measured *measured, moat_figure figure) {
    return is_condition(measured) ? 100 * measured->summary->mean
                                  : base_value(measured, figure) / measured->style.factor;
}

moati_step moati_measured_step(const moati_measured *measured, moat_figure figure) {
    const double value = moati_measured_value(measured, figure);
    if (measured->style.exact)
        return (moati_step){0, 0};
    if (is_condition(measured))
        return mean_step(100 * measured->summary->mcse, finest_of_percent(value));
    if (figure == MOAT_FIGURE_MEAN)
        return mean_step(measured->summary->mcse / measured->style.factor, finest_of(value));
    if (figure == MOAT_FIGURE_USUAL)
        figure = MOAT_FIGURE_MEDIAN;
    return moati_step_for(value, measured->errors[figure] / measured->style.factor);
}

/* A number without what stands beside it. */
static void show_number(const moati_measured *measured, moat_figure figure, moati_step step,
                        char buffer[MOATI_FIGURE]) {
    if (measured->style.show == MOAT_SHOW_DATE)
        moati_style_show(&measured->style, base_value(measured, figure), buffer);
    else
        moati_step_show(step, moati_measured_value(measured, figure), buffer);
}

/* The step of a figure, but no finer than another. */
static moati_step step_within(const moati_measured *measured, moat_figure figure,
                              moati_step finest) {
    const moati_step own = moati_measured_step(measured, figure);
    return own.multiple == 0 || compare(own, finest) > 0 || finest.multiple == 0 ? own : finest;
}

/* A step without more digits after the point than another has. */
static moati_step with_digits_of(moati_step step, moati_step other) {
    const int least = other.exponent < 0 ? other.exponent : 0;
    return step.multiple > 0 && other.multiple > 0 && step.exponent < least ? (moati_step){1, least}
                                                                            : step;
}

static void show_range(const moati_measured *measured, moati_step finest,
                       char buffer[MOATI_FIGURE]) {
    char above[MOATI_FIGURE];
    const moati_step low = step_within(measured, MOAT_FIGURE_P5, finest);
    const moati_step high = step_within(measured, MOAT_FIGURE_P95, finest);
    show_number(measured, MOAT_FIGURE_P5, with_digits_of(low, high), buffer);
    show_number(measured, MOAT_FIGURE_P95, with_digits_of(high, low), above);
    if (strcmp(buffer, above) == 0)
        return;
    append(buffer, " to ");
    append(buffer, above);
}

static void add_suffix(const moati_measured *measured, char buffer[MOATI_FIGURE]) {
    const char *suffix = is_condition(measured) ? "%" : measured->style.suffix;
    if (suffix == NULL)
        return;
    append(buffer, " ");
    append(buffer, suffix);
}

void moati_measured_show_at(const moati_measured *measured, moat_figure figure, moati_step finest,
                            char buffer[MOATI_FIGURE]) {
    if (figure == MOAT_FIGURE_RANGE && !is_condition(measured))
        show_range(measured, finest, buffer);
    else
        show_number(measured, figure, step_within(measured, figure, finest), buffer);
    add_suffix(measured, buffer);
}

void moati_measured_show(const moati_measured *measured, moat_figure figure,
                         char buffer[MOATI_FIGURE]) {
    moati_measured_show_at(measured, figure, (moati_step){0, 0}, buffer);
}

void moati_measured_tell(const moati_measured *measured, moat_figure figure,
                         char buffer[MOATI_FIGURE]) {
    moati_measured_show(measured, figure, buffer);
    const char *unit = moati_style_unit(&measured->style);
    if (unit[0] == '\0')
        return;
    append(buffer, " ");
    append(buffer, unit);
}

void moati_measured_show_mean(const moati_measured *measured, char buffer[MOATI_FIGURE]) {
    const moat_summary *s = measured->summary;
    const double factor = measured->style.factor;
    if (is_condition(measured)) {
        show_probability(s->mean, s->mcse, buffer);
        return;
    }
    if (measured->style.exact)
        show_plain(s->mean / factor, buffer);
    else
        moati_step_show_mean(s->mean / factor, s->mcse / factor, buffer);
    add_suffix(measured, buffer);
}

void moati_measured_show_never(const moati_measured *measured, size_t samples,
                               char buffer[MOATI_FIGURE]) {
    const double never = (double)measured->summary->inf_count / (double)samples;
    show_probability(never, sqrt(never * (1 - never) / (double)samples), buffer);
}
