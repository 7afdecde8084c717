// The writers' end of a sink: remembers the first error, so that writers need not ask after each line.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "report/sink.h"

namespace keepmum {

class Output final {
  public:
    explicit Output(std::unique_ptr<ByteSink> sink) : sink_(std::move(sink)) {}

    void put(std::string_view bytes) {
        if (error_) return;
        if (auto done = sink_->append(bytes); !done) error_ = std::move(done.error());
    }

    Result<void> finish() {
        if (error_) return tl::unexpected(*error_);
        return sink_->finish();
    }

  private:
    std::unique_ptr<ByteSink> sink_;
    std::optional<Error> error_;
};

}  // namespace keepmum
