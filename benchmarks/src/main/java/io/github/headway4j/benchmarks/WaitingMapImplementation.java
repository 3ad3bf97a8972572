// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.tasks.TaskResults;
import io.github.headway4j.tasks.Tasks;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can apply a function that waits to many items, a limited number of them at a time. */
public enum WaitingMapImplementation {
    HEADWAY {
        @Override
        Mapper create(int inFlight) {
            return (items, function) -> {
                try (TaskResults<Integer> results = Tasks.map(items, inFlight, function)) {
                    return results.toList();
                }
            };
        }
    },
    /** A gatherer of JDK 24. */
    MAP_CONCURRENT {
        @Override
        Mapper create(int inFlight) {
            return (items, function) ->
                    Gathering.mapConcurrent(items.stream(), inFlight, function).toList();
        }
    },
    /** As many at a time as may be in flight, to as many threads; the next ones when all of them are done. */
    INVOKE_ALL {
        @Override
        Mapper create(int inFlight) {
            return new Batches(inFlight);
        }
    };

    /** The first JDK that has gatherers. */
    static final int GATHERERS_SINCE = 24;

    /** Gives the results in the order of the items. */
    interface Mapper extends AutoCloseable {
        List<Integer> map(List<Integer> items, Function<Integer, Integer> function)
                throws InterruptedException, ExecutionException;

        @Override
        default void close() {}
    }

    abstract Mapper create(int inFlight);

    private static final class Batches implements Mapper {
        private final int size;
        private final ExecutorService executor;

        Batches(int size) {
            this.size = size;
            executor = Executors.newFixedThreadPool(size);
        }

        @Override
        public List<Integer> map(List<Integer> items, Function<Integer, Integer> function)
                throws InterruptedException, ExecutionException {
            List<Integer> results = new ArrayList<>(items.size());
            for (int i = 0; i < items.size(); i += size) {
                List<Callable<Integer>> batch = new ArrayList<>(size);
                for (Integer item : items.subList(i, Math.min(i + size, items.size()))) {
                    batch.add(() -> function.apply(item));
                }
                for (Future<Integer> future : executor.invokeAll(batch)) {
                    results.add(future.get());
                }
            }
            return results;
        }

        @Override
        public void close() {
            executor.shutdown();
        }
    }

    /** Gatherers, where the JDK has them. */
    private static final class Gathering {
        private static final @Nullable MethodHandle GATHER = lookup();

        private Gathering() {}

        @SuppressWarnings("unchecked") // of what the function returns
        static <A, B> Stream<B> mapConcurrent(Stream<A> items, int inFlight, Function<A, B> function) {
            MethodHandle gather = GATHER;
            if (gather == null) {
                throw new UnsupportedOperationException("this JDK has no gatherers");
            }
            try {
                return (Stream<B>)
                        (Stream<?>) gather.invokeExact((Stream<?>) items, inFlight, (Function<?, ?>) function);
            } catch (Throwable e) {
                throw new IllegalStateException("a stream can be gathered on this JDK", e);
            }
        }

        /** Takes a stream, a number and a function. */
        private static @Nullable MethodHandle lookup() {
            try {
                MethodHandles.Lookup lookup = MethodHandles.publicLookup();
                Class<?> gatherer = Class.forName("java.util.stream.Gatherer");
                MethodHandle gather =
                        lookup.findVirtual(Stream.class, "gather", MethodType.methodType(Stream.class, gatherer));
                MethodHandle mapConcurrent = lookup.findStatic(
                        Class.forName("java.util.stream.Gatherers"),
                        "mapConcurrent",
                        MethodType.methodType(gatherer, int.class, Function.class));
                return MethodHandles.collectArguments(gather, 1, mapConcurrent);
            } catch (ReflectiveOperationException olderThan24) {
                return null;
            }
        }
    }
}
