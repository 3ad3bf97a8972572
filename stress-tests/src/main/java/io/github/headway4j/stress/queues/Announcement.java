// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.III_Result;

/** One thread writes, and then does something that another one is told of, in one of several ways. */
@Outcome(id = ".*, [1-9], 1", expect = ACCEPTABLE, desc = "told in that way, and what was written before is seen")
@Outcome(id = ".*, [1-9], 0", expect = FORBIDDEN, desc = "told in that way, and what was written before is not seen")
@Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "looked too early")
@Outcome(id = ".*, -1, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
abstract class Announcement {

    private int data;

    /** What the other thread is told of. */
    abstract void announce();

    /** The number of the way in which the thread was told, 0 if it looked too early, -1 if it waited in vain. */
    abstract int look();

    final void write() {
        data = 1;
        announce();
    }

    final void read(III_Result r) {
        r.r1 = data; // too early: what is read after the look must not be this
        r.r2 = look();
        r.r3 = data;
    }
}
