# SPDX-License-Identifier: Apache-2.0
"""Writes the tiny models of this folder; see README.md."""

import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

HERE = pathlib.Path(__file__).parent
VOCABULARY, DIMENSION = 32, 8


def weights(seed: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    table = random.standard_normal((VOCABULARY, DIMENSION)).astype(np.float32)
    matrix = random.standard_normal((DIMENSION, DIMENSION)).astype(np.float32)
    return table, matrix


def model(
    input_type: int = TensorProto.INT64,
    output_type: int = TensorProto.FLOAT,
    nan: bool = False,
) -> onnx.ModelProto:
    """states = table[input_ids] @ matrix * attention_mask, cast to output_type."""
    table, matrix = weights(seed=4)
    if nan:
        matrix[2, 3] = np.nan
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["embedded"]),
        helper.make_node("MatMul", ["embedded", "matrix"], ["product"]),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "last"], ["column"]),
        helper.make_node("Mul", ["product", "column"], ["states"]),
        helper.make_node("Cast", ["states"], ["last_hidden_state"], to=output_type),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [
            helper.make_tensor_value_info(name, input_type, ["batch", "length"])
            for name in ("input_ids", "attention_mask")
        ],
        [helper.make_tensor_value_info("last_hidden_state", output_type, ["batch", "length", DIMENSION])],
        [
            numpy_helper.from_array(table, "table"),
            numpy_helper.from_array(matrix, "matrix"),
            numpy_helper.from_array(np.array([2], dtype=np.int64), "last"),
        ],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(made)
    return made


def outside() -> onnx.ModelProto:
    """The same with its matrix in a file outside of the model's folder."""
    made = model()
    matrix = made.graph.initializer[1]
    matrix.ClearField("raw_data")
    matrix.data_location = TensorProto.EXTERNAL
    for key, value in (("location", "../outside.bin"), ("offset", "0"), ("length", "256")):
        matrix.external_data.add(key=key, value=value)
    return made


def shaped(name: str, dimensions: list[int]) -> onnx.ModelProto:
    """The same where an initialiser claims other dimensions than its bytes have."""
    made = model()
    for initializer in made.graph.initializer:
        if initializer.name == name:
            del initializer.dims[:]
            initializer.dims.extend(dimensions)
    return made


def wide() -> onnx.ModelProto:
    """The same with an output that claims 2^40 columns."""
    made = model()
    made.graph.output[0].type.tensor_type.shape.dim[2].dim_value = 1 << 40
    return made


def main() -> None:
    onnx.save(model(), HERE / "float32.onnx")
    onnx.save(model(output_type=TensorProto.FLOAT16), HERE / "float16.onnx")
    onnx.save(model(output_type=TensorProto.BFLOAT16), HERE / "bfloat16.onnx")
    onnx.save(model(input_type=TensorProto.INT32), HERE / "int32.onnx")
    onnx.save(model(nan=True), HERE / "nan.onnx")
    (HERE / "outside.onnx").write_bytes(outside().SerializeToString())
    for file, made in {
        "giant": shaped("table", [1 << 40, 1 << 40]),
        "negative": shaped("table", [-32, -8]),
        "matrix_too_large": shaped("matrix", [1 << 30, 8]),
        "wide": wide(),
    }.items():
        (HERE / f"{file}.onnx").write_bytes(made.SerializeToString())
    quantize_dynamic(HERE / "float32.onnx", HERE / "int8.onnx", weight_type=QuantType.QInt8)
    # Without a quantised table the input of the product is quantised as it comes, batch by batch.
    quantize_dynamic(
        HERE / "float32.onnx",
        HERE / "int8_dynamic.onnx",
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul"],
    )


if __name__ == "__main__":
    main()
