// Messages by their text format, for tests.
#ifndef ISULAD_TEST_SUPPORT_FROM_TEXT_H_
#define ISULAD_TEST_SUPPORT_FROM_TEXT_H_

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

namespace isulad::test {

template <typename Message>
Message FromText(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_FROM_TEXT_H_
