// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.twins;

/**
 * What twins have in common. The caller is part of it, so that nobody learns, by guessing an id,
 * what another caller asks.
 *
 * @param method full name of the method
 * @param caller the client that the call's token names; empty where no token is asked for
 * @param requestId not empty, and of a checked form
 */
public record CallKey(String method, String caller, String requestId) {}
