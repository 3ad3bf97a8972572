// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ChildJvmTest {

    @Test
    void run_parentAndChildAgreeWhoIsWho() throws Exception {
        ChildJvm.Result result = ChildJvm.run();

        assertThat(result.parent()).isEqualTo(ProcessHandle.current().pid());
        assertThat(result.childItself()).isEqualTo(result.child()).isNotEqualTo(result.parent());
        assertThat(result.parentOfChild()).isEqualTo(result.parent());
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void main_parentAndChildNameEachOther() throws Exception {
        List<String> lines = ProgramRun.linesOf(ChildJvm.class);

        Matcher parent =
                Pattern.compile("parent: my pid is (\\d+), I started (\\d+)").matcher(lines.get(0));
        assertThat(parent.matches()).as(lines.get(0)).isTrue();
        assertThat(lines.get(1)).isEqualTo("child:  my pid is %s, my parent's is %s", parent.group(2), parent.group(1));
        assertThat(lines.get(2)).isEqualTo("parent: the child ended with exit code 0");
    }

    @Test
    void answer_interrupted_endsTheChild() throws Exception {
        Process child = ChildJvm.start(List.of(), Sleeper.class);
        try (TestThreads threads = new TestThreads()) {
            TestThread<String> caller = threads.start("caller", () -> ChildJvm.answer(child));
            Await.until("the caller at rest", () -> caller.thread().getState() == Thread.State.WAITING);
            caller.interrupt();
            assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
        }
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void answer_aChildThatFails_isAnIOException() throws Exception {
        Process failing = ChildJvm.start(List.of(), Sleeper.class, "fail");
        assertThatThrownBy(() -> ChildJvm.answer(failing))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended with 3 without a word");
    }

    /** Sleeps until it is killed; with an argument, fails at once. */
    static final class Sleeper {
        private Sleeper() {}

        public static void main(String[] args) throws InterruptedException {
            if (args.length > 0) {
                System.exit(3);
            }
            new CountDownLatch(1).await();
        }
    }
}
