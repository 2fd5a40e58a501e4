#include "daemon/modules/spec/file_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/result_matchers.h"
#include "utils/base/strings.h"

namespace isulad::spec {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

TEST(ParseTmpfs, HasTheDefaultsOfOthers) {
  for (const char* text : {"/a", "/a:", "//a/./:"}) {
    ASSERT_OK_AND_ASSIGN(const Tmpfs tmpfs, ParseTmpfs(text));
    EXPECT_EQ(tmpfs.target, "/a");
    EXPECT_THAT(TmpfsOptions(tmpfs), ElementsAre("nosuid", "nodev", "noexec", "rw", "mode=1777"));
  }
}

TEST(ParseTmpfs, ReadsEveryOptionAndWhatItWrites) {
  ASSERT_OK_AND_ASSIGN(const Tmpfs tmpfs,
                       ParseTmpfs("/a:size=64k,mode=0750,uid=1,gid=2,ro,exec,suid,dev"));
  EXPECT_THAT(TmpfsOptions(tmpfs),
              ElementsAre("suid", "dev", "exec", "ro", "mode=750", "size=65536", "uid=1", "gid=2"));
  ASSERT_OK_AND_ASSIGN(const Tmpfs again, ParseTmpfs("/a:" + Join(TmpfsOptions(tmpfs), ",")));
  EXPECT_EQ(again, tmpfs);
}

TEST(ParseTmpfs, NamesWhatIsWrong) {
  const struct {
    const char* text;
    const char* reason;
  } cases[] = {
      {"a", "target \"a\" must be absolute"},
      {"", "target \"\""},
      {"/", "target \"/\" is the rootfs"},
      {"/a/../b", "must not contain \"..\""},
      {"/proc/x", "target \"/proc/x\" must not lie in \"/proc\""},
      {"/sys", "must not lie in \"/sys\""},
      {"/dev", "target \"/dev\" must keep"},
      {"/a:size", "size \"\": "},
      {"/a:size=x", "size \"x\": "},
      {"/a:size=4095", "size \"4095\" must be 4096 (a page) to"},
      {"/a:size=0", "size \"0\" must be 4096"},
      {"/a:size=16777216t", "size \"16777216t\""},
      {"/a:size=50%", "size \"50%\""},
      {"/a:mode=8", "mode \"8\" must be an octal number from 0 to 7777"},
      {"/a:mode=10000", "mode \"10000\" must be"},
      {"/a:mode=", "mode \"\" must be"},
      {"/a:uid=-1", "uid \"-1\" must be a number from 0 to 4294967294"},
      {"/a:gid=4294967295", "gid \"4294967295\" must be"},
      {"/a:ro,rw", "more than one of ro or rw"},
      {"/a:noexec,noexec", "more than one of exec or noexec"},
      {"/a:size=4k,size=8k", "more than one of size"},
      {"/a:huge=always", "option \"huge\" is not one of"},
      {"/a:ro,", "option \"\" is not one of"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(ParseTmpfs(c.text), test::IsErrorWith(Code::kInvalidArgument, c.reason));
  }
}

TEST(ParseMount, ReadsABindInAllItsSpellings) {
  const BindMount wanted = {"/s", "/t", true, "rslave"};
  for (const char* text : {"type=bind,source=/s,target=/t,readonly,bind-propagation=rslave",
                           "bind-propagation=rslave,ro,dst=/t,src=/s/,type=bind",
                           "type=bind,src=/s,destination=/t,readonly=true,bind-propagation=rslave",
                           "type=bind,src=/s,dst=/t,ro=1,bind-propagation=rslave"}) {
    ASSERT_OK_AND_ASSIGN(const MountOption mount, ParseMount(text));
    EXPECT_EQ(std::get<BindMount>(mount), wanted) << text;
  }
  ASSERT_OK_AND_ASSIGN(const MountOption plain, ParseMount("type=bind,src=/s,dst=/t,ro=false"));
  EXPECT_EQ(std::get<BindMount>(plain), (BindMount{"/s", "/t", false, "rprivate"}));
}

TEST(ParseMount, ReadsATmpfs) {
  ASSERT_OK_AND_ASSIGN(const MountOption mount,
                       ParseMount("type=tmpfs,dst=/t,tmpfs-size=1m,tmpfs-mode=0700,readonly"));
  Tmpfs wanted{"/t", 1 << 20, 0700};
  wanted.read_only = true;
  EXPECT_EQ(std::get<Tmpfs>(mount), wanted);
  EXPECT_EQ(std::get<Tmpfs>(*ParseMount("type=tmpfs,dst=/t")), Tmpfs{"/t"});
}

TEST(ParseMount, TakesQuotedFieldsForWhole) {
  ASSERT_OK_AND_ASSIGN(const MountOption mount, ParseMount(R"(type=bind,"src=/a,b","dst=/a""b")"));
  EXPECT_EQ(std::get<BindMount>(mount).source, "/a,b");
  EXPECT_EQ(std::get<BindMount>(mount).target, "/a\"b");
}

TEST(ParseMount, NamesWhatIsWrong) {
  const struct {
    const char* text;
    const char* reason;
  } cases[] = {
      {"", "key \"\" is not one of"},
      {"dst=/t", "there are no volumes of the engine's own"},
      {"type=volume,src=a,dst=/t", "there are no volumes of the engine's own"},
      {"type=npipe,dst=/t", "type \"npipe\" is not one of bind, tmpfs"},
      {"type=bind,dst=/t", "source \"\""},
      {"type=bind,src=s,dst=/t", "source \"s\" must be absolute"},
      {"type=bind,src=/s", "target \"\""},
      {"type=bind,src=/s,dst=/", "target \"/\" is the rootfs"},
      {"type=bind,src=/s,dst", "key \"dst\" needs a value"},
      {"type=bind,src=/s,dst=/t,consistency=cached", "key \"consistency\" is not one of"},
      {"type=bind,src=/s,source=/s,dst=/t", "key \"source\" is given more than once"},
      {"type=bind,src=/s,dst=/t,ro=maybe", "readonly \"maybe\" must be true or false"},
      {"type=bind,src=/s,dst=/t,bind-propagation=x", "bind-propagation \"x\""},
      {"type=bind,src=/s,dst=/t,tmpfs-size=1m", "key \"tmpfs-size\" does not go with type=bind"},
      {"type=tmpfs,src=/s,dst=/t", "key \"source\" does not go with type=tmpfs"},
      {"type=tmpfs,dst=/t,tmpfs-size=1", "tmpfs-size \"1\" must be"},
      {"type=tmpfs,dst=/t,tmpfs-mode=9", "tmpfs-mode \"9\" must be"},
      {"type=tmpfs,dst=/proc/t", "must not lie in \"/proc\""},
      {"\"type=tmpfs,dst=/t", "a quote is not closed"},
      {"type=tm\"pfs,dst=/t", "a quote must enclose a whole field"},
      {"\"type=tmpfs\"x,dst=/t", "a quote must enclose a whole field"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(ParseMount(c.text), test::IsErrorWith(Code::kInvalidArgument, c.reason));
  }
}

TEST(FileOptions, SortsMountsByTheirKind) {
  FileOptions options;
  options.mounts = {BindMount{"/s", "/a", false, "rprivate"}, Tmpfs{"/b"}};
  options.tmpfs = {Tmpfs{"/c"}};
  ASSERT_THAT(BindsOf(options), SizeIs(1));
  EXPECT_EQ(BindsOf(options).front().target, "/a");
  EXPECT_THAT(TmpfsOf(options), ElementsAre(Tmpfs{"/c"}, Tmpfs{"/b"}));
}

}  // namespace
}  // namespace isulad::spec
