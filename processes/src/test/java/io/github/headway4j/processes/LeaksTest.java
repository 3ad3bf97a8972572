// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.Await;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The watch for leaks sees what leaks. */
class LeaksTest {

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "descriptors are seen through /proc")
    void openFile_isSeen_untilItIsClosed(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("kept-open"));
        Leaks leaks = Leaks.watch();
        try (InputStream open = Files.newInputStream(file)) {
            assertThat(open.read()).isEqualTo(-1);
            assertThat(leaks.found()).anyMatch(found -> found.endsWith("kept-open"));
        }
        leaks.close();
    }

    @Test
    void thread_isSeen_untilItEnds() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Leaks leaks = Leaks.watch();
        Thread thread = new Thread(
                () -> {
                    try {
                        gate.await();
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                },
                "left-behind");
        thread.setDaemon(true);
        thread.start();
        Await.until("the thread to wait", () -> thread.getState() == Thread.State.WAITING);
        assertThat(leaks.found()).anyMatch(found -> found.startsWith("thread left-behind"));
        gate.countDown();
        thread.join();
        leaks.close();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "children are seen through /proc")
    void child_isSeen_untilItIsWaitedFor() throws Exception {
        Leaks leaks = Leaks.watch();
        Process child = new ProcessBuilder("sleep", "600").start();
        long pid = child.pid();
        assertThat(leaks.found()).anyMatch(found -> found.startsWith("child " + pid));
        assertThat(leaks.found()).anyMatch(found -> found.contains("pipe:"));
        assertThat(Leaks.isRunning(pid)).isTrue();
        child.destroyForcibly();
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Leaks.isRunning(pid)).isFalse();
        child.getInputStream().close();
        child.getErrorStream().close();
        child.getOutputStream().close();
        leaks.close();
    }
}
