// The outlet of an extractor that runs in a worker's child: sends records down a pipe.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/extractor.h"

namespace keepmum {

// Each thing put is written at once, so that a child that dies later has lost nothing. Keeps to the
// allowance it was given: what goes beyond becomes one Gap, and enough() is true from there on.
class PipeOutlet final : public Outlet {
  public:
    // `input` is what is being extracted; it must stay mapped. `bytes` of content and `members`
    // (evidence; and as many gaps) may be put.
    PipeOutlet(int pipe, std::string_view input, std::uint64_t bytes, std::uint64_t members);

    void put(Evidence evidence) override;
    void gap(Gap gap) override;
    void progress() override;
    bool enough() const override { return enough_; }
    std::uint64_t allowance() const override { return enough_ ? 0 : bytes_left_; }

    // The last word.
    void finish(Done done);

  private:
    void send(std::string_view head, std::string_view content);

    int pipe_;
    std::string_view input_;
    std::uint64_t bytes_left_, members_left_, gaps_left_;
    std::uint64_t frames_ = 0;
    std::int64_t last_sent_ = 0;  // milliseconds
    bool enough_ = false;
};

}  // namespace keepmum
