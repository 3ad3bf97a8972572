// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.primitives.Parker;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the built module asks of others and shows to them. */
class QueuesModuleDescriptorTest {

    private static final String NAME = "io.github.headway4j.queues";

    @TempDir
    private Path folder;

    /** The directory or the jar of the built classes. */
    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static ModuleDescriptor descriptor() {
        return ModuleFinder.of(placeOf(TaskQueue.class))
                .find(NAME)
                .orElseThrow()
                .descriptor();
    }

    @Test
    void requires_thePrimitives_andNothingElseAtRunTime() {
        Map<String, Set<Modifier>> requires = descriptor().requires().stream()
                .collect(Collectors.toMap(ModuleDescriptor.Requires::name, ModuleDescriptor.Requires::modifiers));
        assertThat(requires)
                .isEqualTo(Map.of(
                        "java.base", Set.of(Modifier.MANDATED),
                        "io.github.headway4j.primitives", Set.of(Modifier.TRANSITIVE),
                        "jdk.jfr", Set.of(Modifier.STATIC),
                        "org.jspecify", Set.of(Modifier.STATIC)));
    }

    @Test
    void exports_itsOnePackageToEverybody_andOpensNothing() {
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
    void withoutTheModuleOfFlightRecordings_waitsWork() throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        String classPath = Stream.of(TaskQueue.class, Parker.class, WithoutJfr.class)
                .map(QueuesModuleDescriptorTest::placeOf)
                .map(Path::toString)
                .collect(Collectors.joining(System.getProperty("path.separator")));
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

    /** The program of the child: waits until it is woken and until its time is over. */
    static final class WithoutJfr {

        private WithoutJfr() {}

        public static void main(String... args) throws InterruptedException {
            if (ModuleLayer.boot().findModule("jdk.jfr").isPresent()) {
                throw new AssertionError("jdk.jfr is there");
            }
            TaskQueue<String> queue = FifoTaskQueue.bounded(1);
            if (queue.poll(Duration.ofMillis(5)) != null || TaskQueues.takeAny(Duration.ofMillis(5), queue) != null) {
                throw new AssertionError("taken from an empty queue");
            }
            Thread worker = new Thread(() -> work(queue));
            worker.start();
            queue.put("a");
            queue.join();
            queue.shutdown();
            worker.join();
            System.out.println("OK");
        }

        private static void work(TaskQueue<String> queue) {
            try {
                queue.forEachTask(element -> {});
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
