// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Parent and child print their process ids. The closest that Java has to {@code fork}: a second JVM.
 *
 * <p>A JVM cannot fork itself. {@code fork} copies the memory of the process but only the thread that calls it, and a
 * JVM is many threads: the collector, the compilers and all others would be missing in the child, with the locks that
 * they held taken for ever. So the child starts from the beginning, with a {@code main} of its own, and gets what it
 * shall know as arguments, in its environment or through its standard input.
 */
public final class ChildJvm {

    /** Who is a child of whom. */
    private static final String CHILD = "child";

    /**
     * What parent and child said.
     *
     * @param parent the process id that the parent sees
     * @param child the process id that the parent was told when it started the child
     * @param childItself the process id that the child sees
     * @param parentOfChild the process id of its parent, as the child sees it
     * @param exitCode how the child ended
     */
    public record Result(long parent, long child, long childItself, long parentOfChild, int exitCode) {}

    private ChildJvm() {}

    /**
     * Runs the program; with the argument {@code child}, the part of the child.
     *
     * @param args {@code child} or nothing
     * @throws IOException if the child cannot be started
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length > 0 && args[0].equals(CHILD)) {
            ProcessHandle self = ProcessHandle.current();
            System.out.println(
                    self.pid() + " " + self.parent().map(ProcessHandle::pid).orElse(0L));
            return;
        }
        Result result = run();
        System.out.printf("parent: my pid is %d, I started %d%n", result.parent(), result.child());
        System.out.printf("child:  my pid is %d, my parent's is %d%n", result.childItself(), result.parentOfChild());
        System.out.printf("parent: the child ended with exit code %d%n", result.exitCode());
        System.out.println(
                "A JVM has no fork: only the calling thread would live on in the copy, without the collector");
        System.out.println("and the compilers. So the child is a JVM that starts from the beginning.");
    }

    /**
     * Starts a child and listens to it.
     *
     * @return what both said
     * @throws IOException if the child cannot be started or fails
     * @throws InterruptedException if the caller is interrupted; the child is then killed
     */
    public static Result run() throws IOException, InterruptedException {
        Process child = start(List.of(), ChildJvm.class, CHILD);
        String[] pids = answer(child).split(" ");
        return new Result(
                ProcessHandle.current().pid(),
                child.pid(),
                Long.parseLong(pids[0]),
                Long.parseLong(pids[1]),
                child.exitValue());
    }

    /**
     * Waits for the end of a child and returns the line that it printed.
     *
     * <p>It waits first and reads then: the read of a pipe ignores interrupts. That goes well as long as the child says
     * no more than the pipe can hold, some thousand characters.
     *
     * @param child the process, which has ended when this method returns or throws
     * @return the line
     * @throws IOException if the child fails, or says nothing
     * @throws InterruptedException if the caller is interrupted; the child is then killed
     */
    static String answer(Process child) throws IOException, InterruptedException {
        try {
            int exitCode = child.waitFor();
            try (BufferedReader said = child.inputReader()) {
                String line = said.readLine();
                if (exitCode != 0 || line == null) {
                    throw new IOException("expected an answer of the child, but it ended with " + exitCode
                            + (line == null ? " without a word" : " and said " + line));
                }
                return line;
            }
        } finally {
            child.destroyForcibly().onExit().join();
        }
    }

    /**
     * Starts a program in a JVM like this one. What it reports as an error appears among the parent's errors.
     *
     * @param options options of the JVM
     * @param program the class whose {@code main} is called
     * @param args its arguments
     * @return the running process
     * @throws IOException if it cannot be started
     */
    public static Process start(List<String> options, Class<?> program, String... args) throws IOException {
        return new ProcessBuilder(command(options, program, args))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /**
     * Makes the command that starts a program in a JVM like this one.
     *
     * @param options options of the JVM
     * @param program the class whose {@code main} is called
     * @param args its arguments
     * @return the command, for a {@link ProcessBuilder}
     */
    public static List<String> command(List<String> options, Class<?> program, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")); // what a short life needs
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(args));
        return command;
    }
}
