// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChancesTest {
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void until_theThirdShowsIt_isTheLast() throws Exception {
        assertThat(Chances.until(attempts::incrementAndGet, attempt -> attempt == 3))
                .isEqualTo(3)
                .isEqualTo(attempts.get());
    }

    @Test
    void until_noneShowsIt_givesUpWithTheTenth() throws Exception {
        assertThat(Chances.until(attempts::incrementAndGet, attempt -> false))
                .isEqualTo(10)
                .isEqualTo(attempts.get());
    }
}
