// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

/** How a text is cut into tokens. */
enum Dialect {
  /** Python: the indentation makes blocks, a line makes a statement, # begins a comment. */
  LAYOUT,
  /** Java, C, C++, JavaScript, Go, Rust: braces make blocks, // and /* begin comments. */
  BRACES,
  /** Not known yet: both kinds of comments are skipped and every line break is a token. */
  UNKNOWN
}
