// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadMappingsTest {

    @Test
    void all_countsTheThreadsBelow() throws Exception {
        List<String> expected = ThreadKind.VIRTUAL.isThere()
                ? List.of(
                        "one-to-one:   20 platform threads on 20 of the system",
                        "many-to-one:  20 virtual threads on 1 of the system",
                        "many-to-many: 20 virtual threads on 3 of the system")
                : List.of("one-to-one:   20 platform threads on 20 of the system");

        assertThat(ThreadMappings.all()).map(ThreadMappings.Mapping::toString).isEqualTo(expected);
    }

    @Test
    void main_printsTheMappings() throws Exception {
        assertThat(ProgramRun.linesOf(ThreadMappings.class))
                .startsWith("one-to-one:   20 platform threads on 20 of the system")
                .hasSize(ThreadKind.VIRTUAL.isThere() ? 3 : 2);
    }
}
