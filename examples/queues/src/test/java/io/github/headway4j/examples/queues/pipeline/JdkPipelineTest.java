// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.RecordedProgress;
import io.github.headway4j.examples.threads.ThreadsOfProgram;
import io.github.headway4j.examples.threads.jdkindex.ClassFiles;
import io.github.headway4j.examples.threads.machine.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdkPipelineTest {
    /** The first stage may be late and the queues empty at the moment of the stop, but not again and again. */
    private static final int CHANCES = 20;

    private static final Pattern ACCOUNT = Pattern.compile("([\\d,]+) put, ([\\d,]+) counted, ([\\d,]+) handed back");

    @TempDir
    Path folder;

    private final List<Path> files = javaSql();

    private static List<Path> javaSql() {
        try {
            return ClassFiles.under(ClassFiles.ofModule("java.sql"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void noThreadIsLeft() {
        assertThat(ThreadsOfProgram.alive("stage-")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, Pipeline.NO_BOUND})
    void run_anyCapacity_countsEveryFileOnce(int capacity) throws Exception {
        RecordedProgress progress = new RecordedProgress();
        JdkPipeline.Checked checked = JdkPipeline.run(files, capacity, progress);

        assertThat(checked.correct()).isTrue();
        assertThat(checked.result().counted()).containsExactlyInAnyOrderElementsOf(files);
        assertThat(checked.result().handedBack()).isEmpty();
        assertThat(checked.result().totals().files()).isEqualTo(files.size());
        progress.assertComplete();
    }

    @Test
    void run_smallQueues_boundWhatIsInMemory() throws Exception {
        Pipeline pipeline = new Pipeline(files, 2);
        Pipeline.Result result = pipeline.run(Pipeline.NEVER, percent -> {});

        assertThat(result.mostInMemory()).isPositive().isLessThanOrEqualTo((int) pipeline.boundInMemory());
        assertThat(result.flows()).allMatch(flow -> flow.capacity() == 2 && flow.most() <= 2);
        assertThat(result.flows().get(0).waits()).isPositive();
    }

    @RepeatedTest(20)
    void halfWay_everyFileIsCountedOrHandedBack() throws Exception {
        JdkPipeline.Checked checked = JdkPipeline.halfWay(files, 4, percent -> {});

        assertThat(checked.accounted()).isTrue();
        assertThat(checked.equal()).isTrue();
        assertThat(checked.result().counted()).hasSize(files.size() / 2);
        assertThat(checked.result().flows().stream().mapToInt(Flow::handedBack).sum())
                .isEqualTo(checked.result().handedBack().size());
    }

    @Test
    void halfWay_handsBackWhatIsUnderWay() throws Exception {
        JdkPipeline.Checked checked = JdkPipeline.halfWay(files, 4, percent -> {});
        for (int chance = 1; chance < CHANCES && checked.result().handedBack().isEmpty(); chance++) {
            checked = JdkPipeline.halfWay(files, 4, percent -> {});
        }
        assertThat(checked.result().handedBack()).isNotEmpty();
    }

    @Test
    void stop_beforeTheStart_nothingFlows() throws Exception {
        Pipeline pipeline = new Pipeline(files, 4);
        pipeline.stop();
        JdkPipeline.Checked checked = JdkPipeline.check(files, pipeline.run(Pipeline.NEVER, percent -> {}));

        assertThat(checked.correct()).isTrue();
        assertThat(checked.result().put()).isZero();
    }

    @Test
    void run_largestMethods_areThoseOfTheClassFiles() throws Exception {
        Totals totals = JdkPipeline.run(files, 8, percent -> {}).result().totals();

        assertThat(totals.largest()).hasSize(Pipeline.LARGEST).isSorted();
        assertThat(totals.methods()).isGreaterThan(100);
        assertThat(totals.largest())
                .extracting(MethodSize::bytes)
                .allMatch(bytes -> bytes > 0)
                .allMatch(bytes -> bytes <= totals.bytes());
        assertThat(totals.largest()).allMatch(method -> method.method().matches("javax?\\.sql\\.\\S+\\(\\S*\\)\\S+"));
    }

    @Test
    void run_damagedFile_failsNamingIt() throws Exception {
        Path damaged = Files.write(folder.resolve("Damaged.class"), new byte[] {1, 2, 3, 4, 5});
        List<Path> withOneDamaged = List.of(files.get(0), damaged, files.get(1), files.get(2), files.get(3));

        assertThatThrownBy(() -> JdkPipeline.run(withOneDamaged, 1, percent -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(damaged.toString());
    }

    @Test
    void run_interrupted_sendsTheStagesHome() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> JdkPipeline.run(files, 1, percent -> {})).isInstanceOf(InterruptedException.class);
    }

    @Test
    void check_aFileThatIsLost_isNoticed() throws Exception {
        Pipeline.Result right = new Pipeline(files, 4).run(Pipeline.NEVER, percent -> {});
        Pipeline.Result wrong = new Pipeline.Result(
                right.files(),
                right.put(),
                right.counted().subList(1, right.counted().size()),
                right.handedBack(),
                right.totals(),
                right.flows(),
                right.mostInMemory(),
                right.elapsed());

        assertThat(JdkPipeline.check(files, wrong).accounted()).isFalse();
        assertThat(JdkPipeline.check(files, wrong).equal()).isFalse();
        assertThat(JdkPipeline.report(JdkPipeline.check(files, wrong))).isEqualTo(1);
    }

    @Test
    void main_oneModule_endsWithTheVerdict() throws Exception {
        assertThat(ProgramRun.linesOf(JdkPipeline.class, "java.sql"))
                .hasSizeGreaterThan(Pipeline.LARGEST)
                .endsWith("all are accounted for, and the totals are right");
    }

    /** The signal of Ctrl-C is SIGINT, here it is SIGTERM: both let the program's hooks run. */
    @Test
    void main_endedHalfWay_tellsWhatItHandsBack() throws Exception {
        Process process = new ProcessBuilder(ChildJvm.command(List.of(), JdkPipeline.class))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = process.inputReader(Charset.defaultCharset())) {
            String line = out.readLine();
            while (line != null && !line.endsWith(" %")) {
                line = out.readLine();
            }
            process.toHandle().destroy(); // the process itself would close the stream too
            List<String> lines = out.lines().toList();

            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(lines).endsWith("all are accounted for, and the totals are right");
            Matcher account = lines.stream()
                    .map(ACCOUNT::matcher)
                    .filter(Matcher::matches)
                    .findFirst()
                    .orElseThrow();
            assertThat(number(account, 1)).isEqualTo(number(account, 2) + number(account, 3));
            // how many are handed back depends on the moment; none if the queues were empty
        } finally {
            process.destroyForcibly();
        }
    }

    private static int number(Matcher account, int group) {
        return Integer.parseInt(account.group(group).replace(",", ""));
    }
}
