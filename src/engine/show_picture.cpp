// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/show_picture.h"

namespace keepmum {

namespace {

class PreviewOutlet final : public Outlet {
  public:
    PreviewOutlet(Evidence const& picture, std::size_t most) : picture_(picture), most_(most) {}

    void put(Evidence evidence) override {
        std::optional<Preview> preview = read_preview(evidence.content.view());
        if (!preview || enough()) return;
        Exhibit exhibit;
        exhibit.place = evidence.place.under(picture_.place);
        exhibit.role = evidence.role == Role::hidden ? Role::hidden : picture_.role;
        exhibit.reason = picture_.reason;
        exhibit.picture = std::make_shared<Preview const>(std::move(*preview));
        exhibits.push_back(std::move(exhibit));
    }
    void gap(Gap) override {}
    void progress() override {}
    bool enough() const override { return exhibits.size() >= most_; }
    std::uint64_t allowance() const override { return most_ << 20; }  // the largest takes half of it
    std::vector<Exhibit> exhibits;

  private:
    Evidence const& picture_;
    std::size_t most_;
};

}  // namespace

std::vector<Exhibit> show_picture(Broker& broker, FileType const& type, Evidence const& picture, std::size_t most) {
    PreviewOutlet outlet(picture, most);
    broker.run(type.worker, "image.preview", picture, outlet);
    return std::move(outlet.exhibits);
}

}  // namespace keepmum
