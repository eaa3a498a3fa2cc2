// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.ModelIdentity;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutAdvantage;
import io.gcpo.advantage.v1.RolloutGroup;

/** Requests, and answers that fit them. */
final class Answers {
  private Answers() {}

  /** Two groups, a with two rollouts and b with one. */
  static ComputeAdvantagesRequest request() {
    return ComputeAdvantagesRequest.newBuilder()
        .setRequestId("request-1")
        .addGroups(group("a", "first", "second"))
        .addGroups(group("b", "third"))
        .build();
  }

  static RolloutGroup group(String id, String... texts) {
    RolloutGroup.Builder group = RolloutGroup.newBuilder().setGroupId(id);
    for (int i = 0; i < texts.length; i++) {
      group.addRollouts(Rollout.newBuilder().setRolloutId(id + i).setText(texts[i]).setReward(1.0));
    }
    return group.build();
  }

  /** What becomes of a group of hashes where the server lacks a text. */
  static GroupResult contentNotFound(String groupId) {
    ErrorInfo reason = ErrorInfo.newBuilder().setReason("CONTENT_NOT_FOUND").build();
    return GroupResult.newBuilder()
        .setGroupId(groupId)
        .setError(
            Status.newBuilder()
                .setCode(Code.FAILED_PRECONDITION.getNumber())
                .addDetails(Any.pack(reason)))
        .build();
  }

  static ComputeAdvantagesResponse to(ComputeAdvantagesRequest request) {
    ComputeAdvantagesResponse.Builder answer =
        ComputeAdvantagesResponse.newBuilder()
            .setRequestId(request.getRequestId())
            .setModel(ModelIdentity.newBuilder().setName(request.getModel()));
    for (RolloutGroup group : request.getGroupsList()) {
      GroupAdvantages.Builder advantages =
          GroupAdvantages.newBuilder().setInputSha256(InputDigest.of(group));
      for (int i = 0; i < group.getRolloutsCount(); i++) {
        advantages.addRollouts(
            RolloutAdvantage.newBuilder()
                .setRolloutId(group.getRollouts(i).getRolloutId())
                .setAdvantage(i)
                .setIncluded(true));
      }
      answer.addResults(
          GroupResult.newBuilder().setGroupId(group.getGroupId()).setAdvantages(advantages));
    }
    return answer.build();
  }
}
