// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.primitives.BoundedSemaphore;
import io.github.headway4j.primitives.Event;
import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Mutex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a program loads that nobody records, in a virtual machine of its own. An event class that is loaded has the
 * recorder prepared, which takes more than 100 ms of the first wait or late run.
 */
class WithoutRecordingTest {

    private static final String OURS = "io.github.headway4j.";

    @TempDir
    private Path folder;

    @Test
    void asLongAsNobodyRecords_noEventClassIsLoaded() throws Exception {
        assertThat(eventClasses("silent")).isEmpty();
    }

    @Test
    void recording_loadsThem() throws Exception {
        assertThat(eventClasses("recorded"))
                .contains("LateRunEvent", "FailedRunEvent", "SkippedRunEvent", "MutexWaitEvent");
    }

    /** The simple names of the event classes of ours that the program has loaded. */
    private Set<String> eventClasses(String mode) throws Exception {
        Path output = folder.resolve("output");
        Path log = folder.resolve("loaded");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + log + ":none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        mode)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(child.waitFor(50, TimeUnit.SECONDS))
                    .as("the child ended")
                    .isTrue();
        } finally {
            child.destroyForcibly();
        }
        assertThat(Files.readAllLines(output)).last().isEqualTo("OK");
        assertThat(child.exitValue()).isZero();
        List<Class<?>> loaded = new ArrayList<>();
        try (Stream<String> lines = Files.lines(log)) {
            for (String line : lines.filter(each -> each.startsWith(OURS)).toList()) {
                String name = line.split(" ")[0];
                if (!name.contains("/")) { // as those of lambdas do, which cannot be looked up
                    loaded.add(Class.forName(name, false, getClass().getClassLoader()));
                }
            }
        }
        assertThat(loaded).contains(RunEvents.class, Job.class);
        return loaded.stream()
                .filter(jdk.jfr.Event.class::isAssignableFrom)
                .map(Class::getSimpleName)
                .collect(Collectors.toSet());
    }

    /** Waits in vain, and has a job that is late, fails, and misses runs. */
    static final class Program {

        private Program() {}

        public static void main(String... args) throws InterruptedException {
            if (args[0].equals("silent")) {
                run();
            } else {
                try (Recording recording = new Recording()) {
                    recording.start();
                    run();
                }
            }
            System.out.println("OK");
        }

        private static void run() throws InterruptedException {
            Duration wait = Duration.ofMillis(1);
            Mutex mutex = new Mutex();
            try (Held held = mutex.hold()) {
                expect(!mutex.tryLock(wait), "got " + held);
            }
            expect(!new Event().await(wait), "set by nobody");
            BoundedSemaphore semaphore = new BoundedSemaphore(1);
            expect(semaphore.tryAcquire() && !semaphore.tryAcquire(wait), "one permit");
            HandClock clock = new HandClock("UTC", "2026-03-02 12:00");
            JobSchedule schedule = new JobSchedule(clock.options().onFailure((job, failure) -> {}));
            Job job = schedule.every().minute().run(() -> {
                throw new IllegalStateException("on purpose");
            });
            clock.advance(Duration.ofMinutes(3));
            expect(schedule.runPending() == 1 && job.missed() == 2L && job.failures() == 1L, "one of three runs");
        }

        private static void expect(boolean condition, String what) {
            if (!condition) {
                throw new AssertionError(what);
            }
        }
    }
}
