// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

/**
 * Something that opens for everybody who has come before: what threads wait for in a
 * {@linkplain WaitQueue#broadcast broadcast} queue. A class and not an interface, so that this method stays out of the
 * public surface of its subclasses.
 */
abstract class Gate {

    /**
     * Whether the gate has opened since. Takes nothing; once true for a moment, true for that moment for ever.
     *
     * @param since the moment at which the caller came, as the gate counts
     */
    abstract boolean isOpen(long since);
}
