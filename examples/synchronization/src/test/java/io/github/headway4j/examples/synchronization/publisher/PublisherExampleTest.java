// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PublisherExampleTest {
    private final List<Integer> progress = new ArrayList<>();

    @Test
    void guarded_eachNumberIsTakenOnceAndInOrder() throws InterruptedException {
        assertThatAllIsWell(Publication.guarded(2_000, 2, Duration.ZERO, new Random(1), progress::add), 2_000);
    }

    @Test
    void guarded_oneNumberAndManySubscribers_allEnd() throws InterruptedException {
        Publication.Result result = Publication.guarded(1, 5, Duration.ZERO, new Random(1), progress::add);

        assertThat(result.taken()).hasSize(5);
        assertThat(result.taken().stream().flatMap(List::stream)).containsExactlyElementsOf(result.published());
    }

    @Test
    void polling_eachNumberIsTakenOnceAndInOrder() throws InterruptedException {
        assertThatAllIsWell(Publication.polling(500, 2, Duration.ZERO, new Random(1), progress::add), 500);
    }

    @Test
    void run_noSubscriber_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Publication.guarded(1, 0, Duration.ZERO, new Random(), progress::add))
                .withMessageContaining("0");
    }

    @Test
    void main_runs() throws InterruptedException {
        PublisherExample.main(new String[0]);
    }

    private void assertThatAllIsWell(Publication.Result result, int numbers) {
        assertThat(result.published()).hasSize(numbers).allMatch(number -> number >= 0 && number <= 1_000);
        assertThat(result.taken()).hasSize(2);
        assertThat(result.taken().stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(result.published());
        assertThat(result.taken())
                .filteredOn(taken -> !taken.isEmpty()) // one may have been faster each time
                .allSatisfy(taken -> assertThat(result.published()).containsSubsequence(taken));
        assertThat(result.looks()).isGreaterThanOrEqualTo(numbers);
        assertThat(progress).isSorted().last().isEqualTo(100);
    }
}
