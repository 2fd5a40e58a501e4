// The templates of --format: text with actions in double braces.
//
//   {{.A.B}}          the member B of the member A; {{.}} is the whole value
//   {{json .A}}       the same as compact JSON
//   {{index .A 0 "k"}} an element of an array, a member of an object, one after the other
//
// A string is written as it is, an object or an array as compact JSON, null as "<no value>". `\t`
// and `\n` between the actions stand for a tab and a newline. Other features of such templates
// (range, if, functions) are rejected, not ignored. Thread-safety: as for any value.
#ifndef ISULAD_CMD_ISULA_OUTPUT_TEMPLATE_H_
#define ISULAD_CMD_ISULA_OUTPUT_TEMPLATE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "utils/base/result.h"
#include "utils/json/value.h"

namespace isulad::output {

class Template {
 public:
  // kInvalidArgument with the reason.
  static Result<Template> Parse(std::string_view text);
  // Like Parse(), and also takes "json" for the whole value as compact JSON: the value of a
  // command's --format.
  static Result<Template> ParseFormat(std::string_view text);

  enum class Missing { kError, kNoValue };
  // If the value lacks what an action names: kNotFound, "template: ...", or with kNoValue the text
  // that is written for null.
  Result<std::string> Render(const json::Value& value, Missing missing = Missing::kError) const;

 private:
  using Step = std::variant<std::string, size_t>;  // a member's key, an element's index
  struct Action {
    bool as_json = false;
    std::vector<Step> steps;
    std::string source;  // for messages
  };
  using Part = std::variant<std::string, Action>;

  static Result<Action> ParseAction(std::string_view source);
  static Status AppendPath(std::string_view path, std::vector<Step>& steps);
  static Status AppendIndex(std::string_view word, std::vector<Step>& steps);
  static Result<const json::Value*> Follow(const json::Value& value, const Action& action);

  std::vector<Part> parts_;
};

}  // namespace isulad::output

#endif  // ISULAD_CMD_ISULA_OUTPUT_TEMPLATE_H_
