#include "cmd/isula/output/template.h"

#include <string>

#include "gtest/gtest.h"
#include "utils/json/value.h"

namespace isulad::output {
namespace {

std::string Render(std::string_view text) {
  const json::Value value = *json::Parse(
      R"({"A":{"B":"text","N":-3,"T":true,"Z":null,"L":[1,{"k":"v"}],"a b":"}}"},"E":[]})");
  Result<Template> parsed = Template::Parse(text);
  if (!parsed) {
    return "parse: " + parsed.error().message();
  }
  Result<std::string> rendered = parsed->Render(value);
  return rendered ? *rendered : rendered.error().message();
}

TEST(Template, CopiesTextAndUnescapesIt) {
  EXPECT_EQ(Render(""), "");
  EXPECT_EQ(Render("a } { b"), "a } { b");
  EXPECT_EQ(Render("a\\tb\\nc\\\\"), "a\tb\nc\\\\");
}

TEST(Template, FollowsMembers) {
  EXPECT_EQ(Render("<{{.A.B}}>"), "<text>");
  EXPECT_EQ(Render("{{ .A.N }}{{.A.T}}"), "-3true");
  EXPECT_EQ(Render("{{.A.Z}}"), "<no value>");
}

TEST(Template, WritesStructuresAsJson) {
  EXPECT_EQ(Render("{{.A.L}}"), R"([1,{"k":"v"}])");
  EXPECT_EQ(Render("{{json .A.B}}"), "\"text\"");
  EXPECT_EQ(Render("{{json .A.Z}}"), "null");
  EXPECT_EQ(Render("{{.}}"), Render("{{json .}}"));
}

TEST(Template, IndexesArraysAndObjects) {
  EXPECT_EQ(Render("{{index .A.L 0}}"), "1");
  EXPECT_EQ(Render("{{index .A.L 1 \"k\"}}"), "v");
  EXPECT_EQ(Render("{{index .A \"a b\"}}"), "}}");
}

TEST(Template, SaysWhatIsNotThere) {
  EXPECT_EQ(Render("{{.A.X}}"), "template: {{.A.X}}: there is no member \"X\"");
  EXPECT_EQ(Render("{{.A.B.C}}"), "template: {{.A.B.C}}: there is no member \"C\"");
  EXPECT_EQ(Render("{{index .E 0}}"), "template: {{index .E 0}}: there is no element 0");
  EXPECT_EQ(Render("{{index .A 0}}"), "template: {{index .A 0}}: there is no element 0");
}

TEST(Template, WritesWhatIsNotThereAsNoValueWhereAsked) {
  ASSERT_TRUE(Template::Parse("{{.X}} {{json .X}} {{.A}}").has_value());
  const Template parsed = *Template::Parse("{{.X}} {{json .X}} {{.A}}");
  json::Object object;
  object.Set("A", "a");
  EXPECT_EQ(*parsed.Render(object, Template::Missing::kNoValue), "<no value> null a");
}

TEST(Template, RefusesWhatItDoesNotKnow) {
  for (const char* text :
       {"{{", "{{}}", "{{ }}", "{{.A", "{{range .A}}x{{end}}", "{{if .A}}", "{{.A | json}}",
        "{{json}}", "{{json .A .B}}", "{{index .A x}}", "{{index .A -1}}", "{{.A..B}}", "{{.A.}}",
        "{{- .A}}", "{{A}}", "{{\"A\"}}", "{{.A(}}", "{{index}}",
        "{{index .A 99999999999999999999}}"}) {
    EXPECT_TRUE(Render(text).starts_with("parse: ")) << text << " -> " << Render(text);
  }
}

TEST(Template, MessagesAreOneLineWhateverStandsInTheAction) {
  const Result<Template> parsed = Template::Parse("{{\x1b[2J\nindex}}");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().message(),
            "{{\"\\x1b[2J\\nindex\"}} is none of {{.A.B}}, {{json .A}} and {{index .A N}}");
}

}  // namespace
}  // namespace isulad::output
