/* A block kernel whose inputs are all constants is run when it is recorded: its results are then
 * constants like any other. */
#include <stdlib.h>

#include "environment.h"
#include "node.h"

static bool all_constant(const moat_graph *graph, size_t count, const moat_node *nodes) {
    for (size_t i = 0; i < count; i++)
        if (moati_at(graph, nodes[i])->op != MOAT_CONSTANT)
            return false;
    return true;
}

/* One lane: values[0 .. count) are the inputs' and then the outputs', columns point to them. */
static void run(const moat_graph *graph, const moat_kernel *kernel, const void *context,
                size_t input_count, const moat_node *inputs, size_t count, double *values,
                double **columns) {
    MOATI_OWN_ENVIRONMENT;
    for (size_t i = 0; i < count; i++)
        columns[i] = &values[i];
    for (size_t i = 0; i < input_count; i++)
        values[i] = moati_at(graph, inputs[i])->as.value;
    kernel->run(context, (const double *const *)columns, columns + input_count, 1);
}

bool moati_fold_call(moat_graph *graph, const moat_kernel *kernel, const void *context,
                     size_t input_count, const moat_node *inputs, size_t output_count,
                     const moat_dim *dims, moat_node *outputs, moat_status *result,
                     moat_error *error) {
    const size_t count = input_count + output_count;
    if (!all_constant(graph, input_count, inputs))
        return false;
    double *values = calloc(count + 1, sizeof *values);
    double **columns = calloc(count + 1, sizeof *columns);
    moat_status status = MOAT_OK;
    if (values != NULL && columns != NULL)
        run(graph, kernel, context, input_count, inputs, count, values, columns);
    else
        status = moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < output_count && status == MOAT_OK; i++) {
        outputs[i] = moat_graph_constant(graph, values[input_count + i], dims[i], error);
        status = outputs[i] != MOAT_NO_NODE ? MOAT_OK : MOAT_NO_MEMORY;
    }
    free(values);
    free(columns);
    *result = status;
    return true;
}
