// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedGroupsTest {

    @Test
    void group_eachIsNumberedFromZero() throws InterruptedException {
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        Runnable work = () -> ran.add(Thread.currentThread().getName());
        List<Thread> workers = new ArrayList<>(NamedGroups.group("Worker_A", 2, work));
        workers.addAll(NamedGroups.group("Worker_B", 2, work));

        assertThat(workers)
                .extracting(Thread::getName)
                .containsExactly("Worker_A-0", "Worker_A-1", "Worker_B-0", "Worker_B-1");
        workers.forEach(Thread::start);
        Workers.join(workers);
        assertThat(ran).containsExactlyInAnyOrder("Worker_A-0", "Worker_A-1", "Worker_B-0", "Worker_B-1");
    }

    @Test
    void main_printsTheNames() throws Exception {
        assertThat(ProgramRun.linesOf(NamedGroups.class))
                .containsExactlyInAnyOrder("I am Worker_A-0", "I am Worker_A-1", "I am Worker_B-0", "I am Worker_B-1");
    }
}
