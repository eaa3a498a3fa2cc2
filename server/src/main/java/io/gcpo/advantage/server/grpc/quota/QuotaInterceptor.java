// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.quota;

import com.google.common.base.Ticker;
import io.gcpo.advantage.server.grpc.admission.CallRefuser;
import io.gcpo.advantage.server.grpc.admission.Reservation;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/**
 * Refuses, at the headers, calls of a client that has asked for more than its share, so that one
 * run that goes wild does not starve the others. Health and reflection pass. Thread-safe.
 */
public final class QuotaInterceptor implements ServerInterceptor {
  private static final String OWN_SERVICES = "gcpo.";

  private final ClientAccounts accounts;
  private final QuotaMode mode;
  private final int maxMessageBytes;
  private final Supplier<String> caller;
  private final ScheduledExecutorService timers;
  private final CallRefuser refuser;
  private final QuotaObserver observer;

  /**
   * All clients' accounts are new.
   *
   * @param caller the name of the client whose call it is, asked for as the call begins
   * @param timers for streams that wait
   */
  public QuotaInterceptor(
      QuotaConfig config,
      int maxMessageBytes,
      Supplier<String> caller,
      ScheduledExecutorService timers,
      Ticker ticker,
      CallRefuser refuser,
      QuotaObserver observer) {
    this.accounts = new ClientAccounts(config, ticker);
    this.mode = config.mode();
    this.maxMessageBytes = maxMessageBytes;
    this.caller = caller;
    this.timers = timers;
    this.refuser = refuser;
    this.observer = observer;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (!call.getMethodDescriptor().getFullMethodName().startsWith(OWN_SERVICES)) {
      return next.startCall(call, headers);
    }
    ClientAccount account = accounts.of(caller.get());
    MethodType type = call.getMethodDescriptor().getType();
    long charged;
    try {
      charged = account.begin(expected(type, headers));
    } catch (QuotaExceededException excess) {
      observer.exceeded(excess.limit(), mode);
      account.log().exceeded(excess, mode);
      if (mode == QuotaMode.SHADOW) {
        // It takes nothing of what others may have: they are counted as if it had been refused.
        return next.startCall(call, headers);
      }
      refuser.refuse(call, excess);
      return new ServerCall.Listener<>() {};
    }
    boolean paced = mode == QuotaMode.ENFORCE && !type.clientSendsOneMessage();
    QuotaCall<Q, A> open = new QuotaCall<>(call, account, charged, paced, timers);
    try {
      return new QuotaListener<>(next.startCall(open, headers), open);
    } catch (RuntimeException | Error broken) {
      open.end();
      throw broken;
    }
  }

  /** Calls of this client that have begun and not ended. */
  int open(String client) {
    return accounts.of(client).open();
  }

  /** What is not declared, and a stream's messages, are charged as they come. */
  private long expected(MethodType type, Metadata headers) {
    Reservation reservation = Reservation.of(type, headers, maxMessageBytes);
    return reservation.declared() == null ? 0 : reservation.bytes();
  }

  private static final class QuotaListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final QuotaCall<Q, ?> call;

    QuotaListener(ServerCall.Listener<Q> listener, QuotaCall<Q, ?> call) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      call.received(message);
      super.onMessage(message);
    }

    @Override
    public void onCancel() {
      call.end();
      super.onCancel();
    }

    @Override
    public void onComplete() {
      call.end();
      super.onComplete();
    }
  }
}
