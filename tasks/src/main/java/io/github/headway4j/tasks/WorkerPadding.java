// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

/** Keeps what follows away from what comes before the object. */
class WorkerPadding {
    @SuppressWarnings("unused") // behind the header, where a field of a subclass would go otherwise
    private int a;

    @SuppressWarnings("unused")
    private long b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15;
}
