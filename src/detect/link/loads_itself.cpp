// What a document fetches when it is opened, without anybody's asking: a template, a linked object, a
// picture from a server. It tells the server who reads it when, and names the server to the reader.
// The extractor says what a link loads (ECMA-376 relationship types).
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/detector.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"link"};
constexpr Trigger triggers[] = {{.what = Trigger::What::always}};
constexpr About about{
    .id = "link.loads-itself",
    .title = {"Loads something from outside by itself", "会自动加载外部内容"},
    .why = {"Whoever opens it calls on that place: the place learns who reads it, and the reader learns the place.",
            "打开文件就会连到那个地址：对方能知道谁在看，读者也能看到这个地址。"},
    .defined_by = "ECMA-376-1, 9.3 and 15 (external relationships)",
    .labels = labels,
    .triggers = triggers,
    .showable = true,
    .positional = true,
};

class LoadsItself final : public TreeDetector {
  public:
    using TreeDetector::TreeDetector;
    void examine(Reading const& reading, Sink& sink) const override {
        Evidence const& evidence = reading.evidence;
        if (evidence.role != Role::link || evidence.reason.empty() || evidence.content.empty()) return;
        std::string_view const text = reading.text;
        for (std::size_t begin = 0; begin < text.size();) {
            std::size_t const end = std::min(text.find('\n', begin), text.size());
            if (end > begin) {
                Finding finding;
                // Pictures and other workbooks are linked in innocence often enough.
                bool const common = evidence.reason == "image" || evidence.reason == "workbook";
                finding.certainty = common ? Certainty::likely : Certainty::certain;
                finding.span = {begin, end};
                finding.facts = {{"loads", evidence.reason}};
                finding.reasons = {"the document loads it when it is opened"};
                sink.found(std::move(finding));
            }
            begin = end + 1;
        }
    }
};

}  // namespace

extern DetectorRow const row_link_loads_itself{&about, [] { return std::unique_ptr<Detector>(new LoadsItself(about)); }};

}  // namespace keepmum
