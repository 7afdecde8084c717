// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/mapping.h"

#include <sys/mman.h>

#include <cerrno>

#include "io/file.h"
#include "io/system_fault.h"

namespace keepmum {

namespace {

struct Mapped {
    void* at;
    std::size_t size;
    ~Mapped() { munmap(at, size); }
};

}  // namespace

Result<Blob> map_file(std::string const& path) {
    std::shared_ptr<File> const file = TRY(File::open(path));
    std::size_t const size = static_cast<std::size_t>(file->size());
    if (size == 0) return Blob();
    void* const at = mmap(nullptr, size, PROT_READ, MAP_SHARED, file->descriptor(), 0);
    if (at == MAP_FAILED) return fail_system(Message::system_cannot_map, errno, path);
    madvise(at, size, MADV_RANDOM);
    std::shared_ptr<Mapped> owner(new Mapped{at, size});
    return Blob::adopt(std::move(owner), {static_cast<char const*>(at), size});
}

}  // namespace keepmum
