// Empty images in place of the page's own while its text is read. For geometry, the place of an image is
// enough; but poppler unpacks a JPEG 2000 image and builds a colour transform whenever it meets one, even
// for a device that asks for nothing but its place, and that takes longer than all the text of the page.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <vector>

#include "extract/pdf/sight.h"

class Dict;
class Object;
class PDFDoc;

namespace keepmum::pdf {

class ImageStandIns final {
  public:
    // `document` must outlive this.
    explicit ImageStandIns(PDFDoc& document);
    ~ImageStandIns();  // takes back all of them
    ImageStandIns(ImageStandIns const&) = delete;
    ImageStandIns& operator=(ImageStandIns const&) = delete;

    // For all images that the page's resources name, down to a few levels of forms.
    void put_up(int page);
    // Image object `number` was met with this box (points).
    void note(int number, Box box);
    // Takes back those that were noted where `part` shows them. The others are drawn nowhere in it.
    void take_down(Box part);
    void take_down_all();
    // True while an empty image stands for this object.
    bool is_up(int number) const;

  private:
    struct StandIn;
    void gather(Dict* resources, int depth);
    void consider(int number, Object const& image);
    void take_down(int number, StandIn& stand_in);

    PDFDoc& document_;
    std::map<int, StandIn> stand_ins_;  // by object number
    std::vector<int> contents_;         // objects that the page's own text stands in
    int looked_at_ = 0;
};

}  // namespace keepmum::pdf
