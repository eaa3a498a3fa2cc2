// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;

/** The interceptor that follows calls; there is none while traces are off. */
@Qualifier
@Retention(RUNTIME)
public @interface ForTracing {}
