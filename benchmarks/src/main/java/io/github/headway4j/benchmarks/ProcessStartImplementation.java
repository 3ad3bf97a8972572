// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.processes.ProcessPool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What can start two processes of this program. */
public enum ProcessStartImplementation {
    HEADWAY {
        @Override
        Workers start() {
            ProcessPool pool = ProcessPool.fixed(WORKERS);
            return new Workers() {
                @Override
                public void awaitReady() throws InterruptedException {
                    if (!pool.awaitReady(PATIENCE)) {
                        throw new IllegalStateException("not ready: " + pool);
                    }
                }

                @Override
                public void close() throws InterruptedException {
                    pool.shutdownNow();
                    pool.awaitTermination(PATIENCE);
                }
            };
        }
    },
    /** Started by the JDK with the same class path, ready as soon as their main method prints a byte. */
    PLAIN_JVMS {
        @Override
        Workers start() throws IOException {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            List<Process> processes = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                processes.add(
                        new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), PlainJvm.class.getName())
                                .redirectError(ProcessBuilder.Redirect.INHERIT)
                                .start());
            }
            return new Workers() {
                @Override
                public void awaitReady() throws IOException {
                    for (Process process : processes) {
                        if (process.getInputStream().read() != PlainJvm.READY) {
                            throw new IllegalStateException("not ready: " + process);
                        }
                    }
                }

                @Override
                public void close() throws InterruptedException {
                    for (Process process : processes) {
                        process.destroyForcibly().waitFor();
                    }
                }
            };
        }
    };

    static final int WORKERS = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Processes that have been started. */
    interface Workers extends AutoCloseable {
        void awaitReady() throws IOException, InterruptedException;

        @Override
        void close() throws InterruptedException;
    }

    /** What a plain process does: says that it is there, and stays until it is ended. */
    static final class PlainJvm {
        static final int READY = 'r';

        private PlainJvm() {}

        public static void main(String[] arguments) throws IOException {
            System.out.write(READY);
            System.out.flush();
            System.in.read();
        }
    }

    abstract Workers start() throws IOException;
}
