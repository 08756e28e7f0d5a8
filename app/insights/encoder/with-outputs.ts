const MODEL_GRAPH = 7;
const GRAPH_OUTPUT = 12;
const VALUE_NAME = 1;

/**
 * An ONNX model that also gives out what is computed under other names within it. A message of Protocol Buffers that
 * stands behind another is merged into it, lists to their ends, so that the file itself stays as it was published.
 */
export function withOutputs(model: Uint8Array, names: string[]): Uint8Array {
  const outputs = names.map((name) => field(GRAPH_OUTPUT, field(VALUE_NAME, Buffer.from(name))));
  return Buffer.concat([model, field(MODEL_GRAPH, Buffer.concat(outputs))]);
}

/** A field that holds bytes: its number and kind, its length, and the bytes. */
function field(number: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
}
