// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.auth;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.auth.UnauthenticatedException.Reason;
import io.gcpo.advantage.server.reload.Reloadable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out from what a call sent who calls. Thread-safe. */
public final class Authenticator {
  private static final String SCHEME = "Bearer ";

  /** Several times what {@code gcpo-advantage token} makes. */
  private static final int MAX_CHARACTERS = 512;

  private final AcceptedTokens ofSetting;
  private final @Nullable TokenFile file;

  /** Reads no file yet. */
  public Authenticator(AuthConfig config) {
    this.ofSetting = config.tokens();
    this.file = config.tokensFile() == null ? null : new TokenFile(config.tokensFile());
  }

  /** What has to be loaded before the first call. */
  public ImmutableList<Reloadable> reloadables() {
    return file == null ? ImmutableList.of() : ImmutableList.of(file);
  }

  /**
   * The client's name.
   *
   * @param authorization every value of the header of that name
   * @throws UnauthenticatedException if there is no token, or not exactly one that is known
   */
  public String client(List<String> authorization) {
    String token = token(authorization);
    Optional<String> client = ofSetting.clientOf(token);
    if (client.isEmpty() && file != null) {
      client = file.tokens().clientOf(token);
    }
    return client.orElseThrow(() -> new UnauthenticatedException(Reason.TOKEN_INVALID));
  }

  private static String token(List<String> authorization) {
    if (authorization.isEmpty()) {
      throw new UnauthenticatedException(Reason.TOKEN_MISSING);
    }
    String value = authorization.get(0);
    int length = value.length() - SCHEME.length();
    // Of two, whichever was meant, the other is somebody's mistake or trick.
    if (authorization.size() > 1
        || length < 1
        || length > MAX_CHARACTERS
        || !value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new UnauthenticatedException(Reason.TOKEN_MALFORMED);
    }
    return value.substring(SCHEME.length());
  }
}
