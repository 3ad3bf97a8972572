// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import io.github.headway4j.processes.ProcessPool;
import io.github.headway4j.processes.ProcessPoolOptions;
import io.github.headway4j.processes.WorkerCrashedException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.LongStream;

/** The samples of {@code processes.md} about pools. */
final class ProcessPoolSamples {

    private ProcessPoolSamples() {}

    static final class Pictures {
        // snippet: processes-pool
        static long digits(int number) { // static: what a lambda refers to by "this" would be sent as well
            return LongStream.rangeClosed(1, number)
                    .map(i -> Long.toString(i).length())
                    .sum();
        }

        List<Long> digits(List<Integer> numbers) throws InterruptedException {
            try (ProcessPool pool = ProcessPool.perProcessor()) {
                return pool.map(numbers, Pictures::digits); // in their order
            }
        }
        // end

        // snippet: processes-crash
        static <T> T persistently(ProcessPool pool, Task<T> task) throws Exception {
            for (int attempt = 1; ; attempt++) {
                try {
                    return pool.submit(task::run, Duration.ofMinutes(1)).get();
                } catch (ExecutionException failure) {
                    boolean crashed = failure.getCause() instanceof WorkerCrashedException;
                    if (!crashed || attempt == 3) { // whether to try again is for you to say
                        throw failure;
                    }
                }
            }
        }
        // end

        // snippet: processes-options
        static ProcessPool renderers() {
            return ProcessPool.fixed(
                    2,
                    ProcessPoolOptions.defaults()
                            .name("renderer")
                            .jvmOptions("-Xmx1g") // each has a heap of its own
                            .initializer(Pictures::loadFonts) // before the first task of each worker
                            .taskTimeout(Duration.ofMinutes(5))
                            .maxTasksPerChild(1_000)); // what leaks ends with its worker
        }
        // end

        static void loadFonts() {
            System.setProperty("fonts", "loaded");
        }

        // snippet: processes-handler
        /** The task has a name, and only its argument is sent. */
        public static final class Shout implements Function<String, String> {
            @Override
            public String apply(String text) {
                return text.toUpperCase(Locale.ROOT);
            }
        }

        String shout(ProcessPool pool, String text) throws Exception {
            return pool.submit(Shout.class, text).get();
        }
        // end
    }

    /** What can be sent and returns something. */
    interface Task<T> extends Serializable {
        T run() throws Exception;
    }
}
