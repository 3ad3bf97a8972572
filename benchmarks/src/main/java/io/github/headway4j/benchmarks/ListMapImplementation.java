// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.tasks.WorkerPool;
import java.util.List;
import java.util.function.Function;

/** What can apply a function to each element of a list, with two threads. */
public enum ListMapImplementation {
    HEADWAY {
        @Override
        Mapper create() {
            WorkerPool pool = WorkerPool.fixed(2);
            return new Mapper() {
                @Override
                public List<Integer> map(List<Integer> items, Function<Integer, Integer> function)
                        throws InterruptedException {
                    return pool.map(items, function);
                }

                @Override
                public void close() {
                    pool.close();
                }
            };
        }
    },
    /** In the common pool, which has a thread less than there are processors; the caller is the other one. */
    PARALLEL_STREAM {
        @Override
        Mapper create() {
            return (items, function) -> items.parallelStream().map(function).toList();
        }
    };

    /** Gives the results in the order of the items. */
    interface Mapper extends AutoCloseable {
        List<Integer> map(List<Integer> items, Function<Integer, Integer> function) throws InterruptedException;

        @Override
        default void close() {}
    }

    abstract Mapper create();
}
