// Texts of nothing but beginnings of keys: each of their bytes is read a few times, not once for each beginning.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <ctime>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/detector.h"

namespace keepmum {

extern DetectorRow const row_secret_private_key;

namespace {

class Nothing final : public Sink {
  public:
    void found(Finding) override { ++findings; }
    void gap(Gap) override {}
    int findings = 0;
};

TEST(PrivateKey, ReadsATextOfBeginningsOnce) {
    std::unique_ptr<Detector> const detector = row_secret_private_key.make();
    for (std::string_view const piece : {"x: -----BEGIN PRIVATE KEY-----\n", "a PRIVATE KEY ", "PuTTY-User-Key-File-"}) {
        std::string text;
        std::vector<Candidate> candidates;
        std::uint16_t const trigger = piece.starts_with("PuTTY") ? 1 : 0;
        std::string_view const word = detector->triggers()[trigger].text;
        while (text.size() < 1 << 20) {
            auto const begin = static_cast<std::uint32_t>(text.size() + piece.find(word));
            candidates.push_back({begin, begin + static_cast<std::uint32_t>(word.size()), trigger, {}});
            text += piece;
        }
        Nothing nothing;
        Evidence const evidence;
        std::clock_t const start = std::clock();
        detector->examine({evidence, text, candidates}, nothing);
        EXPECT_LT((std::clock() - start) / CLOCKS_PER_SEC, 4) << piece;  // 10 and more, where each reads all behind or before it
        EXPECT_EQ(nothing.findings, 0);
    }
}

}  // namespace
}  // namespace keepmum
