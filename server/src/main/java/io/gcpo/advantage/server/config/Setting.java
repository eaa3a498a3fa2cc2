// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.config;

/**
 * A value as somebody wrote it.
 *
 * @param text not parsed yet
 * @param origin where it was written, for example {@code server.yaml line 3}
 */
record Setting(String text, String origin) {}
