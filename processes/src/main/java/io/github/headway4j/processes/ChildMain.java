// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

/** The main class of a child JVM. */
final class ChildMain {

    private ChildMain() {}
}
