// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.children;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ChildrenTest {

    @Test
    void likeFork_twoProcessesGoOn() throws Exception {
        List<String> lines = ProgramRun.linesOf(LikeFork.class);
        assertThat(lines).hasSize(3);
        String parent = lines.get(0).substring("before: ".length());
        assertThat(lines.get(1))
                .matches("I am the child of " + parent + ", \\d+")
                .doesNotEndWith(" " + parent);
        assertThat(lines.get(2)).isEqualTo("I am the parent, " + parent);
    }

    @Test
    void threadsAndTasksAreOne_processesAreMany() throws Exception {
        List<String> lines = ProgramRun.linesOf(ProcessCost.class, "4");
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains("   4 threads ").endsWith(" 4 identities");
        assertThat(lines.get(1)).contains("   4 processes ").endsWith(" 4 identities");
        assertThat(lines.get(2)).contains("   4 tasks of a pool ").containsPattern(" [12] identities$");
    }

    @Test
    void children_sayHello_andTheirExitCodesAreListed() throws Exception {
        ProgramRun run = ProgramRun.of(List.of(), HelloChildren.class);
        assertThat(run.exitCode()).isZero();
        assertThat(run.errors()).anyMatch(line -> line.contains("IllegalStateException: trouble"));
        assertThat(run.lines())
                .contains("hello from Process-1", "Process-2 says good morning", "Process-3 says good night");
        List<String> codes = new ArrayList<>();
        for (String line : run.lines()) {
            Matcher matcher = Pattern.compile("(Process-\\d) was process \\d+, exit code (\\d)")
                    .matcher(line);
            if (matcher.matches()) {
                codes.add(matcher.group(1) + " " + matcher.group(2));
            }
        }
        assertThat(codes).containsExactly("Process-1 0", "Process-2 0", "Process-3 0", "Process-4 3", "Process-5 1");
    }

    @Test
    void program_waitsForTheStandardChild_andEndsTheHeart() throws Exception {
        List<String> lines = ProgramRun.linesOf(DaemonChild.class, "60");
        assertThat(lines).contains("heart: beats", "parent: over", "standard: over");
        long heart = Long.parseLong(lines.stream()
                .filter(line -> line.startsWith("the heart is process "))
                .findAny()
                .orElseThrow()
                .substring("the heart is process ".length()));
        assertThat(ProcessHandle.of(heart).map(ProcessHandle::isAlive)).isNotEqualTo(Optional.of(true));
    }

    @Test
    void processIds_fitTogether() throws Exception {
        List<String> lines = ProgramRun.linesOf(ProcessIds.class);
        assertThat(lines).hasSize(5);
        String parent = lines.get(0).replaceFirst("MainProcess: I am (\\d+), .*", "$1");
        String child = lines.get(1).replaceFirst("child: I am (\\d+), .*", "$1");
        String grandchild = lines.get(2).replaceFirst("grandchild: I am (\\d+), .*", "$1");
        assertThat(lines.get(1)).endsWith(" my parent is " + parent);
        assertThat(lines.get(2)).endsWith(" my parent is " + child);
        assertThat(lines.get(3)).isEqualTo("child: my grandchild was " + grandchild + ", and ended with exit code 0");
        assertThat(lines.get(4)).isEqualTo("MainProcess: my child was " + child + ", and ended with exit code 0");
    }

    @Test
    void spawn_copiesWhatIsCaptured_andNothingElse() throws Exception {
        List<String> lines = ProgramRun.linesOf(StartMethods.class);
        assertThat(lines.subList(0, 4))
                .containsExactly(
                        "child:  the static field is the first value",
                        "child:  the list is [from the parent, from the child]",
                        "parent: the static field is changed by the parent",
                        "parent: the list is [from the parent]");
        assertThat(lines).hasSize(5);
        assertThat(lines.get(4)).startsWith("parent: no child gets a java.lang.Thread");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "sleep, and SIGKILL")
    void orphans_noticeAndEnd() throws Exception {
        List<String> lines = ProgramRun.linesOf(Orphans.class);
        assertThat(lines).hasSize(5);
        assertThat(lines.get(2)).isEqualTo("the parent was killed, exit code -9");
        assertThat(lines.get(3)).isEqualTo(lines.get(0).replaceFirst("the child is ", "") + " has ended");
        assertThat(lines.get(4)).isEqualTo(lines.get(1).replaceFirst("the command is ", "") + " has ended");
    }
}
