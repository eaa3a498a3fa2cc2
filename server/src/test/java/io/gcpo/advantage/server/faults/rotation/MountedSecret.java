// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.rotation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A secret as Kubernetes mounts it: the files are links through {@code ..data}, itself a link that
 * is switched to a new folder, so that all files change at one time.
 */
final class MountedSecret {
  private static final String CHAIN = "tls.crt";
  private static final String KEY = "tls.key";

  private final Path mount;
  private int versions;

  MountedSecret(Path mount, String chain, String key) throws IOException {
    this.mount = Files.createDirectories(mount);
    switchTo(chain, key);
    Files.createSymbolicLink(chain(), Path.of("..data", CHAIN));
    Files.createSymbolicLink(key(), Path.of("..data", KEY));
  }

  Path chain() {
    return mount.resolve(CHAIN);
  }

  Path key() {
    return mount.resolve(KEY);
  }

  /** Both files at one time. */
  void switchTo(String chain, String key) throws IOException {
    versions++;
    Path folder = Files.createDirectories(mount.resolve("..version-" + versions));
    Files.writeString(folder.resolve(CHAIN), chain);
    Files.writeString(folder.resolve(KEY), key);
    Path link = mount.resolve("..data_tmp");
    Files.createSymbolicLink(link, folder.getFileName());
    Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }
}
