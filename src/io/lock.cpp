// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "io/system_fault.h"

namespace keepmum {

Result<FileLock> FileLock::take(std::string const& path) {
    int const descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return fail_system(Message::system_cannot_lock, errno, path);
    while (flock(descriptor, LOCK_EX) != 0) {
        if (errno == EINTR) continue;
        int const code = errno;
        close(descriptor);
        return fail_system(Message::system_cannot_lock, code, path);
    }
    return FileLock(descriptor);
}

FileLock::~FileLock() {
    if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace keepmum
