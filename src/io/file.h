// Files: read without ever changing them, written so that nobody sees half of one.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/content.h"
#include "base/result.h"

namespace keepmum {

// A regular file opened for reading. Its size is that of the moment of opening.
class File final : public Content {
  public:
    // Refuses what is no regular file (Fault::unsupported) before reading from it: a device or a
    // pipe could block for ever. Errors: not_found, denied, unsupported, io.
    static Result<std::shared_ptr<File>> open(std::string const& path);
    ~File() override;
    File(File const&) = delete;
    File& operator=(File const&) = delete;

    std::uint64_t size() const override { return size_; }
    Result<Blob> read(std::uint64_t offset, std::size_t size) const override;
    int descriptor() const override { return descriptor_; }

    // Size, modification or change time differ from those at opening: what was read may be a mix.
    bool changed() const;

  private:
    File() = default;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
    long modified_[2] = {0, 0};
    long status_[2] = {0, 0};
};

// The whole of a small file (configuration, packs), at most `limit` bytes.
Result<std::string> read_file(std::string const& path, std::size_t limit = 64u << 20);

// Standard input up to its end, at most `limit` bytes; `cut` tells that there was more.
Result<std::string> read_standard_input(std::size_t limit, bool& cut);

// Writes beside `path`, syncs, renames over it, syncs the folder. On failure the old file stands.
Result<> write_file(std::string const& path, std::string_view bytes, unsigned mode = 0644);

// The folder and all above it, with mode 0700 where they are new.
Result<> make_folder(std::string const& path);

// Names of the entries of a folder, sorted; none where it is not there.
std::vector<std::string> list_folder(std::string const& path);

bool exists(std::string const& path);

}  // namespace keepmum
