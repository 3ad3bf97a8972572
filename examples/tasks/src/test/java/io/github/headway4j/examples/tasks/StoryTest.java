// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.scheduler.Diary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoryTest {

    @Test
    void sleep_takesItsSeconds_byTheClockOfTheStory() throws InterruptedException {
        List<Diary.Entry> told = new ArrayList<>();
        Story story = Story.of(Duration.ofMillis(5), told::add);
        story.sleep(1.5);
        story.note("awake");

        assertThat(story.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(1_500));
        assertThat(told).extracting(Diary.Entry::what).containsExactly("awake");
        assertThat(told.get(0).at()).isGreaterThanOrEqualTo(Duration.ofMillis(1_500));
        assertThat(story.entries()).isEqualTo(told);
    }

    @Test
    void meetings_moveTheClock_onceForAllWhoSleepTogether() throws InterruptedException {
        Meetings meetings = new Meetings(1, 2);
        Story story = meetings.story(entry -> {});
        story.sleep(3);
        assertThat(meetings.areOver()).isFalse();
        Thread other = new Thread(() -> {
            try {
                story.sleep(2);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        other.start();
        story.sleep(2);
        other.join();

        assertThat(story.elapsed()).isEqualTo(Duration.ofSeconds(5));
        assertThat(meetings.areOver()).isTrue();
    }
}
