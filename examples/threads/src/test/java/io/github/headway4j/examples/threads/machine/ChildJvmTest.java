// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChildJvmTest {

    @Test
    void run_parentAndChildAgreeWhoIsWho() throws Exception {
        ChildJvm.Result result = ChildJvm.run();

        assertThat(result.parent()).isEqualTo(ProcessHandle.current().pid());
        assertThat(result.childItself()).isEqualTo(result.child()).isNotEqualTo(result.parent());
        assertThat(result.parentOfChild()).isEqualTo(result.parent());
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void main_runs() throws Exception {
        ChildJvm.main(new String[0]);
    }
}
