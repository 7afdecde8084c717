// What `keepmum clean` says: for people, or a line of JSON a file.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "base/message.h"
#include "clean/certificate.h"
#include "core/gap.h"

namespace keepmum {

class CleanTelling {
  public:
    virtual ~CleanTelling() = default;
    virtual void cleaned(std::string const& source, std::string const& output, Certificate const& certificate) = 0;
    // `cause` and its English `detail`, or a message of its own where `why` is not empty.
    virtual void refused(std::string const& source, Cause cause, std::string const& detail, std::string const& why) = 0;
    // `why` is empty where it holds.
    virtual void verified(std::string const& file, std::string const& why) = 0;
    virtual void end() = 0;
    bool whole() const { return whole_; }

  protected:
    void print(std::string const& text);
    bool whole_ = true;
};

std::unique_ptr<CleanTelling> tell_as_text(Language language);
std::unique_ptr<CleanTelling> tell_as_lines();

}  // namespace keepmum
