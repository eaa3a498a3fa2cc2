// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.soak;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.server.cli.bench.GroupSource;
import io.gcpo.advantage.server.cli.bench.Lengths;
import io.gcpo.advantage.server.cli.bench.SyntheticGroups;
import io.gcpo.advantage.server.faults.load.Question;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.Kernel;
import java.util.List;
import java.util.stream.IntStream;

/** Requests of one group, of which one in four needs no embeddings, with their answers. */
final class MixedQuestions {
  private static final GroupSource GROUPS =
      new SyntheticGroups(4, Lengths.parse("uniform:10-60"), 8);
  private static final AdvantageConfig WITHOUT_EMBEDDINGS =
      AdvantageConfig.newBuilder().setKernel(Kernel.KERNEL_MATH).build();

  private MixedQuestions() {}

  /** As many, answered by the server of {@code oracle}. */
  static List<Question> ask(AdvantageClient oracle, int count) {
    return IntStream.range(0, count)
        .mapToObj(MixedQuestions::request)
        .map(request -> new Question(request, oracle.compute(request).getResultsList()))
        .toList();
  }

  private static ComputeAdvantagesRequest request(int index) {
    ComputeAdvantagesRequest.Builder request =
        ComputeAdvantagesRequest.newBuilder().addGroups(GROUPS.group(index, 0));
    if (index % 4 == 3) {
      request.setConfig(WITHOUT_EMBEDDINGS);
    }
    return request.build();
  }
}
