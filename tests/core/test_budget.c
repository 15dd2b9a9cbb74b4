/* Budgets: what is counted, what is refused and how that is told. */
#include <criterion/criterion.h>
#include <string.h>

#include "account.h"
#include "moat/moat.h"
#include "table.h"

static moat_error error;

Test(budget, counts) {
    moat_budget budget = {.limit = 1000};
    cr_expect(moat_budget_take(&budget, 600) && !budget.exceeded);
    cr_expect(!moat_budget_take(&budget, 401) && budget.exceeded && budget.used == 600);
    cr_expect(!moat_budget_take(&budget, UINT64_MAX), "no sum overflows");
    cr_expect(moat_budget_take(&budget, 400));
    moat_budget_give(&budget, 1000);
    cr_expect_eq(budget.used, 0);
    cr_expect(moat_budget_take(NULL, UINT64_MAX) && !moat_budget_cancelled(NULL));
    moat_budget open = {.limit = 0};
    cr_expect(moat_budget_take(&open, UINT64_C(1) << 62));
}

Test(budget, accounts_give_back_what_they_took) {
    moat_budget budget = {.limit = 10000};
    moati_account account = {.budget = &budget};
    double *list = NULL;
    size_t capacity = 0;
    void *memory = moati_account_new(&account, 10, 100);
    cr_assert_not_null(memory);
    cr_expect(moati_account_grow(&account, &list, &capacity, 3, sizeof *list));
    cr_expect_eq(budget.used, 1000 + 16 * sizeof *list);
    cr_expect(!moati_account_grow(&account, &list, &capacity, 1u << 20, sizeof *list));
    cr_expect_eq(capacity, 16, "what was there stays");
    cr_expect_eq(moati_account_fail(&account, &error, "a list"), MOAT_LIMIT);
    cr_expect_str_eq(error.message, "a list would take 8 MiB more, and 1.102 KiB of the memory "
                                    "limit of 9.766 KiB are in use");
    cr_expect_null(moati_account_new(&account, SIZE_MAX / 4, 8), "no product overflows");
    free(memory);
    free(list);
    moati_account_close(&account);
    cr_expect_eq(budget.used, 0);
    const moati_account none = {NULL};
    cr_expect_eq(moati_account_fail(&none, &error, "a list"), MOAT_NO_MEMORY);
    cr_expect_str_eq(error.message, "there is not enough memory for a list");
}

static const struct {
    uint64_t bytes;
    const char *text;
} sizes[] = {{0, "0 bytes"},         {1023, "1023 bytes"},         {1024, "1 KiB"},
             {1536, "1.5 KiB"},      {UINT64_C(4) << 30, "4 GiB"}, {UINT64_C(1) << 60, "1 EiB"},
             {200 << 20, "200 MiB"}, {UINT64_C(5) << 40, "5 TiB"}};

Test(budget, sizes_in_words) {
    char text[MOATI_BYTES_TEXT];
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        moati_bytes_text(text, sizes[i].bytes);
        cr_expect_str_eq(text, sizes[i].text);
    }
}

/* A chain of nodes over one draw; where it ends is returned. */
static moat_node chain(moat_graph *graph, size_t length) {
    moat_source source;
    cr_assert_eq(moat_graph_source(graph, "x", 0, &source, &error), MOAT_OK, "%s", error.message);
    moat_node node = source.uniform;
    for (size_t i = 0; i < length && node != MOAT_NO_NODE; i++)
        node =
            moat_graph_binary(graph, i % 2 == 0 ? MOAT_MUL : MOAT_ADD, node, source.normal, &error);
    return node;
}

/* Whatever the limit, a graph, its program and its evaluation work or say what did not fit, and
 * give back all that they took. */
Test(budget, every_limit_is_met) {
    for (uint64_t limit = 256; limit < 1u << 22; limit += limit / 8) {
        moat_budget budget = {.limit = limit};
        moat_units *units = moat_units_new();
        moat_graph *graph = moat_graph_new(units, &error);
        cr_assert_not_null(graph);
        moat_graph_set_budget(graph, &budget);
        moat_source source;
        moat_program *program = NULL;
        moat_columns *columns = NULL;
        moat_status status = moat_graph_source(graph, "x", 0, &source, &error);
        const moat_node node = status == MOAT_OK ? chain(graph, 1000) : MOAT_NO_NODE;
        if (node != MOAT_NO_NODE)
            status = moat_compile(graph, NULL, 1, &node, &program, &error);
        const moat_run run = {.seed = 1, .samples = 1000, .threads = 1};
        if (program != NULL)
            status = moat_evaluate(program, &run, &columns, &error);
        cr_expect(columns != NULL || (error.status == MOAT_LIMIT && budget.exceeded &&
                                      strstr(error.message, " of the memory limit of ") != NULL),
                  "at %zu bytes: %s", (size_t)limit, error.message);
        cr_expect_leq(budget.used, limit);
        moat_columns_free(columns);
        moat_program_free(program);
        moat_graph_free(graph);
        moat_units_free(units);
        cr_expect_eq(budget.used, 0, "at %zu bytes: %zu are left", (size_t)limit,
                     (size_t)budget.used);
    }
}

Test(budget, compiling_can_be_stopped) {
    atomic_int cancel;
    atomic_init(&cancel, 0);
    moat_budget budget = {.cancel = &cancel};
    moat_units *units = moat_units_new();
    moat_graph *graph = moat_graph_new(units, &error);
    moat_graph_set_budget(graph, &budget);
    const moat_node node = chain(graph, 100000);
    moat_program *program = NULL;
    atomic_store(&cancel, 1);
    cr_expect_eq(moat_compile(graph, NULL, 1, &node, &program, &error), MOAT_INTERRUPTED);
    cr_expect_null(program);
    atomic_store(&cancel, 0);
    cr_expect_eq(moat_compile(graph, NULL, 1, &node, &program, &error), MOAT_OK);
    moat_program_free(program);
    moat_graph_free(graph);
    moat_units_free(units);
    cr_expect_eq(budget.used, 0);
}
