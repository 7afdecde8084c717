// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/show_picture.h"

namespace keepmum {

namespace {

class PreviewOutlet final : public Outlet {
  public:
    void put(Evidence evidence) override { preview = read_preview(evidence.content.view()); }
    void gap(Gap) override {}
    void progress() override {}
    bool enough() const override { return preview.has_value(); }
    std::uint64_t allowance() const override { return 1u << 20; }  // the largest takes half of it
    std::optional<Preview> preview;
};

}  // namespace

std::optional<Exhibit> show_picture(Broker& broker, FileType const& type, Evidence const& picture) {
    PreviewOutlet outlet;
    broker.run(type.worker, "image.preview", picture, outlet);
    if (!outlet.preview) return std::nullopt;
    Exhibit exhibit;
    exhibit.place = picture.place;
    exhibit.role = picture.role;
    exhibit.reason = picture.reason;
    exhibit.picture = std::make_shared<Preview const>(std::move(*outlet.preview));
    return exhibit;
}

}  // namespace keepmum
