/* Linux: resource limits and a filter of system calls. Elsewhere there is no confining. */
#define _GNU_SOURCE
#include "confine.h"

#ifdef MOATI_HAVE_SECCOMP

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

bool moati_confine_possible(void) {
    return true;
}

static moat_status fail(moat_error *error, const char *what, int reason) {
    return moat_fail(error, MOAT_SYSTEM, "the script's process cannot be confined: %s: %s", what,
                     strerror(reason));
}

/* Standard streams lead nowhere; all else but the channel, which becomes the next, is closed. */
static bool close_descriptors(int *channel) {
    const int nowhere = open("/dev/null", O_RDWR);
    const int next = STDERR_FILENO + 1;
    if (nowhere < 0 || dup2(nowhere, STDIN_FILENO) < 0 || dup2(nowhere, STDOUT_FILENO) < 0 ||
        dup2(nowhere, STDERR_FILENO) < 0 || dup2(*channel, next) < 0)
        return false;
    *channel = next;
    return close_range((unsigned)next + 1, ~0U, 0) == 0;
}

/* No function, as what resources are numbered by has a type of the C library's own. */
#define LIMIT(resource, most) (setrlimit(resource, &(struct rlimit){(most), (most)}) == 0)

/* What sanitizers reserve of addresses is more than any limit. */
static bool is_sanitized(void) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    return true;
#else
    return false;
#endif
#else
    return false;
#endif
}

/* Room for the program itself and its libraries; and past the limit of time, at which the parent
 * stops the process with a message. */
enum { PROGRAM = 1 << 28, SPARE_SECONDS = 2 };

/* More seconds than that are no limit. */
static const double most_seconds = 1e9;

static bool limit_resources(double seconds, uint64_t memory) {
    return LIMIT(RLIMIT_CORE, 0) && LIMIT(RLIMIT_FSIZE, 0) && LIMIT(RLIMIT_NPROC, 0) &&
           LIMIT(RLIMIT_NOFILE, 0) &&
           (seconds <= 0 || seconds > most_seconds ||
            LIMIT(RLIMIT_CPU, (rlim_t)ceil(seconds) + SPARE_SECONDS)) &&
           (memory == 0 || is_sanitized() || LIMIT(RLIMIT_AS, memory + PROGRAM));
}

/* What a script's computation needs of the system. Memory cannot become code. */
static int add_rules(scmp_filter_ctx filter) {
    static const int allowed[] = {
        SCMP_SYS(read),
        SCMP_SYS(write),
        SCMP_SYS(munmap),
        SCMP_SYS(mremap),
        SCMP_SYS(brk),
        SCMP_SYS(madvise),
        SCMP_SYS(futex),
        SCMP_SYS(exit),
        SCMP_SYS(exit_group),
        SCMP_SYS(clock_gettime),
        SCMP_SYS(clock_getres),
        SCMP_SYS(gettimeofday),
        SCMP_SYS(rt_sigreturn),
        SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(restart_syscall),
        SCMP_SYS(getrandom),
        SCMP_SYS(sigaltstack),
        SCMP_SYS(sched_yield),
    };
    int status = 0;
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed && status == 0; i++)
        status = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
    const struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    if (status == 0)
        status = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, no_code);
    if (status == 0)
        status = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_code);
    return status;
}

/* Any other call fails, as if the user had no right to it. */
static int filter_calls(void) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (filter == NULL)
        return ENOMEM;
    int status = add_rules(filter);
    if (status == 0)
        status = seccomp_load(filter);
    seccomp_release(filter);
    return -status;
}

moat_status moati_confine(int *channel, double seconds, uint64_t memory, moat_error *error) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return fail(error, "its privileges", errno);
    if (!close_descriptors(channel))
        return fail(error, "its files", errno);
    if (!limit_resources(seconds, memory))
        return fail(error, "its limits", errno);
    const int reason = filter_calls();
    return reason == 0 ? MOAT_OK : fail(error, "its system calls", reason);
}

#else

bool moati_confine_possible(void) {
    return false;
}

moat_status moati_confine(int *channel, double seconds, uint64_t memory, moat_error *error) {
    (void)channel;
    (void)seconds;
    (void)memory;
    return moat_fail(error, MOAT_SYSTEM,
                     "this system cannot confine a script to a process of its own; --untrusted "
                     "needs Linux and libseccomp");
}

#endif
