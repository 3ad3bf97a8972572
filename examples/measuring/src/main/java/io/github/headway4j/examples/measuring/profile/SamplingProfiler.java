// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.profile;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;

/**
 * Looks now and then where the thread is, by {@code jdk.ExecutionSample}, which every JDK has. The time of a method is
 * its share of the samples: good for what takes long, blind for what does not, and calls are not counted.
 *
 * <p>The innermost method of the class is the one that takes the time, all others on the stack have called it.
 */
final class SamplingProfiler implements Profiler {

    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final Duration PERIOD = Duration.ofMillis(10);

    /** The samples of one method. */
    private static final class Count {
        private int own;
        private int total;
    }

    @Override
    public Profile profile(Class<?> type, Runnable work) throws IOException {
        long thread = Thread.currentThread().getId();
        Recorded recorded = Recorded.of(recording -> recording.enable(SAMPLE).withPeriod(PERIOD), work);
        Map<String, Count> counts = new TreeMap<>();
        int samples = 0;
        for (RecordedEvent event : recorded.events(SAMPLE)) {
            if (event.getThread("sampledThread").getJavaThreadId() == thread) {
                samples += count(methods(type, event.getStackTrace()), counts);
            }
        }
        double nanosEach = samples == 0 ? 0 : (double) recorded.elapsed().toNanos() / samples;
        List<Profile.Row> rows = counts.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue(), nanosEach))
                .toList();
        return new Profile(
                String.format(
                        Locale.ROOT,
                        "%,d samples in %.3f seconds, by %s: times are shares of them, calls are not counted before"
                                + " JDK 25",
                        samples,
                        recorded.elapsed().toNanos() / 1e9,
                        SAMPLE),
                rows);
    }

    /** The methods of the class that are on the stack, the innermost first; one that called itself is there once. */
    private static Set<String> methods(Class<?> type, RecordedStackTrace stack) {
        Stream<RecordedFrame> frames = stack == null ? Stream.empty() : stack.getFrames().stream();
        Set<String> methods = new LinkedHashSet<>();
        frames.map(RecordedFrame::getMethod)
                .filter(method -> method.getType().getName().equals(type.getName()))
                .forEach(method -> methods.add(Recorded.where(method)));
        return methods;
    }

    /** 1 if the sample says something of the class. */
    private static int count(Set<String> methods, Map<String, Count> counts) {
        boolean innermost = true;
        for (String method : methods) {
            Count count = counts.computeIfAbsent(method, name -> new Count());
            count.total++;
            if (innermost) {
                count.own++;
                innermost = false;
            }
        }
        return innermost ? 0 : 1;
    }

    private static Profile.Row row(String where, Count count, double nanosEach) {
        return new Profile.Row(
                where,
                Profile.UNKNOWN,
                Profile.UNKNOWN,
                Duration.ofNanos(Math.round(count.own * nanosEach)),
                Duration.ofNanos(Math.round(count.total * nanosEach)));
    }
}
