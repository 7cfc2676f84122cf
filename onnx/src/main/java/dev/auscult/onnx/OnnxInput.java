package dev.auscult.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Set;

/**
 * One input of a network.
 *
 * @param name as the file has it
 * @param info type and sizes
 */
record OnnxInput(String name, TensorInfo info) {
  /** What ids and positions may be. */
  static final Set<OnnxJavaType> WHOLE = Set.of(OnnxJavaType.INT64, OnnxJavaType.INT32);

  /** What a mask may be. */
  static final Set<OnnxJavaType> MASK =
      Set.of(OnnxJavaType.INT64, OnnxJavaType.INT32, OnnxJavaType.FLOAT);

  /** What pixels may be. */
  static final Set<OnnxJavaType> PIXELS = Set.of(OnnxJavaType.FLOAT);

  /** The size of an axis; -1 if it is free. */
  long size(int axis) {
    return info.getShape()[axis];
  }

  /** A tensor of floats. */
  OnnxTensor floats(OrtEnvironment environment, float[] values, long... shape) throws OrtException {
    return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
  }

  /** A tensor of whole numbers in the type of this input. */
  OnnxTensor whole(OrtEnvironment environment, int[] values, long... shape) throws OrtException {
    if (info.type == OnnxJavaType.INT32) {
      return OnnxTensor.createTensor(environment, IntBuffer.wrap(values), shape);
    }
    if (info.type == OnnxJavaType.INT64) {
      long[] wide = new long[values.length];
      for (int i = 0; i < values.length; i++) {
        wide[i] = values[i];
      }
      return OnnxTensor.createTensor(environment, LongBuffer.wrap(wide), shape);
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = values[i];
    }
    return floats(environment, floats, shape);
  }
}
