// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The directory that the processes of one user share. */
@EnabledOnOs(
        value = {OS.LINUX, OS.MAC},
        disabledReason = "about POSIX permissions")
class PrivateFilesTest {

    @TempDir
    private Path base;

    private OtherJvm inBase(OtherJvm.Body body) throws IOException {
        return OtherJvm.start(List.of("-D" + PrivateFiles.PROPERTY + "=" + base), body);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.collect(Collectors.toList());
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void directory_isPrivate_andOfTheUser() throws Exception {
        Path directory = PrivateFiles.directory();
        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(directory.getFileName().toString())
                .isEqualTo("headway-" + Files.getOwner(directory).getName());
        assertThat(PrivateFiles.directory()).isEqualTo(directory);
        Path fresh = PrivateFiles.fresh('x');
        assertThat(fresh.getParent()).isEqualTo(directory);
        assertThat(PrivateFiles.fresh('x')).isNotEqualTo(fresh);
    }

    @Test
    void openDirectory_isClosedToOthers_andAnObstacleIsGoneAround() throws Exception {
        String name = PrivateFiles.directory().getFileName().toString();
        Files.createFile(base.resolve(name)); // somebody is in the way
        Path second = Files.createDirectory(base.resolve(name + ".1"));
        Files.setPosixFilePermissions(second, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (OtherJvm other = inBase(talk -> {
            talk.say(PrivateFiles.directory());
            talk.hear();
        })) {
            other.expect(second.toString());
            assertThat(permissions(second)).isEqualTo("rwx------");
            try (OtherJvm next = inBase(talk -> talk.say(PrivateFiles.directory()))) {
                next.expect(second.toString());
                next.expectEnd();
            }
        }
    }

    /** A link to a directory of the user might be changed by whoever made it. */
    @Test
    void link_isNotFollowed() throws Exception {
        String name = PrivateFiles.directory().getFileName().toString();
        Path target = Files.createDirectory(base.resolve("elsewhere"));
        Files.createSymbolicLink(base.resolve(name), target);
        try (OtherJvm other = inBase(talk -> talk.say(PrivateFiles.directory()))) {
            other.expect(base.resolve(name + ".1").toString());
        }
    }

    @Test
    void sweep_removesWhatTheDeadLeft_only() throws Exception {
        long dead = ProcessIdentity.own() + 1L;
        Path ofDead = Files.createFile(base.resolve(String.format("s-%016x-1", dead)));
        Path ofLiving = Files.createFile(base.resolve(String.format("s-%016x-1", ProcessIdentity.own())));
        Path unknown = Files.createFile(base.resolve("unknown"));
        PrivateFiles.sweep(base);
        assertThat(ofDead).doesNotExist();
        assertThat(ofLiving).exists();
        assertThat(unknown).exists();
    }

    // ---- no room ----

    private static void fillAndGoOn(OtherJvm.Talk talk, long tooMuch) throws IOException {
        SharedMemory first = SharedMemory.create(1_000);
        for (String name : new String[] {null, "named"}) {
            try {
                talk.say(name == null ? SharedMemory.create(tooMuch) : SharedMemory.create(name, tooMuch));
            } catch (IOException e) {
                talk.say(e.getMessage().startsWith("no room for " + (tooMuch + 128) + " bytes of shared memory in "));
            }
        }
        talk.say(files(PrivateFiles.directory()).size());
        SharedMemory.create(1_000).longs().set(0, 1); // there is room for this
        first.longs().fill(1);
        talk.say("alive");
    }

    @Test
    void fileSystemIsFull_isSaidAtOnce_andLeavesNothing() throws Exception {
        Assumptions.assumeTrue(
                succeeds("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", base.toString()),
                "may not mount a file system here");
        try (OtherJvm other = inBase(talk -> fillAndGoOn(talk, 1_000_000))) {
            other.expect("true");
            other.expect("true");
            other.expect("1");
            other.expect("alive");
            other.expectEnd();
        } finally {
            assertThat(succeeds("umount", base.toString())).isTrue();
        }
    }

    /** The same where no file system can be mounted: files of this process may not grow beyond a limit. */
    @Test
    void fileMayNotGrow_isSaidAtOnce_andLeavesNothing() throws Exception {
        try (OtherJvm other = OtherJvm.start(
                List.of("sh", "-c", "ulimit -f 512; exec \"$@\"", "sh"),
                List.of("-D" + PrivateFiles.PROPERTY + "=" + base),
                talk -> fillAndGoOn(talk, 1_000_000))) {
            other.expect("true");
            other.expect("true");
            other.expect("1");
            other.expect("alive");
            other.expectEnd();
        }
    }

    private static boolean succeeds(String... command) throws Exception {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
