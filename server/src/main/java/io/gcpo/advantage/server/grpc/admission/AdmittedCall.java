// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.admission;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.gcpo.advantage.server.grpc.admission.ByteBudget.Share;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A call whose messages are asked for one at a time, each once the budget has room for it: gRPC
 * reads a body only as far as it was asked for, and HTTP/2 flow control holds the rest at the
 * client. A message keeps its share until it is answered. One that comes slowly, or in a stream,
 * holds what has come of it. Thread-safe.
 */
final class AdmittedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
  /** Between two looks of the timer; 64 KiB a second. */
  private static final long SLOW_BYTES = 16 * 1024;

  private final ByteBudget budget;
  private final Reservation reservation;
  private final CallRefuser refuser;
  private final BodyTimer timer;
  private final AdmissionObserver observer;
  private final boolean single;

  @GuardedBy("this")
  private final Queue<Share> unanswered = new ArrayDeque<>();

  @GuardedBy("this")
  private @Nullable Share awaited;

  @GuardedBy("this")
  private int wanted;

  @GuardedBy("this")
  private long arrived;

  /** Of the message that is awaited. */
  @GuardedBy("this")
  private long arrivedBytes;

  @GuardedBy("this")
  private long arrivedBytesAtLastLook;

  @GuardedBy("this")
  private boolean ended;

  AdmittedCall(
      ServerCall<Q, A> call,
      ByteBudget budget,
      Reservation reservation,
      CallRefuser refuser,
      BodyTimer timer,
      AdmissionObserver observer) {
    super(call);
    this.budget = budget;
    this.reservation = reservation;
    this.refuser = refuser;
    this.timer = timer;
    this.observer = observer;
    this.single = call.getMethodDescriptor().getType().clientSendsOneMessage();
  }

  @Override
  public void request(int messages) {
    synchronized (this) {
      wanted += messages;
    }
    ask();
  }

  @Override
  public void sendMessage(A message) {
    super.sendMessage(message);
    Share answered;
    synchronized (this) {
      answered = unanswered.poll();
    }
    giveBack(answered);
  }

  @Override
  public void close(Status status, Metadata trailers) {
    super.close(status, trailers);
    end();
  }

  /** To be called with more bytes of the message that is awaited, before it is whole. */
  void arriving(long bytes) {
    Share share;
    long all;
    synchronized (this) {
      if (ended) {
        return;
      }
      arrivedBytes += bytes;
      all = arrivedBytes;
      share = awaited;
    }
    try {
      reservation.check(all);
      if (share != null) {
        share.grow(all);
      }
    } catch (DeclaredSizeException lie) {
      refuse(lie);
    } catch (BudgetExhaustedException full) {
      observer.callShed();
      refuse(full);
    }
  }

  /** From time to time while the message is awaited: those who stall must not keep others out. */
  void weighSlowMessage() {
    synchronized (this) {
      if (awaited != null && arrivedBytes - arrivedBytesAtLastLook < SLOW_BYTES) {
        awaited.correct(arrivedBytes);
      }
      arrivedBytesAtLastLook = arrivedBytes;
    }
    budget.grantWaiting();
  }

  /** To be called with each message, before the handler has it. */
  void received(Q message) {
    timer.stop();
    long bytes = message instanceof SizedMessage sized ? sized.wireBytes() : 0;
    if (reservation.isLarge(bytes)) {
      observer.largeMessage();
    }
    Share share;
    boolean answeredLater;
    synchronized (this) {
      share = awaited;
      awaited = null;
      arrived++;
      arrivedBytes = 0;
      // What opens a stream gets no answer of its own.
      answeredLater = single || arrived > 1;
      if (share != null && answeredLater && !ended) {
        unanswered.add(share);
      }
    }
    if (share != null) {
      if (answeredLater) {
        share.resize(bytes);
      } else {
        share.giveBack();
      }
    }
    reservation.check(bytes);
    ask();
  }

  /** The call is over; nothing is held from here on. */
  void end() {
    timer.stop();
    List<Share> all;
    synchronized (this) {
      ended = true;
      all = new ArrayList<>(unanswered);
      unanswered.clear();
      if (awaited != null) {
        all.add(awaited);
        awaited = null;
      }
    }
    // Outside the lock: giving back calls other calls, which have locks of their own.
    all.forEach(Share::giveBack);
  }

  /** Ends the call with a failure, unless it has ended. */
  void refuse(RuntimeException failure) {
    refuser.refuse(this, failure);
  }

  private void ask() {
    Share next;
    synchronized (this) {
      boolean all = single && arrived > 0;
      if (wanted == 0 || awaited != null || ended || all) {
        return;
      }
      wanted--;
      next = budget.share(reservation.bytes(), this::granted);
      awaited = next;
    }
    try {
      if (next.acquire() && budget.isNearlyFull()) {
        observer.manyWait();
      }
    } catch (BudgetExhaustedException full) {
      observer.callShed();
      refuse(full);
    }
  }

  private void granted() {
    if (single) {
      timer.start(this);
    }
    super.request(1);
  }

  private static void giveBack(@Nullable Share share) {
    if (share != null) {
      share.giveBack();
    }
  }
}
