// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.downloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.examples.threads.RecordedProgress;
import io.github.headway4j.examples.threads.ThreadsOfProgram;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloaderTest {

    private static final long WATCHDOG_SECONDS = 30;

    @TempDir
    Path folder;

    private Map<String, byte[]> pictures;
    private Downloader downloader;

    @BeforeEach
    void prepare() throws IOException {
        pictures = Pictures.draw(8, 30, 3);
        downloader = new Downloader();
    }

    @AfterEach
    void noThreadIsLeft() {
        assertThat(ThreadsOfProgram.alive("downloader-")).isEmpty();
        downloader.close();
        ThreadsOfProgram.awaitEnd("http-client");
        ThreadsOfProgram.awaitEnd("picture-server");
    }

    @Test
    void oneByOne_allFiles_areRightAndOneAtATime() throws Exception {
        RecordedProgress progress = new RecordedProgress();
        try (PictureServer server = PictureServer.start(pictures, name -> {})) {
            downloader.oneByOne(server.addresses(), folder, progress);

            assertThat(server.takePeak()).isEqualTo(1);
            assertThat(Downloads.wrongFiles(server, pictures, folder)).isEmpty();
        }
        progress.assertComplete();
    }

    @Test
    void concurrently_serverThatAnswersInFours_hasExactlyFourAtATime() throws Exception {
        // Nobody is answered before four are there, so fewer would stand still, and more would be counted.
        CyclicBarrier four = new CyclicBarrier(4);
        RecordedProgress progress = new RecordedProgress();
        try (PictureServer server = PictureServer.start(pictures, name -> pass(four))) {
            downloader.concurrently(server.addresses(), folder, 4, progress);

            assertThat(server.takePeak()).isEqualTo(4);
            assertThat(Downloads.wrongFiles(server, pictures, folder)).isEmpty();
        }
        progress.assertComplete();
    }

    @Test
    void concurrently_limitOfOne_hasOneAtATime() throws Exception {
        try (PictureServer server = PictureServer.start(pictures, name -> {})) {
            downloader.concurrently(server.addresses(), folder, 1, percent -> {});

            assertThat(server.takePeak()).isEqualTo(1);
            assertThat(Downloads.wrongFiles(server, pictures, folder)).isEmpty();
        }
    }

    @Test
    void concurrently_oneFileBrokenWhileTheOthersHang_failsNamingItAndEndsTheOthers() throws Exception {
        String broken = "picture-005.png";
        CountDownLatch never = new CountDownLatch(1);
        PictureServer.Latency hanging = name -> {
            if (!name.equals(broken)) {
                never.await();
            }
        };
        try (PictureServer server = PictureServer.start(pictures, hanging)) {
            server.breakFile(broken);
            assertThatThrownBy(() -> downloader.concurrently(server.addresses(), folder, 8, percent -> {}))
                    .isInstanceOfSatisfying(
                            DownloadException.class,
                            failure -> assertThat(failure.address()).isEqualTo(server.addressOf(broken)))
                    .hasMessageContaining(server.addressOf(broken).toString())
                    .hasMessageContaining("500");
            assertThat(ThreadsOfProgram.alive("downloader-")).isEmpty();
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void oneByOne_missingFile_failsNamingItAndKeepsTheFilesBefore() throws Exception {
        try (PictureServer server = PictureServer.start(pictures, name -> {})) {
            List<URI> addresses = List.of(server.addressOf("picture-001.png"), server.addressOf("missing.png"));
            assertThatThrownBy(() -> downloader.oneByOne(addresses, folder, percent -> {}))
                    .isInstanceOf(DownloadException.class)
                    .hasMessageContaining("missing.png")
                    .hasMessageContaining("404");
            assertThat(folder).isDirectoryContaining(file -> file.endsWith("picture-001.png"));
        }
    }

    @Test
    void oneByOne_serverGone_failsNamingTheAddressWithTheCause() throws Exception {
        PictureServer server = PictureServer.start(pictures, name -> {});
        List<URI> addresses = server.addresses();
        server.close();
        assertThatThrownBy(() -> downloader.oneByOne(addresses, folder, percent -> {}))
                .isInstanceOf(DownloadException.class)
                .hasMessageContaining(addresses.get(0).toString())
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void concurrently_callerInterrupted_endsEveryThread() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (PictureServer server = PictureServer.start(pictures, name -> never.await())) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> downloader.concurrently(server.addresses(), folder, 4, percent -> {}))
                    .isInstanceOf(InterruptedException.class);
            assertThat(ThreadsOfProgram.alive("downloader-")).isEmpty();
        }
    }

    @Test
    void wrongFiles_changedFile_isNamed() throws Exception {
        try (PictureServer server = PictureServer.start(pictures, name -> {})) {
            downloader.oneByOne(server.addresses(), folder, percent -> {});
            Files.writeString(folder.resolve("picture-002.png"), "changed");

            assertThat(Downloads.wrongFiles(server, pictures, folder))
                    .containsExactly(server.addressOf("picture-002.png"));
        }
    }

    private static void pass(CyclicBarrier barrier) throws InterruptedException {
        try {
            barrier.await(WATCHDOG_SECONDS, TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException standstill) {
            throw new IllegalStateException(standstill);
        }
    }
}
