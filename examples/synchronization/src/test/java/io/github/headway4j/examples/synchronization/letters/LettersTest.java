// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.letters;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.synchronization.letters.Letters.Letter;
import io.github.headway4j.examples.threads.ProgramRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LettersTest {

    /** Threads that start together may print their words one after another, but not again and again. */
    private static final int CHANCES = 20;

    private static final Duration PAUSE = Duration.ofMillis(1);

    @Test
    void run_withoutALock_isJumbledButEachThreadSpellsTheWord() throws InterruptedException {
        List<Letter> printed = Letters.run(5, PAUSE, false, letter -> {});
        for (int chance = 1; chance < CHANCES && isInOrder(printed); chance++) {
            printed = Letters.run(5, PAUSE, false, letter -> {});
        }
        assertThat(isInOrder(printed)).isFalse();
        for (int thread = 0; thread < 5; thread++) {
            int number = thread;
            assertThat(text(printed.stream()
                            .filter(letter -> letter.thread() == number)
                            .toList()))
                    .isEqualTo("PYTHON");
        }
    }

    @Test
    void run_withALock_isInOrder() throws InterruptedException {
        List<Letter> told = Collections.synchronizedList(new ArrayList<>());
        List<Letter> printed = Letters.run(5, PAUSE, true, told::add);

        assertThat(text(printed)).isEqualTo("PYTHON".repeat(5));
        assertThat(isInOrder(printed)).isTrue();
        assertThat(told).isEqualTo(printed);
    }

    @Test
    void main_printsTheWordInOrderUnderALock() throws Exception {
        List<String> lines = ProgramRun.linesOf(Letters.class);

        assertThat(lines).hasSize(4).startsWith("Without a lock:");
        assertThat(lines.get(1).replace(" ", "")).hasSize(5 * Letters.WORD.length());
        assertThat(lines.subList(2, 4)).containsExactly("With a lock:", "P Y T H O N ".repeat(5));
    }

    private static String text(List<Letter> letters) {
        return letters.stream().map(letter -> String.valueOf(letter.letter())).collect(Collectors.joining());
    }

    /** Whether each word is from one thread. */
    private static boolean isInOrder(List<Letter> letters) {
        int length = Letters.WORD.length();
        return IntStream.range(0, letters.size())
                .allMatch(index -> letters.get(index).thread()
                        == letters.get(index - index % length).thread());
    }
}
