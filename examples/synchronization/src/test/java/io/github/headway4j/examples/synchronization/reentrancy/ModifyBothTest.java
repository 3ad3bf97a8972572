// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.reentrancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModifyBothTest {

    @Test
    void reentrantLock_bothAreModified() throws InterruptedException {
        assertThat(ModifyBoth.withReentrantLock(Duration.ofSeconds(30)))
                .isEqualTo(new ModifyBoth.Result("", List.of("modifyBoth", "modifyA", "modifyB"), 11, 12));
    }

    @Test
    void mutex_isStuckInTheFirstCall() throws InterruptedException {
        assertThat(ModifyBoth.withMutex(Duration.ofMillis(1)))
                .isEqualTo(new ModifyBoth.Result("modifyA", List.of("modifyBoth"), 1, 2));
    }

    @Test
    void main_tellsWhoIsStuck() throws Exception {
        assertThat(ProgramRun.linesOf(ModifyBoth.class))
                .containsExactly(
                        "ReentrantLock: modifyBoth, modifyA, modifyB got the lock; A is 11, B is 12",
                        "Mutex: modifyBoth got the lock; A is 1, B is 2",
                        "    stuck in modifyA: it waited 500 ms for its own caller");
    }
}
