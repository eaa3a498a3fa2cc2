// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.tls;

/** What is asked of clients where there is a {@code grpc.tls.client-ca}. */
public enum ClientCertificates {
  /** No certificate, no connection. */
  REQUIRED,
  /** A certificate that is shown must be good; none is good too. */
  OPTIONAL
}
