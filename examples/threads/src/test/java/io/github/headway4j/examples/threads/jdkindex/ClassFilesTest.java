// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.jdkindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassFilesTest {

    private static final Path SOMEWHERE = Path.of("some", "where", "Broken.class");

    @ParameterizedTest
    @ValueSource(classes = {Connection.class, Map.Entry.class, ConcurrentHashMap.class, Override.class, Optional.class})
    void parse_classOfTheJdk_saysTheSameAsReflection(Class<?> type) throws IOException {
        ClassFacts facts = ClassFiles.parse(SOMEWHERE, contentOf(type));

        assertThat(facts.className()).isEqualTo(type.getName());
        assertThat(facts.simpleName()).contains(type.getSimpleName());
        assertThat(facts.packageName()).isEqualTo(type.getPackageName());
        assertThat(facts.isPublic()).isTrue();
        assertThat(facts.kind()).isEqualTo(kindOf(type));
    }

    @ParameterizedTest
    @ValueSource(classes = {Connection.class, Optional.class, Comparable.class})
    void parse_classWithoutInitializer_countsMethodsAndConstructors(Class<?> type) throws IOException {
        int initializers = type == Optional.class ? 1 : 0;
        assertThat(ClassFiles.parse(SOMEWHERE, contentOf(type)).methods())
                .isEqualTo(type.getDeclaredMethods().length + type.getDeclaredConstructors().length + initializers);
    }

    @Test
    void parse_anonymousClass_hasNoSimpleName() throws IOException {
        Object anonymous = new Object() {};
        ClassFacts facts = ClassFiles.parse(SOMEWHERE, contentOf(anonymous.getClass()));
        assertThat(facts.simpleName()).isEmpty();
        assertThat(facts.isPublic()).isFalse();
        assertThat(facts.kind()).isEqualTo(ClassFacts.Kind.CLASS);
    }

    @Test
    void parse_everyPrefixOfAClassFile_isRefusedByPathOrHasTheSameName() throws IOException {
        byte[] whole = contentOf(Override.class);
        for (int length = 0; length < whole.length; length++) {
            byte[] prefix = Arrays.copyOf(whole, length);
            try {
                assertThat(ClassFiles.parse(SOMEWHERE, prefix).className()).isEqualTo("java.lang.Override");
            } catch (BadClassFileException refused) {
                assertThat(refused).hasMessageContaining(SOMEWHERE.toString());
            }
        }
        assertThatThrownBy(() -> ClassFiles.parse(SOMEWHERE, Arrays.copyOf(whole, whole.length / 2)))
                .isInstanceOf(BadClassFileException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void parse_text_isRefusedByPath() {
        assertThatThrownBy(() -> ClassFiles.parse(SOMEWHERE, "class Broken {}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BadClassFileException.class)
                .hasMessageContaining(SOMEWHERE.toString())
                .hasMessageContaining("CAFEBABE");
    }

    @Test
    void under_module_listsItsClassFilesSorted() throws IOException {
        assertThat(ClassFiles.under(ClassFiles.ofModule("java.sql")))
                .isSorted()
                .doesNotHaveDuplicates()
                .contains(ClassFiles.ofModule("java.sql").resolve("module-info.class"))
                .contains(ClassFiles.ofModule("java.sql").resolve("java/sql/Connection.class"));
    }

    private static byte[] contentOf(Class<?> type) throws IOException {
        String name = type.getName();
        try (InputStream in = type.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
            return in.readAllBytes();
        }
    }

    private static ClassFacts.Kind kindOf(Class<?> type) {
        if (type.isAnnotation()) {
            return ClassFacts.Kind.ANNOTATION;
        }
        return type.isInterface() ? ClassFacts.Kind.INTERFACE : ClassFacts.Kind.CLASS;
    }
}
