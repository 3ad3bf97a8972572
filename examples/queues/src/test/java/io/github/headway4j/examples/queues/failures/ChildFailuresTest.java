// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.failures;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.queues.failures.ChildFailures.Report;
import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.ThreadsOfProgram;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ChildFailuresTest {

    @Test
    void run_someFail_eachExceptionArrivesAsItWasThrown() throws InterruptedException {
        IOException checked = new IOException("no such file");
        StackOverflowError error = new StackOverflowError();
        List<Callable<String>> works = List.of(
                () -> "well",
                () -> {
                    throw checked;
                },
                () -> {
                    throw error;
                });
        List<Report<String>> reports = ChildFailures.run(works);

        assertThat(reports).extracting(Report::child).containsExactlyInAnyOrder(0, 1, 2);
        for (Report<String> report : reports) {
            switch (report.child()) {
                case 0 -> assertThat(report.returned()).contains("well");
                case 1 -> assertThat(report.failure()).containsSame(checked);
                default -> assertThat(report.failure()).containsSame(error);
            }
        }
        assertThat(ThreadsOfProgram.alive("child-")).isEmpty();
    }

    @Test
    void run_interrupted_sendsTheChildrenHome() {
        try (TestThreads threads = new TestThreads()) {
            TestThread<?> parent = threads.start("parent", () -> {
                Thread self = Thread.currentThread();
                Callable<String> forEver = () -> {
                    self.interrupt();
                    new CountDownLatch(1).await();
                    return "never";
                };
                return ChildFailures.run(List.of(forEver, forEver));
            });
            assertThat(parent.failure()).isInstanceOf(InterruptedException.class);
        }
        assertThat(ThreadsOfProgram.alive("child-")).isEmpty();
    }

    @Test
    void main_printsTypeMessageAndPlace() throws Exception {
        assertThat(ProgramRun.linesOf(ChildFailures.class))
                .hasSize(3)
                .contains("child-0 returned 12")
                .anyMatch(line -> line.matches("child-1 failed: java.lang.NumberFormatException:"
                        + " For input string: \"twelve\".*, thrown in \\w+"))
                .anyMatch(line -> line.startsWith("child-2 failed: java.lang.ArithmeticException: / by zero"));
    }
}
