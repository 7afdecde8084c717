// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/open_chats.h"

#include <algorithm>
#include <utility>

#include "approach/mail_folder.h"
#include "format/chat/read_chat.h"
#include "io/file.h"

namespace keepmum {

namespace {

// Takes down what a reader would see.
class Collection final : public Onlooker {
  public:
    void look(Evidence const& evidence) override {
        if (evidence.role == Role::shown) all.push_back(evidence);
    }
    std::vector<Evidence> all;
};

// Exports larger than this are not taken into memory.
constexpr std::uint64_t largest_export = 1u << 30;

// Messages whose text the program that exported them left out: nobody can say what stood there.
std::optional<Gap> gap_of_unread(ChatExport const& chats, Place const& place) {
    std::size_t count = 0;
    Gap gap;
    for (Conversation const& conversation : chats.conversations) {
        for (ChatMessage const& message : conversation.messages) {
            if (message.kind != ChatMessage::Kind::unread) continue;
            if (count++ == 0) gap.place.span = message.span;
            gap.bytes += std::max<std::uint64_t>(message.span.size(), 1);
        }
    }
    if (count == 0) return std::nullopt;
    std::optional<Span> const first = gap.place.span;
    gap.place = place;
    gap.place.span = first;
    gap.cause = Cause::unsupported;
    gap.stage = Stage::extract;
    gap.media = std::string(message_media);
    gap.detail = std::to_string(count) + " messages have no text in the export";
    return gap;
}

// What `bytes` hold as conversations goes to `opened`; false where they hold none.
bool take_chats(std::string_view bytes, Place const& place, OpenedChats& opened) {
    std::string_view const name = place.steps.empty() ? std::string_view(place.source) : std::string_view(place.steps.back().name);
    ChatExport chats = read_chat(bytes, name);
    if (chats.conversations.empty()) return false;
    if (std::optional<Gap> gap = gap_of_unread(chats, place)) opened.gaps.push_back(std::move(*gap));
    opened.chats.push_back({place, std::move(chats.conversations), chats.owner_known});
    for (ChatGap const& one : chats.gaps) {
        Gap gap;
        gap.place = place;
        gap.place.span = one.span;
        gap.cause = Cause::malformed;
        gap.stage = Stage::extract;
        gap.bytes = std::max<std::uint64_t>(one.span.size(), 1);
        gap.detail = one.what;
        opened.gaps.push_back(std::move(gap));
    }
    return true;
}

// Reads the file itself as an export: the usual case, and the only one for files of hundreds of megabytes.
bool open_export(Item const& item, OpenedChats& opened) {
    if (item.gap || item.path.empty()) return false;
    Result<std::shared_ptr<File>> const file = File::open(item.path);
    if (!file || (*file)->size() > largest_export) return false;
    Result<Blob> const bytes = (*file)->read(0, static_cast<std::size_t>((*file)->size()));
    if (!bytes || (*file)->changed()) return false;
    Place place;
    place.source = item.name;
    if (!take_chats(bytes->view(), place, opened)) return false;
    std::uint64_t unread = 0;
    for (Gap const& gap : opened.gaps) unread += gap.bytes;
    opened.coverage = {bytes->size(), bytes->size() - std::min<std::uint64_t>(unread, bytes->size())};
    return true;
}

}  // namespace

ChatOpener::ChatOpener(Showing showing) : showing_(std::move(showing)) {}

Result<ChatOpener> ChatOpener::make(WorkerFolders const& workers, Limits const& limits) {
    return ChatOpener(TRY(Showing::make(workers, limits, {Kind::bytes, Kind::text})));
}

OpenedChats ChatOpener::open(Item const& item) {
    OpenedChats opened;
    if (open_mail_folder(item, opened) || open_export(item, opened)) return opened;
    Collection collection;
    Shown shown = showing_.show(item, collection);
    opened.gaps = std::move(shown.gaps);
    opened.coverage = shown.coverage;
    // Exports inside it; where there are none, what the document or picture itself says.
    for (Kind const kind : {Kind::bytes, Kind::text}) {
        for (Evidence const& evidence : collection.all) {
            bool const itself = kind == Kind::bytes && evidence.place.steps.empty() && !item.path.empty();
            if (evidence.kind == kind && !itself && !evidence.large) take_chats(evidence.content.view(), evidence.place, opened);
        }
        if (!opened.chats.empty()) break;
    }
    if (!opened.chats.empty() || !opened.gaps.empty()) return opened;
    Gap gap;
    gap.place.source = item.name;
    gap.cause = Cause::unsupported;
    gap.stage = Stage::extract;
    gap.bytes = opened.coverage.bytes;
    gap.detail = "no conversation was found in it";
    opened.gaps.push_back(std::move(gap));
    return opened;
}

}  // namespace keepmum
