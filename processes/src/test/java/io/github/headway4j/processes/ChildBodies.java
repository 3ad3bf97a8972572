// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.testing.Await;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What the children of tests do, and how tests hear from them. */
final class ChildBodies {

    private ChildBodies() {}

    /** Waits until it is ended. */
    static void idle() {
        boolean interrupted = false;
        while (!interrupted) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    /** Waits until a test has made a file. */
    static void awaitFile(String path) {
        Await.until("the file " + path, () -> Files.exists(Path.of(path)));
    }

    /** An object whose reading takes for ever but where it was made. */
    static final class Endless implements Serializable {
        private static final long serialVersionUID = 1L;

        private final long home = ProcessHandle.current().pid();

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            if (home != ProcessHandle.current().pid()) {
                idle();
            }
        }
    }

    /** An object that cannot be read anywhere but where it was made. */
    static final class Unreadable implements Serializable {
        private static final long serialVersionUID = 1L;

        private final long home = ProcessHandle.current().pid();

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            if (home != ProcessHandle.current().pid()) {
                throw new IllegalArgumentException("made in another process");
            }
        }
    }

    /** The lines that children write, as they come. */
    static final class Lines {
        private final LinkedBlockingQueue<String> coming = new LinkedBlockingQueue<>();
        private final List<String> all = Collections.synchronizedList(new ArrayList<>());

        ChildOptions of(ChildOptions options) {
            return options.stdout(Output.lines(this::add));
        }

        void add(String line) {
            all.add(line);
            coming.add(line);
        }

        /** The next line. */
        String next() throws InterruptedException {
            String line = coming.poll(30, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("no more lines after " + all);
            }
            return line;
        }

        /** All so far. */
        List<String> all() {
            return List.copyOf(all);
        }
    }
}
