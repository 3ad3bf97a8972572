// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

/** A hold that some threads may not close, and that says so before it is tried. */
interface BoundHeld extends Held {

    /**
     * Throws what {@link #close} would throw because of the thread that calls it, and changes nothing.
     *
     * @throws IllegalStateException if the calling thread may not close this
     */
    void refuseStranger();
}
