#include "chart.h"
moat_status moati_chart_text(const moati_chart *chart, size_t columns, bool utf8, bool colour,
                             FILE *file, moat_error *error) {
    (void)chart;
    (void)columns;
    (void)utf8;
    (void)colour;
    (void)file;
    (void)error;
    return MOAT_OK;
}
