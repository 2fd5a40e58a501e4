#include <string_view>

#include "cmd/reference/render.h"

namespace isulad::reference {
namespace {

constexpr char kHead[] =
    "# Command reference\n"
    "\n"
    "<!-- Made by script/make-reference out of what the programs declare. Do not edit. -->\n"
    "\n"
    "What `--help` says, all in one place. [cli.md](cli.md) has what does not fit into a line.\n";

// A `|` ends a cell even within `...`; `*` and `_` are literal there.
std::string Cell(std::string_view text) {
  std::string cell;
  for (const char c : text) {
    cell += c == '|' || c == '<' ? std::string{'\\', c} : std::string{c};
  }
  return cell;
}

void AppendTable(std::string_view title, const std::vector<Entry>& entries, std::string& text) {
  if (entries.empty()) {
    return;
  }
  text.append("\n| ").append(title).append(" | |\n|---|---|\n");
  for (const Entry& entry : entries) {
    text.append("| `")
        .append(Cell(entry.term))
        .append("` | ")
        .append(Cell(entry.text))
        .append(" |\n");
  }
}

}  // namespace

std::string Markdown(const std::vector<Page>& pages) {
  std::string text = kHead;
  for (const Page& page : pages) {
    text.append("\n## ").append(page.name).append("\n\n    ").append(page.synopsis);
    text.append("\n\n").append(page.summary).append(".\n");
    AppendTable("command", page.commands, text);
    AppendTable("option", page.flags, text);
    AppendTable("exit status", page.exit_statuses, text);
  }
  return text;
}

}  // namespace isulad::reference
