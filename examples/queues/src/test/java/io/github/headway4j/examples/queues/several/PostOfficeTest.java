// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.several;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.ThreadsOfProgram;
import io.github.headway4j.examples.threads.life.Nap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PostOfficeTest {
    private static final Nap NO_TIME = seconds -> {};

    private static List<String> items(int letters, int parcels) {
        return Stream.concat(
                        IntStream.range(0, letters).mapToObj(i -> "letter " + i),
                        IntStream.range(0, parcels).mapToObj(i -> "parcel " + i))
                .toList();
    }

    @Test
    void run_manyOfBoth_eachIsDeliveredOnce() throws InterruptedException {
        List<String> delivered = new ArrayList<>();

        assertThat(PostOffice.run(5_000, 3_000, 4, NO_TIME, delivered::add)).isEqualTo(8_000);
        assertThat(delivered).containsExactlyInAnyOrderElementsOf(items(5_000, 3_000));
    }

    @Test
    void run_oneClerk_keepsTheOrderWithinEachQueue() throws InterruptedException {
        List<String> delivered = new ArrayList<>();
        PostOffice.run(50, 50, 1, NO_TIME, delivered::add);

        assertThat(delivered.stream().filter(item -> item.startsWith("letter")))
                .containsExactlyElementsOf(items(50, 0));
        assertThat(delivered.stream().filter(item -> item.startsWith("parcel")))
                .containsExactlyElementsOf(items(0, 50));
    }

    @Test
    void run_aClerkFails_failsAndSendsTheOthersHome() {
        RuntimeException broken = new RuntimeException("the stamp is broken");
        Nap failing = seconds -> {
            throw broken;
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> PostOffice.run(10, 10, 2, failing, item -> {}))
                .withCause(broken);
        assertThat(ThreadsOfProgram.alive("post-")).isEmpty();
    }

    @Test
    void run_theCarrierFails_failsAndSendsTheOthersHome() {
        RuntimeException ill = new RuntimeException("the carrier is ill");
        assertThatIllegalStateException()
                .isThrownBy(() -> PostOffice.run(10, 10, 2, NO_TIME, item -> {
                    throw ill;
                }))
                .withCause(ill);
        assertThat(ThreadsOfProgram.alive("post-")).isEmpty();
    }

    @Test
    void run_noClerk_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PostOffice.run(1, 1, 0, NO_TIME, item -> {}))
                .withMessageContaining("0");
    }

    @Test
    void main_printsWhatIsDelivered() throws Exception {
        List<String> lines = ProgramRun.linesOf(PostOffice.class, "1");

        assertThat(lines).hasSize(11).last().isEqualTo("10 in all");
        assertThat(lines.subList(0, 10))
                .containsExactlyInAnyOrderElementsOf(items(PostOffice.LETTERS, PostOffice.PARCELS).stream()
                        .map(item -> item + " is delivered")
                        .toList());
    }
}
