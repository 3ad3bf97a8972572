// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.processes.SharedRing.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that are killed, with SIGKILL, at each step inside a queue. */
class SharedRingDeathTest {

    private static final int CAPACITY = 4;

    /**
     * Another process puts "a" and "b" or takes the first two, and is killed at the given step of the second. Then the
     * queue is filled up and emptied, and holds what it should.
     */
    @ParameterizedTest
    @EnumSource
    void killedAtAStep_losesAtMostTheElementOfTheStep_andNobodyWaits(Step step) throws Exception {
        boolean putting = step.name().startsWith("PUT");
        try (ProcessQueue<String> queue = ProcessQueue.create(CAPACITY, 1)) {
            List<String> expected = new ArrayList<>();
            if (!putting) {
                queue.put("a");
                queue.put("b");
                queue.put("c");
            }
            try (SharedMemory memory = SharedMemory.open(queue.memory().name());
                    OtherJvm other = OtherJvm.start(talk -> {
                        Stop stop = new Stop(step, talk);
                        ProcessQueue<String> there = ProcessQueue.at(memory, stop);
                        if (putting) {
                            there.put("a");
                            stop.now();
                            there.put("b");
                        } else {
                            there.take();
                            stop.now();
                            there.take();
                        }
                        talk.say("went through " + step);
                    })) {
                other.expect("at " + step);
                other.kill();
            }
            if (putting) {
                expected.add("a");
                if (step.compareTo(Step.PUT_COUNTED) >= 0) {
                    expected.add("b");
                }
            } else {
                if (step.compareTo(Step.TAKE_COUNTED) < 0) {
                    expected.add("b");
                }
                expected.add("c");
            }
            assertThat(queue.size()).isEqualTo(expected.size());
            for (int i = expected.size(); i < CAPACITY; i++) {
                queue.put("more " + i);
                expected.add("more " + i);
            }
            assertThat(queue.offer("too much")).isFalse();
            List<String> taken = new ArrayList<>();
            while (taken.size() < CAPACITY) {
                taken.add(queue.take());
            }
            assertThat(taken).isEqualTo(expected);
            assertThat(queue.poll()).isNull();
        }
    }

    /** Stops its process at a step, to be killed there. */
    private static final class Stop implements Consumer<Step> {
        private final Step step;
        private final OtherJvm.Talk talk;
        private final AtomicBoolean now = new AtomicBoolean();

        Stop(Step step, OtherJvm.Talk talk) {
            this.step = step;
            this.talk = talk;
        }

        void now() {
            now.set(true);
        }

        @Override
        public void accept(Step reached) {
            if (now.get() && reached == step) {
                talk.say("at " + step);
                try {
                    talk.hear(); // never: it is killed
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                Runtime.getRuntime().halt(3);
            }
        }
    }
}
