/* The line that says what was run. */
#include <inttypes.h>
#include <stdlib.h>

#include "heading.h"
#include "number.h"
#include "view.h"

void moati_heading_add(moati_heading *h, const char *label, const char *text) {
    enum { LONGEST_PART = 72 };
    const char *separator = h->used == 0 ? "" : h->screen->utf8 ? " · " : ", ";
    char part[512];
    snprintf(part, sizeof part, "%s%s", label, text);
    char *clean = moati_text_clean(part, false);
    char *cut =
        clean == NULL ? NULL : moati_text_cut(clean, LONGEST_PART, h->screen->utf8 ? "…" : "...");
    h->failed = h->failed || cut == NULL;
    const char *shown = cut == NULL ? "" : cut;
    const size_t width = moati_text_width(shown), gap = moati_text_width(separator);
    const bool wraps =
        h->screen->limited && h->used > 0 && h->used + gap + width > h->screen->columns;
    fprintf(h->file, "%s%s", wraps ? "\n" : separator, shown);
    h->used = wraps ? width : h->used + gap + width;
    free(cut);
    free(clean);
}

/* The first part, which stands out: it is all there, so that it can be copied. */
static void add_script(moati_heading *h, const char *path) {
    char *clean = moati_text_clean(path, false);
    h->failed = h->failed || clean == NULL;
    const char *shown = clean == NULL ? "" : clean;
    fprintf(h->file, "%s%s%s", h->screen->colour ? "\033[1m" : "", shown,
            h->screen->colour ? "\033[0m" : "");
    h->used = moati_text_width(shown);
    free(clean);
}

void moati_heading_add_settings(moati_heading *h, const moat_settings *settings) {
    char number[MOATI_NUMBER];
    moati_number_show_count(number, settings->samples);
    moati_heading_add(h, number, settings->samples == 1 ? " sample" : " samples");
    snprintf(number, sizeof number, "%" PRIu64, settings->seed);
    moati_heading_add(h, "seed ", number);
    moati_heading_add(h, moat_sampling_name(settings->sampling), " sampling");
}

void moati_heading_add_set(moati_heading *h, const char *name, const char *literal) {
    char label[128];
    snprintf(label, sizeof label, "set %s = ", name);
    moati_heading_add(h, label, literal);
}

bool moati_view_heading(const moati_view *view, const moati_screen *screen, FILE *file) {
    const moat_settings *settings = moat_model_settings(view->model);
    const char *variant = moat_model_variant(view->model);
    moati_heading h = {.screen = screen, .file = file};
    char digest[33];
    add_script(&h, view->script);
    moati_heading_add_settings(&h, settings);
    if (variant != NULL)
        moati_heading_add(&h, "variant ", variant);
    for (size_t i = 0; i < view->set_count; i++)
        moati_heading_add_set(&h, view->sets[i].name, view->sets[i].literal);
    moat_results_digest(view->results, digest);
    digest[8] = '\0';
    moati_heading_add(&h, "digest ", digest);
    fputs("\n\n", file);
    return !h.failed;
}
