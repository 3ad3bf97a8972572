// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static io.github.headway4j.testing.Model.expect;
import static io.github.headway4j.testing.Model.join;
import static io.github.headway4j.testing.Model.start;

import io.github.headway4j.testing.Model;
import io.github.headway4j.testing.SemaphoreParker;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@link VirtualTime} under every interleaving that the model checker tries. */
class VirtualTimeLincheckTest {

    private static final Duration ONE = Duration.ofNanos(1);

    private static VirtualTime time() {
        return new VirtualTime(Instant.EPOCH, new SemaphoreParker());
    }

    private static void expectNobodySleeps(VirtualTime time) {
        expect(time.toString().contains(" 0 sleeping"), time.toString());
    }

    @Test
    @DisplayName("Two moves reach two sleepers, whenever they come")
    void twoMoves_reachTwoSleepers() {
        Model.check(() -> {
            VirtualTime time = time();
            Thread first = start(() -> time.sleepUntil(1L));
            Thread second = start(() -> time.sleepUntil(2L));
            time.advance(ONE);
            time.advance(ONE);
            join(first, second);
            expectNobodySleeps(time);
        });
    }

    @Test
    @DisplayName("Moves of two threads add up, and the sleeper that both are needed for wakes")
    void movesOfTwoThreads_reachASleeper() {
        Model.check(() -> {
            VirtualTime time = time();
            Thread sleeper = start(() -> time.sleepUntil(2L));
            Thread mover = start(() -> time.advance(ONE));
            time.advance(ONE);
            join(sleeper, mover);
            expect(time.nanoTime() == 2L, "the clock shows " + time.nanoTime());
            expectNobodySleeps(time);
        });
    }

    @Test
    @DisplayName("An interrupt of a sleeper against a move: the other one wakes")
    void interrupt_againstAMove() {
        Model.check(() -> {
            VirtualTime time = time();
            Thread leaver = start(() -> {
                try {
                    time.sleepUntil(1L);
                } catch (InterruptedException e) {
                    // leaves
                }
            });
            Thread stayer = start(() -> time.sleepUntil(1L));
            leaver.interrupt();
            time.advance(ONE);
            join(leaver, stayer);
            expectNobodySleeps(time);
        });
    }

    @Test
    @DisplayName("Two threads that run all against one that enters: each event runs once, at its moment or later")
    void runAll_ofTwoThreads_againstEnter() {
        Model.check(() -> {
            VirtualTime time = time();
            EventScheduler one = new EventScheduler(time, new SemaphoreParker());
            EventScheduler other = new EventScheduler(time, new SemaphoreParker());
            AtomicInteger runs = new AtomicInteger();
            AtomicInteger early = new AtomicInteger();
            one.enterAtNanos(1L, 1, () -> {
                runs.incrementAndGet();
                early.addAndGet(time.nanoTime() < 1L ? 1 : 0);
            });
            Thread runner = start(time::runAll);
            Thread enterer = start(() -> other.enterAtNanos(2L, 1, () -> {
                runs.addAndGet(10);
                early.addAndGet(time.nanoTime() < 2L ? 1 : 0);
            }));
            time.runAll();
            join(runner, enterer);
            time.runAll();
            expect(runs.get() == 11 && early.get() == 0, "run " + runs + ", too early " + early);
            expect(time.nanoTime() == 2L && one.isEmpty() && other.isEmpty(), "the clock shows " + time.nanoTime());
        });
    }
}
