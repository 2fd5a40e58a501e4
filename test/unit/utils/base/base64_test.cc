#include "utils/base/base64.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace isulad {
namespace {

// The vectors of RFC 4648, section 10.
TEST(Base64, EncodesAndDecodesTheVectorsOfTheStandard) {
  const struct {
    const char* bytes;
    const char* text;
  } kVectors[] = {{"", ""},
                  {"f", "Zg=="},
                  {"fo", "Zm8="},
                  {"foo", "Zm9v"},
                  {"foob", "Zm9vYg=="},
                  {"fooba", "Zm9vYmE="},
                  {"foobar", "Zm9vYmFy"}};
  for (const auto& vector : kVectors) {
    EXPECT_EQ(Base64Encode(vector.bytes), vector.text);
    EXPECT_EQ(Base64Decode(vector.text), vector.bytes);
  }
}

TEST(Base64, KeepsEveryByte) {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) {
    bytes.push_back(static_cast<char>(byte));
    EXPECT_EQ(Base64Decode(Base64Encode(bytes)), bytes);
  }
}

TEST(Base64, DecodesNothingElse) {
  for (const char* text : {"Z", "Zg", "Zg=", "Zm9v=", "====", "Z===", "Zm9v\n", "Zm 9", "Zm-_",
                           "Zh==", "Zm9=", "Zg==Zg=="}) {
    EXPECT_EQ(Base64Decode(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace isulad
