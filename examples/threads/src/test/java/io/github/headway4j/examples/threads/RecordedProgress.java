// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** A progress listener that checks what the programs promise: one calling thread, never backwards, 100 at the end. */
public final class RecordedProgress implements IntConsumer {

    private final Thread caller = Thread.currentThread();
    private final List<Integer> percents = new ArrayList<>();

    @Override
    public void accept(int percent) {
        assertThat(Thread.currentThread()).isSameAs(caller);
        percents.add(percent);
    }

    /** Fails unless the progress went up to 100 and never back. */
    public void assertComplete() {
        assertThat(percents).isSorted().endsWith(100).allMatch(percent -> percent >= 0);
    }
}
