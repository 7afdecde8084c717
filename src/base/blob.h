// Immutable bytes that many may share. A slice keeps its owner alive and copies nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace keepmum {

class Blob {
  public:
    Blob() = default;

    // A private copy of `bytes`.
    static Blob copy(std::string_view bytes) { return take(std::string(bytes)); }

    // Moves `bytes` in; nothing is copied.
    static Blob take(std::string bytes) {
        auto owner = std::make_shared<std::string const>(std::move(bytes));
        std::string_view view(*owner);
        return adopt(std::move(owner), view);
    }

    // `view` must stay valid and unchanged for as long as `owner` lives.
    static Blob adopt(std::shared_ptr<void const> owner, std::string_view view) {
        Blob blob;
        blob.owner_ = std::move(owner);
        blob.view_ = view;
        return blob;
    }

    std::string_view view() const { return view_; }
    char const* data() const { return view_.data(); }
    std::size_t size() const { return view_.size(); }
    bool empty() const { return view_.empty(); }

    // The part from `offset`, cut to what is there; never fails.
    Blob slice(std::size_t offset, std::size_t size = std::string_view::npos) const {
        if (offset > view_.size()) offset = view_.size();
        return adopt(owner_, view_.substr(offset, size));
    }

  private:
    std::shared_ptr<void const> owner_;
    std::string_view view_;
};

}  // namespace keepmum
