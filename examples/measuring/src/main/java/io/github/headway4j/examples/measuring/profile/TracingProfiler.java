// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.profile;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;

/**
 * Counts and times every call, as {@code cProfile} does, by two events that JFR has from JDK 25 on: {@code
 * jdk.MethodTiming} counts the calls of a method, {@code jdk.MethodTrace} tells when each of them began and ended. What
 * a method calls of other classes is counted as its own time.
 *
 * <p>As with every profiler that looks at each call, methods that do next to nothing seem to take longer than they do.
 */
final class TracingProfiler implements Profiler {

    private static final String TIMING = "jdk.MethodTiming";
    private static final String TRACE = "jdk.MethodTrace";

    /** Whether this JVM has these events. */
    static boolean isSupported() {
        return FlightRecorder.isAvailable()
                && FlightRecorder.getFlightRecorder().getEventTypes().stream()
                        .anyMatch(type -> type.getName().equals(TRACE));
    }

    @Override
    public Profile profile(Class<?> type, Runnable work) throws IOException {
        Recorded recorded = Recorded.of(recording -> choose(recording, type), work);
        Instant epoch = recorded.events(TRACE).stream()
                .map(RecordedEvent::getStartTime)
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
        List<CallTree.Call> calls = recorded.events(TRACE).stream()
                .filter(event -> event.getThread("eventThread").getJavaThreadId()
                        == Thread.currentThread().getId())
                .map(event -> call(event, epoch))
                .toList();
        Map<String, Long> counts = recorded.events(TIMING).stream()
                .collect(Collectors.toMap(
                        event -> Recorded.where(method(event)), event -> event.getLong("invocations"), Math::max));
        List<Profile.Row> rows =
                CallTree.rows(calls).stream().map(row -> counted(row, counts)).toList();
        long all = rows.stream().mapToLong(Profile.Row::calls).sum();
        return new Profile(
                String.format(
                        Locale.ROOT,
                        "%,d calls in %.3f seconds, each counted by %s and timed by %s",
                        all,
                        recorded.elapsed().toNanos() / 1e9,
                        TIMING,
                        TRACE),
                rows);
    }

    private static void choose(Recording recording, Class<?> type) {
        recording.enable(TIMING).with("filter", type.getName()).with("period", "endChunk");
        recording
                .enable(TRACE)
                .with("filter", type.getName())
                .with("threshold", "0 ns")
                .withoutStackTrace();
    }

    private static CallTree.Call call(RecordedEvent event, Instant epoch) {
        return new CallTree.Call(
                Recorded.where(method(event)),
                ChronoUnit.NANOS.between(epoch, event.getStartTime()),
                ChronoUnit.NANOS.between(epoch, event.getEndTime()));
    }

    private static RecordedMethod method(RecordedEvent event) {
        return event.getValue("method");
    }

    private static Profile.Row counted(Profile.Row row, Map<String, Long> counts) {
        long calls = counts.getOrDefault(row.where(), row.calls());
        return new Profile.Row(row.where(), calls, row.outermost(), row.own(), row.total());
    }
}
