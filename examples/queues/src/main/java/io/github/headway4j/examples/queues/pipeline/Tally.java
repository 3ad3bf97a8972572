// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.pipeline;

import io.github.headway4j.queues.OverflowPolicy;
import io.github.headway4j.queues.PriorityTaskQueue;
import io.github.headway4j.queues.QueueOptions;
import io.github.headway4j.queues.TaskQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * Adds up the methods of class files. The largest are in a priority queue with room for no more: when it is full, it
 * drops the last in its order, which is the smallest. Not thread-safe.
 */
final class Tally {
    private final TaskQueue<MethodSize> largest;
    private int files;
    private int methods;
    private long bytes;

    Tally(int largest) {
        this.largest = PriorityTaskQueue.bounded(
                largest,
                Comparator.<MethodSize>naturalOrder(),
                QueueOptions.<MethodSize>defaults().overflow(OverflowPolicy.DROP_OLDEST));
    }

    /** Adds one class file. */
    void add(List<MethodSize> methodsOfFile) {
        files++;
        methods += methodsOfFile.size();
        for (MethodSize method : methodsOfFile) {
            bytes += method.bytes();
            largest.add(method);
        }
    }

    /** What has been added so far. */
    Totals totals() {
        return new Totals(files, methods, bytes, List.copyOf(largest));
    }

    /** Reads and adds up files one after another. */
    static Totals sequentially(List<Path> files, int largest) throws IOException, InterruptedException {
        Tally tally = new Tally(largest);
        for (Path file : files) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            tally.add(ClassFileReader.methods(file, Files.readAllBytes(file)));
        }
        return tally.totals();
    }
}
