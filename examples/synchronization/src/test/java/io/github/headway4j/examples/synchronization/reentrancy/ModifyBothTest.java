// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.reentrancy;

import static org.assertj.core.api.Assertions.assertThat;

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
    void main_runs() throws InterruptedException {
        ModifyBoth.main(new String[0]);
    }
}
