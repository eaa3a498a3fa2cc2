// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

/**
 * JavaCPP, which ND4J stands on, limits memory outside the heap to the heap's own size and the
 * process to twice that, and fails beyond with an OutOfMemoryError. Here weights lie outside the
 * heap and so does the other engine: a small heap says nothing about them. So the limits are off
 * unless the operator sets the properties; whoever runs the process in a container limits that.
 */
final class JavaCppLimits {
  private JavaCppLimits() {}

  /** JavaCPP reads them once, when its first class is initialised. */
  static void lift() {
    for (String name :
        new String[] {"org.bytedeco.javacpp.maxbytes", "org.bytedeco.javacpp.maxphysicalbytes"}) {
      if (System.getProperty(name) == null) {
        System.setProperty(name, "0");
      }
    }
  }
}
