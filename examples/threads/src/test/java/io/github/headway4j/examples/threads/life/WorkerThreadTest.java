// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerThreadTest {
    private final List<String> said = new ArrayList<>();

    @Test
    void named_runsUnderItsName() throws InterruptedException {
        WorkerThread worker = new WorkerThread("Worker_A", said::add);
        worker.start();
        worker.join();

        assertThat(worker.getName()).isEqualTo("Worker_A");
        assertThat(said).containsExactly("Worker_A: I run in Worker_A");
    }

    @Test
    void unnamed_runsUnderANameOfTheJvm() throws InterruptedException {
        WorkerThread worker = new WorkerThread(said::add);
        worker.start();
        worker.join();

        assertThat(worker.getName()).matches("Thread-\\d+");
        assertThat(said).containsExactly(worker.getName() + ": I run in " + worker.getName());
    }

    @Test
    void main_printsBothNames() throws Exception {
        assertThat(ProgramRun.linesOf(WorkerThread.class))
                .containsExactlyInAnyOrder("Thread-0: I run in Thread-0", "Worker_A: I run in Worker_A");
    }
}
