// Maildir, as D. J. Bernstein described it, with the folders below that Maildir++ added. One conversation runs through many
// files, so they are read together: a sounding out is told by its steps, and each step is another mail.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/mail_folder.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "format/chat/read_chat.h"
#include "io/file.h"

namespace keepmum {

namespace {

// Mails beyond that many bytes, all together, are not taken into memory.
constexpr std::uint64_t most_bytes = 1u << 30;

bool is_folder(std::string const& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

class MailFolder {
  public:
    MailFolder(std::string name, OpenedChats& opened) : name_(std::move(name)), opened_(opened) {}

    void read(std::string const& path) {
        list_mails(path);
        for (std::string const& below : list_folder(path)) {
            if (below.starts_with('.') && below != "." && below != "..") list_mails(path + "/" + below);
        }
        // Names begin with the second in which the mail was put there, which its sender has no hand in.
        std::sort(mails_.begin(), mails_.end());
        for (auto const& [second, file] : mails_) read_mail(file);
    }

    void finish() {
        ChatExport chats = threads_.take();
        Place place;
        place.source = name_;
        if (!chats.conversations.empty()) opened_.chats.push_back({place, std::move(chats.conversations), chats.owner_known});
        else if (opened_.gaps.empty()) add_gap(Cause::unsupported, 1, "there is no mail in it");
        for (ChatGap const& one : chats.gaps) add_gap(Cause::malformed, one.span.size(), one.what);
    }

  private:
    void list_mails(std::string const& path) {
        for (char const* below : {"/cur/", "/new/"}) {
            for (std::string const& entry : list_folder(path + below)) {
                if (!entry.starts_with('.')) mails_.emplace_back(std::strtoull(entry.c_str(), nullptr, 10), path + below + entry);
            }
        }
    }

    void read_mail(std::string const& path) {
        Result<std::shared_ptr<File>> const file = File::open(path);
        if (!file) return add_gap(Cause::unreadable, 1, "a mail could not be opened");
        std::uint64_t const size = (*file)->size();
        opened_.coverage.bytes += size;
        if (size > most_bytes - read_) return add_gap(Cause::too_big, size, "more mail than is taken into memory");
        Result<Blob> const bytes = (*file)->read(0, static_cast<std::size_t>(size));
        if (!bytes) return add_gap(Cause::unreadable, std::max<std::uint64_t>(size, 1), "a mail could not be read");
        threads_.add(bytes->view(), {read_, read_ + size});
        read_ += size;
        opened_.coverage.read += size;
    }

    void add_gap(Cause cause, std::uint64_t bytes, std::string detail) {
        Gap gap;
        gap.place.source = name_;
        gap.cause = cause;
        gap.stage = Stage::open;
        gap.bytes = bytes;
        gap.detail = std::move(detail);
        opened_.gaps.push_back(std::move(gap));
    }

    std::string name_;
    OpenedChats& opened_;
    MailThreads threads_;
    std::vector<std::pair<std::uint64_t, std::string>> mails_;  // second and path
    std::uint64_t read_ = 0;
};

}  // namespace

bool is_mail_folder(std::string const& path) { return is_folder(path + "/cur") && is_folder(path + "/new") && is_folder(path + "/tmp"); }

bool open_mail_folder(Item const& item, OpenedChats& opened) {
    if (item.gap || item.path.empty() || !is_mail_folder(item.path)) return false;
    MailFolder folder(item.name, opened);
    folder.read(item.path);
    folder.finish();
    return true;
}

}  // namespace keepmum
