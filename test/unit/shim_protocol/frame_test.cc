#include "shim_protocol/frame.h"

#include <gtest/gtest.h>

#include <string>

namespace isulad::shim {
namespace {

Frame NextFrame(FrameDecoder& decoder) {
  auto frame = decoder.Next();
  EXPECT_TRUE(frame && *frame);
  return frame && *frame ? **frame : Frame{FrameType::kConfigure, "no frame"};
}

TEST(EncodeFrame, PutsLittleEndianLengthAndTypeBeforePayload) {
  EXPECT_EQ(EncodeFrame(FrameType::kStdin, "ab"), std::string("\x03\0\0\0\x03"
                                                              "ab",
                                                              7));
}

TEST(FrameDecoder, GivesBackWhatWasEncoded) {
  FrameDecoder decoder;
  decoder.Append(EncodeFrame(FrameType::kStdout, "first") +
                 EncodeFrame(FrameType::kStreamsEnd, ""));

  const Frame first = NextFrame(decoder);
  EXPECT_EQ(first.type, FrameType::kStdout);
  EXPECT_EQ(first.payload, "first");
  const Frame second = NextFrame(decoder);
  EXPECT_EQ(second.type, FrameType::kStreamsEnd);
  EXPECT_EQ(second.payload, "");
  EXPECT_EQ(decoder.buffered(), 0u);
}

TEST(FrameDecoder, FindsFramesWhenBytesComeOneByOne) {
  const std::string bytes =
      EncodeFrame(FrameType::kStdin, "x") + EncodeFrame(FrameType::kResize, "yz");
  FrameDecoder decoder;
  std::string payloads;
  for (char byte : bytes) {
    decoder.Append(std::string_view(&byte, 1));
    auto frame = decoder.Next();
    ASSERT_TRUE(frame);
    if (*frame) {
      payloads += (*frame)->payload + ";";
    }
  }
  EXPECT_EQ(payloads, "x;yz;");
}

TEST(FrameDecoder, WaitsWhenFrameIsCutShort) {
  const std::string bytes = EncodeFrame(FrameType::kStdin, "payload");
  FrameDecoder decoder;
  decoder.Append(std::string_view(bytes).substr(0, bytes.size() - 1));
  auto frame = decoder.Next();
  ASSERT_TRUE(frame);
  EXPECT_FALSE(*frame);
  EXPECT_EQ(decoder.buffered(), bytes.size() - 1);

  decoder.Append(std::string_view(bytes).substr(bytes.size() - 1));
  EXPECT_EQ(NextFrame(decoder).payload, "payload");
}

TEST(FrameDecoder, TakesLargestFrame) {
  const std::string payload(kMaxFrameBytes - 1, 'x');
  FrameDecoder decoder;
  decoder.Append(EncodeFrame(FrameType::kStdout, payload));
  EXPECT_EQ(NextFrame(decoder).payload, payload);
}

TEST(FrameDecoder, RefusesLengthOverLimitBeforeThePayloadCame) {
  FrameDecoder decoder;
  decoder.Append(std::string_view("\x01\0\x10\0", 4));  // 2^20 + 1
  auto frame = decoder.Next();
  ASSERT_FALSE(frame);
  EXPECT_EQ(frame.error().code(), Code::kDataLoss);
}

TEST(FrameDecoder, RefusesLengthZero) {
  FrameDecoder decoder;
  decoder.Append(std::string_view("\0\0\0\0", 4));
  auto frame = decoder.Next();
  ASSERT_FALSE(frame);
  EXPECT_EQ(frame.error().code(), Code::kDataLoss);
}

TEST(FrameDecoder, PassesUnknownTypeOn) {
  FrameDecoder decoder;
  decoder.Append(EncodeFrame(static_cast<FrameType>(200), "?"));
  EXPECT_EQ(static_cast<int>(NextFrame(decoder).type), 200);
}

}  // namespace
}  // namespace isulad::shim
