// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.ThreadKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;

/** Memory that processes share: its life, its names, its end. */
class SharedMemoryTest {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private static String freshName() {
        return "test-" + ProcessHandle.current().pid() + "." + NAMES.incrementAndGet();
    }

    static <T> T sent(T object, Class<T> type) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return type.cast(in.readObject());
        }
    }

    /** The files in our directory that this process has made. */
    private static List<Path> ownFiles() throws IOException {
        String own = String.format("-%016x-", ProcessIdentity.own());
        try (Stream<Path> files = Files.list(PrivateFiles.directory())) {
            return files.filter(file -> file.getFileName().toString().contains(own))
                    .collect(Collectors.toList());
        }
    }

    // ---- making and opening ----

    @Test
    void create_zerosInNativeOrder_seenByAllObjects() throws Exception {
        try (SharedMemory memory = SharedMemory.create(20);
                SharedMemory again = SharedMemory.open(memory.name())) {
            assertThat(memory.size()).isEqualTo(20);
            ByteBuffer bytes = memory.buffer();
            assertThat(bytes.order()).isEqualTo(ByteOrder.nativeOrder());
            assertThat(bytes.capacity()).isEqualTo(20);
            for (int i = 0; i < 20; i++) {
                assertThat(bytes.get(i)).isZero();
            }
            bytes.put(19, (byte) 7);
            assertThat(again.buffer().get(19)).isEqualTo((byte) 7);
            assertThat(again.longs().length()).isEqualTo(2);
            again.longs().set(1, 42);
            assertThat(memory.longs().get(1)).isEqualTo(42);
            assertThat(sent(memory, SharedMemory.class).buffer().get(19)).isEqualTo((byte) 7);
        }
    }

    @Test
    void create_badSizes_areRefused() {
        for (long size : new long[] {0, -1, Long.MIN_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> SharedMemory.create(size))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("size " + size);
        }
        assertThatThrownBy(() -> SharedMemory.create(null, 1)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> SharedMemory.open(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void names_outOfTheDirectory_areRefused() {
        for (String name : List.of("", ".", "..", "a/b", "../a", "-a", "a b", "\u00e4", "a\0", "x".repeat(201))) {
            assertThatThrownBy(() -> SharedMemory.create(name, 8))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> SharedMemory.open(name)).as(name).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> SharedMemory.create("m-0000000000000001-1", 8))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void named_existsOnce_andTheNameIsFreeAfterwards() throws Exception {
        String name = freshName();
        assertThatThrownBy(() -> SharedMemory.open(name))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(name);
        try (SharedMemory memory = SharedMemory.create(name, 8)) {
            assertThat(memory.name()).isEqualTo(name);
            assertThatThrownBy(() -> SharedMemory.create(name, 8))
                    .isInstanceOf(FileAlreadyExistsException.class)
                    .hasMessage(name);
            memory.longs().set(0, 1);
            try (SharedMemory again = SharedMemory.open(name)) {
                assertThat(again.longs().get(0)).isEqualTo(1);
            }
            assertThat(memory.longs().get(0)).isEqualTo(1);
        }
        assertThatThrownBy(() -> SharedMemory.open(name)).isInstanceOf(NoSuchFileException.class);
        try (SharedMemory memory = SharedMemory.create(name, 8)) {
            assertThat(memory.longs().get(0)).isZero();
        }
    }

    @Test
    void offsets_ofViews() throws Exception {
        try (SharedMemory memory = SharedMemory.create(64)) {
            memory.longs().set(3, 5);
            assertThat(memory.longs(24, 1).get(0)).isEqualTo(5);
            assertThat(memory.doubles(64, 0).length()).isZero();
            assertThatThrownBy(() -> memory.longs(4, 1)).hasMessageContaining("offset 4");
            assertThatThrownBy(() -> memory.longs(-8, 1)).hasMessageContaining("offset -8");
            assertThatThrownBy(() -> memory.longs(0, -1)).hasMessageContaining("length -1");
            assertThatThrownBy(() -> memory.doubles(8, 8)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> memory.longs(8, Integer.MAX_VALUE)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    // ---- ending ----

    @Test
    void close_endsThisObjectAndItsViews_only() throws Exception {
        try (SharedMemory memory = SharedMemory.create(64)) {
            SharedMemory again = SharedMemory.open(memory.name());
            LongArray longs = again.longs();
            DoubleArray doubles = again.doubles();
            again.close();
            again.close();
            assertThat(again.isOpen()).isFalse();
            assertThat(again).asString().contains("closed");
            assertThatThrownBy(() -> longs.get(0)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> longs.copyTo(new long[1])).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> doubles.set(0, 1)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(again::buffer).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(again::longs).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> SharedLock.at(again, 0)).isInstanceOf(IllegalStateException.class);
            memory.longs().set(0, 1);
            SharedMemory.open(memory.name()).close();
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_22, disabledReason = "unmapped by the garbage collector before")
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
    void close_unmapsAtOnce_fromJdk22On() throws Exception {
        SharedMemory memory = SharedMemory.create(64);
        ByteBuffer bytes = memory.buffer();
        SharedMemory again = SharedMemory.open(memory.name());
        assertThat(mapped(memory.name())).isEqualTo(1);
        again.close();
        bytes.get(0);
        memory.close();
        assertThat(mapped(memory.name())).isZero();
        assertThatThrownBy(() -> bytes.get(0)).isInstanceOf(IllegalStateException.class);
    }

    /** As an arena is while a channel reads into a buffer of it. */
    @Test
    void memoryThatAChannelUses_isUnmappedLater() {
        AtomicBoolean busy = new AtomicBoolean(true);
        AtomicInteger closings = new AtomicInteger();
        Arenas.close(() -> {
            if (busy.get()) {
                throw new IllegalStateException("in use");
            }
            closings.incrementAndGet();
        });
        Arenas.close(Arenas.open());
        assertThat(closings).hasValue(0);
        busy.set(false);
        Await.until("it to be closed", () -> {
            Arenas.close(Arenas.open());
            return closings.get() > 0;
        });
        Arenas.close(Arenas.open());
        assertThat(closings).hasValue(1);
    }

    private static long mapped(String name) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains(name)).count();
        }
    }

    @Test
    void unlink_once_andTheMemoryLivesOn() throws Exception {
        String name = freshName();
        try (SharedMemory memory = SharedMemory.create(name, 8);
                SharedMemory again = SharedMemory.open(name)) {
            again.unlink();
            assertThatThrownBy(memory::unlink)
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessage(name);
            assertThatThrownBy(() -> SharedMemory.open(name)).isInstanceOf(NoSuchFileException.class);
            memory.longs().set(0, 1);
            assertThat(again.longs().get(0)).isEqualTo(1);
            try (SharedMemory next = SharedMemory.create(name, 16)) {
                memory.close();
                again.close();
                assertThatThrownBy(() -> SharedMemory.create(name, 8)).isInstanceOf(FileAlreadyExistsException.class);
                assertThat(next.longs().get(0)).isZero();
                SharedMemory.open(name).close();
            }
        }
    }

    @Test
    void unlink_afterClose() throws Exception {
        try (SharedMemory memory = SharedMemory.create(8)) {
            SharedMemory again = SharedMemory.open(memory.name());
            again.close();
            again.unlink();
            assertThatThrownBy(again::unlink).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void memoryThatIsOpenedWhileItIsMade_isMappedOnce() {
        final class Meeting {
            final String name = freshName();
            SharedMemory made;
            SharedMemory opened;
        }
        Rounds.of(300, Meeting::new)
                .body("creator", meeting -> meeting.made = SharedMemory.create(meeting.name, 64))
                .body("opener", meeting -> {
                    while (meeting.opened == null) {
                        try {
                            meeting.opened = SharedMemory.open(meeting.name);
                        } catch (NoSuchFileException notYet) {
                            Thread.onSpinWait();
                        }
                    }
                })
                .check(meeting -> {
                    try (SharedMemory made = meeting.made;
                            SharedMemory opened = meeting.opened) {
                        assertThat(SharedLock.at(opened, 0L).core())
                                .isSameAs(SharedLock.at(made, 0L).core());
                    }
                })
                .run(ThreadKind.PLATFORM);
    }

    private static boolean isMapped(String name) {
        try {
            return Files.readString(Path.of("/proc/self/maps")).contains(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "looks into /proc")
    void memoryThatItsCreatorForgets_isUnmapped_andRemovedWhenThatEnds() throws Exception {
        try (OtherJvm other = OtherJvm.start(talk -> {
            String name = SharedMemory.create(64).name();
            Await.until("the memory to be unmapped", () -> {
                System.gc();
                return !isMapped(name);
            });
            talk.say(name);
        })) {
            String name = other.line();
            other.expectEnd();
            assertThat(PrivateFiles.directory().resolve(name)).doesNotExist();
        }
    }

    @Test
    void unlink_afterTheCreatorsClose_doesNotTouchTheNextOfThatName() throws Exception {
        String name = freshName();
        SharedMemory memory = SharedMemory.create(name, 8);
        memory.close();
        try (SharedMemory next = SharedMemory.create(name, 8)) {
            assertThatThrownBy(memory::unlink)
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessage(name);
            SharedMemory.open(name).close();
            next.unlink();
            next.close();
            assertThatThrownBy(next::unlink).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void interrupts_disturbNothing() throws Exception {
        Thread.currentThread().interrupt();
        try (SharedMemory memory = SharedMemory.create(freshName(), 8);
                SharedMemory again = SharedMemory.open(memory.name())) {
            again.longs().set(0, 1);
            assertThat(memory.longs().get(0)).isEqualTo(1);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
    void nothingLeaks() throws Exception {
        sent(SharedMemory.create(8), SharedMemory.class).unlink(); // what is made once and stays
        int files = ownFiles().size();
        long descriptors = descriptors();
        for (int i = 0; i < 200; i++) {
            try (SharedMemory memory = SharedMemory.create(freshName(), 4_096);
                    SharedLock lock = SharedLock.create();
                    SharedMemory copy = sent(memory, SharedMemory.class)) {
                lock.lock();
                copy.longs().set(0, 1);
                assertThatThrownBy(() -> SharedMemory.open("nothing")).isInstanceOf(NoSuchFileException.class);
                assertThatThrownBy(() -> SharedMemory.create(memory.name(), 8))
                        .isInstanceOf(FileAlreadyExistsException.class);
            }
        }
        assertThat(ownFiles()).hasSize(files);
        assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @Test
    void fileThatIsNotOurs_isNotMapped() throws Exception {
        Path file = PrivateFiles.directory().resolve("u-" + freshName());
        Files.write(file, new byte[1_000]);
        try {
            assertThatThrownBy(() ->
                            SharedMemory.open(file.getFileName().toString().substring(2)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not shared memory");
            PrivateFiles.sweep(PrivateFiles.directory());
            assertThat(file).exists();
        } finally {
            Files.delete(file);
        }
    }

    // ---- other processes ----

    @Test
    void otherProcess_opensByNameAndByObject() throws Exception {
        String name = freshName();
        try (SharedMemory memory = SharedMemory.create(name, 64);
                OtherJvm other = OtherJvm.start(talk -> {
                    try (SharedMemory byName = SharedMemory.open(name)) {
                        byName.longs().set(0, 1);
                    }
                    memory.longs().set(1, 2);
                    memory.close();
                    talk.say("written");
                })) {
            other.expect("written");
            other.expectEnd();
            assertThat(memory.longs().get(0)).isEqualTo(1);
            assertThat(memory.longs().get(1)).isEqualTo(2);
            SharedMemory.open(name).close(); // the other one did not unlink it
        }
    }

    @Test
    void killedCreator_leavesNothing_orderlyEndNeither() throws Exception {
        String name = freshName();
        try (OtherJvm killed = OtherJvm.start(talk -> {
                    talk.say(SharedMemory.create(8).name());
                    SharedMemory.create(name, 8);
                    talk.say("made");
                    talk.hear();
                });
                OtherJvm ended = OtherJvm.start(talk -> {
                    talk.say(SharedMemory.create(8).name());
                    talk.hear();
                })) {
            String unnamed = killed.line();
            killed.expect("made");
            String ofEnded = ended.line();
            try (SharedMemory attached = SharedMemory.open(name)) {
                PrivateFiles.sweep(PrivateFiles.directory());
                SharedMemory.open(unnamed).close(); // the living keep what is theirs
                SharedMemory.open(ofEnded).close();
                killed.kill();
                SharedMemory.open(unnamed).close();
                PrivateFiles.sweep(PrivateFiles.directory());
                assertThatThrownBy(() -> SharedMemory.open(unnamed)).isInstanceOf(NoSuchFileException.class);
                assertThatThrownBy(() -> SharedMemory.open(name)).isInstanceOf(NoSuchFileException.class);
                attached.longs().set(0, 1);
            }
            ended.tell("end");
            ended.expectEnd();
            assertThatThrownBy(() -> SharedMemory.open(ofEnded)).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void nameOfAKilledCreator_isFree() throws Exception {
        String name = freshName();
        try (OtherJvm killed = OtherJvm.start(talk -> {
            SharedMemory.create(name, 8).longs().set(0, 1);
            talk.say("made");
            talk.hear();
        })) {
            killed.expect("made");
            assertThatThrownBy(() -> SharedMemory.create(name, 8)).isInstanceOf(FileAlreadyExistsException.class);
            killed.kill();
            try (SharedMemory memory = SharedMemory.create(name, 16)) {
                assertThat(memory.size()).isEqualTo(16);
                assertThat(memory.longs().get(0)).isZero();
            }
        }
    }
}
