// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/link/look_inside.h"

#include <algorithm>

#include "core/picture_text.h"

namespace keepmum {

namespace {

constexpr std::size_t most_things = 10'000;

// The value of the line "name: value" before the payload; the payload is all that follows its name.
std::string_view field_of(std::string_view text, std::string_view name) {
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t const end = std::min(text.find('\n', begin), text.size());
        std::string_view const line = text.substr(begin, end - begin);
        bool const wanted = line.starts_with(name) && line.substr(name.size()).starts_with(": ");
        if (line.starts_with(code_field::payload))
            return wanted ? text.substr(begin + name.size() + 2) : std::string_view();
        if (wanted) return line.substr(name.size() + 2);
        begin = end + 1;
    }
    return {};
}

class Taking final : public Onlooker {
  public:
    explicit Taking(SeenInside& seen) : seen_(seen) {}
    void look(Evidence const& evidence) override {
        if (evidence.media == picture_code_media) take_code(evidence);
        else if (evidence.kind == Kind::bytes || evidence.kind == Kind::image) take_file(evidence);
    }

  private:
    void take_code(Evidence const& evidence) {
        std::string_view const text = evidence.content.view();
        SeenCode code{std::string(field_of(text, code_field::symbology)),
                      std::string(field_of(text, code_field::payload)), evidence.place};
        bool const known = std::any_of(seen_.codes.begin(), seen_.codes.end(),
                                       [&](SeenCode const& other) { return other.payload == code.payload; });
        if (!known && !code.payload.empty() && seen_.codes.size() < most_things)
            seen_.codes.push_back(std::move(code));
    }
    void take_file(Evidence const& evidence) {
        if (evidence.place.steps.empty() || seen_.files.size() >= most_things) return;
        Step const& last = evidence.place.steps.back();
        if (last.how != How::member) return;
        auto const members = std::count_if(evidence.place.steps.begin(), evidence.place.steps.end(),
                                           [](Step const& step) { return step.how == How::member; });
        seen_.files.push_back({last.name, evidence.place, static_cast<unsigned>(members)});
    }

    SeenInside& seen_;
};

}  // namespace

InsideLooker::InsideLooker(Showing showing) : showing_(std::move(showing)) {}

Result<InsideLooker> InsideLooker::make(WorkerFolders const& workers, Limits const& limits) {
    return InsideLooker(TRY(Showing::make(workers, limits, {Kind::bytes, Kind::text, Kind::image, Kind::fields, Kind::records})));
}

SeenInside InsideLooker::look(Item const& item) {
    SeenInside seen;
    Taking taking(seen);
    Shown shown = showing_.show(item, taking);
    seen.gaps = std::move(shown.gaps);
    seen.bytes = shown.coverage.bytes;
    seen.read = shown.coverage.read;
    return seen;
}

}  // namespace keepmum
