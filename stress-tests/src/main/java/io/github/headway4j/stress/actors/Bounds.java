// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.actors;

import java.time.Duration;

/** How long the actors wait. */
public final class Bounds {

    /** A wait that lasts this long has lost its wake-up. Less than the 30 seconds after which jcstress gives up. */
    public static final Duration LOST = Duration.ofSeconds(10);

    /** A time-out that races with whatever the other actor does in the meantime. */
    public static final Duration BRIEF = Duration.ofNanos(2_000);

    /** A time-out that rarely ends a wait which the other actor is about to end, and keeps a lost race cheap. */
    public static final Duration SHORT = Duration.ofNanos(50_000);

    /** How long a control waits for what it has missed. */
    public static final long CONTROL_NANOS = 200_000;

    private Bounds() {}
}
