// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the built module asks of others and shows to them. */
class ProcessesModuleDescriptorTest {

    private static final String NAME = "io.github.headway4j.processes";

    private static ModuleDescriptor descriptor() throws Exception {
        Path place = Path.of(SerializableRunnable.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return ModuleFinder.of(place).find(NAME).orElseThrow().descriptor();
    }

    @Test
    void requires_theModulesBelow_andNothingElseAtRunTime() throws Exception {
        Map<String, Set<Modifier>> requires = descriptor().requires().stream()
                .collect(Collectors.toMap(ModuleDescriptor.Requires::name, ModuleDescriptor.Requires::modifiers));
        assertThat(requires)
                .isEqualTo(Map.of(
                        "java.base", Set.of(Modifier.MANDATED),
                        "io.github.headway4j.primitives", Set.of(),
                        "io.github.headway4j.queues", Set.of(),
                        "io.github.headway4j.scheduler", Set.of(),
                        "io.github.headway4j.tasks", Set.of(),
                        "jdk.jfr", Set.of(Modifier.STATIC),
                        "org.jspecify", Set.of(Modifier.STATIC)));
    }

    @Test
    void exports_itsOnePackageToEverybody_andOpensNothing() throws Exception {
        ModuleDescriptor descriptor = descriptor();
        assertThat(descriptor.isOpen()).isFalse();
        assertThat(descriptor.packages()).containsExactly(NAME);
        assertThat(descriptor.exports())
                .singleElement()
                .satisfies(exports -> assertThat(exports.source()).isEqualTo(NAME))
                .satisfies(exports -> assertThat(exports.isQualified()).isFalse());
        assertThat(descriptor.opens()).isEmpty();
    }
}
