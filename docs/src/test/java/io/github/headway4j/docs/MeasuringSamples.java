// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The samples of {@code measuring.md}. */
final class MeasuringSamples {

    private MeasuringSamples() {}

    // ---- by hand ----

    static <T> T byHand(Callable<T> work, Consumer<Duration> log) throws Exception {
        // snippet: measuring-by-hand
        long start = System.nanoTime(); // time.perf_counter_ns()
        T result = work.call();
        log.accept(Duration.ofNanos(System.nanoTime() - start));
        // end
        return result;
    }

    // snippet: measuring-decorator
    static <T> Callable<T> timed(Callable<T> function, Consumer<Duration> log) {
        return () -> {
            long start = System.nanoTime();
            try {
                return function.call();
            } finally {
                log.accept(Duration.ofNanos(System.nanoTime() - start));
            }
        };
    }
    // end

    // snippet: measuring-block
    interface Watch extends AutoCloseable {
        @Override
        void close(); // throws nothing checked

        static Watch start(Consumer<Duration> log) {
            long start = System.nanoTime();
            return () -> log.accept(Duration.ofNanos(System.nanoTime() - start));
        }
    }
    // end

    @SuppressWarnings("try")
    static <T> T inABlock(Callable<T> work, Consumer<Duration> log) throws Exception {
        // snippet: measuring-with
        try (Watch watch = Watch.start(log)) {
            return work.call();
        }
        // end
    }

    // ---- JMH ----

    // snippet: measuring-jmh
    @State(Scope.Benchmark)
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    @Warmup(iterations = 5, time = 1)
    @Measurement(iterations = 5, time = 1)
    @Fork(3)
    public static class Sums {
        @Param({"1000", "1000000"})
        public int count;

        @Benchmark
        public long loop() {
            long sum = 0;
            for (long i = 1; i <= count; i++) {
                sum += i * i;
            }
            return sum; // JMH takes care that it is not computed for nothing
        }

        @Benchmark
        public long stream() {
            return LongStream.rangeClosed(1, count).map(i -> i * i).sum();
        }
    }
    // end

    // ---- JFR ----

    // snippet: measuring-calls
    static Map<String, Long> calls(Class<?> type, Runnable work) throws IOException {
        Path file = Files.createTempFile("calls", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.MethodTiming").with("filter", type.getName()).with("period", "endChunk");
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
            Map<String, Long> calls = new TreeMap<>();
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                if (event.getEventType().getName().equals("jdk.MethodTiming")) {
                    RecordedMethod method = event.getValue("method");
                    calls.merge(method.getName(), event.getLong("invocations"), Long::sum);
                }
            }
            return calls;
        } finally {
            Files.delete(file);
        }
    }
    // end

    // snippet: measuring-samples
    static Map<String, Integer> hotMethods(Runnable work) throws IOException {
        Path file = Files.createTempFile("samples", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
            Map<String, Integer> hot = new TreeMap<>();
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                RecordedStackTrace stack = event.getStackTrace();
                if (event.getEventType().getName().equals("jdk.ExecutionSample") && stack != null) {
                    RecordedMethod innermost = stack.getFrames().get(0).getMethod();
                    hot.merge(innermost.getType().getName() + "." + innermost.getName(), 1, Integer::sum);
                }
            }
            return hot;
        } finally {
            Files.delete(file);
        }
    }
    // end
}
