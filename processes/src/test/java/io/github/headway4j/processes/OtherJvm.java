// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.testing.Await;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Another virtual machine with the class path of the tests, which runs a body that was sent to it, and talks with the
 * test in lines. It is killed at the end of the test, and its body ends when the test's process does (its input ends).
 *
 * <pre>{@code
 * try (OtherJvm other = OtherJvm.start(talk -> {
 *     lock.lock();
 *     talk.say("locked");
 *     talk.hear(); // until it is killed
 * })) {
 *     other.expect("locked");
 *     other.kill();
 * }
 * }</pre>
 */
final class OtherJvm implements AutoCloseable {

    private static final String END = "\0";

    private static final long WATCHDOG_MILLIS =
            (long) (30_000 * Double.parseDouble(System.getProperty(Await.SCALE_PROPERTY, "1")));

    private final Process process;
    private final PrintWriter toChild;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread reader;

    private OtherJvm(Process process) {
        this.process = process;
        this.toChild = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.reader = new Thread(this::read, "lines of another JVM");
        reader.setDaemon(true);
        reader.start();
    }

    /** What the other one does. */
    @FunctionalInterface
    interface Body extends Serializable {
        void run(Talk talk) throws Exception;
    }

    /** The other one's side of the conversation. */
    static final class Talk {
        private final BufferedReader in;
        private final PrintStream out;

        private Talk(BufferedReader in, PrintStream out) {
            this.in = in;
            this.out = out;
        }

        /** Tells the test something. */
        void say(Object line) {
            out.println(line);
            out.flush();
        }

        /** Waits for a line of the test; null when it has ended. */
        String hear() throws IOException {
            return in.readLine();
        }
    }

    /** Starts another virtual machine which runs the body; what the body captures is sent to it. */
    static OtherJvm start(Body body) throws IOException {
        return start(List.of(), body);
    }

    /** As {@link #start(Body)}, with options for the virtual machine. */
    static OtherJvm start(List<String> options, Body body) throws IOException {
        return start(List.of(), options, body);
    }

    /** As {@link #start(List, Body)}, as the last arguments of a command that becomes the virtual machine. */
    static OtherJvm start(List<String> prefix, List<String> options, Body body) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(OtherJvm.class.getName());
        OtherJvm other = new OtherJvm(
                new ProcessBuilder(command).redirectErrorStream(true).start());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(body);
        } catch (IOException | RuntimeException e) {
            other.close();
            throw e;
        }
        other.tell(Base64.getEncoder().encodeToString(bytes.toByteArray()));
        return other;
    }

    /** Sends a line to the body. */
    void tell(String line) {
        toChild.println(line);
    }

    /** Waits for the next line that the body says. */
    String line() {
        String line = poll();
        if (line.equals(END)) {
            throw new AssertionError("the other JVM has ended, exit code " + exitCode());
        }
        return line;
    }

    /** Waits for the next line, which must be this one. */
    void expect(String expected) {
        String line = line();
        if (!line.equals(expected)) {
            StringBuilder said = new StringBuilder(line);
            for (String more = lines.poll(); more != null; more = lines.poll()) {
                said.append('\n').append(more); // of a stack trace, perhaps
            }
            throw new AssertionError("expected \"" + expected + "\" but the other JVM said: " + said);
        }
    }

    /** Waits until the body has ended well, without having said anything more. */
    void expectEnd() {
        String line = poll();
        if (!line.equals(END)) {
            throw new AssertionError("expected the end but the other JVM said: " + line + " " + lines);
        }
        if (exitCode() != 0) {
            throw new AssertionError("exit code of the other JVM: " + exitCode());
        }
    }

    private String poll() {
        try {
            String line = lines.poll(WATCHDOG_MILLIS, TimeUnit.MILLISECONDS);
            if (line == null) {
                throw new AssertionError("the other JVM says nothing");
            }
            return line;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Kills it with SIGKILL, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** Waits for its end. */
    int exitCode() {
        try {
            if (!process.waitFor(WATCHDOG_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the other JVM does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        kill();
        toChild.close();
        try {
            reader.join(WATCHDOG_MILLIS);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add(e.toString());
        } finally {
            lines.add(END);
        }
    }

    /** Runs in the other virtual machine. */
    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        byte[] bytes = Base64.getDecoder().decode(in.readLine());
        Body body;
        try (ObjectInputStream object = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            body = (Body) object.readObject();
        }
        body.run(new Talk(in, System.out));
    }
}
