/* The comparison that people see: what was compared, outputs, series, and for each subject what it
 * assumes otherwise and what that explains. */
#include <stdarg.h>
#include <stdlib.h>

#include "compare.h"
#include "heading.h"

/* A line of a text from anybody; false where memory was short. */
static bool print_clean(FILE *file, const char *format, ...) MOAT_PRINTF(2, 3);

static bool print_clean(FILE *file, const char *format, ...) {
    char text[2000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    char *clean = moati_text_clean(text, false);
    fprintf(file, "%s\n", clean == NULL ? "" : clean);
    free(clean);
    return clean != NULL;
}

static bool print_subject(const moati_compared *subject, FILE *file) {
    enum { SHORT_COMMIT = 10 };
    return print_clean(file, "%s  %s%s%s%s%.*s%s", subject->letter, subject->path,
                       subject->variant != NULL ? ", variant " : "",
                       subject->variant != NULL ? subject->variant : "",
                       subject->revision != NULL ? " (" : "", SHORT_COMMIT,
                       subject->revision != NULL ? subject->revision : "",
                       subject->revision != NULL ? ")" : "");
}

static bool print_heading(const moati_comparison *c, const moati_screen *screen, FILE *file) {
    moati_heading h = {.screen = screen, .file = file};
    for (size_t s = 0; s < c->subject_count; s++)
        h.failed = !print_subject(&c->subjects[s], file) || h.failed;
    moati_heading_add_settings(&h, moat_model_settings(c->subjects[0].model));
    for (size_t i = 0; i < c->set_count; i++)
        moati_heading_add_set(&h, c->sets[i].name, c->sets[i].literal);
    fputs("\n\n", file);
    return !h.failed;
}

static const char *name_of(const moat_output *output) {
    return output->label != NULL ? output->label : output->name;
}

static bool print_match(const moati_comparison *c, size_t output, size_t subject, FILE *file) {
    char why[MOATI_REASON];
    moati_matching_describe(c, output, subject, why);
    return print_clean(file, "%s: %s", name_of(c->outputs[output].output), why);
}

static size_t count_unmatched(const moati_comparison *c) {
    size_t count = c->stray_count;
    for (size_t i = 0; i < c->output_count; i++)
        for (size_t s = 1; s < c->subject_count; s++)
            count += c->outputs[i].matches[s].how != MOATI_MATCHED;
    return count;
}

/* Outputs that could not be compared, and why. */
static bool print_unmatched(const moati_comparison *c, FILE *file) {
    bool done = true;
    for (size_t i = 0; i < c->output_count; i++)
        for (size_t s = 1; s < c->subject_count; s++)
            if (c->outputs[i].matches[s].how != MOATI_MATCHED)
                done = print_match(c, i, s, file) && done;
    for (size_t i = 0; i < c->stray_count; i++)
        done = print_clean(file, "%s: in %s, not in %s", name_of(c->strays[i].output),
                           c->subjects[c->strays[i].subject].letter, c->subjects[0].letter) &&
               done;
    return done;
}

static bool has_axis(const moati_comparison *c, bool axis) {
    for (size_t i = 0; i < c->output_count; i++)
        if ((c->outputs[i].output->axis != MOAT_NO_AXIS) == axis &&
            moati_comparison_is_compared(c, i) && !moati_comparison_is_same(c, i))
            return true;
    return false;
}

/* What does not differ, by name. */
static bool print_same(const moati_comparison *c, const moati_screen *screen, bool blank,
                       FILE *file) {
    moati_screen narrow = *screen;
    narrow.limited = true; /* names are many */
    moati_heading h = {.screen = &narrow, .file = file};
    for (size_t i = 0; i < c->output_count; i++) {
        if (!moati_comparison_is_same(c, i))
            continue;
        fputs(blank && h.used == 0 ? "\n" : "", file);
        moati_heading_add(&h, h.used == 0 ? "the same: " : "", name_of(c->outputs[i].output));
    }
    fputs(h.used > 0 ? "\n" : "", file);
    return !h.failed;
}

/* Assumptions whose values the first subject cannot be given alone. */
static bool print_uncarried(const moati_comparison *c, size_t subject, FILE *file) {
    const moat_contrasts *contrasts = &c->against[subject].contrasts;
    bool done = true;
    for (size_t i = 0; i < contrasts->count; i++) {
        const moat_contrast *item = &contrasts->items[i];
        if (item->kind == MOAT_OTHER_VALUE && !item->carried)
            done =
                print_clean(file, "%s is computed from others: its effect counts as the script's",
                            item->name) &&
                done;
    }
    return done;
}

static bool print_against(const moati_comparison *c, size_t subject, const moati_screen *screen,
                          FILE *file) {
    const moati_against *against = &c->against[subject];
    const char *a = c->subjects[0].letter, *b = c->subjects[subject].letter;
    fputc('\n', file);
    if (against->contrasts.count == 0) {
        fprintf(file, "%s and %s assume the same%s\n", a, b,
                against->target_count > 0 ? ": what differs is the script itself" : "");
        return true;
    }
    if (!moati_compare_assumptions(c, subject, screen, file))
        return false;
    const bool done = print_uncarried(c, subject, file);
    if (against->target_count == 0 || !done)
        return done;
    fputc('\n', file);
    return moati_compare_explanation(c, subject, screen, file);
}

bool moati_compare_table(const moati_comparison *c, const moati_screen *screen, bool quiet,
                         FILE *file) {
    const bool plain = has_axis(c, false), series = has_axis(c, true);
    if (!quiet && !print_heading(c, screen, file))
        return false;
    if (plain && !moati_compare_outputs(c, screen, file))
        return false;
    if (plain && series)
        fputc('\n', file);
    if (series && !moati_compare_series(c, screen, file))
        return false;
    if (!print_same(c, screen, plain || series, file))
        return false;
    if ((plain || series) && count_unmatched(c) > 0)
        fputc('\n', file);
    if (!print_unmatched(c, file))
        return false;
    for (size_t s = 1; s < c->subject_count; s++)
        if (!print_against(c, s, screen, file))
            return false;
    return true;
}
