// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.openjdk.jcstress.annotations.Outcome;

/** Planted bug: a plain field tells what happened, and may be seen before that. */
@Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "told, and what was written before is seen")
@Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "looked too early")
@Outcome(id = ".*, 1, 0", expect = ACCEPTABLE_INTERESTING, desc = "told, and what was written before is not seen")
abstract class PlainFlag extends Announcement {

    private int flag;

    @Override
    final void announce() {
        flag = 1;
    }

    @Override
    final int look() {
        return flag;
    }
}
