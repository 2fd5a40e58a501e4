#include <algorithm>
#include <cctype>
#include <string_view>

#include "cmd/reference/render.h"

namespace isulad::reference {
namespace {

// Text to be typed must be found as typed, so a minus must not become one of groff's hyphens.
std::string Escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '\\':
        escaped += "\\e";
        break;
      case '-':
        escaped += "\\-";
        break;
      case '\'':
        escaped += "\\(aq";
        break;
      default:
        escaped += c;
    }
  }
  return escaped.starts_with('.') ? "\\&" + escaped : escaped;
}

std::string Dashed(std::string name) {
  std::replace(name.begin(), name.end(), ' ', '-');
  return name;
}

std::string UpperCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

void AppendEntries(std::string_view title, const std::vector<Entry>& entries, std::string& text) {
  if (entries.empty()) {
    return;
  }
  text.append(".SH ").append(title).append("\n");
  for (const Entry& entry : entries) {
    text.append(".TP\n\\fB").append(Escape(entry.term)).append("\\fR\n");
    text.append(Escape(entry.text)).append(".\n");
  }
}

bool IsProgram(const Page& page) { return page.name.find(' ') == std::string::npos; }

// For a command: the flags it has besides its own.
constexpr char kOtherFlags[] = "The options of all commands are in\n.BR isula (1).\n";

constexpr char kProgramFiles[] =
    ".SH ENVIRONMENT\n.TP\n\\fBISULAD_HOST\\fR\nThe daemon\\(aqs socket, as the value of "
    "\\fB\\-\\-host\\fR.\n"
    ".SH FILES\n.TP\n\\fI/var/run/isulad.sock\\fR\nThe daemon\\(aqs socket.\n";

constexpr char kDaemonFiles[] =
    ".SH FILES\n.TP\n\\fI/etc/isulad/daemon.json\\fR\nThe configuration, a JSON object. Flags hold "
    "over what is in it.\n"
    ".TP\n\\fI/var/lib/isulad\\fR\nContainers and channels.\n"
    ".TP\n\\fI/var/run/isulad\\fR\nThe state of those that run.\n";

void AppendSeeAlso(const Page& page, std::string& text) {
  text.append(".SH SEE ALSO\n");
  if (page.name == "isulad") {
    text.append(".BR isula (1)\n");
    return;
  }
  if (!IsProgram(page)) {
    text.append(".BR isula (1),\n");
  }
  for (const Entry& command : page.commands) {
    text.append(".BR ").append(Escape(Dashed(page.name + " " + command.term))).append(" (1),\n");
  }
  text.append(".BR isulad (8)\n");
}

}  // namespace

std::string ManFileName(const Page& page) {
  return Dashed(page.name) + "." + std::to_string(page.section);
}

std::string ManPage(const Page& page, const std::string& version) {
  const std::string section = std::to_string(page.section);
  std::string text = ".TH " + Escape(UpperCase(Dashed(page.name))) + " " + section +
                     " \"\" \"isulad " + Escape(version) + "\" \"Containers\"\n";
  text += ".nh\n.ad l\n";  // users copy lines, which must not be broken within words
  text += ".SH NAME\n" + Escape(Dashed(page.name)) + " \\- " + Escape(page.summary) + "\n";
  text += ".SH SYNOPSIS\n.B " + Escape(page.synopsis) + "\n";
  text += ".SH DESCRIPTION\n" + Escape(page.summary) + ".\n";
  text += IsProgram(page) ? "" : kOtherFlags;
  AppendEntries("COMMANDS", page.commands, text);
  AppendEntries("OPTIONS", page.flags, text);
  AppendEntries("EXIT STATUS", page.exit_statuses, text);
  if (IsProgram(page)) {
    text += page.name == "isulad" ? kDaemonFiles : kProgramFiles;
  }
  AppendSeeAlso(page, text);
  return text;
}

}  // namespace isulad::reference
