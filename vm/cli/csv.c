/* The results as comma-separated values (RFC 4180): a row for each output, or for each period
 * of one with an axis. */
#include <string.h>

#include "number.h"
#include "view.h"

static void write_field(const char *text, FILE *file) {
    if (strpbrk(text, ",\"\r\n") == NULL) {
        fputs(text, file);
        return;
    }
    fputc('"', file);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            fputc('"', file);
        fputc(*text, file);
    }
    fputc('"', file);
}

static void write_number(double value, FILE *file) {
    char text[MOATI_NUMBER];
    moati_number_write(text, value);
    fprintf(file, ",%s", text);
}

static void write_row(const moati_view *view, size_t index, size_t entry, FILE *file) {
    const moat_output *output = moat_model_get_output(view->model, index);
    const moat_summary *summary = moat_results_output(view->results, index, entry);
    double factor;
    const char *unit = moati_view_unit(view, index, &factor);
    char label[16];
    moat_model_axis_label(view->model, output->axis, entry, label);
    write_field(output->name, file);
    fputc(',', file);
    write_field(label, file);
    fputc(',', file);
    write_field(unit, file);
    const double figures[] = {summary->mean, summary->sd,  summary->mcse, summary->p5,
                              summary->p25,  summary->p50, summary->p75,  summary->p95,
                              summary->min,  summary->max};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        write_number(figures[i] / factor, file);
    fputc('\n', file);
}

bool moati_view_csv(const moati_view *view, FILE *file) {
    fputs("name,period,unit,mean,sd,mcse,p5,p25,p50,p75,p95,min,max\n", file);
    for (size_t i = 0; i < moat_model_outputs(view->model); i++)
        for (size_t t = 0; t < moat_model_get_output(view->model, i)->count; t++)
            write_row(view, i, t, file);
    return true;
}
