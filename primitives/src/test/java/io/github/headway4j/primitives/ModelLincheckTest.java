// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static io.github.headway4j.testing.Model.expect;
import static io.github.headway4j.testing.Model.join;
import static io.github.headway4j.testing.Model.start;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.Model;
import java.util.concurrent.Semaphore;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the other tests with the model checker rely on. */
class ModelLincheckTest {

    @Test
    @DisplayName("A failure of a helper thread fails the scenario")
    void failureOfAHelper_isFound() {
        assertThatThrownBy(() -> Model.check(() -> {
                    Thread helper = start(() -> expect(false, "planted"));
                    join(helper);
                }))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("planted");
    }

    @Test
    @DisplayName("An interrupt that a helper thread does not expect fails the scenario")
    void interruptOfAHelper_isFound() {
        assertThatThrownBy(() -> Model.check(() -> {
                    Semaphore never = new Semaphore(0);
                    Thread helper = start(never::acquire);
                    helper.interrupt();
                    join(helper);
                }))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("not to be interrupted here");
    }
}
