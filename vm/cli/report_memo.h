/* What the files of memos share. */
#ifndef MOATI_REPORT_MEMO_H
#define MOATI_REPORT_MEMO_H

#include "memo.h"
#include "report.h"

/* What running a part has given. */
typedef struct moati_outcome {
    /* Of a block. */
    moati_buffer prints;
    size_t first_item, item_count; /* that it has added to the report */
    /* Of a value. */
    size_t count;     /* of values that the expression has */
    bool is_table;    /* the first is one */
    bool is_quantity; /* which is `quantity`, whose node is `node` */
    bool is_number;
    double number;
    moat_output quantity;
    moat_node node;
    size_t result;     /* its place among the quantities */
    moati_buffer text; /* of what is no quantity */
} moati_outcome;

typedef struct moati_memo_run {
    moati_scenario *scenario;
    moati_memo memo;
    moati_outcome *outcomes; /* of the parts */
    size_t quantity_count;
    moat_results *results; /* of the quantities, in their order */
} moati_memo_run;

/* Runs all parts in their order. Returns an exit status, as the other steps. */
int moati_memo_trace(moati_memo_run *run);
/* Complains of a mistake at a line of the memo. Returns MOATI_EXIT_FAILED. */
int moati_memo_complain(const moati_memo_run *run, int line, const char *message);

enum { MOATI_SHOWN = 256 };

/* Writes a value as it stands in the text, and checks what is expected of it: what does not hold is
 * told, and *holds becomes false. */
int moati_memo_show(const moati_memo_run *run, size_t part, moati_buffer *shown, bool *holds);

#endif
