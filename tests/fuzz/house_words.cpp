// A words file, a zero byte, and a text to find its words in; without a zero byte a list of ours.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>

#include "base/utf8.h"
#include "packs/house/words_file.h"

namespace {

class Within final : public keepmum::Sink {
  public:
    explicit Within(std::size_t size) : size_(size) {}
    void found(keepmum::Finding finding) override {
        if (finding.span.begin >= finding.span.end || finding.span.end > size_) std::abort();
    }
    void gap(keepmum::Gap) override {}

  private:
    std::size_t size_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    using namespace keepmum;
    std::string_view const input(reinterpret_cast<char const*>(data), size);
    std::size_t const zero = input.find('\0');
    constexpr std::string_view ours = "[[list]]\nname='l'\nnot_in=['东风路']\n"
                                      "words=['Heron','Blue Kite','XK-2047','长征五号','12.5 kt','东风']";
    auto words = read_words(zero == input.npos ? ours : input.substr(0, zero), "words.toml");
    if (!words) return 0;
    auto const detector = make_house_words(std::move(*words), "2026-11-22");
    std::string const text = made_valid(zero == input.npos ? input : input.substr(zero + 1));
    Evidence const evidence;
    Candidate const whole{0, static_cast<std::uint32_t>(text.size())};
    Within sink(text.size());
    detector->examine({evidence, text, {&whole, 1}}, sink);
    return 0;
}
