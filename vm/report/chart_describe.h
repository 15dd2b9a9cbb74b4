/* What a chart shows, in words. */
#ifndef MOATI_CHART_DESCRIBE_H
#define MOATI_CHART_DESCRIBE_H

#include "chart.h"

/* What is asked of a chart before it is rendered. Errors: MOAT_INVALID. */
moat_status moati_chart_check(const moati_chart *chart, moat_error *error);

/* The description of a chart that has been checked, allocated. Errors: MOAT_NO_MEMORY. */
moat_status moati_chart_sentence(const moati_chart *chart, char **text, moat_error *error);

#endif
