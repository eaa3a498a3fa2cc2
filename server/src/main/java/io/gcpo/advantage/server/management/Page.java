// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management;

/**
 * An answer of the management port.
 *
 * @param status of HTTP
 */
record Page(int status, String contentType, String body) {
  static Page text(int status, String body) {
    return new Page(status, "text/plain; charset=utf-8", body);
  }

  static Page html(String body) {
    return new Page(200, "text/html; charset=utf-8", body);
  }

  static Page css(String body) {
    return new Page(200, "text/css; charset=utf-8", body);
  }
}
