// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the built module asks of others and shows to them, and that it works without what it only can use. */
class ModuleDescriptorTest {

    private static final String NAME = "io.github.headway4j.primitives";

    @TempDir
    private Path folder;

    /** The directory or the jar of the built classes. */
    private static Path placeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static ModuleDescriptor descriptor() throws URISyntaxException {
        return ModuleFinder.of(placeOf(Mutex.class)).find(NAME).orElseThrow().descriptor();
    }

    @Test
    void requires_onlyJavaBaseAtRunTime() throws URISyntaxException {
        Map<String, Set<Modifier>> requires = descriptor().requires().stream()
                .collect(Collectors.toMap(ModuleDescriptor.Requires::name, ModuleDescriptor.Requires::modifiers));
        assertThat(requires)
                .isEqualTo(Map.of(
                        "java.base", Set.of(Modifier.MANDATED),
                        "jdk.jfr", Set.of(Modifier.STATIC),
                        "org.jspecify", Set.of(Modifier.STATIC)));
    }

    @Test
    void exports_itsOnePackageToEverybody_andOpensNothing() throws URISyntaxException {
        ModuleDescriptor descriptor = descriptor();
        assertThat(descriptor.isOpen()).isFalse();
        assertThat(descriptor.isAutomatic()).isFalse();
        assertThat(descriptor.packages()).containsExactly(NAME);
        assertThat(descriptor.exports())
                .singleElement()
                .satisfies(exports -> assertThat(exports.source()).isEqualTo(NAME))
                .satisfies(exports -> assertThat(exports.isQualified()).isFalse());
        assertThat(descriptor.opens()).isEmpty();
        assertThat(descriptor.uses()).isEmpty();
        assertThat(descriptor.provides()).isEmpty();
    }

    @Test
    void withoutTheModuleOfFlightRecordings_waitsWork() throws IOException, InterruptedException, URISyntaxException {
        Path output = folder.resolve("output");
        String classPath = placeOf(Mutex.class) + System.getProperty("path.separator") + placeOf(WithoutJfr.class);
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules",
                        "java.base",
                        "-cp",
                        classPath,
                        WithoutJfr.class.getName())
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
        assertThat(Files.readAllLines(output, StandardCharsets.UTF_8)).last().isEqualTo("OK");
        assertThat(child.exitValue()).isZero();
    }

    /** The program of the child: locks, and waits until it is woken and until its time is over. */
    static final class WithoutJfr {

        private WithoutJfr() {}

        public static void main(String... args) throws InterruptedException {
            if (ModuleLayer.boot().findModule("jdk.jfr").isPresent()) {
                throw new AssertionError("jdk.jfr is there");
            }
            Mutex mutex = new Mutex();
            BoundedSemaphore semaphore = BoundedSemaphore.fair(1);
            Held lock = mutex.hold();
            Held permit = semaphore.hold();
            if (mutex.tryLock(Duration.ofMillis(1)) || semaphore.tryAcquire(Duration.ofMillis(1))) {
                throw new AssertionError("got what is held");
            }
            Throwable[] failure = new Throwable[1];
            Thread waiter = new Thread(() -> {
                mutex.hold().close();
                semaphore.hold().close();
            });
            waiter.setUncaughtExceptionHandler((thread, thrown) -> failure[0] = thrown);
            waiter.start();
            awaitWaiting(waiter);
            lock.close();
            while (semaphore.waiting() == 0 && waiter.isAlive()) {
                Thread.yield();
            }
            awaitWaiting(waiter);
            permit.close();
            waiter.join();
            if (failure[0] != null) {
                throw new AssertionError("the waiter failed", failure[0]);
            }
            System.out.println("OK");
        }

        private static void awaitWaiting(Thread thread) {
            while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
                Thread.yield();
            }
        }
    }
}
