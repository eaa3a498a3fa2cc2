// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.SpecialTokens;
import io.gcpo.advantage.server.embedding.TokenIds;
import io.gcpo.advantage.server.embedding.TokenStates;
import io.gcpo.advantage.server.embedding.WindowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Tries whether a model's states depend on the batch. Float32 models do not, on a processor. Those
 * with dynamically quantised activations (int8) do: the scale is the largest value of the whole
 * batch. No file says which kind it is.
 */
final class RowTrial {
  private static final SpecialTokens NONE = new SpecialTokens(TokenIds.EMPTY, TokenIds.EMPTY);
  private static final TokenIds WINDOW = TokenIds.copyOf(1, 2, 2, 1, 1, 1, 2, 1);

  /** Of other tokens, so that its largest values are others. */
  private static final TokenIds NEIGHBOUR = TokenIds.copyOf(3, 0, 3, 0, 0, 3, 3, 0);

  private static final int[] NEIGHBOURS = {1, 2, 7, 15};

  private RowTrial() {}

  /** False too if the model cannot be run; {@code dimension} is that of a state. */
  static boolean isIndependent(Encoder encoder, int dimension) {
    try {
      float[] alone = states(encoder, List.of(WINDOW), 0, dimension);
      for (int count : NEIGHBOURS) {
        List<TokenIds> windows = new ArrayList<>(Collections.nCopies(count, NEIGHBOUR));
        windows.add(WINDOW);
        if (!Arrays.equals(alone, states(encoder, windows, count, dimension))) {
          return false;
        }
      }
      return true;
    } catch (EmbeddingUnavailableException e) {
      return false;
    }
  }

  private static float[] states(
      Encoder encoder, List<TokenIds> windows, int window, int dimension) {
    TokenStates states = encoder.encode(new WindowBatch(NONE, windows, WINDOW.length()));
    float[] all = new float[WINDOW.length() * dimension];
    float[] state = new float[dimension];
    for (int token = 0; token < WINDOW.length(); token++) {
      states.copyTo(window, token, state);
      System.arraycopy(state, 0, all, token * dimension, dimension);
    }
    return all;
  }
}
