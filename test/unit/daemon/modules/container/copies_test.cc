#include "daemon/modules/container/copies.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/result_matchers.h"

namespace isulad::container {
namespace {

using test::IsErrorWith;

// Ends when it is told to, unless it hangs.
class FakeWorker final : public shim::CopyWorker {
 public:
  void Read(Chunk) override {}
  void Write(std::string, std::function<void()>) override {}
  void CloseInput() override {}
  void Abandon() override {}
  void WhenEnded(std::function<void()> ended) override { ended_ = std::move(ended); }
  void End(const Error& why) override {
    reason = why.message();
    if (!hangs) {
      Finish();
    }
  }
  bool WaitEnded(std::chrono::milliseconds) override { return !hangs; }
  void Finish() {
    if (const auto ended = std::exchange(ended_, nullptr)) {
      ended();
    }
  }

  bool hangs = false;
  std::optional<std::string> reason;

 private:
  std::function<void()> ended_;
};

class CopiesTest : public testing::Test {
 protected:
  std::shared_ptr<FakeWorker> Add(const std::string& container, bool layers) {
    auto worker = std::make_shared<FakeWorker>();
    copies_.Add({container, layers, worker});
    return worker;
  }
  Copies copies_;
};

TEST_F(CopiesTest, EndsThoseOfOneContainer) {
  const auto one = Add("a", false);
  const auto two = Add("a", true);
  const auto other = Add("b", true);
  ASSERT_OK(copies_.End("a", Copies::Which::kAll, "removed"));
  EXPECT_EQ(one->reason, "removed");
  EXPECT_EQ(two->reason, "removed");
  EXPECT_FALSE(other->reason);
}

TEST_F(CopiesTest, EndsThoseThatHaveItsLayer) {
  const auto plain = Add("a", false);
  const auto layers = Add("a", true);
  ASSERT_OK(copies_.End("a", Copies::Which::kOfLayers, "started"));
  EXPECT_FALSE(plain->reason);
  EXPECT_EQ(layers->reason, "started");
}

TEST_F(CopiesTest, ALayerIsForOneAtATime) {
  const auto layers = Add("a", true);
  EXPECT_THAT(copies_.CheckRoom("a", true), IsErrorWith(Code::kFailedPrecondition, "another copy"));
  EXPECT_OK(copies_.CheckRoom("a", false));
  EXPECT_OK(copies_.CheckRoom("b", true));
  layers->Finish();
  EXPECT_OK(copies_.CheckRoom("a", true));
}

TEST_F(CopiesTest, HasRoomForSoMany) {
  std::vector<std::shared_ptr<FakeWorker>> workers;
  for (size_t i = 0; i < Copies::kMax; ++i) {
    ASSERT_OK(copies_.CheckRoom("a", false));
    workers.push_back(Add("a", false));
  }
  EXPECT_THAT(copies_.CheckRoom("b", false), IsErrorWith(Code::kResourceExhausted, "32 copies"));
  workers.back()->Finish();
  EXPECT_OK(copies_.CheckRoom("b", false));
}

TEST_F(CopiesTest, SaysWhereOneDoesNotEnd) {
  const auto worker = Add("a", false);
  worker->hangs = true;
  EXPECT_THAT(copies_.End("a", Copies::Which::kAll, "removed"),
              IsErrorWith(Code::kDeadlineExceeded, "does not end"));
}

TEST(Copies, AProcessMayOutliveThem) {
  const auto worker = std::make_shared<FakeWorker>();
  { Copies().Add({"a", false, worker}); }
  worker->Finish();
}

}  // namespace
}  // namespace isulad::container
