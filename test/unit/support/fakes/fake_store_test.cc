// The fake store keeps the promises of the real one.
#include "support/fakes/fake_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "support/fakes/store_contract.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"

namespace isulad::test {
namespace {

using ::testing::ElementsAre;

class FakeStoreWorld final : public StoreWorld {
 public:
  store::Store& store() override { return fake_; }
  void Reopen() override {}  // it outlives daemons
  void SpoilState(const std::string& id) override { fake_.LoseState(id); }

 private:
  TempDir directory_;
  FakeStore fake_{directory_.path()};
};

INSTANTIATE_TEST_SUITE_P(Fake, StoreContract, testing::Values(StoreWorldFactory([] {
                           return std::make_unique<FakeStoreWorld>();
                         })));

json::Value Named(const char* name) {
  json::Object object;
  object.Set("Name", name);
  return object;
}

TEST(FakeStore, TellsWhatExists) {
  const TempDir directory;
  FakeStore fake(directory.path());
  EXPECT_EQ(fake.Dump(), "");
  ASSERT_OK(fake.Create("a", Named("web"), {}, os::Sync::kNone));
  ASSERT_OK(fake.WriteState("a", json::Object(), os::Sync::kNone));
  ASSERT_OK(fake.Create("b", Named("db"), {}, os::Sync::kNone));
  ASSERT_OK(fake.Retire("b", os::Sync::kNone));
  ASSERT_OK(fake.KeepUnsavedEnd("a", "isulad-exit 1 7 0 1\n"));
  EXPECT_EQ(fake.Dump(),
            "container a config {\"Name\":\"web\"} state {}\n"
            "retired b config {\"Name\":\"db\"}\n"
            "spare exit record a\n");
  EXPECT_EQ(fake.ConfigOf("a"), Named("web"));
  EXPECT_FALSE(fake.ConfigOf("b").has_value());
  ASSERT_OK(fake.Retire("a", os::Sync::kNone));
  ASSERT_OK(fake.Clear("a"));
  ASSERT_OK(fake.Clear("b"));
  EXPECT_EQ(fake.Dump(), "");
}

TEST(FakeStore, FailsOnceAndChangesNothingThen) {
  const TempDir directory;
  Steps steps;
  FakeStore fake(directory.path(), &steps);
  steps.FailStep(0);
  EXPECT_THAT(fake.Create("a", Named("web"), {}, os::Sync::kNone),
              IsErrorWith(Code::kInternal, "injected into store Create"));
  EXPECT_EQ(fake.Dump(), "");
  EXPECT_FALSE(os::PathExists(fake.DirectoryOf("a")));
  ASSERT_OK(fake.Create("a", Named("web"), {}, os::Sync::kNone));
  steps.FailStep(1);
  ASSERT_OK(fake.KeepUnsavedEnd("a", "isulad-exit 1 7 0 1\n"));
  EXPECT_FALSE(fake.Retire("a", os::Sync::kNone));
  EXPECT_TRUE(fake.HasUnsavedEnd("a"));
  EXPECT_TRUE(os::PathExists(fake.DirectoryOf("a")));
  EXPECT_THAT(steps.taken(), ElementsAre("store KeepUnsavedEnd", "store Retire"));
}

}  // namespace
}  // namespace isulad::test
