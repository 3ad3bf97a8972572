// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.downloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.RecordedProgress;
import io.github.headway4j.examples.threads.ThreadsOfProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadsTest {

    @TempDir
    Path parent;

    @AfterEach
    void noThreadIsLeft() {
        assertThat(ThreadsOfProgram.alive("downloader-")).isEmpty();
        ThreadsOfProgram.awaitEnd("http-client");
        ThreadsOfProgram.awaitEnd("picture-server");
    }

    @Test
    void run_smallPictures_isCorrectAndLeavesNoFolder() throws Exception {
        RecordedProgress progress = new RecordedProgress();
        Downloads.Result result = Downloads.run(6, Duration.ofMillis(20), 4, 1, progress);

        assertThat(result.correct()).isTrue();
        assertThat(result.pictures()).isEqualTo(6);
        assertThat(result.bytes()).isPositive();
        assertThat(result.peakOneByOne()).isEqualTo(1);
        assertThat(result.peakConcurrent()).isBetween(1, 4);
        assertThat(result.folder()).doesNotExist();
        progress.assertComplete();
    }

    @Test
    void compare_brokenFile_failsNamingItAndLeavesNoFolder() throws Exception {
        Map<String, byte[]> pictures = Pictures.draw(4, 20, 1);
        try (PictureServer server = PictureServer.start(pictures, name -> {})) {
            server.breakFile("picture-003.png");
            assertThatThrownBy(() -> Downloads.compare(server, pictures, 4, parent, percent -> {}))
                    .isInstanceOf(DownloadException.class)
                    .hasMessageContaining(server.addressOf("picture-003.png").toString())
                    .hasMessageContaining("500");
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void compare_serverWithOtherContent_findsEveryChecksumWrong() throws Exception {
        Map<String, byte[]> served = Pictures.draw(3, 20, 1);
        Map<String, byte[]> expected = Pictures.draw(3, 20, 2);
        try (PictureServer server = PictureServer.start(served, name -> {})) {
            Downloads.Result result = Downloads.compare(server, expected, 4, parent, percent -> {});
            assertThat(result.wrong()).isEqualTo(server.addresses());
            assertThat(result.correct()).isFalse();
        }
    }

    @Test
    void run_noPictures_isRefused() {
        assertThatThrownBy(() -> Downloads.run(0, Duration.ZERO, 4, 1, percent -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }

    @Test
    void main_endsWithTheVerdict() throws Exception {
        assertThat(ProgramRun.linesOf(Downloads.class, "4")).endsWith("every checksum is right, the limit was kept");
    }

    @ParameterizedTest
    @CsvSource({"1, 4, 0", "1, 1, 1", "1, 5, 1", "2, 4, 1"})
    void report_peaks_decideOnTheExitCode(int peakOneByOne, int peakConcurrent, int exitCode) {
        Duration time = Duration.ofMillis(1);
        assertThat(Downloads.report(new Downloads.Result(
                        9, 1, time, time, 4, peakOneByOne, peakConcurrent, List.of(), Path.of("gone"))))
                .isEqualTo(exitCode);
    }

    @Test
    void correct_oneAtATimeByItsLimit_isCorrect() {
        Duration time = Duration.ofMillis(1);
        assertThat(new Downloads.Result(9, 1, time, time, 1, 1, 1, List.of(), Path.of("gone")).correct())
                .isTrue();
    }
}
