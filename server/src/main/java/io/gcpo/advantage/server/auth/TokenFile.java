// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.auth;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.reload.Credential;
import io.gcpo.advantage.server.reload.RefusedException;
import io.gcpo.advantage.server.reload.Reloadable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The file of accepted tokens; accepts nobody before it is loaded. Thread-safe. */
final class TokenFile implements Reloadable {
  private final SourceFile file;
  private volatile AcceptedTokens tokens = AcceptedTokens.NONE;

  TokenFile(Path file) {
    this.file = new SourceFile(AuthConfig.TOKENS_FILE, file);
  }

  AcceptedTokens tokens() {
    return tokens;
  }

  @Override
  public Credential credential() {
    return Credential.TOKENS;
  }

  @Override
  public List<SourceFile> files() {
    return ImmutableList.of(file);
  }

  @Override
  public void accept(List<byte[]> contents) throws RefusedException {
    try {
      tokens = TokenLines.parse(new String(contents.get(0), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException unusable) {
      throw new RefusedException(file.problem(String.valueOf(unusable.getMessage())));
    }
  }
}
