// Renders pages as text: one Markdown document for all, or a manual page for each. Pure.
#ifndef ISULAD_CMD_REFERENCE_RENDER_H_
#define ISULAD_CMD_REFERENCE_RENDER_H_

#include <string>
#include <vector>

#include "cmd/reference/page.h"

namespace isulad::reference {

std::string Markdown(const std::vector<Page>& pages);

// "isula-channel-ls.1"
std::string ManFileName(const Page& page);
// Uses the macros of man(7). `version` is that of the programs.
std::string ManPage(const Page& page, const std::string& version);

}  // namespace isulad::reference

#endif  // ISULAD_CMD_REFERENCE_RENDER_H_
