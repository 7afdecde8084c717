// Hardware addresses of network interfaces: six pairs of hexadecimal digits. Group addresses, all
// zeroes and all ones belong to nobody.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "base/utf8.h"
#include "core/detector.h"
#include "match/confirm.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "network"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::pattern,
        .text = "(?i)\\b[0-9a-f]{2}(?:(?::[0-9a-f]{2}){5}|(?:-[0-9a-f]{2}){5})\\b"},
};
constexpr About about{
    .id = "identity.mac-address",
    .title = {"Hardware address of a network interface", "网卡硬件地址（MAC）"},
    .why = {"It follows one device, and shows its maker.",
        "它可用于追踪同一台设备，并暴露其厂商。"},
    .defined_by = "IEEE 802",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::hint,
};

bool is_single_device(std::string_view text) {
    int const second = is_digit(text[1]) ? text[1] - '0' : to_lower(text[1]) - 'a' + 10;
    if (second % 2) return false;  // group bit
    std::string digits;
    for (char c : text) {
        if (is_alnum(c)) digits += to_lower(c);
    }
    return digits.find_first_not_of(digits[0]) != std::string::npos && digits != "001122334455" &&
        digits != "123456789abc";
}

class MacAddress final : public TreeDetector {
  public:
    explicit MacAddress(About const& about) : TreeDetector(about), confirmer_(about.triggers[0].text) {}
    void examine(Reading const& reading, Sink& sink) const override {
        std::string_view const text = reading.text;
        std::array<Span, 1> groups;
        Occurrences each(confirmer_, reading, 0);
        while (each.next(groups)) {
            auto const [begin, end] = groups[0];
            char const separator = text[begin + 2];
            bool const longer = (begin > 0 && text[begin - 1] == separator) || (end < text.size() &&
                text[end] == separator);
            if (longer || !is_single_device(text.substr(begin, end - begin))) continue;
            Finding finding;
            finding.certainty = Certainty::hint;
            finding.span = groups[0];
            finding.reasons = {"form of a hardware address"};
            sink.found(std::move(finding));
        }
    }

  private:
    Confirmer confirmer_;
};

}  // namespace

extern DetectorRow const row_identity_mac_address{&about,
    [] { return std::unique_ptr<Detector>(new MacAddress(about)); }};

}  // namespace keepmum
