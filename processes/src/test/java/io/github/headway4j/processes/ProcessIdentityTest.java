// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Processes in a word. */
class ProcessIdentityTest {

    @Test
    void own_isAliveAndHasThePid() {
        long own = ProcessIdentity.own();
        assertThat(own).isPositive();
        assertThat(ProcessIdentity.pid(own)).isEqualTo(ProcessHandle.current().pid());
        assertThat(ProcessIdentity.of(ProcessHandle.current().pid())).isEqualTo(own);
        assertThat(ProcessIdentity.isAlive(own)).isTrue();
    }

    @Test
    void samePid_butAnotherStart_isDead() {
        assertThat(ProcessIdentity.isAlive(ProcessIdentity.own() + 1L)).isFalse();
        assertThat(ProcessIdentity.isAlive(ProcessIdentity.own() ^ 1L << 31)).isFalse();
    }

    @Test
    void other_isAliveUntilItIsKilled() throws Exception {
        Process process = new ProcessBuilder("sleep", "600").start();
        try {
            long identity = ProcessIdentity.of(process.pid());
            assertThat(ProcessIdentity.pid(identity)).isEqualTo(process.pid());
            assertThat(ProcessIdentity.isAlive(identity)).isTrue();
            process.destroyForcibly();
            Await.until("its death to be seen", () -> !ProcessIdentity.isAlive(identity));
            process.waitFor();
            assertThat(ProcessIdentity.of(process.pid())).isEqualTo(ProcessIdentity.NONE);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The shell's child is replaced by a program that never reaps it. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
    void ended_butNotReaped_isDead() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0 & echo $!; exec sleep 600").start();
        try {
            long pid = Long.parseLong(parent.inputReader().readLine());
            long identity = ProcessIdentity.of(pid);
            assertThat(identity).as("still in the table of processes").isNotEqualTo(ProcessIdentity.NONE);
            Await.until("its end to be seen", () -> !ProcessIdentity.isAlive(identity));
            assertThat(ProcessIdentity.of(pid)).as("not reaped").isEqualTo(identity);
        } finally {
            parent.destroyForcibly();
        }
    }

    /** The name of a program may look like the fields that follow it. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
    void oddName_isReadCorrectly(@org.junit.jupiter.api.io.TempDir java.nio.file.Path directory) throws Exception {
        java.nio.file.Path program = directory.resolve("a) Z 1 (b");
        java.nio.file.Files.copy(java.nio.file.Path.of("/bin/sleep").toRealPath(), program);
        Process process = new ProcessBuilder(program.toString(), "600").start();
        try {
            assertThat(ProcessIdentity.isAlive(ProcessIdentity.of(process.pid())))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
