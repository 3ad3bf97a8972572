// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.processes.ProcessPool;
import java.io.IOException;
import java.util.List;

/** What can apply a function to each element of a list, with two processes. */
public enum ProcessMapImplementation {
    HEADWAY {
        @Override
        Mapper create() {
            ProcessPool pool = ProcessPool.fixed(2);
            return new Mapper() {
                @Override
                public int map(List<Integer> items, int chunk) throws InterruptedException {
                    return pool.map(items, chunk, item -> item + 1).size();
                }

                @Override
                public void close() {
                    pool.close();
                }
            };
        }
    },
    /** {@code multiprocessing.Pool.map} of the {@code python3} that is installed. */
    PYTHON {
        @Override
        Mapper create() throws IOException {
            return new PythonPool();
        }
    };

    /** Adds one to each item, and says how many results there are. */
    interface Mapper extends AutoCloseable {
        int map(List<Integer> items, int chunk) throws IOException, InterruptedException;

        @Override
        void close();
    }

    abstract Mapper create() throws IOException;
}
