// What the engine extracts of a source, shown piece by piece to somebody who looks for nothing in it: no detector, no directive.
// For what registers documents, reads conversations or looks into a file for codes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <memory>
#include <string>

#include "base/result.h"
#include "core/budget.h"
#include "core/evidence.h"
#include "core/recogniser.h"
#include "core/source.h"
#include "core/verdict.h"
#include "io/folders.h"

namespace keepmum {

class Onlooker {
  public:
    virtual ~Onlooker() = default;
    // Each piece, in the order of extraction, as Recognition::look() gets it.
    virtual void look(Evidence const& evidence) = 0;
};

// What is left once all was shown.
struct Shown {
    std::vector<Gap> gaps;
    Coverage coverage;
};

// Reads files one after another, with its own workers. For one thread.
class Showing final {
  public:
    // `workers`: where the worker programs lie. Only evidence of these kinds is shown; where pictures are not among them, none are
    // decoded. Of pictures as much is shown as `likenesses` says.
    static Result<Showing> make(WorkerFolders const& workers, Limits const& limits, std::initializer_list<Kind> kinds,
                                Recogniser::Likenesses likenesses = Recogniser::Likenesses::asked);
    ~Showing();
    Showing(Showing&&) noexcept;

    // Never fails: what cannot be read is a gap.
    Shown show(Item const& item, Onlooker& onlooker);

  private:
    struct Inside;
    explicit Showing(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace keepmum
