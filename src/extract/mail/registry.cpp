// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/mail/mail.h"
#include "extract/registry.h"

namespace keepmum {

std::span<ExtractorRow const> extractors_mail() {
    static ExtractorRow const rows[] = {
        {"mail.mbox", mbox_extractor}, {"mail.message", message_extractor}, {"mail.tnef", tnef_extractor}};
    return rows;
}

}  // namespace keepmum
