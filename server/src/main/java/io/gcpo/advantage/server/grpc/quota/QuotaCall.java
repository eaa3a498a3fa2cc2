// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.quota;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.gcpo.advantage.server.grpc.admission.SizedMessage;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A call that is open in its client's account. A unary one is charged for its message ahead, and
 * once more for the difference when it is there; a stream for each message as it comes, and it is
 * asked for no further one while its client owes: a refusal would lose the groups on their way.
 * Thread-safe.
 */
final class QuotaCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
  private final ClientAccount account;
  private final ScheduledExecutorService timers;
  private final boolean paced;

  @GuardedBy("this")
  private long charged;

  @GuardedBy("this")
  private @Nullable Future<?> pause;

  @GuardedBy("this")
  private int wanted;

  @GuardedBy("this")
  private boolean ended;

  /**
   * A call that has begun.
   *
   * @param charged for its message, ahead
   * @param paced whether messages wait while the client owes
   */
  QuotaCall(
      ServerCall<Q, A> call,
      ClientAccount account,
      long charged,
      boolean paced,
      ScheduledExecutorService timers) {
    super(call);
    this.account = account;
    this.charged = charged;
    this.paced = paced;
    this.timers = timers;
  }

  @Override
  public void request(int messages) {
    synchronized (this) {
      wanted += messages;
    }
    ask();
  }

  /** The server itself ends it; what of its message has not come is given back. */
  @Override
  public void close(Status status, Metadata trailers) {
    super.close(status, trailers);
    end(true);
  }

  /** To be called with each message. */
  void received(Q message) {
    long actual = message instanceof SizedMessage sized ? sized.wireBytes() : 0;
    long before;
    synchronized (this) {
      before = charged;
      charged = 0;
    }
    account.correct(before, actual);
  }

  /** The caller has gone, or has all it wants. */
  void end() {
    end(false);
  }

  private void end(boolean refund) {
    long before;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      before = charged;
      charged = 0;
      if (pause != null) {
        pause.cancel(false);
      }
    }
    if (refund) {
      account.correct(before, 0);
    }
    account.end();
  }

  private void ask() {
    int now;
    synchronized (this) {
      if (ended || wanted == 0) {
        return;
      }
      Duration wait = paced ? account.untilPaid() : Duration.ZERO;
      if (!wait.isZero()) {
        if (pause == null) {
          pause = timers.schedule(this::resume, wait.toNanos(), TimeUnit.NANOSECONDS);
        }
        return;
      }
      now = wanted;
      wanted = 0;
    }
    super.request(now);
  }

  private void resume() {
    synchronized (this) {
      pause = null;
    }
    // Others of the same client may have come first: then it waits once more.
    ask();
  }
}
