// Codes to be scanned that stand in pictures, and what a telephone would do with each. The reader of codes has read the payload
// (core/picture_text.h); here it is stated.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/detector.h"
#include "core/picture_text.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"link"};
constexpr Trigger triggers[] = {{.what = Trigger::What::literal, .text = "\npayload: "}};
constexpr About about{
    .id = "link.code",
    .title = {"Bar code or QR code in a picture", "图片中的条码或二维码"},
    .why = {"Whoever sees the picture can scan it: it opens addresses, joins networks, pays, or links a device to an "
            "account.",
            "看到图片的人都能扫：打开网址、接入网络、付款，或把设备绑定到账号。"},
    .defined_by = "ISO/IEC 18004 (QR), 16022 (Data Matrix), 24778 (Aztec), 15438 (PDF417), 15417, 15420",
    .labels = labels,
    .triggers = triggers,
    .positional = true,
};

// What lets in whoever has the code.
constexpr std::string_view opens_doors[] = {"join-wifi", "link-device", "sign-in", "sign-in-key", "install-profile"};

std::string_view value_of(std::string_view text, std::string_view name) {
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t const end = std::min(text.find('\n', begin), text.size());
        std::string_view const line = text.substr(begin, end - begin);
        if (line.starts_with(name) && line.substr(name.size()).starts_with(": ")) return line.substr(name.size() + 2);
        if (line.starts_with(code_field::payload)) break;  // what follows is the code's own
        begin = end + 1;
    }
    return {};
}

class CodeDetector final : public TreeDetector {
  public:
    using TreeDetector::TreeDetector;
    void examine(Reading const& reading, Sink& sink) const override {
        if (reading.evidence.media != picture_code_media || reading.candidates.empty()) return;
        Candidate const& candidate = reading.candidates.front();
        std::size_t end = reading.text.size();
        while (end > 0 && reading.text[end - 1] == '\n') --end;
        if (candidate.end >= end) return;
        Finding finding;
        finding.certainty = Certainty::certain;
        finding.span = {candidate.end, end};
        std::string_view const does = value_of(reading.text, code_field::does);
        finding.facts.push_back({"code", std::string(value_of(reading.text, code_field::symbology))});
        finding.facts.push_back({"does", std::string(does)});
        if (std::string_view const host = value_of(reading.text, code_field::host); !host.empty())
            finding.facts.push_back({"host", std::string(host)});
        if (std::find(std::begin(opens_doors), std::end(opens_doors), does) != std::end(opens_doors))
            finding.labels.push_back("access");
        finding.reasons = {"it was read from the picture, and its check digits agree"};
        sink.found(std::move(finding));
    }
};

}  // namespace

extern DetectorRow const row_link_code{&about, [] { return std::unique_ptr<Detector>(new CodeDetector(about)); }};

}  // namespace keepmum
