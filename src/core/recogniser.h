// Recognisers: they compare a source as a whole with what is kept (the register), where a detector
// judges one text by itself.
//
// A finding here rests on all texts of a source together: an excerpt may run over ten pages of a PDF, and
// how much of it is too much is a threshold per checked source, never per page or window. So the engine
// shows a recognition one piece of evidence after another, and asks for findings once all were shown.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/evidence.h"
#include "core/finding.h"
#include "core/gap.h"
#include "core/rule.h"

namespace keepmum {

inline constexpr std::string_view register_media = "application/x-keepmum-register";

// A stretch of one of the texts that were looked at.
struct Stretch {
    std::uint32_t look = 0;  // which one: looks are counted from 0
    Span span;               // bytes of that evidence's content
};

// What a recognition states. The engine fills in place, position, role, fingerprint and labels.
struct Statement {
    // What its stretches are: running text, of which its shape alone may be shown, or single values (cells of a row).
    enum class Covers : std::uint8_t { passages, values };
    std::uint32_t look = 0;          // the evidence that the finding is placed in; it must have been of interest
    Finding finding;                 // span in bytes of that evidence's content; an empty span means the whole of it
    std::vector<Stretch> stretches;  // everything that it rests on, for reports to mark; may run over several looks
    Covers covers = Covers::passages;
};

// Whether a piece of evidence may come to be stated in a finding: the engine keeps only such evidence until the end.
enum class Interest : std::uint8_t { none, some };

// What is seen of one source: made for it, used by one thread, then thrown away.
class Recognition {
  public:
    virtual ~Recognition() = default;
    // Called for each piece of evidence of a kind that the recogniser wants, in the order of extraction; its place is
    // whole. `file` tells which file inside the source it belongs to (the source itself, an attachment, a member
    // of an archive): pieces of one file have one number, and a number is never used again. The content is
    // valid during the call only; of large files (Evidence::large) it is not in memory at all.
    virtual Interest look(Evidence const& evidence, std::uint32_t file) = 0;
    // All was shown. Called once, last.
    virtual std::vector<Statement> finish() = 0;
    // What could not be compared, because the register is damaged. Called after finish(). Places may be left empty: the
    // source. The gaps' media is `register_media`, which directives go by.
    virtual std::vector<Gap> gaps() const { return {}; }
    // What is to be kept of the source beyond its report, as bytes that the recogniser alone reads. Called after finish().
    virtual std::string keepsake() const { return {}; }
};

// One object serves all threads: const, and keeps nothing of what was looked at.
class Recogniser {
  public:
    virtual ~Recogniser() = default;
    virtual std::span<Rule const> rules() const = 0;  // of the findings that it can state; live as long as it does
    // Which kinds of evidence it is to be shown. Where no recogniser wants pictures, none are decoded for it.
    virtual bool wants(Kind kind) const = 0;
    virtual std::unique_ptr<Recognition> begin() const = 0;
    // What it wants of pictures: enough to ask for them, or what a register keeps of them, which takes longer to make.
    enum class Likenesses : std::uint8_t { asked, kept };
    virtual Likenesses likenesses() const { return Likenesses::asked; }
};

}  // namespace keepmum
