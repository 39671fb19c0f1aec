/* A disk whose every fsync takes SLOWDISK_US microseconds longer: preload it. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

typedef int (*sync_call)(int);

static void wait_longer(void)
{
    static long longer = -1;
    if (longer < 0) {
        const char *told = getenv("SLOWDISK_US");
        longer = told ? atol(told) : 0;
    }
    struct timespec left = {longer / 1000000, (longer % 1000000) * 1000};
    while (longer > 0 && nanosleep(&left, &left) != 0) {
    }
}

static int after_the_wait(const char *name, int file)
{
    sync_call real = (sync_call)dlsym(RTLD_NEXT, name);
    wait_longer();
    return real(file);
}

int fsync(int file) { return after_the_wait("fsync", file); }

int fdatasync(int file) { return after_the_wait("fdatasync", file); }
