/* Opens without waiting, then looks at what it has opened: a path may name something else a
 * moment later. The caller owns the file. */
#include "regular.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static FILE *open_regular(int descriptor, const char **why) {
    struct stat about;
    if (fstat(descriptor, &about) == 0 && !S_ISREG(about.st_mode)) {
        *why = S_ISDIR(about.st_mode) ? "it is a folder" : "it is not a regular file";
        errno = 0;
        return NULL;
    }
    return fdopen(descriptor, "rb");
}

FILE *moati_open_regular(const char *path, const char **why) {
    *why = NULL;
    const int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    FILE *file = descriptor < 0 ? NULL : open_regular(descriptor, why);
    const int reason = errno;
    if (file == NULL && descriptor >= 0)
        close(descriptor);
    errno = reason;
    if (file == NULL && *why == NULL)
        *why = strerror(reason);
    return file;
}
