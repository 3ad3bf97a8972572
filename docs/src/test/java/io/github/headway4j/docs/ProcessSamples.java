// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import io.github.headway4j.processes.ChildProcess;
import io.github.headway4j.processes.Command;
import io.github.headway4j.processes.CommandTimeoutException;
import io.github.headway4j.processes.CompletedProcess;
import io.github.headway4j.processes.DoubleArray;
import io.github.headway4j.processes.LongArray;
import io.github.headway4j.processes.Output;
import io.github.headway4j.processes.Pipe;
import io.github.headway4j.processes.PipeEnd;
import io.github.headway4j.processes.ProcessQueue;
import io.github.headway4j.processes.SharedLock;
import io.github.headway4j.processes.SharedMemory;
import io.github.headway4j.processes.SharedValue;
import io.github.headway4j.processes.Subprocess;
import io.github.headway4j.queues.QueueShutdownException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The samples of {@code processes.md} and those of processes in {@code coming-from-python.md}. */
final class ProcessSamples {

    private ProcessSamples() {}

    static final class Words {
        // snippet: processes-run
        List<String> sorted(List<String> words) throws Exception {
            CompletedProcess done = Subprocess.run(Command.of("sort", "-u")
                    .input(String.join("\n", words))
                    .timeout(Duration.ofSeconds(10)) // then it is ended, with all that it has started
                    .check()); // or an exception that shows the exit code and the error output
            return done.stdoutLines();
        }
        // end

        // snippet: processes-timeout
        String report(Command command) throws Exception {
            try {
                return Subprocess.run(command.timeout(Duration.ofSeconds(2))).stdout();
            } catch (CommandTimeoutException late) { // nothing of it runs any more
                return late.stdout() + "..."; // what it had to say until then
            }
        }
        // end

        // snippet: processes-pipeline
        long distinct(String text) throws Exception {
            List<CompletedProcess> done = Subprocess.runPipeline(
                    Command.of("tr", " ", "\n").input(text), // tr | sort -u | wc -l
                    Command.of("sort", "-u"),
                    Command.of("wc", "-l"));
            return Long.parseLong(done.get(2).stdout().strip());
        }
        // end
    }

    static final class Service {
        private final Queue<String> log = new ConcurrentLinkedQueue<>();

        // snippet: processes-start
        int watch(Command service, Duration time) throws Exception {
            try (Subprocess running = Subprocess.start(service.mergeStderr().stdout(Output.lines(log::add)))) {
                if (!running.waitFor(time)) {
                    running.endTree(Duration.ofSeconds(5)); // asks all of them, and kills who is left after that
                }
                return running.waitFor();
            } // leaves nothing behind, whatever happened
        }
        // end

        Queue<String> log() {
            return log;
        }
    }

    static final class Children {
        // snippet: processes-child
        static void greet(String name) {
            System.out.println(
                    "I am " + name + ", process " + ProcessHandle.current().pid());
        }

        int child(String name) throws Exception {
            try (ChildProcess child = ChildProcess.start(() -> greet(name))) { // name is copied
                child.join();
                return child.exitCode();
            }
        }
        // end
    }

    static final class Numbers {
        // snippet: processes-memory
        static void halve(SharedMemory memory) {
            DoubleArray values = memory.doubles();
            for (int i = 0; i < values.length(); i++) {
                values.set(i, values.get(i) / 2);
            }
        }

        double[] halves(double[] numbers) throws Exception {
            try (SharedMemory memory = SharedMemory.create((long) Double.BYTES * numbers.length)) {
                memory.doubles().copyFrom(numbers);
                try (ChildProcess child = ChildProcess.start(() -> halve(memory))) { // its name is sent
                    child.join();
                }
                double[] halves = new double[numbers.length];
                memory.doubles().copyTo(halves);
                return halves;
            }
        }
        // end

        static final long TOTAL = 1_000;

        // snippet: processes-lock
        static void transfer(SharedLock lock, SharedMemory memory, long cents) {
            LongArray accounts = memory.longs();
            try (var held = lock.hold()) { // one thread of one process at a time
                if (lock.wasAbandoned()) { // who held it died, perhaps between the two
                    accounts.set(1, TOTAL - accounts.get(0));
                }
                accounts.set(0, accounts.get(0) - cents);
                accounts.set(1, accounts.get(1) + cents);
            }
        }
        // end
    }

    static final class Talk {
        // snippet: processes-queue
        static void square(ProcessQueue<Integer> numbers, ProcessQueue<Long> squares) throws InterruptedException {
            try {
                while (true) {
                    int number = numbers.take();
                    squares.put((long) number * number);
                    numbers.taskDone(); // who joins the queue waits for this
                }
            } catch (QueueShutdownException over) {
                squares.shutdown(); // nothing is left, and nothing will come
            }
        }
        // end

        // snippet: processes-pipe
        static void echo(PipeEnd end) {
            try {
                end.send("got " + end.receive());
            } catch (IOException | InterruptedException gone) {
                throw new IllegalStateException("nobody to talk to", gone);
            }
        }

        Object converse(String word) throws Exception {
            try (Pipe pipe = Pipe.open()) {
                PipeEnd there = pipe.second();
                try (ChildProcess child = ChildProcess.start(() -> echo(there))) {
                    there.close(); // the child has its own; when that is closed, or the child dead, receive tells
                    pipe.first().send(word);
                    return pipe.first().receive();
                }
            }
        }
        // end
    }

    static final class Python {
        // snippet: python-subprocess
        List<String> listing(Path directory, Duration patience) throws Exception {
            CompletedProcess done = Subprocess.run( // done = subprocess.run(
                    Command.of("ls", "-A") // ["ls", "-A"], capture_output=True, text=True,
                            .directory(directory) // cwd=directory,
                            .environment("LC_ALL", "C") // env=dict(os.environ, LC_ALL="C"),
                            .timeout(patience) // timeout=patience,
                            .check()); // check=True)
            return done.stdoutLines(); // done.stdout.splitlines()
        }
        // end

        // snippet: python-multiprocessing
        static void square(int number, SharedValue result) {
            result.set((long) number * number);
        }

        long squareInAChild(int number) throws Exception {
            SharedValue result = SharedValue.create(0); // result = multiprocessing.Value("q", 0)
            try (ChildProcess child =
                    ChildProcess.start(() -> square(number, result))) { // p = Process(target=square, ...)
                child.join(); // p.start(); p.join()
                return result.get(); // result.value
            } finally {
                result.close();
            }
        }
        // end
    }
}
