// LinkedIn's data export: messages.csv and Invitations.csv.
//
//   CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,
//     ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT
//   From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl
//
// The export does not say whose it is: it is the owner's profile that takes part in most conversations. CONTENT is text or
// HTML. Drafts were never sent, and are the program's lines here.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <unordered_map>
#include <unordered_set>

#include "base/utf8.h"
#include "format/chat/readers.h"
#include "format/chat/stamp.h"
#include "format/chat/table.h"

namespace keepmum {

namespace {

using Kind = ChatMessage::Kind;

std::string written_date(std::string_view date, DateOrder order) {
    ChatStamp stamp;
    return read_stamp(date, skip_blank(date, 0), stamp) > 0 ? write_stamp(stamp, order) : std::string();
}

class LinkedInMessages {
  public:
    LinkedInMessages(ChatTable& table, ChatExport& out) : table_(table), out_(out) {}

    void read() {
        out_.dialect = "linkedin";
        while (table_.next()) read_row();
        claim();
    }

  private:
    std::string cell(std::string_view name) const { return table_.cell(table_.column(name)); }

    void read_row() {
        auto const [found, fresh] = places_.emplace(cell("CONVERSATION ID"), out_.conversations.size());
        if (fresh) {
            out_.conversations.emplace_back();
            parts_.emplace_back();
        }
        Conversation& conversation = out_.conversations[found->second];
        if (conversation.title.empty()) conversation.title = cell("CONVERSATION TITLE");
        conversation.folder = cell("FOLDER");
        ChatMessage& message = conversation.messages.emplace_back();
        message.span = table_.span();
        message.sender = cell("FROM");
        message.sender_id = cell("SENDER PROFILE URL");
        message.when = written_date(cell("DATE"), DateOrder::year_month_day);
        take_part(found->second, message.sender_id);
        std::string const recipients = cell("RECIPIENT PROFILE URLS");
        for (std::size_t at = 0; at < recipients.size();) {
            std::size_t const end = std::min(recipients.find(',', at), recipients.size());
            take_part(found->second, std::string(trim_blank(std::string_view(recipients).substr(at, end - at))));
            at = end + 1;
        }
        fill_text(message);
    }

    void fill_text(ChatMessage& message) const {
        std::string content = cell("CONTENT") + table_.surplus();
        if (looks_like_html(content)) {
            HtmlWords words = html_words(content);
            message.text = std::move(words.text);
            message.links = std::move(words.links);
        } else {
            message.text = std::move(content);
        }
        std::string const subject = cell("SUBJECT"), attachments = cell("ATTACHMENTS");
        bool const draft = equal_ascii_case(cell("IS MESSAGE DRAFT"), "Yes");
        if (draft) {
            message.kind = Kind::system;
            message.text = "draft: " + message.text;
        } else if (message.text.empty()) {
            message.kind = attachments.empty() ? Kind::unread : Kind::media;
            message.text = attachments;
        }
        if (!subject.empty()) message.text = subject + "\n\n" + message.text;
    }

    void take_part(std::size_t conversation, std::string const& profile) {
        if (!profile.empty() && parts_[conversation].insert(profile).second) ++counts_[profile];
    }

    // The profile that is in more conversations than any other.
    void claim() {
        std::size_t most = 0, second = 0;
        std::string owner;
        for (auto const& [profile, count] : counts_) {
            if (count > most) {
                second = most;
                most = count;
                owner = profile;
            } else if (count > second) {
                second = count;
            }
        }
        if (most == second) owner.clear();
        out_.owner_known = !owner.empty();
        for (Conversation& conversation : out_.conversations) {
            for (ChatMessage& message : conversation.messages) {
                message.mine = !owner.empty() && message.sender_id == owner;
                if (!message.mine && conversation.title.empty()) conversation.title = message.sender;
            }
        }
    }

    ChatTable& table_;
    ChatExport& out_;
    std::unordered_map<std::string, std::size_t> places_, counts_;
    std::vector<std::unordered_set<std::string>> parts_;
};

}  // namespace

void read_linkedin_messages(ChatTable& table, ChatExport& out) { LinkedInMessages(table, out).read(); }

void read_linkedin_invitations(ChatTable& table, ChatExport& out) {
    out.dialect = "linkedin";
    out.owner_known = true;
    auto const cell = [&](std::string_view name) { return table.cell(table.column(name)); };
    while (table.next()) {
        bool const mine = equal_ascii_case(cell("Direction"), "OUTGOING");
        Conversation& conversation = out.conversations.emplace_back();
        conversation.title = cell(mine ? "To" : "From");
        ChatMessage& message = conversation.messages.emplace_back();
        message.span = table.span();
        message.kind = Kind::invitation;
        message.mine = mine;
        message.sender = cell("From");
        message.sender_id = cell("inviterProfileUrl");
        message.text = cell("Message") + table.surplus();
        // Written as in the United States, whatever the owner's country.
        message.when = written_date(cell("Sent At"), DateOrder::month_day_year);
        if (!mine) conversation.me = cell("To");
    }
}

}  // namespace keepmum
