// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Looks for lost wake-ups: threads in a ring, each of which waits for its token without a time-out and then gives the
 * next one's, while others come and go among those who wait. Nothing but the wake-up itself can help a thread that
 * sleeps while its token is there.
 */
final class HandOffScenario implements Scenario {

    private static final int LONGEST_WAIT_NANOS = 200_000;

    private final String name;
    private final Token[] tokens;
    private final Ring ring = new TokenRing();

    /**
     * A ring of as many threads as there are tokens.
     *
     * @param name of what the tokens are made
     * @param tokens two or more
     */
    HandOffScenario(String name, Token... tokens) {
        this.name = name;
        this.tokens = tokens.clone();
    }

    @Override
    public String name() {
        return "hand-off by " + name;
    }

    @Override
    public void step(SplittableRandom random) throws InterruptedException {
        tokens[random.nextInt(tokens.length)].linger(Duration.ofNanos(random.nextInt(LONGEST_WAIT_NANOS)));
    }

    @Override
    public void check() {
        // the turns are counted by the round
    }

    @Override
    public List<Ring> rings() {
        return List.of(ring);
    }

    private final class TokenRing implements Ring {
        @Override
        public String name() {
            return HandOffScenario.this.name();
        }

        @Override
        public int parties() {
            return tokens.length;
        }

        @Override
        public void turn(int who, SplittableRandom random) throws InterruptedException {
            if (who == 0) {
                Pause.rest(random);
                tokens[1].give(random);
                tokens[0].take();
            } else {
                tokens[who].take();
                Pause.brief(random);
                tokens[(who + 1) % tokens.length].give(random);
            }
        }
    }
}
