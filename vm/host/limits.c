/* What ends a run from outside of the script: the budget's flag and its memory.
 *
 * Both are looked at between instructions of the script, after so many of them: few where they
 * take long, as those do that join large texts. Functions that may take long themselves look too.
 * Memory has a soft limit: where Lua passes it, the run ends at its next instruction, and until
 * then Lua is given what it asks for. To refuse it memory would be no safe end: Lua 5.4.4 does not
 * survive that everywhere. */
#include <stdlib.h>
#include <time.h>

#include "account.h"
#include "bind.h"
#include "state.h"

/* Lua may take so many times the limit before it is refused. */
enum { LARGEST_GRANT = 4 };

enum { MOST_INSTRUCTIONS = 1000, SLOW_NS = 10 * 1000 * 1000 };

/* --- Looking. */

/* Of this thread's use of the processor: other programs do not make an instruction slow. */
static int64_t nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void set_interval(lua_State *L, int instructions) {
    const bool is_session = moatl_state(L)->options.show != NULL;
    lua_sethook(L, moatl_hook, LUA_MASKCOUNT | (is_session ? LUA_MASKRET : 0), instructions);
}

void moatl_look(lua_State *L) {
    moat_lua *lua = moatl_state(L);
    char limit[MOATI_BYTES_TEXT], message[96];
    moatl_check_aborted(L);
    if (moat_budget_cancelled(lua->budget))
        moatl_abort(L, MOAT_INTERRUPTED, "the run was stopped");
    if (!lua->is_over)
        return;
    moati_bytes_text(limit, lua->budget->limit);
    snprintf(message, sizeof message, "the script needs more than the memory limit of %s", limit);
    moatl_abort(L, MOAT_LIMIT, message);
}

void moatl_look_always(lua_State *L) {
    set_interval(L, 1);
}

/* Lua lets garbage grow as large as what is in use; near the limit there is no room for that. */
static void collect_sooner(lua_State *L) {
    enum { PAUSE_PERCENT = 120 };
    moat_lua *lua = moatl_state(L);
    if (lua->is_tight || lua->budget->limit == 0 || lua->budget->used <= lua->budget->limit / 2)
        return;
    lua->is_tight = true;
    lua_gc(L, LUA_GCINC, PAUSE_PERCENT, 0, 0);
}

void moatl_hook(lua_State *L, lua_Debug *ar) {
    moat_lua *lua = moatl_state(L);
    if (ar->event == LUA_HOOKRET) {
        moatl_keep_locals(L, ar);
        return;
    }
    moatl_look(L);
    collect_sooner(L);
    const bool is_slow = nanoseconds() - lua->looked > SLOW_NS;
    lua->interval = is_slow ? lua->interval / 8 : 2 * lua->interval;
    lua->interval = lua->interval < 1                   ? 1
                    : lua->interval > MOST_INSTRUCTIONS ? MOST_INSTRUCTIONS
                                                        : lua->interval;
    if (lua_gethookcount(L) != lua->interval)
        set_interval(L, lua->interval); /* which takes long itself in a deep recursion */
    lua->looked = nanoseconds();
}

void moati_begin_looking(moat_lua *lua) {
    lua->aborted = MOAT_OK;
    lua->is_over = false;
    lua->running = lua->L;
    lua->interval = 1;
    lua->looked = nanoseconds();
    lua->closing = 0;
    lua->printed = 0;
    set_interval(lua->L, lua->interval);
}

/* --- Memory. */

static bool take(moat_lua *lua, uint64_t bytes) {
    moat_budget *budget = lua->budget;
    if (moat_budget_take(budget, bytes))
        return true;
    const uint64_t most =
        budget->limit <= UINT64_MAX / LARGEST_GRANT ? budget->limit * LARGEST_GRANT : UINT64_MAX;
    if (!lua->is_over && lua->running != NULL)
        set_interval(lua->running, 1);
    lua->is_over = true;
    if (bytes > most || budget->used > most - bytes)
        return false;
    budget->used += bytes;
    return true;
}

void *moati_allocate(void *context, void *block, size_t old_size, size_t size) {
    moat_lua *lua = context;
    const size_t before = block != NULL ? old_size : 0; /* of none it is a kind of object */
    if (size > before && !take(lua, size - before))
        return NULL;
    if (size < before)
        moat_budget_give(lua->budget, before - size);
    if (size == 0) {
        free(block);
        return NULL;
    }
    void *grown = realloc(block, size);
    if (grown == NULL && size > before)
        moat_budget_give(lua->budget, size - before);
    /* Lua relies on it that a block can always be made smaller. */
    return grown == NULL && block != NULL && size <= before ? block : grown;
}
