// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** The executor that gRPC runs callbacks on: parsing requests, and nothing that blocks. */
@Qualifier
@Retention(RUNTIME)
@Target({METHOD, PARAMETER})
@interface ForGrpc {}
