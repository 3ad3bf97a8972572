// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CurrentThreadTest {

    @Test
    void ask_currentThread_eachWorkerIsItself() throws InterruptedException {
        Map<String, String> answers = CurrentThread.ask(10, "current", Thread::currentThread);

        assertThat(answers).hasSize(10).containsKeys("current-0", "current-9");
        answers.forEach((worker, answer) -> assertThat(answer).isEqualTo(worker));
    }

    @Test
    void ask_keptThread_allNameTheKeeper() throws InterruptedException {
        Thread keeper = Thread.currentThread();
        Map<String, String> answers = CurrentThread.ask(5, "main", () -> keeper);

        assertThat(answers).containsOnlyKeys("main-0", "main-1", "main-2", "main-3", "main-4");
        assertThat(answers.values()).containsOnly(keeper.getName());
    }

    @Test
    void main_printsTheAnswers() throws Exception {
        assertThat(ProgramRun.linesOf(CurrentThread.class))
                .hasSize(15)
                .contains("current-9: the current thread is current-9", "main-4: the main thread is main");
    }
}
