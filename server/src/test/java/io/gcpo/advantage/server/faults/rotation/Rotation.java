// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.rotation;

import java.io.IOException;
import java.util.List;

/** How new files come; all end with a good pair. The steps between are half of it, or rubbish. */
enum Rotation {
  ATOMIC {
    @Override
    List<Step> steps(Pem old, Pem fresh) {
      return List.of();
    }
  },
  CERTIFICATE_FIRST {
    @Override
    List<Step> steps(Pem old, Pem fresh) {
      return List.of(secret -> secret.switchTo(fresh.chain(), old.key()));
    }
  },
  KEY_FIRST {
    @Override
    List<Step> steps(Pem old, Pem fresh) {
      return List.of(secret -> secret.switchTo(old.chain(), fresh.key()));
    }
  },
  GARBAGE {
    @Override
    List<Step> steps(Pem old, Pem fresh) {
      return List.of(
          secret -> secret.switchTo("garbage", fresh.key()),
          secret -> secret.switchTo(fresh.chain(), "garbage"));
    }
  },
  EMPTY {
    @Override
    List<Step> steps(Pem old, Pem fresh) {
      return List.of(
          secret -> secret.switchTo("", fresh.key()),
          secret -> secret.switchTo(fresh.chain(), ""),
          secret -> secret.switchTo("", ""));
    }
  },
  WRONG_KEY {
    @Override
    List<Step> steps(Pem old, Pem fresh) {
      return List.of(secret -> secret.switchTo(fresh.chain(), old.key()));
    }
  };

  /** What the files hold. */
  record Pem(String chain, String key) {}

  /** Puts files there that must not be taken. */
  interface Step {
    void take(MountedSecret secret) throws IOException;
  }

  abstract List<Step> steps(Pem old, Pem fresh);
}
