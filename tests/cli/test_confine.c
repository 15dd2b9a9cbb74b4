/* What a confined process can still do: compute, and answer on its channel. */
#define _GNU_SOURCE
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "channel.h"
#include "confine.h"

/* Each returns whether it was allowed. */
static bool open_to_read(void) {
    return open("/etc/passwd", O_RDONLY) >= 0;
}

static bool open_to_write(void) {
    return open("/tmp/moat_confined", O_WRONLY | O_CREAT, 0600) >= 0;
}

static bool make_folder(void) {
    return mkdir("/tmp/moat_confined", 0700) == 0;
}

static bool remove_file(void) {
    return unlink("/tmp/moat_confine_victim") == 0;
}

static bool start_process(void) {
    return fork() >= 0;
}

static bool start_program(void) {
    char *argv[] = {"true", NULL};
    execv("/bin/true", argv);
    return false; /* it would not have returned */
}

static bool open_socket(void) {
    return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool signal_parent(void) {
    return kill(getppid(), 0) == 0;
}

static bool map_code(void) {
    return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
           MAP_FAILED;
}

static bool make_code(void) {
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page != MAP_FAILED && mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
}

static bool read_clock_of_others(void) {
    return prctl(PR_SET_DUMPABLE, 1) == 0;
}

static bool allocate(void) {
    char *block = malloc(8 << 20);
    if (block != NULL)
        memset(block, 1, 8 << 20);
    free(block);
    return block != NULL;
}

static const struct {
    const char *what;
    bool (*attempt)(void);
    bool allowed;
} attempts[] = {
    {"reading a file", open_to_read, false},
    {"writing a file", open_to_write, false},
    {"making a folder", make_folder, false},
    {"removing a file", remove_file, false},
    {"starting a process", start_process, false},
    {"starting a program", start_program, false},
    {"opening a socket", open_socket, false},
    {"signalling the parent", signal_parent, false},
    {"mapping code", map_code, false},
    {"making code of data", make_code, false},
    {"becoming traceable", read_clock_of_others, false},
    {"allocating memory", allocate, true},
};

/* What the confined process says of an attempt; -1: nothing. */
static int try_confined(bool (*attempt)(void)) {
    int ends[2];
    char answer = -1;
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    const pid_t child = fork();
    if (child == 0) {
        int channel = ends[1];
        moat_error error;
        if (moati_confine(&channel, 10, UINT64_C(1) << 28, &error) != MOAT_OK)
            _exit(1);
        answer = (char)attempt();
        moati_message_send(channel, MOATI_MESSAGE_PRINT, &answer, 1);
        _exit(0);
    }
    close(ends[1]);
    moati_header header;
    if (!moati_message_read(ends[0], &header, sizeof header) ||
        !moati_message_read(ends[0], &answer, 1))
        answer = -1;
    close(ends[0]);
    waitpid(child, NULL, 0);
    return answer;
}

Test(confine, attempts) {
    if (!moati_confine_possible())
        return;
    close(open("/tmp/moat_confine_victim", O_WRONLY | O_CREAT, 0600));
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
        cr_expect_eq(try_confined(attempts[i].attempt), attempts[i].allowed, "%s: %d",
                     attempts[i].what, try_confined(attempts[i].attempt));
    cr_expect_eq(unlink("/tmp/moat_confine_victim"), 0);
}
