// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What tests let the processes of a pool do. */
final class PoolTasks {

    static final Duration LONG = Duration.ofMinutes(1);

    private PoolTasks() {}

    static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    static long pid() {
        return ProcessHandle.current().pid();
    }

    /** Lives until it is killed. */
    static <T> T never() {
        while (true) {
            LockSupport.park();
        }
    }

    /** Says that it has begun, and waits to be let go. */
    static int awaitGate(SharedEvent begun, SharedEvent gate, int result) {
        begun.set();
        gate.awaitUninterruptibly();
        return result;
    }

    /** Gives this process up in a way that nobody can prevent. */
    static void die(String how) {
        switch (how) {
            case "exit":
                System.exit(7);
                break;
            case "halt":
                Runtime.getRuntime().halt(9);
                break;
            case "kill":
                kill(pid());
                never();
                break;
            case "throw":
                throw new IllegalStateException("thrown at a stage");
            default:
                throw new AssertionError(how);
        }
    }

    static void kill(long pid) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -9 " + pid).inheritIO().start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Does something when it is read, or written, in another process than the one that made it. */
    static final class Trap implements Serializable {
        private static final long serialVersionUID = 1L;

        private long home;
        private final String atLoad;
        private final String atSave;

        Trap(String atLoad, String atSave) {
            this.home = pid();
            this.atLoad = atLoad;
            this.atSave = atSave;
        }

        /** As if it had been made by another process. */
        Trap atHome(long pid) {
            home = pid;
            return this;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            if (!atSave.isEmpty() && pid() != home) {
                die(atSave);
            }
            out.defaultWriteObject();
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            if (!atLoad.isEmpty() && pid() != home) {
                die(atLoad);
            }
        }
    }

    /** Cannot be read in the process that made the pool. */
    static final class OneWay implements Serializable {
        private static final long serialVersionUID = 1L;

        private final long home = pid();

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            if (pid() != home) {
                throw new IOException("made by " + home + ", read elsewhere");
            }
        }
    }

    /** An exception that cannot be serialized. */
    static final class Unsendable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Object unused = new Object();

        @SuppressWarnings("serial") // what makes it so
        private final Object notSerializable = new Object();

        Unsendable(String message) {
            super(message);
        }

        @Override
        public String toString() {
            return super.toString() + (unused == notSerializable);
        }
    }

    /** An exception that cannot even be printed. */
    static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new AssertionError("hostile to readers");
        }

        private void writeObject(ObjectOutputStream out) {
            throw new AssertionError("hostile to " + out);
        }
    }

    /** A handler that is named, and counts its calls. */
    static final class Counting implements Function<String, String> {
        private int calls;

        @Override
        public String apply(String text) {
            calls++;
            return text + calls;
        }
    }
}
