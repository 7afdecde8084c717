// A file that keeps something costly to compute from one run to the next. Whatever is wrong with
// it, it is as if it were not there.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace keepmum {

class CacheFile {
  public:
    // `folder` may be empty: nothing is read or written. `depends_on` is all that the content is
    // made from; the file's name is its hash.
    CacheFile(std::string const& folder, std::string_view depends_on);

    // `front` is guarded by a hash; what `body` holds bears checksums of its own.
    struct Content {
        std::string front, body;
    };

    // The content, if the file is this user's alone to write, and is whole as far as `front` goes.
    std::optional<Content> read() const;

    // Beside it first, then renamed; of such files the newest few are kept. Failure is of no account.
    void write(Content const& content) const;

  private:
    std::string folder_, key_, path_;
};

}  // namespace keepmum
