// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

/** What a scheduler has to do at moments of a {@link VirtualTime}, which looks at it without holding a lock. */
abstract class Agenda {

    /** No moment. Nothing is ever due then. */
    static final long NEVER = Long.MAX_VALUE;

    /** Which of several comes first at the same moment: the smaller number. */
    final int number;

    Agenda(int number) {
        this.number = number;
    }

    /** The next moment at which there is something to do, or NEVER; the caller will not go beyond the given limit. */
    abstract long next(long limit);

    /** Moves the clock to the first thing to do and does it, if that is not after the limit; false if it is, or none. */
    abstract boolean runFirst(long limit);
}
