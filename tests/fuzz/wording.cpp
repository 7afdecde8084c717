// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "packs/signs/wording.h"

using namespace keepmum;

// The first half is a file of wording, the second a message to judge by it.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const whole(reinterpret_cast<char const*>(data), size);
    Result<Wording> const wording = Wording::parse("keepmum wording 1\n=class\tstep\t0\n" + std::string(whole.substr(0, size / 2)), "fuzz");
    if (!wording) return 0;
    Spoken spoken;
    read_spoken(whole.substr(size / 2), spoken);
    Wording::Work work;
    std::array<double, Wording::most_classes> odds{};
    TalkWindow window;
    for (SpokenSentence const& sentence : spoken.sentences) {
        wording->score(spoken, sentence, work, odds);
        window.add(sentence.first % 2 == 0 ? TalkWindow::By::them : TalkWindow::By::me, odds.front());
        if (!std::isfinite(wording->judge(window))) std::abort();
        for (double one : odds) {
            if (!std::isfinite(one)) std::abort();
        }
    }
    return 0;
}
