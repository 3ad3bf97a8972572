// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import java.time.Duration;
import java.util.SplittableRandom;

/** Something that one thread gives and another one waits for, one at a time. Nobody has given it at first. */
interface Token {

    /** Gives it. Nobody gives it again before it has been taken. */
    void give(SplittableRandom random);

    /** Waits for it, without a time-out, and takes it. One thread at a time does that. */
    void take() throws InterruptedException;

    /** Waits among those who take it, and leaves without it, or gives it back at once. Any number of threads do that. */
    void linger(Duration timeout) throws InterruptedException;
}
