package dev.sluice.config.settings;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the README's settings table against the code. To write the table anew:
 * {@code mvn -pl config test -Dtest=ReadmeSettingsTest -Dreadme.write=true}.
 */
class ReadmeSettingsTest {
    private static final Path README = Path.of("..", "README.md");

    @Test
    void theReadmeListsTheSettingsThereAre() throws IOException {
        String written = Files.readString(README);
        String expected = SettingsReference.updated(written);
        if (Boolean.getBoolean("readme.write")) {
            Files.writeString(README, expected);
            return;
        }
        assertThat(written).as("README.md; see this test's comment for how to update it").isEqualTo(expected);
    }
}
