#!/usr/bin/env python3
"""Shows that the checks beside this file fail where they should, and only there."""

import pathlib
import shutil
import sys
import tempfile
import unittest

# Nothing is to be left in the source tree.
sys.dont_write_bytecode = True

import file_length  # noqa: E402
import include_arrows  # noqa: E402
import layout  # noqa: E402


class TreeTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def put(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


class IncludeArrowsTest(TreeTest):
    def faults(self, path, *includes):
        self.put(path, "".join(f"#include {include}\n" for include in includes))
        return include_arrows.check(self.root)[0]

    def assert_refused(self, path, include):
        with self.subTest(path=path, include=include):
            self.assertEqual(len(self.faults(path, include)), 1)
            (self.root / path).unlink()

    def test_takes_arrows_that_point_down(self):
        self.assertEqual(self.faults("utils/os/a.cc", '"utils/os/a.h"', '"utils/base/b.h"'), [])
        self.assertEqual(self.faults("cmd/isulad/main.cc", '"daemon/config/a.h"', "<vector>"), [])
        self.assertEqual(
            self.faults("daemon/modules/container/a.cc", '"daemon/modules/cgroup/cgroup.h"'), [])
        self.assertEqual(
            self.faults("daemon/modules/spec/a.cc",
                        '"daemon/modules/spec/host_channel/oci_mount.h"'), [])
        self.assertEqual(
            self.faults("daemon/entry/grpc/a.cc", '"services/containers/v1/containers.pb.h"'), [])
        self.assertEqual(
            self.faults("daemon/modules/spec/container_spec.h", '"services/containers/v1/spec.pb.h"'), [])

    def test_refuses_arrows_that_point_up_or_across(self):
        self.assert_refused("utils/base/a.h", '"utils/os/file.h"')
        self.assert_refused("utils/json/a.cc", '"utils/os/file.h"')
        self.assert_refused("utils/os/a.cc", '"daemon/modules/cgroup/cgroup.h"')
        self.assert_refused("daemon/modules/cgroup/a.cc", '"daemon/modules/runtime/oci_runtime.h"')
        self.assert_refused("daemon/modules/spec/a.cc", '"daemon/modules/cgroup/cgroup.h"')
        self.assert_refused("daemon/modules/spec/a.cc",
                            '"daemon/modules/spec/host_channel/manager.h"')
        self.assert_refused("daemon/modules/spec/host_channel/a.cc",
                            '"daemon/modules/spec/builder.h"')
        self.assert_refused("daemon/modules/container/a.cc", '"daemon/entry/grpc/server.h"')
        self.assert_refused("daemon/entry/grpc/a.cc", '"daemon/modules/shim/monitor.h"')
        self.assert_refused("cmd/isula/client/a.cc", '"daemon/modules/container/service.h"')
        self.assert_refused("cmd/isulad-shim/a.cc", '"daemon/modules/shim/monitor.h"')
        self.assert_refused("shim_protocol/a.cc", '"cmd/isulad-shim/console.h"')

    def test_refuses_libraries_outside_their_place(self):
        self.assert_refused("daemon/modules/container/a.cc", "<grpcpp/grpcpp.h>")
        self.assert_refused("cmd/isulad-shim/a.cc", "<google/protobuf/message.h>")
        self.assert_refused("cmd/isula/commands/a.cc", '"services/containers/v1/containers.pb.h"')
        self.assert_refused("daemon/modules/spec/a.cc", '"services/containers/v1/spec.pb.h"')
        self.assert_refused("daemon/modules/container/a.cc", '"services/containers/v1/spec.pb.h"')
        self.assert_refused("daemon/modules/spec/container_spec.h", '"services/containers/v1/containers.pb.h"')
        self.assert_refused("cmd/isula/commands/a.cc", "<CLI/CLI.hpp>")
        self.assert_refused("utils/log/log.h", "<spdlog/spdlog.h>")
        self.assert_refused("utils/os/file.cc", "<libmount.h>")
        self.assert_refused("daemon/modules/store/a.cc", "<yajl/yajl_gen.h>")

    def test_refuses_what_the_table_does_not_know(self):
        self.assert_refused("daemon/modules/novelty/a.cc", '"utils/base/result.h"')
        self.assert_refused("utils/os/a.cc", '"file.h"')

    def test_fails_where_there_is_nothing_to_look_at(self):
        self.assertNotEqual(include_arrows.main(["", str(self.root)]), 0)


class FileLengthTest(TreeTest):
    def test_refuses_a_file_of_one_line_too_many(self):
        self.put("a.cc", "\n" * file_length.MAX_LINES)
        self.assertEqual(file_length.check([self.root]), ([], 1))
        self.put("b/c.h", "\n" * (file_length.MAX_LINES + 1))
        faults, seen = file_length.check([self.root])
        self.assertEqual(seen, 2)
        self.assertEqual(len(faults), 1)
        self.assertIn("c.h", faults[0])

    def test_fails_where_there_is_nothing_to_look_at(self):
        self.assertNotEqual(file_length.main(["", str(self.root)]), 0)


@unittest.skipUnless(shutil.which(layout.FORMATTER), f"SKIPPED: no {layout.FORMATTER}")
class LayoutTest(TreeTest):
    def test_names_the_file_that_is_laid_out_differently(self):
        self.put(".clang-format", "BasedOnStyle: Google\n")
        self.put("good.cc", "int main() { return 0; }\n")
        self.put("bad.cc", "int main()\n{ return 0;}\n")
        faults, seen = layout.check([self.root])
        self.assertEqual(seen, 2)
        self.assertEqual(faults, [str(self.root / "bad.cc")])


if __name__ == "__main__":
    unittest.main()
