/* Charts of characters. */
#include <stdlib.h>

#include "canvas.h"
#include "chart_describe.h"

enum { FEWEST_COLUMNS = 40, MOST_COLUMNS = 400 };

static moati_write *const writers[MOATI_CHART_KINDS] = {
    [MOATI_CHART_FAN] = moati_write_fan,
    [MOATI_CHART_LINES] = moati_write_lines,
    [MOATI_CHART_AREAS] = moati_write_stacks,
    [MOATI_CHART_SHARES] = moati_write_stacks,
    [MOATI_CHART_STACKS] = moati_write_stacks,
    [MOATI_CHART_HISTOGRAM] = moati_write_histogram,
    [MOATI_CHART_CUMULATIVE] = moati_write_cumulative,
    [MOATI_CHART_SCATTER] = moati_write_scatter,
    [MOATI_CHART_TORNADO] = moati_write_tornado,
    [MOATI_CHART_BARS] = moati_write_bars,
    [MOATI_CHART_BRIDGE] = moati_write_bridge,
};

/* The chart is made in memory first: of one that fails nothing is written. */
moat_status moati_chart_text(const moati_chart *chart, size_t columns, bool utf8, bool colour,
                             FILE *file, moat_error *error) {
    char *text = NULL;
    size_t length = 0;
    moat_status status = moati_chart_check(chart, error);
    if (status != MOAT_OK)
        return status;
    columns = columns < FEWEST_COLUMNS ? FEWEST_COLUMNS : columns;
    const moati_page page = {chart, columns < MOST_COLUMNS ? columns : MOST_COLUMNS, utf8, colour,
                             open_memstream(&text, &length)};
    if (page.file == NULL)
        return moat_fail(error, MOAT_NO_MEMORY, "no memory to draw a chart of characters");
    status = writers[chart->kind](&page, error);
    const bool failed = ferror(page.file) != 0;
    if ((fclose(page.file) != 0 || failed) && status == MOAT_OK)
        status = moat_fail(error, MOAT_NO_MEMORY, "no memory to draw a chart of characters");
    if (status == MOAT_OK)
        fwrite(text, 1, length, file);
    free(text);
    return status;
}
