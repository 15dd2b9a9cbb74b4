/* A view's outputs and how they are shown; bars. */
#include <string.h>

#include "view.h"

size_t moati_view_outputs(const moati_view *view) {
    return view->outputs != NULL ? view->output_count : moat_model_outputs(view->model);
}

const moat_output *moati_view_output(const moati_view *view, size_t index) {
    return view->outputs != NULL ? &view->outputs[index]
                                 : moat_model_get_output(view->model, index);
}

const char *moati_view_unit(const moati_view *view, size_t output, double *factor) {
    const moati_style style = moati_view_style(view, output);
    *factor = style.factor;
    return style.unit;
}

moati_style moati_view_style(const moati_view *view, size_t output) {
    return moati_style_of(view->model, view->results, moati_view_output(view, output), output);
}

double moati_view_never(const moati_view *view, size_t output) {
    const size_t samples = moat_model_settings(view->model)->samples;
    return (double)moat_results_output(view->results, output, 0)->inf_count / (double)samples;
}

void moati_bars(char buffer[MOATI_BARS * 4 + 1], size_t count, const double *bars, bool utf8) {
    static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    static const char *const marks[] = {".", ":", "-", "=", "+", "*", "#", "@"};
    enum { LEVELS = sizeof blocks / sizeof *blocks };
    buffer[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        size_t level = bars[i] < 0 ? 0 : (size_t)(bars[i] * LEVELS);
        if (level == LEVELS)
            level--;
        strcat(buffer, bars[i] < 0 ? " " : utf8 ? blocks[level] : marks[level]);
    }
}
