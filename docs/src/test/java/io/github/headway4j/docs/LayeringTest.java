// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.primitives.Mutex;
import io.github.headway4j.processes.SharedLock;
import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.scheduler.EventScheduler;
import io.github.headway4j.tasks.TaskScope;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The modules load as modules, and their arrows point down. */
final class LayeringTest {

    private static final String PREFIX = "io.github.headway4j.";

    /** A class of each published module, to find it on the class path. */
    private static final Map<String, Class<?>> MODULES = Map.of(
            "primitives",
            Mutex.class,
            "queues",
            FifoTaskQueue.class,
            "scheduler",
            EventScheduler.class,
            "tasks",
            TaskScope.class,
            "processes",
            SharedLock.class);

    /** How an instance of that class is made: the name of a static method, or "" for the constructor. */
    private static final Map<String, String> CREATION =
            Map.of("primitives", "", "queues", "unbounded", "scheduler", "", "tasks", "open", "processes", "create");

    /** What each module may require beyond {@code java.base} when it runs. */
    private static final Map<String, Set<String>> MAY_REQUIRE = Map.of(
            "primitives", Set.of(),
            "queues", Set.of(PREFIX + "primitives"),
            "scheduler", Set.of(PREFIX + "primitives", PREFIX + "queues"),
            "tasks", Set.of(PREFIX + "primitives", PREFIX + "queues", PREFIX + "scheduler"),
            "processes", Set.of(PREFIX + "primitives", PREFIX + "queues", PREFIX + "scheduler", PREFIX + "tasks"));

    static Set<String> modules() {
        return MODULES.keySet();
    }

    private static ModuleFinder finder(String module) throws Exception {
        return ModuleFinder.of(Path.of(MODULES.get(module)
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()));
    }

    private static ModuleDescriptor descriptor(String module) throws Exception {
        return finder(module).find(PREFIX + module).orElseThrow().descriptor();
    }

    @Test
    void everyPublishedModule_isLookedAt() {
        assertThat(modules()).containsExactlyInAnyOrderElementsOf(Repository.PUBLISHED);
        assertThat(MAY_REQUIRE).containsOnlyKeys(modules());
        assertThat(Repository.PUBLISHED)
                .allMatch(module ->
                        Files.exists(Repository.ROOT.resolve(module).resolve("src/main/java/module-info.java")));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void module_requiresOnlyWhatIsBelow(String module) throws Exception {
        List<String> required = descriptor(module).requires().stream()
                .filter(requires -> !requires.modifiers().contains(Requires.Modifier.STATIC))
                .map(Requires::name)
                .filter(name -> !name.equals("java.base"))
                .toList();
        assertThat(MAY_REQUIRE.get(module)).containsAll(required);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void module_isOnePackageOfTheSameName(String module) throws Exception {
        assertThat(descriptor(module).packages()).containsExactly(PREFIX + module);
        assertThat(descriptor(module).exports())
                .singleElement()
                .satisfies(exported -> assertThat(exported.isQualified()).isFalse());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void module_loadsAndRunsOnTheModulePath(String module) throws Exception {
        ModuleLayer boot = ModuleLayer.boot();
        ModuleFinder all = ModuleFinder.of();
        for (String other : modules()) {
            all = ModuleFinder.compose(all, finder(other));
        }
        Configuration resolved = boot.configuration().resolve(all, ModuleFinder.of(), Set.of(PREFIX + module));
        ClassLoader loader = boot.defineModulesWithOneLoader(resolved, ClassLoader.getPlatformClassLoader())
                .findLoader(PREFIX + module);

        Class<?> type = loader.loadClass(MODULES.get(module).getName());
        String creation = CREATION.get(module);
        Object instance = creation.isEmpty()
                ? type.getConstructor().newInstance()
                : type.getMethod(creation).invoke(null);

        assertThat(type).isNotSameAs(MODULES.get(module));
        assertThat(type.getModule().getName()).isEqualTo(PREFIX + module);
        assertThat(instance.toString()).isNotBlank();
        if (instance instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }
}
