// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * What the flight recorder wrote while something ran.
 *
 * @param events all events, in no order
 * @param elapsed how long it ran
 */
record Recorded(List<RecordedEvent> events, Duration elapsed) {

    /**
     * Runs something, and records it.
     *
     * @param settings enables events
     * @param work what is recorded
     * @return the events
     * @throws IOException if the recording cannot be written or read
     */
    static Recorded of(Consumer<? super Recording> settings, Runnable work) throws IOException {
        Path file = Files.createTempFile("headway-profile-", ".jfr");
        try (Recording recording = new Recording()) {
            settings.accept(recording);
            recording.start();
            long start = System.nanoTime();
            work.run();
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            recording.stop();
            recording.dump(file);
            return new Recorded(RecordingFile.readAllEvents(file), elapsed);
        } finally {
            Files.delete(file);
        }
    }

    /**
     * The events of one type.
     *
     * @param name the name of the type
     * @return its events
     */
    List<RecordedEvent> events(String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    /**
     * Class and method, without the package.
     *
     * @param method as it was recorded
     * @return its name for the table
     */
    static String where(RecordedMethod method) {
        String type = method.getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
    }
}
