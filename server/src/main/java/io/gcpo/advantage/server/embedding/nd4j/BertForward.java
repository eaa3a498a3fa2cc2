// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import static io.gcpo.advantage.server.embedding.nd4j.BertBuffers.columns;
import static io.gcpo.advantage.server.embedding.nd4j.BertBuffers.view;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.reduce.floating.Mean;
import org.nd4j.linalg.api.ops.impl.reduce.floating.Norm2;
import org.nd4j.linalg.api.ops.impl.reduce.same.Max;
import org.nd4j.linalg.api.ops.impl.reduce.same.Sum;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * BERT's layers (Devlin et al., arXiv 1810.04805, as in the original code: norms after the sums)
 * over n windows of one padded length. Confined to one thread.
 *
 * <p>Matrices over tokens have contiguous columns, since ND4J multiplies into those three times
 * faster, and the heads of queries, keys, values and context are strided views of them, so that
 * nothing is ever transposed. The softmax is written out, since ND4J's own takes ten times as long.
 */
final class BertForward {
  private final BertWeights weights;
  private final BertSizes sizes;
  private final int windows;
  private final int length;
  private final long tokens;
  private final INDArray states;
  private final INDArray attended;
  private final INDArray queryKeyValue;
  private final INDArray context;
  private final INDArray inner;
  private final INDArray gate;
  private final INDArray scores;
  private final INDArray scoreRows;
  private final INDArray scoreStatistic;
  private final INDArray tokenStatistic;

  BertForward(BertWeights weights, BertBuffers buffers, int windows, int length) {
    this.weights = weights;
    this.sizes = weights.sizes();
    this.windows = windows;
    this.length = length;
    this.tokens = (long) windows * length;
    long heads = sizes.heads();
    long square = (long) length * length;
    this.states = columns(buffers.states, tokens, sizes.dimension());
    this.attended = columns(buffers.attended, tokens, sizes.dimension());
    this.queryKeyValue = columns(buffers.queryKeyValue, tokens, 3L * sizes.dimension());
    this.context = columns(buffers.context, tokens, sizes.dimension());
    this.inner = columns(buffers.inner, tokens, sizes.inner());
    this.gate = columns(buffers.gate, tokens, sizes.inner());
    this.scores =
        view(
            buffers.scores,
            0,
            new long[] {heads, windows, length, length},
            new long[] {windows * square, square, length, 1},
            'c');
    this.scoreRows = BertBuffers.rows(buffers.scores, heads * tokens, length);
    this.scoreStatistic = columns(buffers.statistics, heads * tokens, 1);
    this.tokenStatistic = columns(buffers.statistics, tokens, 1);
  }

  /**
   * The last hidden states [tokens, d]. {@code embedded} [tokens, d] is the sum of the tables'
   * rows; {@code mask} [1, n, 1, length] is added to the scores.
   */
  INDArray run(INDArray embedded, INDArray mask) {
    states.assign(embedded);
    normalise(states, weights.norm());
    for (BertLayer layer : weights.layers()) {
      attend(layer, mask);
      feedForward(layer);
    }
    return states;
  }

  private void attend(BertLayer layer, INDArray mask) {
    apply(layer.queryKeyValue(), states, queryKeyValue);
    multiply(heads(queryKeyValue, 0), heads(queryKeyValue, 1), scores, true);
    scores.addi(mask);
    softmax();
    multiply(scores, heads(queryKeyValue, 2), heads(context, 0), false);
    apply(layer.attended(), context, attended);
    attended.addi(states);
    normalise(attended, layer.attentionNorm());
  }

  private void feedForward(BertLayer layer) {
    apply(layer.up(), attended, inner);
    sizes.activation().apply(inner, gate);
    apply(layer.down(), inner, states);
    states.addi(attended);
    normalise(states, layer.norm());
  }

  /** In each row. The greatest score becomes 0 first, so that no exponential overflows. */
  private void softmax() {
    Nd4j.exec(new Max(scoreRows, scoreStatistic, true, 1));
    scoreRows.subiColumnVector(scoreStatistic);
    Nd4j.exec(new Exp(scoreRows, scoreRows));
    Nd4j.exec(new Sum(scoreRows, scoreStatistic, true, 1));
    scoreRows.diviColumnVector(scoreStatistic);
  }

  /**
   * Two passes: the mean, then the variance of what is left, whose root is scaled before it is
   * squared, since float16 ends at 65504.
   */
  private void normalise(INDArray x, BertLayer.Norm norm) {
    Nd4j.exec(new Mean(x, tokenStatistic, true, 1));
    x.subiColumnVector(tokenStatistic);
    Nd4j.exec(new Norm2(x, tokenStatistic, true, 1));
    tokenStatistic.muli(1 / Math.sqrt(sizes.dimension()));
    tokenStatistic.muli(tokenStatistic);
    tokenStatistic.addi(sizes.epsilon());
    Nd4j.exec(new Sqrt(tokenStatistic, tokenStatistic));
    x.diviColumnVector(tokenStatistic);
    x.muliRowVector(norm.factor());
    x.addiRowVector(norm.addend());
  }

  /** Block {@code block} of d columns of {@code matrix} as [heads, n, length, d of a head]. */
  private INDArray heads(INDArray matrix, int block) {
    long d = sizes.headDimension();
    return view(
        matrix,
        block * tokens * sizes.dimension(),
        new long[] {sizes.heads(), windows, length, d},
        new long[] {d * tokens, length, 1, tokens},
        'c');
  }

  private static void apply(BertLayer.Linear linear, INDArray x, INDArray result) {
    multiply(x, linear.matrix(), result, false);
    result.addiRowVector(linear.bias());
  }

  private static void multiply(INDArray a, INDArray b, INDArray result, boolean transposeB) {
    Nd4j.exec(
        DynamicCustomOp.builder("matmul")
            .addInputs(a, b)
            .addOutputs(result)
            .addIntegerArguments(0, transposeB ? 1 : 0, 0)
            .build());
  }
}
