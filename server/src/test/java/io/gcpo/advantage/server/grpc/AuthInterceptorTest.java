// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.base.Ticker;
import io.gcpo.advantage.server.ServerConfig;
import io.gcpo.advantage.server.auth.Authenticator;
import io.gcpo.advantage.server.auth.RefusalLog;
import io.gcpo.advantage.server.auth.TokenHash;
import io.gcpo.advantage.server.auth.UnauthenticatedException.Reason;
import io.gcpo.advantage.server.config.ConfigSource;
import io.gcpo.advantage.v1.GetServerInfoRequest;
import io.gcpo.advantage.v1.GetServerInfoResponse;
import io.gcpo.advantage.v1.InfoServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a service behind it, and its observer, get to know. */
class AuthInterceptorTest {
  private static final String LINES =
      TokenHash.of("team-a", "old").line()
          + ","
          + TokenHash.of("team-a", "new").line()
          + ","
          + TokenHash.of("team-b", "other").line();

  private final List<String> callers = new CopyOnWriteArrayList<>();
  private final List<Reason> refused = new CopyOnWriteArrayList<>();
  private final Server server =
      InProcessServerBuilder.forName("auth")
          .directExecutor()
          .addService(new Recorder())
          .intercept(
              new AuthInterceptor(
                  new Authenticator(
                      ServerConfig.read(
                              List.of(ConfigSource.flags(Map.of("grpc.auth.tokens", LINES))))
                          .security()
                          .auth()),
                  refused::add,
                  new RefusalLog(Ticker.systemTicker())))
          .build();
  private final ManagedChannel channel =
      InProcessChannelBuilder.forName("auth").directExecutor().build();

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void service_knowsWhoseTokenItWas() {
    call("old");
    call("other");
    call("new");

    assertThat(callers).containsExactly("team-a", "team-b", "team-a");
    assertThat(refused).isEmpty();
  }

  @Test
  void service_isNotAskedForOthers() {
    assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> call("third"));

    assertThat(callers).isEmpty();
    assertThat(refused).containsExactly(Reason.TOKEN_INVALID);
  }

  private void call(String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    var unused =
        InfoServiceGrpc.newBlockingStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
            .getServerInfo(GetServerInfoRequest.getDefaultInstance());
  }

  private final class Recorder extends InfoServiceGrpc.InfoServiceImplBase {
    @Override
    public void getServerInfo(
        GetServerInfoRequest request, StreamObserver<GetServerInfoResponse> answer) {
      callers.add(Caller.NAME.get());
      answer.onNext(GetServerInfoResponse.getDefaultInstance());
      answer.onCompleted();
    }
  }
}
