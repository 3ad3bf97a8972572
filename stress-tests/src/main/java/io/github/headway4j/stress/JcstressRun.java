// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jcstress.infra.collectors.TestResult;

/**
 * One run of jcstress in a process of its own, so that it can use another JDK and cannot hang the launcher: jcstress
 * notices a hang during the measurement, but waits for ever for a test that hangs in its first trial.
 *
 * @param tallies what came out, by name of the test
 * @param planned the number of JVMs that jcstress meant to start
 * @param finished the number of JVMs that gave a result
 * @param hung whether the run was ended because nothing happened any more
 * @param report the HTML report
 * @param log all that jcstress printed
 */
record JcstressRun(Map<String, Tally> tallies, int planned, int finished, boolean hung, Path report, Path log) {

    private static final Pattern PROGRESS = Pattern.compile("\\(Results: (\\d+) planned; (\\d+) passed.*");
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(15);
    private static final int DUMP_SECONDS = 10;

    /** Runs the given tests with the given settings, leaving logs and reports in a folder. */
    static JcstressRun run(List<StressTest> tests, Knobs knobs, Path jdk, Path folder, PrintStream out)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        ResultFile.clear(folder);
        Path log = folder.resolve("jcstress.log");
        List<String> command = new ArrayList<>(List.of(
                jdk.resolve("bin").resolve("java").toString(),
                "-cp",
                absoluteClassPath(),
                "org.openjdk.jcstress.Main",
                "-t",
                Selection.regex(tests),
                "-r",
                "."));
        command.addAll(knobs.arguments());
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Thread killer = new Thread(() -> kill(process), "ends jcstress");
        Runtime.getRuntime().addShutdownHook(killer);
        boolean ended;
        try {
            ended = awaitEnd(process, log, knobs.patience(), out);
            if (!ended) {
                dumpThreads(process, jdk, folder, out);
            }
        } finally {
            kill(process);
            Runtime.getRuntime().removeShutdownHook(killer);
        }
        List<TestResult> results = ResultFile.read(folder);
        return new JcstressRun(
                ResultFile.tallies(results),
                planned(Files.readString(log, StandardCharsets.UTF_8)),
                results.size(),
                !ended,
                folder.resolve("index.html"),
                log);
    }

    /** Whether every JVM that was planned gave a result, and there was one at all. */
    boolean isComplete() {
        return planned > 0 && finished == planned && !hung;
    }

    /** The last number of planned JVMs that jcstress printed; 0 if there was nothing to run. */
    static int planned(String log) {
        int planned = 0;
        Matcher m = PROGRESS.matcher(log);
        while (m.find()) {
            planned = Integer.parseInt(m.group(1));
        }
        return planned;
    }

    private static boolean awaitEnd(Process process, Path log, Duration patience, PrintStream out)
            throws IOException, InterruptedException {
        long size = -1;
        long lastChange = System.nanoTime();
        String lastProgress = "";
        while (!process.waitFor(PROGRESS_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            long newSize = Files.size(log);
            if (newSize != size) {
                size = newSize;
                lastChange = System.nanoTime();
                String progress = lastProgress(Files.readString(log, StandardCharsets.UTF_8));
                if (!progress.equals(lastProgress)) {
                    lastProgress = progress;
                    out.println("  " + progress);
                }
            } else if (System.nanoTime() - lastChange > patience.toNanos()) {
                out.println("Nothing has happened for " + patience.toMinutes() + " minutes: a test hangs.");
                return false;
            }
        }
        return true;
    }

    private static String lastProgress(String log) {
        String last = "";
        Matcher m = PROGRESS.matcher(log);
        while (m.find()) {
            last = m.group();
        }
        return last;
    }

    /** Lets each JVM of the run tell where its threads are. */
    private static void dumpThreads(Process process, Path jdk, Path folder, PrintStream out)
            throws IOException, InterruptedException {
        Path jcmd = jdk.resolve("bin").resolve("jcmd");
        if (!Files.isExecutable(jcmd)) {
            out.println("No thread dumps: " + jdk + " has no jcmd.");
            return;
        }
        for (ProcessHandle child : process.descendants().toList()) {
            Path dump = folder.resolve("threads-" + child.pid() + ".txt");
            Process dumper = new ProcessBuilder(jcmd.toString(), Long.toString(child.pid()), "Thread.print", "-l")
                    .redirectErrorStream(true)
                    .redirectOutput(dump.toFile())
                    .start();
            if (!dumper.waitFor(DUMP_SECONDS, TimeUnit.SECONDS)) {
                dumper.destroyForcibly();
            }
            out.println("Thread dump: " + dump.toAbsolutePath());
        }
    }

    private static void kill(Process process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    private static String absoluteClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
                .filter(element -> !element.isEmpty())
                .map(element -> Path.of(element).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
